import { describe, expect, it } from "vitest";
import { Chance, streamId } from "../../src/kernel/index.ts";
import {
  polynomialOf,
  SOBOL_DIMENSIONS,
  sobolAt,
  sobolPoints,
} from "../../src/stats/sobol-sequence.ts";

const STREAM = streamId("test.sobol");
const chance = new Chance([5, 6], 0);
const shift = (dimension: number): number => chance.word(STREAM, 0, dimension, 0);
const dimensions = Array.from({ length: SOBOL_DIMENSIONS }, (_, j) => j);

/** The order of x in the polynomials over two elements, modulo one of them. */
function orderOfX(polynomial: number): number {
  const degree = 31 - Math.clz32(polynomial);
  let power = 2;
  for (let order = 1; ; order += 1) {
    if (power >>> degree) power ^= polynomial;
    if (power === 1) return order;
    power <<= 1;
  }
}

/** Whether a square matrix of bits, a word a row, has an inverse. */
function invertible(rows: bigint[]): boolean {
  for (let column = 0; column < rows.length; column += 1) {
    const bit = 1n << BigInt(column);
    const at = rows.findIndex((row, i) => i >= column && (row & bit) !== 0n);
    if (at < 0) return false;
    [rows[column], rows[at]] = [rows[at], rows[column]];
    for (let i = column + 1; i < rows.length; i += 1) if (rows[i] & bit) rows[i] ^= rows[column];
  }
  return true;
}

/** How many of the points lie in each cell of a grid. */
function counts(points: readonly (readonly number[])[], cells: readonly number[]): number[] {
  const found = new Array<number>(cells.reduce((all, one) => all * one, 1)).fill(0);
  for (const point of points) {
    found[cells.reduce((at, many, j) => at * many + Math.floor(point[j] * many), 0)] += 1;
  }
  return found;
}

describe("Sobol's sequence", () => {
  it("begins as printed: 1/2; 3/4 and 1/4; 3/8, 7/8, ...", () => {
    const points = sobolPoints(5, 3).map((point) => point.map((x) => Math.floor(x * 1024) / 1024));
    expect(points[0]).toEqual([0, 0, 0]);
    expect(points[1]).toEqual([0.5, 0.5, 0.5]);
    expect(points.slice(2, 4)).toEqual([
      [0.25, 0.75, 0.75],
      [0.75, 0.25, 0.25],
    ]);
    expect(points[4]).toEqual([0.125, 0.625, 0.375]);
  });

  it("has a polynomial of full period in every dimension, each only once", () => {
    const polynomials = dimensions.slice(1).map(polynomialOf);
    for (const polynomial of polynomials) {
      expect(orderOfX(polynomial)).toBe(2 ** (31 - Math.clz32(polynomial)) - 1);
    }
    expect(new Set(polynomials).size).toBe(polynomials.length);
  });

  it("has one point in each slice of every axis, shifted or not", () => {
    for (const points of [sobolPoints(256, 53), sobolPoints(256, 53, shift)]) {
      for (const j of dimensions) {
        const slices = points.map((point) => Math.floor(point[j] * 256)).sort((a, b) => a - b);
        expect(slices).toEqual(Array.from({ length: 256 }, (_, i) => i));
      }
    }
  });

  it("has one point in each rectangle of the first two axes, whatever its shape", () => {
    const points = sobolPoints(64, 2, shift);
    for (let m = 0; m <= 6; m += 1) {
      expect(counts(points, [2 ** m, 2 ** (6 - m)])).toEqual(new Array(64).fill(1));
    }
  });

  it("has one point in each corner of the first 2^d points in d axes (property A)", () => {
    expect(counts(sobolPoints(1024, 10, shift), new Array(10).fill(2))).toEqual(
      new Array(1024).fill(1),
    );
    // For more axes by algebra: the first bits of the points 2^k are a matrix with an inverse.
    const points = sobolAt(
      Array.from({ length: 32 }, (_, k) => 2 ** k),
      32,
    );
    const rows = points[0].map((_, j) =>
      points.reduce((row, point, k) => row | (BigInt(Math.floor(point[j] * 2)) << BigInt(k)), 0n),
    );
    for (let d = 1; d <= 32; d += 1) {
      expect(invertible(rows.slice(0, d).map((row) => row & ((1n << BigInt(d)) - 1n)))).toBe(true);
    }
  });

  it("averages a product over 16 axes closer than independent points", () => {
    const f = (point: readonly number[]): number =>
      point.reduce((all, x, j) => all * (1 + (x - 0.5) / (j + 1)), 1);
    const average = (points: readonly (readonly number[])[]): number =>
      points.reduce((sum, point) => sum + f(point), 0) / points.length;
    const n = 4096;
    const alone = Array.from({ length: n }, (_, i) =>
      Array.from({ length: 16 }, (_, j) => chance.uniform(STREAM, 1, i, j)),
    );
    const [even, odd] = [average(sobolPoints(n, 16, shift)) - 1, average(alone) - 1];
    expect(Math.abs(even)).toBeLessThan(1e-3);
    expect(Math.abs(even)).toBeLessThan(Math.abs(odd) / 4);
  });
});
