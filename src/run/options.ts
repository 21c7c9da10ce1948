/**
 * What a run is asked for, and what comes of it.
 */
import type { Scenario } from "../scenario/scenario.ts";
import type { Results, Row } from "./results.ts";
import type { WarmUp } from "./warm-up.ts";

/** How far a run is. */
export interface Progress {
  /** Replications finished, and wanted. */
  readonly done: number;
  readonly total: number;
  /** Events executed by the finished ones. */
  readonly events: number;
}

/** What to run, and where to put it. */
export interface RunOptions {
  readonly scenario: Scenario;
  /** The folder of the run; made if it is missing, replaced file by file if it is there. */
  readonly out: string;
  /** The version and commit of the program, as the manifest tells them. */
  readonly version: string;
  readonly commit: string | null;
  /** How many replications; the scenario's number if left out. */
  readonly replications?: number | undefined;
  /** This replication alone, counted from 0. */
  readonly replication?: number | undefined;
  /** Worker threads; 0 runs in this thread. One a processor if left out. */
  readonly workers?: number | undefined;
  /** Threads that live the fleet of each world; 0 lives it in the world's own. */
  readonly shards?: number | undefined;
  /** Goes on with the finished replications that an interrupted run left in the folder. */
  readonly resume?: boolean | undefined;
  readonly checkInvariants?: boolean | undefined;
  /** The seed's text; the scenario's if left out. */
  readonly seed?: string | undefined;
  /** Stops when the interval of a metric is within this share of its mean, looks accounted for. */
  readonly precision?: { readonly metric: string; readonly relative: number } | undefined;
  /** Makes replications in pairs of opposite chance; the sample is then the mean of a pair. */
  readonly antithetic?: boolean | undefined;
  /** Leaves out the first days of each series, too, in what is told beside the results. */
  readonly warmUp?: WarmUp | undefined;
  /** The command that makes this run again, for the manifest. */
  readonly command?: string | undefined;
  /** The moment of the start as an ISO date, for the manifest. */
  readonly started?: string | undefined;
  /** Milliseconds of any clock, for the manifest's time taken. */
  readonly clock?: (() => number) | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Interrupts the run; what is finished is kept for `resume`. */
  readonly signal?: AbortSignal | undefined;
  /** Leaves out series and tables: what a point of a large design is run for is its metrics. */
  readonly lean?: boolean | undefined;
  /** Leaves the finished replications in the folder after success. */
  readonly keep?: boolean | undefined;
  /** The URL of a module that exports an `Engine`; the world's own if left out. */
  readonly engine?: string | undefined;
}

/** A crash of the program inside one replication, as plain data. */
export interface Failure {
  readonly replication: number;
  /** The error's code or name. */
  readonly code: string;
  readonly message: string;
  readonly stack: string;
  /** Seconds since the start of the run, where known. */
  readonly time: number | null;
  readonly event: string;
  readonly scenarioHash: string;
  readonly seed: string;
}

/** How a run ended. */
export type RunOutcome =
  | {
      readonly kind: "finished";
      readonly folder: string;
      /** The names of the files written, in order. */
      readonly files: readonly string[];
      readonly results: Results;
      /** What each replication measured, in their order: what a comparison pairs. */
      readonly rows: readonly Row[];
      readonly replications: number;
      readonly events: number;
    }
  /** Stopped by the signal; `done` replications are kept in the folder. */
  | { readonly kind: "interrupted"; readonly done: number; readonly total: number }
  /** We are wrong: an assertion failed or a worker died. */
  | { readonly kind: "failed"; readonly failure: Failure }
  /** The wish is wrong: one sentence for each fault. */
  | { readonly kind: "refused"; readonly faults: readonly string[] };
