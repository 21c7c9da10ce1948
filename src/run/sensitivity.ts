/**
 * Sensitivity: which inputs matter, screened after Morris and shared out after Sobol.
 *
 * Every point is run on the same chance; what is left of it in the mean over replications is told
 * as `noise`, the part of the variance between points that no input owes.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Axis, axisText, loadPoints } from "../scenario/axis.ts";
import type { Loaded } from "../scenario/fault.ts";
import type { LoadOptions } from "../scenario/load.ts";
import type { Scenario } from "../scenario/scenario.ts";
import {
  type BootstrapPlan,
  deviation,
  INPUTS_MAX,
  indexPoints,
  indicesOf,
  screen,
  type Trajectory,
  trajectories,
  varianceParts,
} from "../stats/index.ts";
import { designChance, type METHODS } from "./design.ts";
import { holding } from "./folder-lock.ts";
import { writeWhole } from "./kept.ts";
import { engineOf } from "./one.ts";
import {
  type FinishedRun,
  type Point,
  type PointOptions,
  type PointsOutcome,
  runPoints,
} from "./point.ts";

/** What to ask, of which scenario. */
export interface SensitivityPlan {
  readonly scenario: string;
  readonly load: LoadOptions;
  readonly base: Scenario;
  readonly axes: readonly Axis[];
  readonly method: (typeof METHODS)[number];
  /** Trajectories of the screening, and rows of the two samples. */
  readonly trajectories: number;
  readonly rows: number;
  readonly options: PointOptions;
}

/** How an input did in the screening: the mean effect of its whole range, its size, its spread. */
export interface ScreenedInput {
  readonly key: string;
  readonly mu: number;
  readonly mu_star: number;
  readonly mu_star95: readonly [number, number];
  readonly sigma: number;
  readonly sigma95: readonly [number, number];
}

/** What share of the variance an input owes, alone and in all. */
export interface SharedInput {
  readonly key: string;
  readonly first: number;
  readonly first95: readonly [number, number];
  readonly total: number;
  readonly total95: readonly [number, number];
}

/** The sensitivity of one metric. */
export interface MetricSensitivity {
  readonly unit: string;
  /** Mean and standard deviation over the points. */
  readonly mean: number;
  readonly sd: number;
  /** The share of that variance that chance owes; null with one replication a point. */
  readonly noise: number | null;
  readonly morris: readonly ScreenedInput[] | null;
  readonly sobol: readonly SharedInput[] | null;
}

/** The content of sensitivity.json. */
export interface SensitivityTable {
  readonly schema: "gridbench-sensitivity/1";
  readonly version: string;
  readonly commit: string | null;
  readonly scenario: { readonly name: string; readonly title: string; readonly question: string };
  /** The command that makes it again. */
  readonly command: string;
  readonly hash: string;
  readonly seed: string;
  readonly replications: number;
  readonly evaluations: number;
  readonly trajectories: number | null;
  readonly rows: number | null;
  readonly resamples: number;
  readonly axes: readonly { readonly key: string; readonly typed: string }[];
  /** The sentence of each metric. */
  readonly docs: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, MetricSensitivity>>;
}

const RESAMPLES = 500;

/** The points of the design as shares of their axes, and what they are for. */
interface Layout {
  readonly paths: readonly Trajectory[];
  readonly rows: readonly (readonly number[])[];
  readonly shares: readonly (readonly number[])[];
}

function layout(plan: SensitivityPlan, seed: string): Layout {
  const { path, shift } = designChance(seed);
  const inputs = plan.axes.length;
  const paths = plan.method === "sobol" ? [] : trajectories(plan.trajectories, inputs, path);
  const rows = plan.method === "morris" ? [] : indexPoints(plan.rows, inputs, shift);
  return { paths, rows, shares: [...paths.flatMap(({ points }) => points), ...rows] };
}

/** How many runs the plan takes, replications apart. */
export function evaluationsOf({
  method,
  trajectories: paths,
  rows,
  axes,
}: SensitivityPlan): number {
  const screening = method === "sobol" ? 0 : paths * (axes.length + 1);
  return screening + (method === "morris" ? 0 : rows * (axes.length + 2));
}

/** Runs all points and writes sensitivity.json; faults of the scenario come back as a list. */
export async function runSensitivity(
  plan: SensitivityPlan,
): Promise<Loaded<PointsOutcome | SensitivityTable>> {
  const done = await holding(plan.options.out, () => sensitivityHeld(plan));
  return "kind" in done ? { ok: true, value: done } : done;
}

