/**
 * Sobol's indices: what share of the output's variance each input owes, alone and with the others.
 *
 * Two samples A and B, and for each input j the sample A with column j from B. First order as in
 * Saltelli and others, Variance based sensitivity analysis of model output, Computer Physics
 * Communications 181 (2010), table 2 (b); total order after Jansen (1999), table 2 (f) there. The
 * output is centred first, which leaves the estimators as they are and takes off much of their
 * spread. Intervals are bootstrapped over the rows.
 */
import { type BootstrapPlan, bootstrap } from "./bootstrap.ts";
import { mean } from "./moments.ts";
import { SOBOL_DIMENSIONS, sobolPoints } from "./sobol-sequence.ts";

/** How many inputs can be told apart: each takes two dimensions of the sequence. */
export const INPUTS_MAX = Math.floor(SOBOL_DIMENSIONS / 2);

/** The shares of one input. */
export interface Indices {
  /** Alone. */
  readonly first: number;
  readonly firstInterval: readonly [number, number];
  /** With everything in which it takes part. */
  readonly total: number;
  readonly totalInterval: readonly [number, number];
}

/** The points of a design, row by row: A, B, then A with one column of B, one an input. */
export function indexPoints(
  rows: number,
  inputs: number,
  shift: (dimension: number) => number,
): readonly (readonly number[])[] {
  return sobolPoints(rows, 2 * inputs, shift).flatMap((both) => {
    const a = both.slice(0, inputs);
    const b = both.slice(inputs);
    return [a, b, ...a.map((_, j) => a.map((x, i) => (i === j ? b[i] : x)))];
  });
}

/** The indices of each input from the outputs at `indexPoints`, in their order. */
export function indicesOf(
  outputs: readonly number[],
  inputs: number,
  plan: BootstrapPlan,
): readonly Indices[] {
  const width = inputs + 2;
  const rows = Array.from({ length: outputs.length / width }, (_, i) => i);
  const centre = mean(rows.flatMap((i) => [outputs[i * width], outputs[i * width + 1]]));
  const at = (row: number, column: number): number => outputs[row * width + column] - centre;
  return Array.from({ length: inputs }, (_, j) => {
    const first = (sample: ArrayLike<number>): number =>
      share(sample, at, (i) => at(i, 1) * (at(i, j + 2) - at(i, 0)));
    const total = (sample: ArrayLike<number>): number =>
      share(sample, at, (i) => square(at(i, 0) - at(i, j + 2)) / 2);
    return {
      first: first(rows),
      firstInterval: bootstrap(rows, first, plan),
      total: total(rows),
      totalInterval: bootstrap(rows, total, plan),
    };
  });
}

/** The mean of a quantity over rows, as a share of the variance of both samples; 0 without one. */
function share(
  rows: ArrayLike<number>,
  at: (row: number, column: number) => number,
  of: (row: number) => number,
): number {
  let sum = 0;
  let values = 0;
  let squares = 0;
  for (let k = 0; k < rows.length; k += 1) {
    const row = rows[k];
    sum += of(row);
    values += at(row, 0) + at(row, 1);
    squares += square(at(row, 0)) + square(at(row, 1));
  }
  const n = 2 * rows.length;
  const variance = squares / n - square(values / n);
  return variance > 0 ? sum / rows.length / variance : 0;
}

const square = (x: number): number => x * x;
