import { describe, expect, it } from "vitest";
import {
  at,
  count,
  decimal,
  flag,
  integer,
  type Json,
  list,
  loose,
  maybe,
  numbered,
  pathText,
  plain,
  type Spot,
  spotOf,
  text,
  whole,
  word,
} from "../../src/audit/spot.ts";

/** What is read of a value, and the faults as sentences. */
function read<T>(value: Json | undefined, reader: (spot: Spot) => T): readonly [T, string] {
  const spot = spotOf(value);
  const found = reader(spot);
  const told = spot.faults.map(
    (fault) => `${pathText(fault.path)}: ${fault.expected}, ${fault.found}`,
  );
  return [found, told.join("; ")];
}

describe("a whole number", () => {
  it.each([
    [7, 7n],
    ["7", 7n],
    [0, 0n],
    ["340282366920938463463374607431768211456", 1n << 128n],
    [9_007_199_254_740_991, 9_007_199_254_740_991n],
    [5e3, 5000n],
  ])("%s is read to the last digit", (value, expected) => {
    expect(read(value, whole)).toEqual([expected, ""]);
  });

  it.each([
    [-1, ": a whole number from 0 on, -1"],
    [1.5, ": a whole number from 0 on, 1.5"],
    ["1.5", ': a whole number from 0 on, "1.5"'],
    ["0x10", ': a whole number from 0 on, "0x10"'],
    ["", ': a whole number from 0 on, ""'],
    [true, ": a whole number from 0 on, true"],
    [null, ": a whole number from 0 on, null"],
    [undefined, ": a whole number from 0 on, nothing"],
    [[1, 2], ": a whole number from 0 on, a list of 2"],
    // JSON has rounded it before anybody could look.
    [2 ** 60, ": a whole number from 0 on, as a string from 2^53 on, 1152921504606847000"],
  ])("%s is none", (value, fault) => {
    expect(read(value, whole)[1]).toBe(fault);
  });

  it("may be below zero where an instant or a period is meant, and must fit in a double", () => {
    expect(read("-5", integer)).toEqual([-5, ""]);
    expect(read(-5, (spot) => count(spot))[1]).toContain("from 0 on");
    expect(read("9007199254740993", integer)[1]).toContain("below 2^53");
    expect(read(0, (spot) => count(spot, 1))[1]).toBe(": a whole number from 1 on, 0");
  });
});

it("other values are what they are, and nothing else", () => {
  expect(read("a", text)).toEqual(["a", ""]);
  expect(read(1, text)[1]).toBe(": a text, 1");
  expect(read(true, flag)).toEqual([true, ""]);
  expect(read(1, flag)[1]).toBe(": true or false, 1");
  expect([1, 0, true].map((value) => read(value, loose)[0])).toEqual([true, false, true]);
  expect(read("0.25", decimal)).toEqual([0.25, ""]);
  expect(read("much", decimal)[1]).toBe(': a number, "much"');
  expect(read("b", (spot) => word(spot, ["a", "b"]))).toEqual(["b", ""]);
  expect(read("c", (spot) => word(spot, ["a", "b"]))).toEqual(["a", ': one of a, b, "c"']);
  expect(read(null, (spot) => maybe(spot, whole, 3n))).toEqual([3n, ""]);
});

describe("all faults are told at once", () => {
  it("each with the path to it", () => {
    const value = { rows: [{ a: 1 }, { a: "x" }, { a: -2 }], by: { 4: 1, five: 2 } };
    const [rows, told] = read(value, (spot) => {
      numbered(at(spot, "by"), (row) => whole(row));
      return list(at(spot, "rows"), (row) => whole(at(row, "a")));
    });
    expect(rows).toEqual([1n, 0n, 0n]);
    expect(told.split("; ")).toEqual([
      "by.five: a number as its name, `five`",
      'rows[1].a: a whole number from 0 on, "x"',
      "rows[2].a: a whole number from 0 on, -2",
    ]);
  });

  it("but of what is not there, only that", () => {
    const fields = (spot: Spot) =>
      [at(spot, "a"), at(at(spot, "b"), "c")].map((each) => text(each));
    expect(read({}, (spot) => fields(at(spot, "missing")))[1]).toBe("missing: an object, nothing");
    expect(read(3, fields)[1]).toBe(": an object, 3");
  });

  it("and each once, however often it is read", () => {
    expect(read("x", (spot) => [whole(spot), whole(spot)])[1].split("; ")).toHaveLength(1);
  });
});

it("results are plain: exact numbers as numbers, longer ones as digits, no number as null", () => {
  const result = { a: 1n, b: 1n << 60n, c: Number.NaN, d: [undefined, true, "x", -0.5], e: {} };
  expect(plain(result)).toEqual({
    a: 1,
    b: "1152921504606846976",
    c: null,
    d: [null, true, "x", -0.5],
    e: {},
  });
});