async function sensitivityHeld(
  plan: SensitivityPlan,
): Promise<Loaded<PointsOutcome | SensitivityTable>> {
  const { axes, options, base } = plan;
  if (plan.method !== "morris" && axes.length > INPUTS_MAX) {
    const fault = `--vary: expected at most ${INPUTS_MAX} keys for Sobol's indices`;
    return { ok: true, value: { kind: "refused", faults: [`${fault}, found ${axes.length}`] } };
  }
  const seed = options.seed ?? base.run.seed;
  const design = layout(plan, seed);
  const texts = design.shares.map((shares) => axes.map((axis, i) => axisText(axis, shares[i])));
  const loaded = loadPoints(
    plan.scenario,
    plan.load,
    axes.map(({ key }) => key),
    texts,
  );
  if (!loaded.ok) return loaded;
  const points = loaded.value.map(
    (scenario, number): Point => ({ number, texts: texts[number], scenario }),
  );
  const outcome = await runPoints(points, { ...options, lean: true });
  if (outcome.kind !== "finished") return { ok: true, value: outcome };
  const { metricList } = await engineOf(options.engine ?? null);
  const units = new Map(metricList.map(({ name, unit }) => [name, unit]));
  const table: SensitivityTable = {
    schema: "gridbench-sensitivity/1",
    version: options.version,
    commit: options.commit,
    scenario: { name: base.name, title: base.title, question: base.question },
    command: options.command ?? "",
    hash: base.hash,
    seed,
    replications: options.replications ?? base.run.replications,
    evaluations: points.length,
    trajectories: design.paths.length || null,
    rows: plan.method === "morris" ? null : plan.rows,
    resamples: RESAMPLES,
    axes: axes.map(({ key, typed }) => ({ key, typed })),
    docs: Object.fromEntries(metricList.map(({ name, doc }) => [name, doc])),
    metrics: sensitivities(outcome.runs, design, axes, units, seed),
  };
  mkdirSync(options.out, { recursive: true });
  writeWhole(join(options.out, "sensitivity.json"), `${JSON.stringify(table, null, 1)}\n`);
  rmSync(join(options.out, "points"), { recursive: true, force: true });
  return { ok: true, value: table };
}

function sensitivities(
  runs: readonly FinishedRun[],
  design: Layout,
  axes: readonly Axis[],
  units: ReadonlyMap<string, string>,
  seed: string,
): SensitivityTable["metrics"] {
  const { resample } = designChance(seed);
  const plan: BootstrapPlan = { resamples: RESAMPLES, level: 0.95, uniform: resample };
  const metrics: Record<string, MetricSensitivity> = {};
  for (const name of Object.keys(runs[0].results.metrics)) {
    const means = runs.map(({ results }) => results.metrics[name]?.mean ?? null);
    const outputs = means.filter((value) => value !== null);
    // An index needs the output at every point.
    if (outputs.length < means.length) continue;
    const sd = deviation(outputs);
    metrics[name] = {
      unit: units.get(name) ?? "",
      mean: outputs.reduce((sum, value) => sum + value, 0) / outputs.length,
      sd,
      noise: noiseOf(runs, name, sd * sd),
      morris: screened(outputs, design, axes, plan),
      sobol: shared(outputs, design, axes, plan),
    };
  }
  return metrics;
}

function screened(
  outputs: readonly number[],
  { paths }: Layout,
  axes: readonly Axis[],
  plan: BootstrapPlan,
): readonly ScreenedInput[] | null {
  if (paths.length === 0) return null;
  const width = axes.length + 1;
  const values = paths.map((_, t) => outputs.slice(t * width, (t + 1) * width));
  return screen(paths, values, plan).map((one, i) => ({
    key: axes[i].key,
    mu: one.mu,
    mu_star: one.muStar,
    mu_star95: one.muStarInterval,
    sigma: one.sigma,
    sigma95: one.sigmaInterval,
  }));
}

function shared(
  outputs: readonly number[],
  { paths, rows }: Layout,
  axes: readonly Axis[],
  plan: BootstrapPlan,
): readonly SharedInput[] | null {
  if (rows.length === 0) return null;
  const own = outputs.slice(paths.length * (axes.length + 1));
  return indicesOf(own, axes.length, plan).map((one, i) => ({
    key: axes[i].key,
    first: one.first,
    first95: one.firstInterval,
    total: one.total,
    total95: one.totalInterval,
  }));
}

/** The share of the variance between points that chance owes: what points do not share of it. */
function noiseOf(runs: readonly FinishedRun[], name: string, variance: number): number | null {
  const table = runs.map(({ rows }) =>
    rows.map(({ metrics }) => metrics.find((one) => one.name === name)?.value ?? Number.NaN),
  );
  const replications = table[0].length;
  const whole = table.every((row) => row.every((value) => !Number.isNaN(value)));
  if (replications < 2 || !whole) return null;
  return variance > 0 ? Math.min(1, varianceParts(table).mixed / replications / variance) : 0;
}
