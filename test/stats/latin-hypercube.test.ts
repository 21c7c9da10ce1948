import { describe, expect, it } from "vitest";
import { Chance, streamId } from "../../src/kernel/index.ts";
import { latinHypercube, ranksOf } from "../../src/stats/latin-hypercube.ts";

const STREAM = streamId("test.hypercube");
const chance = new Chance([7, 8], 0);
const uniform = (axis: number, number: number): number => chance.uniform(STREAM, axis, number, 0);

/** Spearman's correlation of two columns without ties. */
function spearman(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [ranksOf(x), ranksOf(y)];
  const n = x.length;
  return 1 - (6 * a.reduce((sum, rank, i) => sum + (rank - b[i]) ** 2, 0)) / (n * (n * n - 1));
}

const column = (points: readonly (readonly number[])[] | null, axis: number): number[] =>
  (points ?? []).map((point) => point[axis]);

describe("a Latin hypercube", () => {
  it("has one point in each slice of every axis, correlated or not", () => {
    const together = [{ first: 0, second: 2, rank: -0.6 }];
    for (const points of [
      latinHypercube(40, 3, uniform),
      latinHypercube(40, 3, uniform, together),
    ]) {
      for (const axis of [0, 1, 2]) {
        const slices = column(points, axis).map((x) => Math.floor(x * 40));
        expect(slices.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i));
      }
    }
  });

  it("has the rank correlations that are asked for, within four standard errors", () => {
    const n = 2000;
    const points = latinHypercube(n, 4, uniform, [
      { first: 0, second: 1, rank: 0.5 },
      { first: 2, second: 1, rank: -0.3 },
    ]);
    const of = (a: number, b: number) => spearman(column(points, a), column(points, b));
    const error = 1 / Math.sqrt(n);
    expect(Math.abs(of(0, 1) - 0.5)).toBeLessThan(4 * error);
    expect(Math.abs(of(1, 2) + 0.3)).toBeLessThan(4 * error);
    expect(Math.abs(of(0, 3))).toBeLessThan(4 * error);
  });

  it("refuses correlations that cannot be together", () => {
    const rank = 0.9;
    const pairs = [
      { first: 0, second: 1, rank },
      { first: 1, second: 2, rank },
      { first: 0, second: 2, rank: -rank },
    ];
    expect(latinHypercube(10, 3, uniform, pairs)).toBeNull();
  });
});
