import { describe, expect, it } from "vitest";
import { growthOf } from "../../src/stats/index.ts";

describe("growth", () => {
  const LAWS: readonly (readonly [number, readonly number[], readonly number[], string])[] = [
    [1, [1, 10, 100], [3, 30, 300], "linear, whatever the factor"],
    [2, [1, 2, 4, 8], [5, 20, 80, 320], "the square"],
    [0, [1, 10, 100], [7, 7, 7], "no growth"],
    [-0.5, [1, 4, 16], [8, 4, 2], "it falls"],
  ];

  it.each(LAWS)("has the exponent %d of %j and %j: %s", (exponent, sizes, values, _) => {
    const found = growthOf(sizes, values);
    expect(found.exponent).toBeCloseTo(exponent, 12);
    expect(found.error).toBeCloseTo(0, 7);
  });

  it("has the slope and standard error of a textbook line through scattered logarithms", () => {
    // x = 0 1 2 3, y = 0 2 1 3 in logarithms: slope 0.8, squares 1.8, so sqrt(1.8 / 2 / 5).
    const e = Math.E;
    const { exponent, error } = growthOf([1, e, e * e, e * e * e], [1, e * e, e, e * e * e]);
    expect(exponent).toBeCloseTo(0.8, 12);
    expect(error).toBeCloseTo(Math.sqrt(0.18), 12);
  });

  it("knows no error of two points and no exponent of one", () => {
    expect(growthOf([1, 10], [1, 100]).exponent).toBeCloseTo(2, 12);
    expect(growthOf([1, 10], [1, 100]).error).toBeNaN();
    expect(growthOf([5], [5]).exponent).toBeNaN();
  });
});
