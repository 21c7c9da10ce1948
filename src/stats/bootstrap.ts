/**
 * Percentile bootstrap: the interval of any statistic, from resamples of the values themselves.
 */
import { quantileOf } from "./quantile.ts";

/** How a bootstrap is made. */
export interface BootstrapPlan {
  /** How many resamples, such as 2000. */
  readonly resamples: number;
  /** The level of the interval, such as 0.95. */
  readonly level: number;
  /** A uniform number in (0, 1) for each whole address from 0: addressed, so that it repeats. */
  readonly uniform: (address: number) => number;
}

/** The percentile interval [low, high] of a statistic of independent values; NaN if none. */
export function bootstrap(
  values: readonly number[],
  statistic: (sample: Float64Array) => number,
  { resamples, level, uniform }: BootstrapPlan,
): readonly [number, number] {
  const n = values.length;
  if (n === 0) return [Number.NaN, Number.NaN];
  const sample = new Float64Array(n);
  const found = new Float64Array(resamples);
  for (let r = 0; r < resamples; r += 1) {
    for (let i = 0; i < n; i += 1) sample[i] = values[Math.floor(uniform(r * n + i) * n)];
    found[r] = statistic(sample);
  }
  found.sort();
  const tail = (1 - level) / 2;
  return [quantileOf(found, tail), quantileOf(found, 1 - tail)];
}
