import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agenda } from "../../src/kernel/index.ts";

/** An event as a row: time, priority, entity, tag, sequence. */
type Row = readonly [number, number, number, number, number];

/** The reference: a plain array, searched for its least row. */
class Sorted {
  rows: Row[] = [];
  pushed = 0;

  push(time: number, priority: number, entity: number, tag: number): void {
    this.rows.push([time, priority, entity, tag, this.pushed]);
    this.pushed += 1;
  }

  next(before: number): Row | undefined {
    let least = -1;
    for (let i = 0; i < this.rows.length; i += 1) {
      if (least < 0 || precedes(this.rows[i], this.rows[least])) least = i;
    }
    if (least < 0 || !(this.rows[least][0] < before)) return undefined;
    return this.rows.splice(least, 1)[0];
  }
}

function precedes(a: Row, b: Row): boolean {
  for (const column of [0, 1, 2, 4] as const) {
    if (a[column] !== b[column]) return a[column] < b[column];
  }
  return false;
}

function taken(agenda: Agenda, before: number): Row | undefined {
  if (!agenda.next(before)) return undefined;
  return [agenda.time, agenda.priority, agenda.entity, agenda.tag, agenda.sequence];
}

type Step =
  | {
      readonly kind: "push";
      readonly ahead: number;
      readonly priority: number;
      readonly entity: number;
    }
  | { readonly kind: "burst"; readonly ahead: number; readonly count: number }
  | { readonly kind: "next"; readonly count: number; readonly horizon: number }
  | { readonly kind: "copy" };

const ahead = fc.oneof(
  { weight: 3, arbitrary: fc.double({ min: 0, max: 10, noNaN: true }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 5 }) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1e-6, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1e9, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: -100, max: 0, noNaN: true }) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("push" as const),
      ahead,
      priority: fc.integer({ min: -1, max: 2 }),
      entity: fc.integer({ min: 0, max: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("burst" as const),
      ahead,
      count: fc.integer({ min: 1, max: 300 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("next" as const),
      count: fc.integer({ min: 1, max: 120 }),
      horizon: fc.oneof(ahead, fc.constant(Number.POSITIVE_INFINITY)),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "copy" as const }) },
);

function follow(steps: readonly Step[], start: number): void {
  let agenda = new Agenda();
  const sorted = new Sorted();
  let now = start;
  const push = (time: number, priority: number, entity: number, tag: number): void => {
    agenda.push(time, priority, entity, tag);
    sorted.push(time, priority, entity, tag);
  };
  for (const [tag, s] of steps.entries()) {
    if (s.kind === "push") push(now + s.ahead, s.priority, s.entity, tag);
    if (s.kind === "burst") {
      for (let i = 0; i < s.count; i += 1) push(now + s.ahead * (1 + (i % 3)), i % 2, i % 5, tag);
    }
    if (s.kind === "next") {
      for (let i = 0; i < s.count; i += 1) {
        const row = sorted.next(now + s.horizon);
        expect(taken(agenda, now + s.horizon)).toEqual(row);
        if (row === undefined) break;
        now = Math.max(now, row[0]);
      }
    }
    if (s.kind === "copy") agenda = Agenda.restore(structuredClone(agenda.snapshot()));
    expect(agenda.size).toBe(sorted.rows.length);
  }
  for (;;) {
    const row = sorted.next(Number.POSITIVE_INFINITY);
    expect(taken(agenda, Number.POSITIVE_INFINITY)).toEqual(row);
    if (row === undefined) return;
  }
}

describe("agenda", () => {
  it("takes events in the order of a sorted array, whatever is pushed, taken or restored", () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom(0, 1_680_000_000, 1e-3),
        follow,
      ),
      { seed: 20230401, numRuns: 250 },
    );
  });

  it("keeps the order of insertion among equals, a hundred thousand of them", () => {
    const agenda = new Agenda();
    for (let i = 0; i < 100_000; i += 1) agenda.push(3600, 1, 7, i);
    for (let i = 0; i < 100_000; i += 1) {
      agenda.next(Number.POSITIVE_INFINITY);
      if (agenda.tag !== i || agenda.sequence !== i) expect(agenda.tag).toBe(i);
    }
    expect(agenda.size).toBe(0);
  });

  it("never goes back while a hold of fifty thousand changes its pace a thousandfold", () => {
    const agenda = new Agenda(50_000);
    let state = 12345;
    const chance = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state + 0.5) / 4294967296;
    };
    for (let i = 0; i < 50_000; i += 1) agenda.push(1e9 + chance() * 100, 0, i, 0);
    let now = 0;
    let backwards = 0;
    for (let i = 0; i < 400_000; i += 1) {
      agenda.next(Number.POSITIVE_INFINITY);
      if (agenda.time < now) backwards += 1;
      now = agenda.time;
      const pace = i < 150_000 ? 100 : i < 250_000 ? 0.1 : 1e5;
      agenda.push(now + chance() * pace, 0, agenda.entity, 0);
    }
    expect(backwards).toBe(0);
    expect(agenda.size).toBe(50_000);
  });

  it("takes nothing at or after the instant it is asked for", () => {
    const agenda = new Agenda();
    agenda.push(10, 0, 1, 1);
    expect(agenda.next(10)).toBe(false);
    agenda.push(5, 0, 2, 2);
    expect(agenda.next(10)).toBe(true);
    expect(agenda.entity).toBe(2);
    expect(agenda.next(10.5)).toBe(true);
    expect(agenda.next(Number.POSITIVE_INFINITY)).toBe(false);
  });

  it("orders instants that no bucket number can count, with many among them", () => {
    const agenda = new Agenda();
    const times = [1e300, 1e-300, 0, -1e300, 5e-324, 1e15, 1e15 + 0.125, Number.MAX_VALUE];
    for (let i = 0; i < 200; i += 1) times.push(i % 2 === 0 ? i * 1e-9 : i * 1e17);
    for (const [i, time] of times.entries()) agenda.push(time, 0, i, 0);
    const order: number[] = [];
    while (agenda.next(Number.POSITIVE_INFINITY)) order.push(agenda.time);
    expect(order).toEqual([...times].sort((a, b) => a - b));
  });

  it("refuses an event at no instant", () => {
    for (const time of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => new Agenda().push(time, 0, 0, 0)).toThrow(RangeError);
    }
  });
});
