/**
 * Intervals of a mean over replications: the replication is the sample (Student's t).
 */
import { deviation, mean } from "./moments.ts";
import { studentBound, studentWithin } from "./student.ts";

/** A mean with its spread and its two-sided interval; all but the mean NaN below two values. */
export interface Interval {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly low: number;
  readonly high: number;
}

/** A paired difference: its interval, its p value against 0, and what the pairing was worth. */
export interface Difference extends Interval {
  /** Two-sided p value of "no difference"; 1 where all differences are 0. */
  readonly p: number;
  /** Variance of the difference of independent runs over the variance of the paired one. */
  readonly varianceReduction: number;
}

/** The interval of the mean of independent values at a level such as 0.95. */
export function interval(values: readonly number[], level: number): Interval {
  const n = values.length;
  const centre = mean(values);
  const sd = deviation(values);
  if (n < 2) return { n, mean: centre, sd, low: Number.NaN, high: Number.NaN };
  const half = (studentBound(level, n - 1) * sd) / Math.sqrt(n);
  return { n, mean: centre, sd, low: centre - half, high: centre + half };
}

/** The interval of `variant - base` over replications that share their chance, pair by pair. */
export function pairedDifference(
  base: readonly number[],
  variant: readonly number[],
  level: number,
): Difference {
  const differences = base.map((value, i) => variant[i] - value);
  const of = interval(differences, level);
  const apart = square(deviation(base)) + square(deviation(variant));
  return { ...of, p: pValue(of), varianceReduction: apart / square(of.sd) };
}

function pValue({ n, mean: centre, sd }: Interval): number {
  if (n < 2) return Number.NaN;
  if (sd === 0) return centre === 0 ? 1 : 0;
  return 1 - studentWithin((centre / sd) * Math.sqrt(n), n - 1);
}

const square = (x: number): number => x * x;
