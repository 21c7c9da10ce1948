/**
 * When an ensemble is precise enough to stop.
 *
 * Looking after every replication makes the interval a little too narrow; the least number below
 * keeps the first, luckily narrow ones from ending the run.
 */
import type { Results } from "./results.ts";

/** Fewer replications never stop a run. */
const LEAST = 8;

/** True where the metric's 95 % interval is within `relative` of its mean, to either side. */
export function enough(
  precision: { readonly metric: string; readonly relative: number } | undefined,
  ensemble: { readonly count: number; results(): Results },
): boolean {
  if (precision === undefined || ensemble.count < LEAST) return false;
  const { mean, ci95 } = ensemble.results().metrics[precision.metric];
  if (mean === null || ci95 === null) return false;
  return (ci95[1] - ci95[0]) / 2 <= precision.relative * Math.abs(mean);
}
