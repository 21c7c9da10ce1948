/**
 * Points of an experiment: scenarios that differ in a few values, run on the same chance.
 */
import { join } from "node:path";
import type { Scenario } from "../scenario/scenario.ts";
import { runMany } from "./many.ts";
import type { Failure, RunOptions, RunOutcome } from "./options.ts";
import type { Results } from "./results.ts";

/** One point: its number in the design, the values of its axes as written, its scenario. */
export interface Point {
  readonly number: number;
  readonly texts: readonly string[];
  readonly scenario: Scenario;
}

/** An ensemble that came to its end. */
export type FinishedRun = Extract<RunOutcome, { kind: "finished" }>;

/** What comes of points: all their runs, or why not. */
export type PointsOutcome =
  | { readonly kind: "finished"; readonly runs: readonly FinishedRun[] }
  | { readonly kind: "interrupted"; readonly done: number; readonly total: number }
  | { readonly kind: "failed"; readonly failure: Failure; readonly point: Point }
  | { readonly kind: "refused"; readonly faults: readonly string[] };

/** The part of a run's wishes that all points share. */
export type PointOptions = Omit<RunOptions, "scenario" | "replication" | "precision">;

/** The folder of a point inside the folder of its experiment. */
export const pointFolder = (number: number): string =>
  join("points", String(number).padStart(4, "0"));

/** Runs points side by side into folders below `out`; progress counts all their replications. */
export const runPoints = (
  points: readonly Point[],
  options: PointOptions,
): Promise<PointsOutcome> =>
  runAll(
    points,
    points.map(({ scenario, number }) => ({
      ...options,
      scenario,
      out: join(options.out, pointFolder(number)),
    })),
    options.onProgress,
  );

/** Runs what is asked for each point; `onProgress` is told of all together. */
export async function runAll(
  points: readonly Point[],
  all: readonly RunOptions[],
  onProgress: RunOptions["onProgress"],
): Promise<PointsOutcome> {
  const done = new Array<number>(all.length).fill(0);
  const events = new Array<number>(all.length).fill(0);
  const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
  const total = sum(
    all.map(({ replications, scenario }) => replications ?? scenario.run.replications),
  );
  const outcomes = await runMany(
    all.map((options, i) => ({
      ...options,
      onProgress: (progress) => {
        done[i] = progress.done;
        events[i] = progress.events;
        onProgress?.({ done: sum(done), total, events: sum(events) });
      },
    })),
  );
  return told(points, outcomes, total);
}

function told(
  points: readonly Point[],
  outcomes: readonly RunOutcome[],
  total: number,
): PointsOutcome {
  const refusals = outcomes.flatMap((one) => (one.kind === "refused" ? one.faults : []));
  if (refusals.length > 0) return { kind: "refused", faults: [...new Set(refusals)] };
  let done = 0;
  const runs: FinishedRun[] = [];
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome.kind === "failed") {
      return { kind: "failed", failure: outcome.failure, point: points[i] };
    }
    if (outcome.kind === "finished") {
      runs.push(outcome);
      done += outcome.replications;
    } else if (outcome.kind === "interrupted") done += outcome.done;
  }
  if (runs.length < points.length) return { kind: "interrupted", done, total };
  return { kind: "finished", runs };
}

/** A metric at a point, as experiments tell it. */
export interface PointMetric {
  readonly mean: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly n: number;
}

/** What was measured at a point, metric by metric. */
export const pointMetrics = ({ metrics }: Results): Readonly<Record<string, PointMetric>> =>
  Object.fromEntries(
    Object.entries(metrics).map(([name, { mean, ci95, n }]) => [name, { mean, ci95, n }]),
  );
