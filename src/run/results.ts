/**
 * results.json: what an ensemble measured, each metric with its interval over replications.
 */
import type { MetricEntry, MetricValue } from "../metrics/summary.ts";
import { interval } from "../stats/index.ts";
import type { CourseNote } from "./warm-up.ts";

/** One metric over the replications that measured it. */
export interface MetricResult extends CourseNote {
  readonly unit: string;
  /** Null where no replication measured it. */
  readonly mean: number | null;
  /** Null below two replications. */
  readonly sd: number | null;
  /**
   * The two-sided 95 % interval of the mean (Student's t), widened for looks where a precision was
   * asked for; null below two samples.
   */
  readonly ci95: readonly [number, number] | null;
  /** Samples: replications that measured it, or pairs of them. */
  readonly n: number;
  /** Totals in whole 1e-7, one a replication, where the metric is money; else null. */
  readonly exact: readonly (string | null)[] | null;
}

/** A metric that nobody asked for. */
export const UNTOLD: MetricResult = {
  ...{ unit: "", mean: null, sd: null, ci95: null },
  ...{ n: 0, exact: null },
};

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

/** How rows become results. */
export interface Folding {
  /** Rows 2k and 2k + 1 are one sample, their mean. */
  readonly antithetic: boolean;
  /** The levels of the intervals that are not 95 %, by metric. */
  readonly levels: ReadonlyMap<string, number>;
  /** What the series add, by metric. */
  readonly notes?: ReadonlyMap<string, CourseNote>;
}

const PLAIN: Folding = { antithetic: false, levels: new Map() };

/** Folds the rows of an ensemble, given in order of replication, into its results. */
export function foldResults(
  rows: readonly Row[],
  entries: readonly MetricEntry[],
  folding: Folding = PLAIN,
): Results {
  const units = new Map(entries.map((entry) => [entry.name, entry.unit]));
  const names = rows.length === 0 ? [] : rows[0].metrics.map((metric) => metric.name);
  const columns = names.map((name, i): [string, MetricResult] => {
    const column = rows.map((row) => row.metrics[i]);
    const told = fold(name, column, units.get(name) ?? "", folding);
    return [name, { ...told, ...folding.notes?.get(name) }];
  });
  columns.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { metrics: Object.fromEntries(columns) };
}

/** The samples of a metric: what each replication measured, or the mean of each whole pair. */
export function columnOf(rows: readonly Row[], name: string, antithetic: boolean): number[] {
  const column = rows.map(
    ({ metrics }) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN,
  );
  return samplesOf(column, antithetic);
}

/** The samples in a column of replications: each that was measured, or the mean of each pair. */
export function samplesOf(column: readonly number[], antithetic: boolean): number[] {
  const samples =
    antithetic && column.length > 1
      ? Array.from({ length: Math.floor(column.length / 2) }, (_, k) => {
          return (column[2 * k] + column[2 * k + 1]) / 2;
        })
      : [...column];
  return samples.filter((value) => !Number.isNaN(value));
}

function fold(
  name: string,
  column: readonly MetricValue[],
  unit: string,
  { antithetic, levels }: Folding,
): MetricResult {
  const measured = samplesOf(
    column.map((metric) => metric.value),
    antithetic,
  );
  const exact = column.map((metric) => metric.exact);
  const told = exact.some((total) => total !== null) ? exact : null;
  const n = measured.length;
  if (n === 0) return { unit, mean: null, sd: null, ci95: null, n, exact: told };
  const { mean, sd, low, high } = interval(measured, levels.get(name) ?? 0.95);
  if (n === 1) return { unit, mean, sd: null, ci95: null, n, exact: told };
  return { unit, mean, sd, ci95: [low, high], n, exact: told };
}

/** results.json as text: keys sorted, numbers in their shortest form that reads back the same. */
export const resultsText = (results: Results): string => `${JSON.stringify(results, null, 2)}\n`;
