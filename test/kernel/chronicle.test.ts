import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agenda, Chronicle } from "../../src/kernel/index.ts";

/** An event as a row: time, priority, entity, tag. */
type Row = readonly [time: number, priority: number, entity: number, tag: number];

/** Rows as entities that live one by one note them. */
const byEntity = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => a[2] - b[2] || rows.indexOf(a) - rows.indexOf(b));

function told(chronicle: Chronicle): Row[] {
  const rows: Row[] = [];
  while (chronicle.next())
    rows.push([chronicle.time, chronicle.priority, chronicle.entity, chronicle.tag]);
  return rows;
}

/** The same rows as the agenda gives them, pushed in the order in which they are noted. */
function due(rows: readonly Row[]): Row[] {
  const agenda = new Agenda();
  for (const row of rows) agenda.push(...row);
  const found: Row[] = [];
  while (agenda.next(Number.POSITIVE_INFINITY))
    found.push([agenda.time, agenda.priority, agenda.entity, agenda.tag]);
  return found;
}

const START = 1_000;
const END = 3_000;
const time = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: START, max: END, maxExcluded: true, noNaN: true }) },
  { weight: 4, arbitrary: fc.integer({ min: START, max: START + 5 }) },
  { weight: 1, arbitrary: fc.constantFrom(START, 2_999.999_999_999, 2_000) },
);
const row: fc.Arbitrary<Row> = fc.tuple(
  time,
  fc.constantFrom(-32_768, -1, 0, 1, 32_767),
  fc.oneof(fc.integer({ min: -2, max: 3 }), fc.constantFrom(-2_147_483_648, 2_147_483_647)),
  fc.constantFrom(0, 1, 65_535),
);

describe("a chronicle", () => {
  it("tells what was noted entity by entity in the order of the agenda", () => {
    const chronicle = new Chronicle();
    fc.assert(
      fc.property(fc.array(row, { maxLength: 300 }), (rows) => {
        const noted = byEntity(rows);
        chronicle.begin(START, END);
        for (const one of noted) chronicle.note(...one);
        expect(told(chronicle)).toEqual(due(noted));
      }),
      { seed: 20_231_124, numRuns: 100 },
    );
  });

  const SHAPES: readonly (readonly [string, (u: number, i: number) => number])[] = [
    ["evenly", (u) => u],
    ["in whole hours", (u) => Math.floor(u * 48) / 48],
    ["at one instant", () => 0.5],
    ["around one instant", (u) => 0.5 + u * 1e-9],
    ["at both ends", (u) => (u < 0.5 ? 0 : 1 - 2e-16)],
    ["early for most", (u) => u * u * u * u],
    ["each earlier than the one before, on one spot", (_, i) => 0.25 - i * 1e-12],
  ];

  it.each(SHAPES)("tells three thousand events that lie %s", (_, shape) => {
    const chronicle = new Chronicle(100);
    let state = 7;
    for (const [start, end] of [
      [0, 32],
      [1.7e9, 1.7e9 + 2_764_800],
      [-5, -4],
    ] as const) {
      const rows: Row[] = [];
      for (let i = 0; i < 3_000; i += 1) {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        const at = start + (end - start) * shape(state / 4_294_967_296, i);
        rows.push([Math.min(at, end - (end - start) * 1e-6), (i * 7) % 3, i >> 3, i % 4]);
      }
      chronicle.begin(start, end);
      for (const one of rows) chronicle.note(...one);
      const found = told(chronicle);
      const order = due(rows);
      const differs = order.findIndex((one, i) => one.some((word, at) => word !== found[i][at]));
      expect([found.length, differs]).toEqual([order.length, -1]);
    }
  });

  it("has nothing to tell of a stretch in which nothing was noted, or that was forgotten", () => {
    const chronicle = new Chronicle();
    expect(chronicle.next()).toBe(false);
    chronicle.begin(0, 10);
    expect(chronicle.next()).toBe(false);
    chronicle.note(5, 0, 1, 2);
    chronicle.begin(10, 20);
    expect(told(chronicle)).toEqual([]);
  });

  const REFUSED: readonly (readonly [string, Row])[] = [
    ["a time before the stretch", [9, 0, 5, 0]],
    ["a time at its end", [20, 0, 5, 0]],
    ["no time", [Number.NaN, 0, 5, 0]],
    ["an entity that came before", [15, 0, 4, 0]],
    ["a priority of more than 16 bits", [15, 32_768, 5, 0]],
    ["a tag below zero", [15, 0, 5, -1]],
    ["a tag that is not whole", [15, 0, 5, 0.5]],
  ];

  it.each(REFUSED)("refuses %s", (_, one) => {
    const chronicle = new Chronicle();
    chronicle.begin(10, 20);
    chronicle.note(10, 0, 5, 0);
    expect(() => chronicle.note(...one)).toThrow(RangeError);
    expect(told(chronicle)).toEqual([[10, 0, 5, 0]]);
  });

  it("takes nothing in after it has begun to tell, and lives in no endless stretch", () => {
    const chronicle = new Chronicle();
    chronicle.begin(0, 10);
    chronicle.note(1, 0, 1, 0);
    chronicle.next();
    expect(() => chronicle.note(2, 0, 2, 0)).toThrow(RangeError);
    expect(() => chronicle.begin(0, Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });
});
