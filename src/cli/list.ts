/**
 * `list`, `explain`, `schema`, `init`: what there is, what it means, and a start.
 */
import { existsSync, writeFileSync } from "node:fs";
import { metricList } from "../run/replicate.ts";
import {
  abilities,
  type Explanation,
  explain,
  jsonSchema,
  listModels,
  listParameters,
  listScenarios,
  loadScenario,
  STARTER,
} from "../scenario/index.ts";
import { Exit, type ExitCode, print, printJson, refuse, refuseWith, say } from "./exit.ts";
import type { ListName } from "./names.ts";
import { alignRows } from "./table.ts";

function rowsOf(name: ListName): readonly (readonly string[])[] {
  switch (name) {
    case "scenarios":
      return listScenarios().map((each) => [each.name, each.question]);
    case "parameters":
      return listParameters().map((each) => [each.key, each.default, each.quality, each.doc]);
    case "metrics":
      return metricList.map((each) => [each.name, each.unit, each.doc]);
    case "models":
      return listModels().map((each) => [each.name, each.variants.join(", "), each.doc]);
  }
}

function recordsOf(name: ListName): readonly unknown[] {
  switch (name) {
    case "scenarios":
      return listScenarios();
    case "parameters":
      return listParameters();
    case "metrics":
      return metricList.map(({ name: metric, unit, doc }) => ({ name: metric, unit, doc }));
    case "models":
      return listModels();
  }
}

/** Lists what there is. */
export function list(name: ListName, json: boolean): ExitCode {
  if (json) printJson(recordsOf(name));
  else print(alignRows(rowsOf(name)));
  return Exit.done;
}

function explanationText(each: Explanation): string {
  const or = (text: readonly string[] | null, join: string): string => text?.join(join) ?? "";
  const rows: readonly (readonly [string, string])[] = [
    ["value", each.from === "default" ? each.text : `${each.text} (from ${each.from})`],
    ["default", each.default],
    ["counts in", each.unit],
    ["words", or(each.words, ", ")],
    ["bounds", or(each.bounds, " .. ")],
    ["range", or(each.range, " .. ")],
    ["it can", abilities(each.varies)],
    ["quality", each.quality],
    ["date", each.date],
    ["source", each.source],
  ];
  const told = rows.filter(([, text]) => text !== "").map((row) => [`  ${row[0]}`, row[1]]);
  return `${each.key}\n  ${each.doc}\n\n${alignRows(told)}`;
}

/** Tells what a parameter or a metric is; with a scenario, the value that it has there. */
export function explainKey(
  key: string,
  file: string | undefined,
  set: readonly string[],
  json: boolean,
): ExitCode {
  const metric = metricList.find(({ name }) => name === key);
  if (metric !== undefined) {
    if (json) printJson(metric);
    else print(`${metric.name}\n  ${metric.doc}\n\n  unit  ${metric.unit}`);
    return Exit.done;
  }
  const loaded = file === undefined ? undefined : loadScenario(file, { set });
  if (loaded !== undefined && !loaded.ok) return refuse(loaded.faults);
  const explained = explain(key, loaded?.value);
  if (!explained.ok) return refuse(explained.faults);
  if (json) printJson(explained.value);
  else print(explanationText(explained.value));
  return Exit.done;
}

/** Prints the JSON Schema of a scenario file. */
export function schema(): ExitCode {
  printJson(jsonSchema());
  return Exit.done;
}

/** Writes a scenario to begin with; never over a file that is there. */
export function init(file: string): ExitCode {
  if (existsSync(file)) return refuseWith(`${file} is there already; name another file`);
  writeFileSync(file, STARTER);
  say(`wrote ${file}; run it with: gridbench run ${file}`);
  return Exit.done;
}
