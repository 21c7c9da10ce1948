/**
 * What one replication leaves behind: its metrics, the series behind them, and tables of entities.
 *
 * It is plain data, so that it can be kept on disk, sent by a worker, and read back the same.
 */

/** A metric as the registry lists it; `unit` is "1" where it has none. */
export interface MetricEntry {
  /** `noun.measure`, such as `node.availability`. */
  readonly name: string;
  readonly unit: string;
  readonly doc: string;
  /** True of what only some scenarios ask for; the results of the others do not name it. */
  readonly onRequest?: true;
}

/** One metric of one replication. */
export interface MetricValue {
  readonly name: string;
  /** The value in the metric's unit; NaN where nothing was measured. */
  readonly value: number;
  /** The total in whole 1e-7 where the metric is money, else null. */
  readonly exact: string | null;
}

/** The values of a metric over time, in one dimension. */
export interface SeriesBlock {
  readonly metric: string;
  /** Empty, or what it is of: `country=BE`, `class=mini_home`, `size=2-5`, `share=0.10`. */
  readonly dimension: string;
  /** Seconds since 1970-01-01 UTC. */
  readonly time: Float64Array;
  readonly value: Float64Array;
}

/** Columns of equal length, each of numbers, of words or of whole counts (signed 64-bit). */
export type Table = {
  readonly [column: string]: Float64Array | readonly (string | bigint)[];
};

/** Rows of a piece of a table, at most: those of a row group of its file. */
export const PIECE_ROWS = 65_536;

/** Takes tables piece by piece, so that nobody holds a whole one. */
export interface TableSink {
  /** Takes the next rows of a table; the first piece of a table may have none. */
  add(name: string, piece: Table): void;
}

/** Everything that is kept of one replication. */
export interface Summary {
  readonly replication: number;
  /** In the registry's order. */
  readonly metrics: readonly MetricValue[];
  readonly series: readonly SeriesBlock[];
  /** By name, such as `nodes`; only those the scenario asks for, and that no sink was given. */
  readonly tables: Readonly<Record<string, Table>>;
  /** How many events the replication executed. */
  readonly events: number;
}
