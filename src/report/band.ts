/**
 * Many replications as one line with a band: the mean at each time, and where most of them lie.
 */

import { mean as average, interval, quantile } from "../stats/index.ts";
import type { Folder, Sample } from "./folder.ts";
import type { Estimate } from "./number.ts";

/** The replications at one time: their mean, and the 5 % and 95 % quantiles over them. */
export interface BandPoint {
  /** Seconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The samples of a metric in one dimension; none where it was not measured. */
export const samplesOf = (folder: Folder, metric: string, dimension = ""): readonly Sample[] =>
  folder.series.get(metric)?.get(dimension) ?? [];

/** The band of a series over its replications, in order of time. */
export function band(samples: readonly Sample[]): readonly BandPoint[] {
  const byTime = new Map<number, number[]>();
  for (const { time, value } of samples) {
    if (!Number.isFinite(value)) continue;
    const values = byTime.get(time);
    if (values === undefined) byTime.set(time, [value]);
    else values.push(value);
  }
  return [...byTime.entries()]
    .sort(([one], [other]) => one - other)
    .map(([time, values]) => ({
      time,
      mean: average(values),
      low: quantile(values, 0.05),
      high: quantile(values, 0.95),
    }));
}

/** The samples of whole months: a last one that is shorter than the others is left out. */
export function wholeMonths(samples: readonly Sample[]): readonly Sample[] {
  const times = [...new Set(samples.map(({ time }) => time))].sort((one, other) => one - other);
  const [first, second] = times;
  const [before, last] = times.slice(-2);
  if (first === undefined || second === undefined || before === undefined || last === undefined) {
    return samples;
  }
  const short = last - before < 0.9 * (second - first);
  return short ? samples.filter(({ time }) => time < last) : samples;
}

/** The mean over time of each replication, as an estimate with its 95 % interval. */
export function overTime(samples: readonly Sample[]): Estimate | null {
  const byReplication = new Map<number, number[]>();
  for (const { replication, value } of samples) {
    if (!Number.isFinite(value)) continue;
    const values = byReplication.get(replication);
    if (values === undefined) byReplication.set(replication, [value]);
    else values.push(value);
  }
  return estimate([...byReplication.values()].map(average));
}

/** A sample over replications as an estimate; null where it is empty. */
export function estimate(values: readonly number[]): Estimate | null {
  if (values.length === 0) return null;
  const mean = average(values);
  if (values.length === 1) return { mean, low: null, high: null };
  const { low, high } = interval(values, 0.95);
  return { mean, low, high };
}

/** What a result says, as an estimate; null where it was not measured. */
export function resultOf(folder: Folder, name: string): Estimate | null {
  const result = folder.results[name];
  if (result === undefined || result.mean === null) return null;
  return { mean: result.mean, low: result.ci95?.[0] ?? null, high: result.ci95?.[1] ?? null };
}

/** A dimension `key=label` and its estimate over replications, in the order of the file. */
export interface Slice {
  readonly label: string;
  readonly estimate: Estimate;
}

/**
 * The last value of each replication, by the labels of a dimension such as `country`. Counts are
 * 0 in a replication that does not tell them; a mean is then of those that do.
 */
export function slices(
  folder: Folder,
  metric: string,
  key: string,
  kind: "count" | "mean" = "mean",
): readonly Slice[] {
  const found: Slice[] = [];
  for (const [dimension, samples] of folder.series.get(metric) ?? []) {
    if (!dimension.startsWith(`${key}=`)) continue;
    const told = finals(samples);
    const absent = kind === "count" ? Math.max(0, folder.manifest.replications - told.length) : 0;
    const slice = estimate([...told, ...Array.from({ length: absent }, () => 0)]);
    if (slice !== null) found.push({ label: dimension.slice(key.length + 1), estimate: slice });
  }
  return found;
}

/** Those whose intervals reach that of the highest, which comes first; one alone leads. */
export function leaders(slices: readonly Slice[]): readonly Slice[] {
  const ordered = [...slices].sort((one, other) => other.estimate.mean - one.estimate.mean);
  const [first] = ordered;
  if (first === undefined) return [];
  const reach = first.estimate.low ?? first.estimate.mean;
  return ordered.filter(
    (slice) => slice === first || (slice.estimate.high ?? slice.estimate.mean) >= reach,
  );
}

function finals(samples: readonly Sample[]): readonly number[] {
  const last = new Map<number, Sample>();
  for (const sample of samples) {
    const known = last.get(sample.replication);
    if (known === undefined || sample.time >= known.time) last.set(sample.replication, sample);
  }
  return [...last.values()].map(({ value }) => value).filter(Number.isFinite);
}
