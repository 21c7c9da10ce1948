/**
 * `sensitivity`: which inputs matter, and how much of the variance each owes.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  evaluationsOf,
  runSensitivity,
  type SensitivityPlan,
  type SensitivityTable,
  summaryNumber,
} from "../run/index.ts";
import { metricList } from "../run/replicate.ts";
import { loadScenario } from "../scenario/index.ts";
import { Exit, type ExitCode, print, refuse, refuseWith } from "./exit.ts";
import type { SensitivityArguments } from "./experiment-flags.ts";
import { concludeEarly, pointOptions, readAxes, sizeText, toldMetrics, wordsOf } from "./point.ts";
import { openMeter } from "./progress.ts";
import { interruption, warn } from "./run.ts";
import { renderPage } from "./sweep.ts";
import { alignRows } from "./table.ts";

/** Asks for the sensitivity of all metrics; the exit code says how it ended. */
export async function sensitivity(typed: SensitivityArguments): Promise<ExitCode> {
  const told = toldMetrics(typed.metrics);
  if (typeof told === "string") return refuseWith(told);
  const { axes, faults } = readAxes(typed.vary);
  if (faults.length > 0) return refuse(faults);
  const metrics = metricList.map(({ name }) => name);
  const load = { set: typed.set, run: typed.settings, metrics };
  const base = loadScenario(typed.scenario, load);
  if (!base.ok) return refuse(base.faults);
  const out = typed.out ?? join("reports", `${base.value.name}-sensitivity`);
  warn(base.value);
  const meter = openMeter();
  const { signal, release } = interruption();
  const { scenario, method, trajectories, rows } = typed;
  const command = ["sensitivity", ...wordsOf(typed), ...flagsOf(typed)];
  const options = pointOptions(typed, base.value, out, command, meter, signal);
  const plan: SensitivityPlan = {
    scenario,
    load,
    base: base.value,
    axes,
    method,
    trajectories,
    rows,
    options,
  };
  const done = await runSensitivity(plan).finally(() => {
    meter.end();
    release();
  });
  if (!done.ok) return refuse(done.faults);
  const table = done.value;
  if ("kind" in table) {
    if (table.kind === "finished") return Exit.done;
    const keys = axes.map(({ key }) => key);
    return concludeEarly(table, command, typed, keys, out);
  }
  await renderPage(out, typed.report, told);
  if (typed.json) print(readFileSync(join(out, "sensitivity.json"), "utf8"));
  else {
    print(`${sizeText(base.value, evaluationsOf(plan), "points")}\n`);
    for (const name of told) print(`${metricText(name, table)}\n`);
    print(`results: ${join(out, "sensitivity.json")}`);
  }
  return Exit.done;
}

const flagsOf = ({ method, trajectories, rows }: SensitivityArguments): readonly string[] => [
  "--method",
  method,
  "--trajectories",
  String(trajectories),
  "--points",
  String(rows),
];

/** One metric for a terminal: the inputs, those that matter most first. */
function metricText(name: string, { metrics, axes }: SensitivityTable): string {
  const found = metrics[name];
  if (found === undefined) return `${name}: not measured at every point`;
  const { morris, sobol, noise, mean, sd } = found;
  const size = (key: string): number =>
    sobol?.find((one) => one.key === key)?.total ??
    morris?.find((one) => one.key === key)?.mu_star ??
    0;
  const keys = axes.map(({ key }) => key).sort((a, b) => size(b) - size(a));
  const span = ([low, high]: readonly [number, number]): string =>
    `${summaryNumber(low)} .. ${summaryNumber(high)}`;
  const rows = keys.map((key) => {
    const effect = morris?.find((one) => one.key === key);
    const share = sobol?.find((one) => one.key === key);
    return [
      key.replace(/^\w+\./, ""),
      ...(effect === undefined
        ? []
        : [summaryNumber(effect.mu_star), span(effect.mu_star95), summaryNumber(effect.sigma)]),
      ...(share === undefined
        ? []
        : [
            summaryNumber(share.first),
            span(share.first95),
            summaryNumber(share.total),
            span(share.total95),
          ]),
    ];
  });
  const heads = [
    "input",
    ...(morris === null ? [] : ["mu*", "95 % interval", "sigma"]),
    ...(sobol === null ? [] : ["first", "95 % interval", "total", "95 % interval"]),
  ];
  const luck = noise === null ? "" : `, ${(100 * noise).toFixed(1)} % of its variance is chance`;
  const spreadOf = `${summaryNumber(mean)}, spread over the points ${summaryNumber(sd)}${luck}`;
  return `${name}: mean ${spreadOf}\n${alignRows([heads, ...rows])}`;
}
