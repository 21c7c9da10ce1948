/**
 * A run twice as honest: the scenario, and around it draws of all that it does not know.
 *
 * The scenario itself is run as ever into its folder; each draw is a run of its own on the same
 * chance. What comes of both is told apart in uncertainty.json.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { loadPoints } from "../scenario/axis.ts";
import type { Loaded } from "../scenario/fault.ts";
import type { LoadOptions } from "../scenario/load.ts";
import { type UncertainInput, uncertainInputs } from "../scenario/uncertain.ts";
import { designChance } from "./design.ts";
import { holding } from "./folder-lock.ts";
import { writeWhole } from "./kept.ts";
import { engineOf } from "./one.ts";
import type { RunOptions } from "./options.ts";
import { type FinishedRun, type Point, type PointsOutcome, pointFolder, runAll } from "./point.ts";
import { type DrawNote, drawInputs, drawNote, type UncertainDraw } from "./uncertain-draw.ts";
import {
  type MetricUncertainty,
  offsetOf,
  type UncertaintySource,
  uncertaintyOf,
} from "./uncertainty-table.ts";

/** What to run, and how often to draw. */
export interface UncertaintyPlan {
  /** The scenario as named, and what is said of it outside its file. */
  readonly scenario: string;
  readonly load: LoadOptions;
  /** The run of the scenario itself. */
  readonly run: RunOptions;
  readonly draws: number;
  /** Replications of each draw. */
  readonly inner: number;
}

/** The content of uncertainty.json. */
export interface UncertaintyTable extends DrawNote {
  readonly schema: "gridbench-uncertainty/1";
  readonly version: string;
  readonly commit: string | null;
  readonly hash: string;
  readonly seed: string;
  readonly metrics: Readonly<Record<string, MetricUncertainty>>;
}

/** The files of an uncertainty analysis in a run's folder. */
export const UNCERTAINTY_FILES = ["uncertainty.json", "uncertainty.csv"] as const;

/** The run of the scenario, and what the draws around it say. */
export interface UncertainRun {
  readonly kind: "uncertain";
  readonly central: FinishedRun;
  readonly table: UncertaintyTable;
}

/** Runs the scenario and its draws; faults of the scenario come back as a list. */
export async function runUncertain(
  plan: UncertaintyPlan,
): Promise<Loaded<Exclude<PointsOutcome, { kind: "finished" }> | UncertainRun>> {
  const done = await holding(plan.run.out, () => uncertainHeld(plan));
  return "kind" in done ? { ok: true, value: done } : done;
}

async function uncertainHeld(
  plan: UncertaintyPlan,
): Promise<Loaded<Exclude<PointsOutcome, { kind: "finished" }> | UncertainRun>> {
  const { run } = plan;
  const seed = run.seed ?? run.scenario.run.seed;
  const inputs = uncertainInputs(run.scenario);
  const draws = drawInputs(inputs, plan.draws, seed);
  if (draws === null) {
    const faults = ["--uncertainty: the declared rank correlations exclude each other"];
    return { ok: true, value: { kind: "refused", faults } };
  }
  const keys = inputs.map(({ key }) => key);
  const loaded = loadPoints(
    plan.scenario,
    plan.load,
    keys,
    draws.map(({ texts }) => texts),
  );
  if (!loaded.ok) return loaded;
  const points: Point[] = loaded.value.map((scenario, number) => ({
    number,
    texts: draws[number].texts,
    scenario,
  }));
  const itself: Point = { number: -1, texts: [], scenario: run.scenario };
  const outcome = await runAll(
    [itself, ...points],
    [
      run,
      ...points.map(({ scenario, number }) => ({
        ...run,
        scenario,
        replications: plan.inner,
        precision: undefined,
        lean: true,
        out: join(run.out, pointFolder(number)),
      })),
    ],
    run.onProgress,
  );
  if (outcome.kind !== "finished") return { ok: true, value: outcome };
  const [central, ...runs] = outcome.runs;
  const table = await tableOf(plan, { seed, inputs, draws, central, runs });
  writeWhole(join(run.out, "uncertainty.csv"), drawsText(keys, draws, runs));
  writeWhole(join(run.out, "uncertainty.json"), `${JSON.stringify(table, null, 1)}\n`);
  rmSync(join(run.out, "points"), { recursive: true, force: true });
  return { ok: true, value: { kind: "uncertain", central, table } };
}

async function tableOf(
  { run, inner }: UncertaintyPlan,
  found: {
    readonly seed: string;
    readonly inputs: readonly UncertainInput[];
    readonly draws: readonly UncertainDraw[];
    readonly central: FinishedRun;
    readonly runs: readonly FinishedRun[];
  },
): Promise<UncertaintyTable> {
  const { metricList } = await engineOf(run.engine ?? null);
  const units = new Map(metricList.map(({ name, unit }) => [name, unit]));
  const { resample } = designChance(found.seed);
  return {
    schema: "gridbench-uncertainty/1",
    version: run.version,
    commit: run.commit,
    hash: run.scenario.hash,
    seed: found.seed,
    ...drawNote({ ...found, inner }),
    metrics: metricsOf(found, units, { ...found, resample }),
  };
}

/** The uncertainty of every metric that enough draws measured. */
function metricsOf(
  { central, runs }: { readonly central: FinishedRun; readonly runs: readonly FinishedRun[] },
  units: ReadonlyMap<string, string>,
  source: UncertaintySource,
): Readonly<Record<string, MetricUncertainty>> {
  const columnIn = ({ rows }: FinishedRun, name: string): readonly number[] =>
    rows.map(({ metrics }) => metrics.find((one) => one.name === name)?.value ?? Number.NaN);
  const found: Record<string, MetricUncertainty> = {};
  for (const [name, { mean, ci95, n }] of Object.entries(central.results.metrics)) {
    const table = runs.map((run) => columnIn(run, name));
    const one = uncertaintyOf(
      {
        ...{ unit: units.get(name) ?? "", mean, ci95, n },
        offset: offsetOf(columnIn(central, name), table),
        table,
      },
      source,
    );
    if (one !== null) found[name] = one;
  }
  return found;
}

/** uncertainty.csv: a row a draw, its values, the mean of each metric. */
function drawsText(
  keys: readonly string[],
  draws: readonly UncertainDraw[],
  runs: readonly FinishedRun[],
): string {
  const names = Object.keys(runs[0]?.results.metrics ?? {});
  const rows = draws.map(({ texts }, i) => [
    String(i),
    ...texts,
    ...names.map((name) => String(runs[i].results.metrics[name]?.mean ?? "")),
  ]);
  return stringify([["draw", ...keys, ...names], ...rows]);
}
