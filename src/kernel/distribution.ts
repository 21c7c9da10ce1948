/**
 * What a distribution is, and those whose inverse has a closed form.
 *
 * Every value comes from one uniform by inversion, and the inverse never falls as the uniform
 * rises: so mirrored and evenly spread uniforms work, and two variants of a run stay coupled.
 */
import { exp, gamma, ln, power } from "./ln.ts";
import { normalCdf, normalQuantile } from "./normal.ts";

/** A law of chance over real numbers. */
export interface Distribution {
  readonly mean: number;
  /** Standard deviation; Infinity where it has none. */
  readonly sd: number;
  /** The least value that a share u, in (0, 1), of all values do not exceed. */
  quantile(u: number): number;
  /** The probability of a value of at most x. */
  cdf(x: number): number;
}

/** Stops a distribution whose parameters make no sense. */
export function demand(statement: boolean, sentence: string): void {
  if (!statement) throw new RangeError(sentence);
}

/** Always x. */
export function constant(x: number): Distribution {
  return { mean: x, sd: 0, quantile: () => x, cdf: (y) => (y >= x ? 1 : 0) };
}

/** Evenly between two bounds. */
export function uniform(low: number, high: number): Distribution {
  demand(high >= low, `uniform from ${low} to ${high} is empty`);
  const width = high - low;
  return {
    mean: low + width / 2,
    sd: width / Math.sqrt(12),
    quantile: (u) => low + u * width,
    cdf: (x) => (x >= high ? 1 : x <= low ? 0 : (x - low) / width),
  };
}

/** Waiting without memory, with the given mean above 0. */
export function exponential(mean: number): Distribution {
  demand(mean > 0, `exponential of mean ${mean} is not positive`);
  return {
    mean,
    sd: mean,
    quantile: (u) => -ln(1 - u) * mean,
    cdf: (x) => (x > 0 ? 1 - exp(-x / mean) : 0),
  };
}

/** The bell curve. */
export function normal(mean: number, sd: number): Distribution {
  demand(sd > 0, `normal of standard deviation ${sd} is not positive`);
  return {
    mean,
    sd,
    quantile: (u) => mean + sd * normalQuantile(u),
    cdf: (x) => normalCdf((x - mean) / sd),
  };
}

/** Weibull: the hazard falls with age for a shape below 1 and rises above it. */
export function weibull(shape: number, scale: number): Distribution {
  demand(shape > 0 && scale > 0, `weibull of shape ${shape} and scale ${scale} is not positive`);
  const first = gamma(1 + 1 / shape);
  const second = gamma(1 + 2 / shape);
  return {
    mean: scale * first,
    sd: scale * Math.sqrt(second - first * first),
    quantile: (u) => scale * power(-ln(1 - u), 1 / shape),
    cdf: (x) => (x > 0 ? 1 - exp(-power(x / scale, shape)) : 0),
  };
}

/** A value whose logarithm is normal: given by its median and the deviation of the logarithm. */
export function lognormal(median: number, sigma: number): Distribution {
  demand(median > 0 && sigma > 0, `lognormal of median ${median}, sigma ${sigma} is not positive`);
  const mu = ln(median);
  const spread = exp(sigma * sigma);
  const mean = median * Math.sqrt(spread);
  return {
    mean,
    sd: mean * Math.sqrt(spread - 1),
    quantile: (u) => median * exp(sigma * normalQuantile(u)),
    cdf: (x) => (x > 0 ? normalCdf((ln(x) - mu) / sigma) : 0),
  };
}
