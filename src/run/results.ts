/**
 * results.json: what an ensemble measured, each metric with its interval over replications.
 */
import type { MetricEntry, MetricValue } from "../metrics/summary.ts";
import { interval } from "../stats/index.ts";

/** One metric over the replications that measured it. */
export interface MetricResult {
  readonly unit: string;
  /** Null where no replication measured it. */
  readonly mean: number | null;
  /** Null below two replications. */
  readonly sd: number | null;
  /** The two-sided 95 % interval of the mean (Student's t); null below two replications. */
  readonly ci95: readonly [number, number] | null;
  readonly n: number;
  /** Totals in whole 1e-7, one a replication, where the metric is money; else null. */
  readonly exact: readonly (string | null)[] | null;
}

/** The content of results.json. */
export interface Results {
  /** Keys in code-unit order. */
  readonly metrics: Readonly<Record<string, MetricResult>>;
}

/** The metrics of one replication, as the fold needs them. */
export interface Row {
  readonly replication: number;
  readonly metrics: readonly MetricValue[];
}

/** Folds the rows of an ensemble, given in order of replication, into its results. */
export function foldResults(rows: readonly Row[], entries: readonly MetricEntry[]): Results {
  const units = new Map(entries.map((entry) => [entry.name, entry.unit]));
  const names = rows.length === 0 ? [] : rows[0].metrics.map((metric) => metric.name);
  const columns = names.map((name, i): [string, MetricResult] => [
    name,
    fold(
      rows.map((row) => row.metrics[i]),
      units.get(name) ?? "",
    ),
  ]);
  columns.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { metrics: Object.fromEntries(columns) };
}

function fold(column: readonly MetricValue[], unit: string): MetricResult {
  const measured = column.map((metric) => metric.value).filter((value) => !Number.isNaN(value));
  const exact = column.map((metric) => metric.exact);
  const told = exact.some((total) => total !== null) ? exact : null;
  const n = measured.length;
  if (n === 0) return { unit, mean: null, sd: null, ci95: null, n, exact: told };
  const { mean, sd, low, high } = interval(measured, 0.95);
  if (n === 1) return { unit, mean, sd: null, ci95: null, n, exact: told };
  return { unit, mean, sd, ci95: [low, high], n, exact: told };
}

/** results.json as text: keys sorted, numbers in their shortest form that reads back the same. */
export const resultsText = (results: Results): string => `${JSON.stringify(results, null, 2)}\n`;
