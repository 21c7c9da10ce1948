/**
 * What is left of a life that is met at a random instant: the law of a renewal process at rest.
 *
 * Long lives are met more often, so what is left of a spread-out life is longer than the life.
 */
import { empirical } from "./discrete.ts";
import type { Distribution } from "./distribution.ts";
import { demand } from "./distribution.ts";
import { hyperexponential } from "./mixture.ts";

/** Levels of the table, even up to the last and then halving the rest. */
const EVEN = 2048;
const HALVINGS = 32;

/** The residual life of exponentials mixed by weight: the same means, each weighted by itself. */
export function residualHyperexponential(
  weights: readonly number[],
  means: readonly number[],
): Distribution {
  return hyperexponential(
    weights.map((weight, i) => weight * means[i]),
    means,
  );
}

/** The residual life of any life of at least 0, as a table whose shares are good to 1e-4. */
export function residual(life: Distribution): Distribution {
  const points: [number, number][] = [[0, 0]];
  let from = 0;
  let total = 0;
  for (let k = 0; k < EVEN + HALVINGS; k += 1) {
    const to = life.quantile(levelOf(k));
    demand(to >= from, "a life is not negative");
    if (to === from) continue;
    // The density of what is left is the share of lives that are longer; Simpson's rule.
    const middle = 1 - life.cdf((from + to) / 2);
    total += ((to - from) / 6) * (2 - life.cdf(from) - life.cdf(to) + 4 * middle);
    points.push([to, total]);
    from = to;
  }
  demand(total > 0, "a life of length 0 is never met");
  const shares = points.map(([x, share]): [number, number] => [x, share / total]);
  shares[shares.length - 1][1] = 1;
  return empirical(shares);
}

/** The share of lives that the k-th point of the table exceeds. */
function levelOf(k: number): number {
  if (k < EVEN) return (k + 0.5) / EVEN;
  let rest = 0.5 / EVEN;
  for (let i = EVEN; i <= k; i += 1) rest /= 2;
  return 1 - rest;
}
