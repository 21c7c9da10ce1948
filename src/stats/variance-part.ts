/**
 * Variance taken apart: what chance did, what the inputs did, and which of the inputs.
 *
 * Draws of the inputs are crossed with replications (each draw sees the same chance), so the parts
 * are those of a two-way table with random effects (Searle, Casella and McCulloch, Variance
 * Components, 1992, chapter 4): subtracting the whole variance of replications would take off what
 * all draws share, too.
 */
import { mean } from "./moments.ts";

/** The variance of one draw with one replication, in parts. */
export interface VarianceParts {
  /** Of the inputs: what remains however many replications there are. */
  readonly inputs: number;
  /** Of chance: what the mean of replications averages out. */
  readonly chance: number;
  /** Of the part of chance that differs from draw to draw; it is in `chance`. */
  readonly mixed: number;
}

/** The parts from a table: one row a draw, one column a replication. */
export function varianceParts(table: readonly (readonly number[])[]): VarianceParts {
  const draws = table.length;
  const replications = table[0]?.length ?? 0;
  const rows = table.map((row) => mean(row));
  const columns = Array.from({ length: replications }, (_, r) => mean(table.map((row) => row[r])));
  const centre = mean(rows);
  const spread = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + square(value - centre), 0);
  const between = (replications * spread(rows)) / (draws - 1);
  if (replications < 2) return { inputs: between, chance: Number.NaN, mixed: Number.NaN };
  let left = 0;
  table.forEach((row, i) => {
    row.forEach((value, r) => {
      left += square(value - rows[i] - columns[r] + centre);
    });
  });
  const mixed = left / ((draws - 1) * (replications - 1));
  const shared = ((draws * spread(columns)) / (replications - 1) - mixed) / draws;
  return {
    inputs: Math.max(0, (between - mixed) / replications),
    chance: mixed + Math.max(0, shared),
    mixed,
  };
}

/**
 * The share of the variance of `y` that a straight line in `x` explains, less what one by chance
 * would (the adjusted square of the correlation); it can be a little below 0, and is 0 where `x`
 * or `y` does not vary.
 */
export function lineShare(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  const [centreX, centreY] = [mean(Array.from(x)), mean(Array.from(y))];
  let xx = 0;
  let yy = 0;
  let xy = 0;
  for (let i = 0; i < n; i += 1) {
    const [alongX, alongY] = [x[i] - centreX, y[i] - centreY];
    xx += alongX * alongX;
    yy += alongY * alongY;
    xy += alongX * alongY;
  }
  if (!(xx > 0 && yy > 0) || n < 3) return 0;
  return adjusted((xy * xy) / (xx * yy), n, 1);
}

/**
 * The share of the variance of `y` that the means of groups explain, adjusted alike; `x` holds the
 * number of the group of each value. It is `lineShare` where there are two.
 */
export function groupShare(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length;
  const groups = new Map<number, number[]>();
  for (let i = 0; i < n; i += 1) groups.set(x[i], [...(groups.get(x[i]) ?? []), y[i]]);
  const centre = mean(Array.from(y));
  let total = 0;
  for (let i = 0; i < n; i += 1) total += square(y[i] - centre);
  let between = 0;
  for (const values of groups.values()) between += values.length * square(mean(values) - centre);
  if (!(total > 0) || groups.size < 2 || n <= groups.size) return 0;
  return adjusted(between / total, n, groups.size - 1);
}

const adjusted = (share: number, n: number, degrees: number): number =>
  1 - ((1 - share) * (n - 1)) / (n - 1 - degrees);

const square = (x: number): number => x * x;
