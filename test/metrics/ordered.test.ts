import { array, assert as check, constantFrom, integer, property } from "fast-check";
import { expect, test } from "vitest";
import { OrderedRows } from "../../src/metrics/ordered.ts";
import type { Scratch } from "../../src/metrics/summary.ts";

/** Scratch that is an array. */
function scratch(): Scratch & { readonly numbers: number[] } {
  const numbers: number[] = [];
  return {
    numbers,
    append: (more) => numbers.push(...more),
    read: (place, into) => into.set(numbers.slice(place, place + into.length)),
  };
}

const STEP = 3;
/** A row of a number, its square and its opposite. */
const rowOf = (number: number): number[] => [number, number * number, -number];

/** The numbers below `count` in an order that a few whole numbers make. */
function shuffled(count: number, draws: readonly number[]): number[] {
  const order = Array.from({ length: count }, (_, number) => number);
  for (let at = count - 1; at > 0; at--) {
    const other = (draws[at % draws.length] * (at + 7)) % (at + 1);
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}

test("rows leave in the order of their numbers, whatever order they came in", () => {
  check(
    property(
      integer({ min: 0, max: 200 }),
      constantFrom(1, 2, 7, 64, 500),
      array(integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 20 }),
      (count, rows, draws) => {
        const ordered = new OrderedRows({ step: STEP, rows, scratch: scratch() });
        const order = shuffled(count, draws);
        const lot = 1 + (draws[0] % 9);
        for (let at = 0; at < count; at += lot)
          ordered.add(Float64Array.from(order.slice(at, at + lot).flatMap(rowOf)));
        const told: number[][] = [];
        for (const piece of ordered.pieces()) told.push([...piece]);
        const expected = Array.from({ length: count }, (_, number) => rowOf(number)).flat();
        expect(told.flat()).toEqual(expected);
        const lengths = told.map((piece) => piece.length / STEP);
        expect(lengths.slice(0, -1).every((length) => length === rows)).toBe(true);
      },
    ),
  );
});

test("as many rows are held for ten thousand as for a thousand", () => {
  const rows = 100;
  const heldFor = (count: number): number => {
    const ordered = new OrderedRows({ step: STEP, rows, scratch: scratch() });
    for (const number of shuffled(count, [5, 17, 3])) ordered.add(Float64Array.from(rowOf(number)));
    let told = 0;
    for (const piece of ordered.pieces()) told += piece.length / STEP;
    expect(told).toBe(count);
    return ordered.held;
  };
  // A piece that fills beside its sorted copy, or beside the rows read ahead: twice a piece.
  expect(heldFor(1_000)).toBe(2 * rows);
  expect(heldFor(10_000)).toBe(2 * rows);
});

test("a number that is missing or there twice is a fault of ours", () => {
  const told = (numbers: readonly number[]): number => {
    const ordered = new OrderedRows({ step: STEP, rows: 2, scratch: scratch() });
    ordered.add(Float64Array.from(numbers.flatMap(rowOf)));
    return [...ordered.pieces()].length;
  };
  expect(told([2, 0, 1, 3])).toBe(2);
  expect(() => told([0, 1, 2, 4])).toThrow("each number once");
  expect(() => told([0, 1, 1, 2])).toThrow("each number once");
});
