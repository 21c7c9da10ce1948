/** Distributions put together from others, inverted from one uniform as a whole. */

import type { Distribution } from "./distribution.ts";
import { demand, exponential } from "./distribution.ts";
import { inverseOf, inverseOnce } from "./inverse.ts";
import { exp } from "./ln.ts";

/** One part of a mixture, with its weight; the weights need not sum to 1. */
export interface Part {
  readonly weight: number;
  readonly distribution: Distribution;
}

/** A value of one of the parts, chosen by weight; its inverse is that of the whole. */
export const mixture = (parts: readonly Part[]): Distribution => mixed(parts, inverseOf);

/** The same law where only few values are drawn: no table is made, and each draw takes longer. */
export const mixtureOnce = (parts: readonly Part[]): Distribution => mixed(parts, inverseOnce);

function mixed(parts: readonly Part[], inverse: typeof inverseOf): Distribution {
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  demand(total > 0, "the weights of a mixture have a positive sum");
  const kept = parts.filter((part) => part.weight > 0);
  demand(
    parts.every((part) => part.weight >= 0),
    "the weights of a mixture are not negative",
  );
  if (kept.length === 1) return kept[0].distribution;
  const share = kept.map((part) => part.weight / total);
  const laws = kept.map((part) => part.distribution);
  const count = laws.length;
  const cdf = (x: number): number => {
    let sum = 0;
    for (let i = 0; i < count; i += 1) sum += share[i] * laws[i].cdf(x);
    return sum;
  };
  let mean = 0;
  for (let i = 0; i < count; i += 1) mean += share[i] * laws[i].mean;
  let variance = 0;
  for (let i = 0; i < count; i += 1) {
    const off = laws[i].mean - mean;
    variance += share[i] * (laws[i].sd * laws[i].sd + off * off);
  }
  // The whole lies between the parts' extremes, so their inverses bracket it at both ends.
  const low = Math.min(...laws.map((law) => law.quantile(1e-18)));
  const high = Math.max(...laws.map((law) => law.quantile(1 - 1 / 9007199254740992)));
  return { mean, sd: Math.sqrt(variance), quantile: inverse(cdf, low, high), cdf };
}

/** Exponentials of several means, chosen by weight: more spread than one exponential. */
export function hyperexponential(
  weights: readonly number[],
  means: readonly number[],
): Distribution {
  demand(weights.length === means.length && means.length > 0, "each mean has one weight");
  const kept = means.filter((_, i) => weights[i] > 0);
  if (kept.length === 1) return exponential(kept[0]);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const law = mixture(
    means.map((mean, i) => ({ weight: weights[i], distribution: exponential(mean) })),
  );
  const share = weights.map((weight) => weight / total);
  const rate = means.map((mean) => 1 / mean);
  const cdf = (x: number): number => {
    if (!(x > 0)) return 0;
    let above = 0;
    for (let i = 0; i < share.length; i += 1) above += share[i] * exp(-x * rate[i]);
    return 1 - above;
  };
  const high = Math.max(...means) * 40;
  return { mean: law.mean, sd: law.sd, quantile: inverseOf(cdf, 0, high), cdf };
}
