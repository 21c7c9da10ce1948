/**
 * A sweep: the same experiment at many points, in whole or a shard of it, told in one table.
 *
 * All points share the seed, and with it every failure and arrival that their values do not touch;
 * a point's run depends on its own values alone, so that shards are made anywhere and joined.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import type { MetricEntry } from "../metrics/summary.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { holding } from "./folder-lock.ts";
import { writeWhole } from "./kept.ts";
import { engineOf } from "./one.ts";
import {
  type Point,
  type PointMetric,
  type PointOptions,
  type PointsOutcome,
  pointFolder,
  pointMetrics,
  runPoints,
} from "./point.ts";

/** Which of the points: those whose number leaves `index` over when divided by `of`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** An axis as the table tells it. */
export interface SweptAxis {
  readonly key: string;
  /** As typed behind `--vary`. */
  readonly typed: string;
}

/** The content of sweep.json. */
export interface SweepTable {
  readonly schema: "gridbench-sweep/1";
  readonly version: string;
  readonly commit: string | null;
  readonly scenario: {
    readonly name: string;
    readonly title: string;
    readonly question: string;
  };
  /** The command that makes the whole sweep again. */
  readonly command: string;
  readonly seed: string;
  readonly replications: number;
  readonly design: string;
  readonly axes: readonly SweptAxis[];
  readonly metrics: readonly MetricEntry[];
  /** Every point of the design, run here or not. */
  readonly design_points: readonly {
    readonly point: number;
    readonly values: readonly string[];
    readonly hash: string;
  }[];
  readonly shard: Shard | null;
  /** The points that were run, in order. */
  readonly points: readonly {
    readonly point: number;
    readonly metrics: Readonly<Record<string, PointMetric>>;
  }[];
}

/** What to sweep. */
export interface SweepPlan {
  /** The scenario without the values of the axes. */
  readonly base: Scenario;
  readonly design: string;
  readonly axes: readonly SweptAxis[];
  /** All points of the design. */
  readonly points: readonly Point[];
  readonly shard: Shard | null;
  readonly options: PointOptions;
}

/** Runs the points of a sweep, or of its shard, and writes its tables. */
export const runSweep = (plan: SweepPlan): Promise<PointsOutcome> =>
  holding(plan.options.out, () => sweepHeld(plan));

async function sweepHeld(plan: SweepPlan): Promise<PointsOutcome> {
  const { shard, points, options } = plan;
  const mine = points.filter(({ number }) => shard === null || number % shard.of === shard.index);
  if (mine.length === 0) return { kind: "refused", faults: ["--shard: no point is in it"] };
  const outcome = await runPoints(mine, options);
  if (outcome.kind !== "finished") return outcome;
  const { metricList } = await engineOf(options.engine ?? null);
  const table: SweepTable = {
    schema: "gridbench-sweep/1",
    version: options.version,
    commit: options.commit,
    scenario: {
      name: plan.base.name,
      title: plan.base.title,
      question: plan.base.question,
    },
    command: options.command ?? "",
    seed: options.seed ?? plan.base.run.seed,
    replications: options.replications ?? plan.base.run.replications,
    design: plan.design,
    axes: plan.axes.map(({ key, typed }) => ({ key, typed })),
    metrics: metricList.map(({ name, unit, doc }) => ({ name, unit, doc })),
    design_points: points.map(({ number, texts, scenario }) => ({
      point: number,
      values: texts,
      hash: scenario.hash,
    })),
    shard,
    points: outcome.runs.map(({ results }, i) => ({
      point: mine[i].number,
      metrics: pointMetrics(results),
    })),
  };
  writeSweep(options.out, table);
  dropOthers(options.out, mine.length, points.length);
  return outcome;
}

/** Writes the tables of a sweep into its folder. */
export function writeSweep(out: string, table: SweepTable): void {
  mkdirSync(out, { recursive: true });
  writeWhole(join(out, "points.csv"), pointsText(table));
  writeWhole(join(out, "sweep.json"), `${JSON.stringify(table, null, 1)}\n`);
}

/** Takes away the points of an earlier, larger sweep in the same folder. */
function dropOthers(out: string, mine: number, all: number): void {
  for (let number = all; existsSync(join(out, pointFolder(number))); number += 1) {
    rmSync(join(out, pointFolder(number)), { recursive: true });
  }
  if (mine === all) rmSync(join(out, "report.html"), { force: true });
}

/** points.csv: a row a point, its values, and of each metric mean, interval and count. */
export function pointsText({ axes, design_points, points }: SweepTable): string {
  const names = [...new Set(points.flatMap(({ metrics }) => Object.keys(metrics)))];
  const heads = names.flatMap((name) => [name, `${name}:low`, `${name}:high`, `${name}:n`]);
  const told = (value: number | null | undefined): string => (value == null ? "" : String(value));
  const rows = points.map(({ point, metrics }) => [
    String(point),
    ...(design_points.find((one) => one.point === point)?.values ?? []),
    ...names.flatMap((name) => {
      const { mean, ci95, n } = metrics[name] ?? { mean: null, ci95: null, n: 0 };
      return [told(mean), told(ci95?.[0]), told(ci95?.[1]), String(n)];
    }),
  ]);
  return stringify([["point", ...axes.map(({ key }) => key), ...heads], ...rows]);
}

/** The table of a sweep's folder, or a sentence where there is none. */
export function readSweep(folder: string): SweepTable | string {
  const path = join(folder, "sweep.json");
  const fault = `${folder}: expected the folder of a sweep`;
  if (!existsSync(path)) return `${fault}, found no sweep.json in it`;
  try {
    const table: SweepTable = JSON.parse(readFileSync(path, "utf8"));
    return table.schema === "gridbench-sweep/1"
      ? table
      : `${fault}, found another schema in sweep.json`;
  } catch {
    return `${fault}, found no JSON in sweep.json`;
  }
}
