/** Distributions over a list of values, drawn by search in their cumulative weights. */
import type { Distribution } from "./distribution.ts";
import { demand } from "./distribution.ts";
import { exp, ln, lnGamma, power } from "./ln.ts";

/** Each of some values, in rising order, with a weight; the weights need not sum to 1. */
export function discrete(values: readonly number[], weights: readonly number[]): Distribution {
  const count = values.length;
  demand(count > 0 && weights.length === count, "each value of a discrete law has one weight");
  const at = Float64Array.from(values);
  const cumulative = new Float64Array(count);
  let total = 0;
  for (let i = 0; i < count; i += 1) {
    demand(weights[i] >= 0, `weight ${weights[i]} of a discrete law is negative`);
    demand(i === 0 || at[i] > at[i - 1], `values of a discrete law rise, ${at[i]} does not`);
    total += weights[i];
    cumulative[i] = total;
  }
  demand(total > 0 && total < Number.POSITIVE_INFINITY, "the weights of a discrete law have a sum");
  let mean = 0;
  for (let i = 0; i < count; i += 1) mean += (at[i] * weights[i]) / total;
  let variance = 0;
  for (let i = 0; i < count; i += 1) {
    variance += ((at[i] - mean) * (at[i] - mean) * weights[i]) / total;
  }
  for (let i = 0; i < count; i += 1) cumulative[i] /= total;
  return {
    mean,
    sd: Math.sqrt(variance),
    quantile: (u) => at[Math.min(firstAtLeast(cumulative, u), count - 1)],
    cdf: (x) => {
      const above = firstAbove(at, x);
      return above === 0 ? 0 : cumulative[above - 1];
    },
  };
}

/** Whole numbers 1 .. max with weight k^-alpha. */
export function zipf(alpha: number, max: number): Distribution {
  demand(Number.isInteger(max) && max >= 1, `zipf up to ${max} is no whole number above 0`);
  const values = Array.from({ length: max }, (_, i) => i + 1);
  return discrete(
    values,
    values.map((k) => power(k, -alpha)),
  );
}

/** The number of independent rare events with the given mean. */
export function poisson(mean: number): Distribution {
  demand(mean > 0 && mean <= 1e8, `poisson of mean ${mean} is not within 0 and 1e8`);
  // Beyond ten deviations and thirty counts lies less than 1e-20 of the weight.
  const reach = 10 * Math.sqrt(mean) + 30;
  const first = Math.max(0, Math.floor(mean - reach));
  const count = Math.ceil(mean + reach) - first + 1;
  const values = Array.from({ length: count }, (_, i) => first + i);
  const lnMean = ln(mean);
  const law = discrete(
    values,
    values.map((k) => exp(k * lnMean - mean - lnGamma(k + 1))),
  );
  return { mean, sd: Math.sqrt(mean), quantile: law.quantile, cdf: law.cdf };
}

/** Straight lines between points (value, cumulative probability from 0 to 1), both rising. */
export function empirical(points: readonly (readonly [number, number])[]): Distribution {
  const count = points.length;
  demand(count >= 2, "an empirical law has at least two points");
  const at = Float64Array.from(points, (point) => point[0]);
  const cumulative = Float64Array.from(points, (point) => point[1]);
  demand(cumulative[0] >= 0, "an empirical law starts at a probability of 0 or more");
  demand(cumulative[count - 1] === 1, "an empirical law ends at a probability of 1");
  // The first point may carry weight of its own: a share of values exactly there.
  let mean = at[0] * cumulative[0];
  let square = at[0] * at[0] * cumulative[0];
  for (let i = 1; i < count; i += 1) {
    const share = cumulative[i] - cumulative[i - 1];
    demand(share >= 0 && at[i] >= at[i - 1], "the points of an empirical law rise");
    mean += (share * (at[i] + at[i - 1])) / 2;
    square += (share * (at[i] * at[i] + at[i] * at[i - 1] + at[i - 1] * at[i - 1])) / 3;
  }
  const between = (x: number, from: Float64Array, to: Float64Array, i: number): number =>
    to[i - 1] + ((to[i] - to[i - 1]) * (x - from[i - 1])) / (from[i] - from[i - 1]);
  return {
    mean,
    sd: Math.sqrt(Math.max(0, square - mean * mean)),
    quantile: (u) => {
      const i = Math.min(firstAtLeast(cumulative, u), count - 1);
      return i === 0 ? at[0] : between(u, cumulative, at, i);
    },
    cdf: (x) => {
      const i = firstAbove(at, x);
      return i === 0 ? 0 : i === count ? 1 : between(x, at, cumulative, i);
    },
  };
}

/** The first index whose element is at least x, or the length. */
function firstAtLeast(rising: Float64Array, x: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first index whose element is above x, or the length. */
function firstAbove(rising: Float64Array, x: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rising[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}
