/**
 * A run's folder that is finished already: found again when several runs are resumed.
 *
 * What it measured is read back from replications.csv and results.json, which hold every number in
 * the shortest form that reads back the same.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MetricEntry } from "../metrics/summary.ts";
import { fileSum } from "./file-sum.ts";
import { keptFolder } from "./kept.ts";
import type { RunOptions, RunOutcome } from "./options.ts";
import type { Results, Row } from "./results.ts";
import { seedOf } from "./seed.ts";
import type { WarmUp } from "./warm-up.ts";

/** The parts of a manifest that say whose folder it is. */
interface Label {
  readonly version: string;
  readonly commit: string | null;
  readonly seed: string;
  readonly engine: string | null;
  readonly replications: number;
  readonly first: number;
  readonly events: number;
  readonly checkInvariants: boolean;
  readonly antithetic: boolean;
  /** Absent in manifests of versions that knew none. */
  readonly warmUp?: WarmUp | null;
  readonly scenario: { readonly hash: string };
  readonly outputs: readonly { readonly path: string; readonly sha256: string }[];
}

/**
 * The outcome of a run that was finished in its folder before, or null: where another run is there
 * or under way, one of its files was changed, or its length depends on what it finds.
 */
export function finishedBefore(
  options: RunOptions,
  wanted: readonly number[],
  entries: readonly MetricEntry[],
): RunOutcome | null {
  const { out, precision, version, commit, scenario, engine, checkInvariants } = options;
  const path = join(out, "manifest.json");
  if (precision !== undefined || !existsSync(path) || existsSync(keptFolder(out))) return null;
  const label = labelOf(path);
  if (label === null) return null;
  const lean = label.outputs.every((file) => file.path !== "series.parquet");
  const same =
    lean === (options.lean ?? false) &&
    label.antithetic === (options.antithetic ?? false) &&
    (label.warmUp ?? null) === (options.warmUp ?? null) &&
    label.version === version &&
    label.commit === commit &&
    label.seed === seedOf(options) &&
    label.engine === (engine ?? null) &&
    label.checkInvariants === (checkInvariants ?? false) &&
    label.scenario.hash === scenario.hash &&
    label.replications === wanted.length &&
    label.first === wanted[0];
  if (!same || !label.outputs.every((file) => isWhole(out, file))) return null;
  const rows = readRows(out, entries);
  return {
    kind: "finished",
    folder: out,
    files: [...label.outputs.map((file) => file.path), "manifest.json"],
    results: readResults(out),
    rows,
    replications: label.replications,
    events: label.events,
  };
}

/** What a manifest says of itself; null where it is no JSON, and so not one of ours. */
function labelOf(path: string): Label | null {
  try {
    const label: Label = JSON.parse(readFileSync(path, "utf8"));
    return label;
  } catch {
    return null;
  }
}

function isWhole(out: string, file: { readonly path: string; readonly sha256: string }): boolean {
  const path = join(out, file.path);
  if (!existsSync(path)) return false;
  return fileSum(path).sha256 === file.sha256;
}

const readResults = (out: string): Results =>
  JSON.parse(readFileSync(join(out, "results.json"), "utf8"));

/** The rows of a run's folder; no name or number of theirs needs a quote. */
export function readRows(out: string, entries: readonly MetricEntry[]): readonly Row[] {
  const results = readResults(out);
  const lines = readFileSync(join(out, "replications.csv"), "utf8").trimEnd().split("\n");
  const [names = [], ...cells] = lines.map((line) => line.split(","));
  const told = entries.filter(({ name, onRequest }) => onRequest !== true || names.includes(name));
  return cells.map((row, r) => ({
    replication: Number(row[0]),
    metrics: told.map(({ name }) => {
      const cell = row[names.indexOf(name)] ?? "";
      const exact = results.metrics[name]?.exact?.[r] ?? null;
      return { name, value: cell === "" ? Number.NaN : Number(cell), exact };
    }),
  }));
}
