/**
 * An engine makes one replication: the seam between what runs (here) and what is run (the world).
 */
import type { MetricEntry, Summary, TableSink } from "../metrics/summary.ts";
import type { Setup } from "../world/setup.ts";

/** The two 32-bit words that a seed's text stands for. */
export type Key = readonly [number, number];

/** Where a replication is, written by it as it goes, read when it crashes. */
export interface Place {
  /** Seconds since the start of the run, or null before the first window. */
  time: number | null;
  /** What was being done, or empty. */
  event: string;
}

/** How a replication is to be made. */
export interface ReplicateOptions {
  /** Checks every invariant at every window's end; slower. */
  readonly checkInvariants: boolean;
  readonly place: Place;
  /** Replications 2k and 2k + 1 are a pair: the second has the chance of the first in a mirror. */
  readonly antithetic?: boolean;
  /** Threads that live the fleet of the world; 0 or absent where its own does. */
  readonly shards?: number;
  /** Takes the rows of tables while it runs; an engine that cannot give them puts them into its
   * summary. */
  readonly sink?: TableSink | undefined;
}

/** Makes a replication; equal arguments give an equal summary, wherever it runs. */
export type Replicate = (
  setup: Setup,
  key: Key,
  replication: number,
  options: ReplicateOptions,
) => Summary;

/** What a module must export to be run. */
export interface Engine {
  readonly replicate: Replicate;
  readonly metricList: readonly MetricEntry[];
  /** The names of the metrics whose last digits depend on the length of a window, if any do. */
  readonly windowMeans?: readonly string[];
  /** The names of the rules that are not the protocol's own in it, where there are such. */
  readonly replaced?: readonly string[];
}
