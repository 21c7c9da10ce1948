import { describe, expect, it } from "vitest";
import { differenceSentence } from "../../src/audit/conform.ts";
import { differencesOf } from "../../src/audit/difference.ts";
import type { Json } from "../../src/audit/spot.ts";

const sentences = (expected: Json, computed: Json): readonly string[] =>
  differencesOf(expected, computed).map((each) => differenceSentence(each));

describe("two results are the same", () => {
  const SAME: readonly (readonly [string, Json, Json])[] = [
    ["a whole number and its digits", 12, "12"],
    ["digits longer than a double", "36893488147419103232", "36893488147419103232"],
    ["floats to 1e-9 of what is expected", 1000, 1000.0000009],
    ["fields in any order", { a: 1, b: 2 }, { b: 2, a: 1 }],
    ["the names of token errors", { error: "NotExpendable" }, { error: "LiquidityRestrictions" }],
    [
      "the names of token errors, whoever says them",
      { error: "Balances.Expendability" },
      { error: "Token.NotExpendable" },
    ],
    ["nulls", { a: null }, { a: null }],
  ];
  it.each(SAME)("%s", (_, expected, computed) => {
    expect(sentences(expected, computed)).toEqual([]);
  });
});

describe("two results differ", () => {
  const OTHER: readonly (readonly [Json, Json, string])[] = [
    [12, 13, "expected 12, computed 13"],
    [9_007_199_254_740_990, 9_007_199_254_740_991, "expected 9007199254740990"],
    ["36893488147419103232", "36893488147419103233", 'computed "36893488147419103233"'],
    [1, 1.000000002, "expected 1, computed 1.000000002"],
    ["12", "012", 'expected "12"'],
    [0, false, "expected 0, computed false"],
    [null, 0, "expected null, computed 0"],
    [{ a: 1 }, {}, "a: expected 1, computed nothing"],
    [{}, { a: null }, "a: expected nothing, computed null"],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }, "a[1].b: expected 2, computed 3"],
    [[1], [1, 2], "[1]: expected nothing, computed 2"],
    [{ error: "NotExpendable" }, { error: "NodeNotExists" }, 'error: expected "NotExpendable"'],
    [{ error: "Token.Frozen" }, { error: "TfgridModule.Frozen" }, 'error: expected "Token.Frozen"'],
    [{ name: "Frozen" }, { name: "NotExpendable" }, 'name: expected "Frozen"'],
    [[], {}, "expected [], computed {}"],
  ];
  it.each(OTHER)("%j and %j", (expected, computed, sentence) => {
    expect(sentences(expected, computed)).toEqual([expect.stringContaining(sentence)]);
  });

  it("in every place at once", () => {
    expect(sentences({ a: 1, b: [2, 3] }, { a: 2, b: [2, 4] })).toHaveLength(2);
  });
});
