/**
 * One long run without replications: where its beginning ends, and how sure its mean is.
 */
import { type Interval, interval } from "./interval.ts";
import { mean } from "./moments.ts";

const FIVE = 5;

/**
 * How many of the first values to leave out, because they still show the start: MSER-5 (White,
 * Cobb and Spratt, A comparison of five steady-state truncation heuristics, 2000). Means of five
 * are cut where the standard error of what remains is least, in the first half; where it still
 * falls in the middle the run is too short to tell, and the answer is null.
 */
export function warmUp(values: ArrayLike<number>): number | null {
  const means = batches(values, Math.floor(values.length / FIVE), FIVE, 0);
  const middle = Math.floor(means.length / 2);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  let sum = 0;
  let squares = 0;
  // From the end, so that every cut costs one step; around the mean, so that no digits are lost.
  const centre = mean(means);
  for (let cut = means.length - 1; cut >= 0; cut -= 1) {
    const value = means[cut] - centre;
    sum += value;
    squares += value * value;
    if (cut > middle) continue;
    const left = means.length - cut;
    const error = Math.max(0, squares - (sum * sum) / left) / (left * left);
    if (error <= least) {
      least = error;
      best = cut;
    }
  }
  return best === middle && middle > 0 ? null : best * FIVE;
}

/** How many batches a run is cut into: few and long, so that they hardly depend on each other. */
export const BATCHES = 20;

/** The fewest values that fill them: two a batch. */
export const LONG_LEAST = 2 * BATCHES;

/**
 * The interval of the mean of a long run, from the means of twenty batches of equal length
 * (Schmeiser, Batch size effects in the analysis of simulation output, 1982); the first values are
 * left out where they do not fill a batch. Below two values a batch all but the mean are NaN.
 */
export function batchMeans(values: ArrayLike<number>, level: number): Interval {
  if (values.length < LONG_LEAST) {
    return { ...interval(Array.from(values), level), sd: Number.NaN, ...NOWHERE };
  }
  const length = Math.floor(values.length / BATCHES);
  return interval(batches(values, BATCHES, length, values.length - BATCHES * length), level);
}

/** What one long run says of its mean. */
export interface LongRun {
  /** How many of the first values are left out; null where the run is too short to tell. */
  readonly warmUp: number | null;
  /** Values that are left. */
  readonly n: number;
  /** Their mean and its interval from batch means; NaN where the warm-up is not known. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /**
   * The correlation from one batch to the next, NaN where they do not differ. Beyond 0.44 (1.96
   * over the root of twenty) batches hang together, and the interval is too narrow.
   */
  readonly correlation: number;
}

/**
 * The mean of a long run without its warm-up, found by MSER-5 unless `given`; null where fewer
 * values are left than fill the batches.
 */
export function longRun(
  values: ArrayLike<number>,
  level: number,
  given: number | null = null,
): LongRun | null {
  if (values.length < LONG_LEAST) return null;
  const cut = given ?? warmUp(values);
  if (cut === null) return { warmUp: null, n: 0, mean: Number.NaN, ...NOWHERE, ...APART };
  const rest = Array.from(values).slice(cut);
  if (rest.length < LONG_LEAST) return null;
  const { mean: centre, low, high } = batchMeans(rest, level);
  const length = Math.floor(rest.length / BATCHES);
  const means = batches(rest, BATCHES, length, rest.length - BATCHES * length);
  return { warmUp: cut, n: rest.length, mean: centre, low, high, correlation: serial(means) };
}

/** The correlation of values with the ones before them; NaN where they do not differ. */
function serial(values: readonly number[]): number {
  const centre = mean(values);
  let squares = 0;
  let products = 0;
  values.forEach((value, i) => {
    squares += (value - centre) * (value - centre);
    if (i > 0) products += (value - centre) * (values[i - 1] - centre);
  });
  return products / squares;
}

const APART = { correlation: Number.NaN };
const NOWHERE = { low: Number.NaN, high: Number.NaN };

/** The means of `count` batches of `length` values from `from` on. */
function batches(values: ArrayLike<number>, count: number, length: number, from: number): number[] {
  return Array.from({ length: count }, (_, batch) => {
    let sum = 0;
    for (let i = 0; i < length; i += 1) sum += values[from + batch * length + i];
    return sum / length;
  });
}
