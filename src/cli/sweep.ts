/**
 * `sweep` and `gather`: a scenario at many points, in shards or whole.
 */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  combinations,
  gather,
  type Point,
  readSweep,
  runSweep,
  type SweepTable,
  spread,
  summaryNumber,
} from "../run/index.ts";
import { metricList } from "../run/replicate.ts";
import { type Axis, axisText, loadPoints, loadScenario } from "../scenario/index.ts";
import { Exit, type ExitCode, print, refuse, refuseWith, say } from "./exit.ts";
import type { SweepArguments } from "./experiment-flags.ts";
import { concludeEarly, pointOptions, readAxes, sizeText, toldMetrics, wordsOf } from "./point.ts";
import { openMeter } from "./progress.ts";
import { interruption, warn } from "./run.ts";
import { alignRows } from "./table.ts";

/** Sweeps; the exit code says how it ended. */
export async function sweep(typed: SweepArguments): Promise<ExitCode> {
  const told = toldMetrics(typed.metrics);
  if (typeof told === "string") return refuseWith(told);
  const { axes, faults } = readAxes(typed.vary);
  if (faults.length > 0) return refuse(faults);
  const metrics = metricList.map(({ name }) => name);
  const load = { set: typed.set, run: typed.settings, metrics };
  const base = loadScenario(typed.scenario, load);
  if (!base.ok) return refuse(base.faults);
  const texts = textsOf(typed, axes, base.value.run.seed);
  if (typeof texts === "string") return refuseWith(texts);
  const keys = axes.map(({ key }) => key);
  const loaded = loadPoints(typed.scenario, load, keys, texts);
  if (!loaded.ok) return refuse(loaded.faults);
  const points = loaded.value.map(
    (scenario, number): Point => ({ number, texts: texts[number], scenario }),
  );
  const out = typed.out ?? join("reports", `${base.value.name}-sweep${shardName(typed)}`);
  warn(base.value);
  const meter = openMeter();
  const { signal, release } = interruption();
  const { design, shard } = typed;
  const whole = ["sweep", ...wordsOf(typed), ...flagsOf({ ...typed, shard: null })];
  const options = pointOptions(typed, base.value, out, whole, meter, signal);
  const plan = { base: base.value, design, axes, points, shard, options };
  const outcome = await runSweep(plan).finally(() => {
    meter.end();
    release();
  });
  if (outcome.kind !== "finished") {
    return concludeEarly(
      outcome,
      ["sweep", ...wordsOf(typed), ...flagsOf(typed)],
      typed,
      keys,
      out,
    );
  }
  await renderPage(out, typed.report && shard === null, told);
  if (typed.json) print(readFileSync(join(out, "sweep.json"), "utf8"));
  else {
    const count = outcome.runs.length;
    print(`${sizeText(base.value, count, count === 1 ? "point" : "points")}\n`);
    const table = readSweep(out);
    if (typeof table !== "string") print(`${sweepText(table, told)}\n`);
    print(`table: ${join(out, "points.csv")}`);
  }
  return Exit.done;
}

const shardName = ({ shard }: SweepArguments): string =>
  shard === null ? "" : `-${shard.index}-of-${shard.of}`;

function flagsOf({ design, points, shard }: SweepArguments): readonly string[] {
  return [
    ...(design === "grid" ? [] : ["--design", design, "--points", String(points)]),
    ...(shard === null ? [] : ["--shard", `${shard.index}/${shard.of}`]),
  ];
}

/** The values of each point as written, or what is wrong with the wish. */
function textsOf(
  { design, points = 0 }: SweepArguments,
  axes: readonly Axis[],
  seed: string,
): readonly (readonly string[])[] | string {
  if (design === "grid") {
    const open = axes.find(({ values }) => values === null);
    return open === undefined
      ? combinations(axes.map(({ values }) => values ?? []))
      : `--vary ${open.typed}: expected a list on a grid; a range needs --design lhs or sobol`;
  }
  const shares = spread(design, points, axes.length, seed);
  if (typeof shares === "string") return shares;
  return shares.map((point) => axes.map((axis, i) => axisText(axis, point[i])));
}

/** The table of a sweep for a terminal: a row a point, mean and half width of each metric. */
function sweepText(table: SweepTable, told: readonly string[]): string {
  const rows = table.points.map(({ point, metrics }) => [
    String(point),
    ...(table.design_points[point]?.values ?? []),
    ...told.map((name) => {
      const { mean, ci95 } = metrics[name] ?? { mean: null, ci95: null };
      if (mean === null) return "not measured";
      const half = ci95 === null ? "" : ` ± ${summaryNumber((ci95[1] - ci95[0]) / 2)}`;
      return `${summaryNumber(mean)}${half}`;
    }),
  ]);
  const heads = ["point", ...table.axes.map(({ key }) => key.replace(/^\w+\./, "")), ...told];
  return alignRows([heads, ...rows]);
}

/** Draws the page of an experiment, or takes away the one that is there. */
export async function renderPage(
  folder: string,
  wanted: boolean,
  metrics: readonly string[],
): Promise<void> {
  if (!wanted) {
    rmSync(join(folder, "report.html"), { force: true });
    return;
  }
  const { renderExperiment } = await import("../report/index.ts");
  const [page = ""] = await renderExperiment(folder, metrics);
  say(`gridbench: report in ${page}`);
}

/** Joins the folders of shards. */
export async function gatherShards(
  folders: readonly string[],
  out: string | undefined,
  report: boolean,
): Promise<ExitCode> {
  const [first] = folders;
  if (first === undefined) return refuseWith("gather: expected the folders of shards, found none");
  const table = readSweep(first);
  if (typeof table === "string") return refuseWith(table);
  const into = out ?? join("reports", `${table.scenario.name}-sweep`);
  const gathered = await gather(folders, into);
  if (gathered.kind === "refused") {
    for (const fault of gathered.faults) say(`gridbench: ${fault}`);
    return Exit.wrongInput;
  }
  const told = toldMetrics([]);
  await renderPage(into, report, typeof told === "string" ? [] : told);
  print(`${gathered.table.points.length} points from ${folders.length} folders`);
  print(`table: ${join(into, "points.csv")}`);
  return Exit.done;
}
