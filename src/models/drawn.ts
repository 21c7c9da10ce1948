/**
 * Distributions over entities: the laws from which each node, farm or user draws its own value.
 */
import {
  type Distribution,
  discrete,
  empirical,
  exp,
  exponential,
  gamma,
  ln,
  lognormal,
  normal,
  uniform,
  weibull,
} from "../kernel/index.ts";
import type { Drawn } from "../units/index.ts";

/** The law that a scenario means, before its bounds. */
export function drawnLaw({ law, numbers }: Drawn): Distribution {
  const one = (name: string): number => Number(numbers[name] ?? Number.NaN);
  const list = (name: string): readonly number[] => {
    const found = numbers[name];
    return typeof found === "object" ? found : [];
  };
  switch (law) {
    case "uniform":
      return uniform(one("from"), one("to"));
    case "normal":
      return normal(one("mean"), one("sd"));
    case "lognormal":
      return lognormalOf(numbers);
    case "exponential":
      return exponential(one("mean"));
    case "weibull": {
      const scale = numbers["scale"] ?? one("mean") / gamma(1 + 1 / one("shape"));
      return weibull(one("shape"), Number(scale));
    }
    case "discrete":
      return discrete(list("values"), list("weights"));
    case "empirical":
      return empirical(list("values").map((value, i) => [value, list("shares")[i]]));
  }
}

/** From a median or a mean, and the spread of the logarithm (sigma) or of the value (sd). */
function lognormalOf({ mean, median, sigma, sd }: Drawn["numbers"]): Distribution {
  if (sigma !== undefined) {
    const spread = Number(sigma);
    const middle = median ?? Number(mean) * exp(-0.5 * spread * spread);
    return lognormal(Number(middle), spread);
  }
  const ratio = Number(sd) / Number(median ?? mean);
  // With w the exponential of sigma squared: sd/mean = root(w - 1), sd/median = root(w (w - 1)).
  const w = median === undefined ? 1 + ratio * ratio : (1 + Math.sqrt(1 + 4 * ratio * ratio)) / 2;
  return lognormal(Number(median ?? Number(mean) / Math.sqrt(w)), Math.sqrt(ln(w)));
}

/** The value of an entity by one uniform, within the bounds of the parameter. */
export function drawnValue(drawn: Drawn, law: Distribution, u: number): number {
  return Math.min(Math.max(law.quantile(u), drawn.low), drawn.high);
}

/** Points at which a law is looked at where a mean over it is needed. */
const POINTS = 1024;

/** The mean over a law, within its bounds, of what `of` makes of a value. */
export function meanOver(drawn: Drawn, of: (value: number) => number = (value) => value): number {
  const law = drawnLaw(drawn);
  let sum = 0;
  for (let i = 0; i < POINTS; i++) sum += of(drawnValue(drawn, law, (i + 0.5) / POINTS));
  return sum / POINTS;
}
