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
const BATCHES = 20;

/**
 * The interval of the mean of a long run, from the means of twenty batches of equal length
 * (Schmeiser, Batch size effects in the analysis of simulation output, 1982); the first values are
 * left out where they do not fill a batch. Below two values a batch all but the mean are NaN.
 */
export function batchMeans(values: ArrayLike<number>, level: number): Interval {
  if (values.length < 2 * BATCHES) {
    return { ...interval(Array.from(values), level), sd: Number.NaN, ...NOWHERE };
  }
  const length = Math.floor(values.length / BATCHES);
  return interval(batches(values, BATCHES, length, values.length - BATCHES * length), level);
}

const NOWHERE = { low: Number.NaN, high: Number.NaN };

/** The means of `count` batches of `length` values from `from` on. */
function batches(values: ArrayLike<number>, count: number, length: number, from: number): number[] {
  return Array.from({ length: count }, (_, batch) => {
    let sum = 0;
    for (let i = 0; i < length; i += 1) sum += values[from + batch * length + i];
    return sum / length;
  });
}
