/**
 * The estimators against functions whose answers are known.
 *
 * Ishigami and Homma's function with a = 7 and b = 0.1 has first order 0.3139, 0.4424, 0 and total
 * order 0.5576, 0.4424, 0.2437 (closed form below). Seeds and sizes were fixed before looking.
 */
import { describe, expect, it } from "vitest";
import { Chance, sine, streamId } from "../../src/kernel/index.ts";
import { screen, trajectories } from "../../src/stats/morris.ts";
import { indexPoints, indicesOf } from "../../src/stats/sobol-index.ts";

const STREAM = streamId("test.sensitivity");
const chance = new Chance([11, 12], 0);
const shift = (dimension: number): number => chance.word(STREAM, 0, dimension, 0);
const uniform = (trajectory: number, number: number): number =>
  chance.uniform(STREAM, 1 + trajectory, number, 0);
const plan = {
  resamples: 500,
  level: 0.95,
  uniform: (address: number): number => chance.uniform(STREAM, 0, 0, address),
};

const A = 7;
const B = 0.1;

function ishigami(point: readonly number[]): number {
  const [x, y, z] = point.map((u) => Math.PI * (2 * u - 1));
  return sine(x) + A * sine(y) ** 2 + B * z ** 4 * sine(x);
}

/** The parts of the function's variance, integrated by hand. */
function ishigamiShares() {
  const pi = Math.PI;
  const x = (1 + (B * pi ** 4) / 5) ** 2 / 2;
  const y = A ** 2 / 8;
  const xz = (B ** 2 * pi ** 8 * 8) / 225;
  const all = x + y + xz;
  return { first: [x / all, y / all, 0], total: [(x + xz) / all, y / all, xz / all] };
}

describe("Sobol's indices", () => {
  const known = ishigamiShares();
  const outputs = indexPoints(2048, 3, shift).map(ishigami);
  const found = indicesOf(outputs, 3, plan);

  it("of Ishigami's function are 0.31, 0.44, 0 alone and 0.56, 0.44, 0.24 in all", () => {
    expect(known.first.map((share) => share.toFixed(2))).toEqual(["0.31", "0.44", "0.00"]);
    expect(known.total.map((share) => share.toFixed(2))).toEqual(["0.56", "0.44", "0.24"]);
    found.forEach(({ first, total }, j) => {
      expect(Math.abs(first - known.first[j])).toBeLessThan(0.02);
      expect(Math.abs(total - known.total[j])).toBeLessThan(0.02);
    });
  });

  it("lie in their bootstrap intervals, and so does the truth", () => {
    found.forEach(({ first, firstInterval, total, totalInterval }, j) => {
      for (const value of [first, known.first[j]]) {
        expect(value).toBeGreaterThanOrEqual(firstInterval[0]);
        expect(value).toBeLessThanOrEqual(firstInterval[1]);
      }
      for (const value of [total, known.total[j]]) {
        expect(value).toBeGreaterThanOrEqual(totalInterval[0]);
        expect(value).toBeLessThanOrEqual(totalInterval[1]);
      }
    });
  });

  it("of a sum are the variances' shares, alone and in all", () => {
    const weights = [1, 2, 3];
    const sums = indexPoints(512, 3, shift).map((point) =>
      point.reduce((sum, x, j) => sum + weights[j] * x, 5),
    );
    indicesOf(sums, 3, plan).forEach(({ first, total }, j) => {
      expect(Math.abs(first - weights[j] ** 2 / 14)).toBeLessThan(0.02);
      expect(Math.abs(total - weights[j] ** 2 / 14)).toBeLessThan(0.02);
    });
  });

  it("are 0 where nothing varies", () => {
    const flat = indexPoints(8, 2, shift).map(() => 3);
    expect(indicesOf(flat, 2, plan)).toMatchObject([
      { first: 0, total: 0 },
      { first: 0, total: 0 },
    ]);
  });
});

describe("Morris's screening", () => {
  const all = trajectories(20, 4, uniform);

  it("changes one input at a time, by two thirds, and stays on the grid", () => {
    for (const { points, order } of all) {
      expect([...order].sort()).toEqual([0, 1, 2, 3]);
      order.forEach((input, i) => {
        points[i].forEach((x, j) => {
          const change = Math.abs(points[i + 1][j] - x);
          expect(change).toBeCloseTo(j === input ? 2 / 3 : 0, 12);
          expect(Math.abs(3 * x - Math.round(3 * x))).toBeLessThan(1e-12);
        });
      });
    }
    expect(new Set(all.map(({ order }) => order.join())).size).toBeGreaterThan(8);
  });

  it("gives a straight line its slopes and no spread, and finds what is bent or mixed", () => {
    const f = ([a, b, c, d]: readonly number[]): number => 3 * a - 2 * b + 4 * c * d;
    const [first, second, third] = screen(
      all,
      all.map(({ points }) => points.map(f)),
      plan,
    );
    expect(first.mu).toBeCloseTo(3, 10);
    expect(first.muStarInterval[0]).toBeCloseTo(3, 10);
    expect(first.sigma).toBeLessThan(1e-9);
    expect([second.mu, second.muStar].map((x) => Math.round(x))).toEqual([-2, 2]);
    expect(third.sigma).toBeGreaterThan(0.5);
    expect(third.muStarInterval[0]).toBeLessThan(third.muStar);
    expect(third.muStarInterval[1]).toBeGreaterThan(third.muStar);
  });
});
