/**
 * Latin hypercubes: as many points as each axis has slices, one in each slice of every axis.
 *
 * Where inputs move together, the slices of an axis are dealt out in the order of correlated normal
 * scores (Iman and Conover, A distribution-free approach to inducing rank correlation among input
 * variables, 1982), so that each axis stays evenly filled.
 */
import { normalQuantile, sine } from "../kernel/index.ts";

/** A uniform number in (0, 1) by axis and number: addressed, so that it repeats. */
export type Addressed = (axis: number, number: number) => number;

/** Two axes and the rank correlation between them. */
export interface Together {
  readonly first: number;
  readonly second: number;
  /** Spearman's, in (-1, 1). */
  readonly rank: number;
}

/** Points in (0, 1) to the power `axes`; null where no sample can have such correlations. */
export function latinHypercube(
  points: number,
  axes: number,
  uniform: Addressed,
  together: readonly Together[] = [],
): readonly (readonly number[])[] | null {
  const root = rootOf(axes, together);
  if (root === null) return null;
  const scores = Array.from({ length: points }, (_, i) =>
    Array.from({ length: axes }, (_, axis) => normalQuantile(uniform(axis, 2 * i))),
  );
  const columns = root.map((row, axis) => {
    const mixed = scores.map((own) => row.reduce((sum, weight, k) => sum + weight * own[k], 0));
    const slices = ranksOf(mixed);
    return slices.map((slice, i) => (slice + uniform(axis, 2 * i + 1)) / points);
  });
  return scores.map((_, i) => columns.map((column) => column[i]));
}

/** The place of each value in ascending order, from 0; equal values in their own order. */
export function ranksOf(values: readonly number[]): readonly number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
  const ranks = new Array<number>(values.length);
  order.forEach((place, rank) => {
    ranks[place] = rank;
  });
  return ranks;
}

/** The lower triangular root of the scores' correlations (Cholesky); null if there is none. */
function rootOf(axes: number, together: readonly Together[]): readonly number[][] | null {
  const target = Array.from({ length: axes }, (_, i) =>
    Array.from({ length: axes }, (_, j): number => (i === j ? 1 : 0)),
  );
  for (const { first, second, rank } of together) {
    // Normal scores correlate a little more than their ranks do (Pearson, 1907).
    const correlation = 2 * sine((Math.PI * rank) / 6);
    target[first][second] = correlation;
    target[second][first] = correlation;
  }
  const root = target.map((row) => row.map(() => 0));
  for (let i = 0; i < axes; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = target[i][j];
      for (let k = 0; k < j; k += 1) rest -= root[i][k] * root[j][k];
      if (i === j && !(rest > 0)) return null;
      root[i][j] = i === j ? Math.sqrt(rest) : rest / root[j][j];
    }
  }
  return root;
}
