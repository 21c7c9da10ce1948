import { describe, expect, it } from "vitest";
import { offsetOf } from "../../src/run/uncertainty-table.ts";

describe("how lucky an ensemble was beside the replications of the draws", () => {
  it("is its mean less that of its first ones, which have their chance", () => {
    // (1 + 2 + 6) / 3 - (1 + 2) / 2 = 1.5.
    expect(offsetOf([1, 2, 6], [[0, 0]])).toBe(1.5);
  });

  it("is told by the draws where they have more replications", () => {
    // The ensemble has the first of four: 0 - 3 in one draw, 10 - 11 in the other.
    const table = [
      [0, 4, 4, 4],
      [10, 12, 11, 11],
    ];
    expect(offsetOf([7], table)).toBe(-2);
  });

  it("is nothing where a replication did not measure it", () => {
    expect(offsetOf([1, Number.NaN, 6], [[0, 0]])).toBe(0);
    expect(offsetOf([7], [[Number.NaN, 1]])).toBe(0);
  });
});
