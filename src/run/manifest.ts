/**
 * manifest.json: what was run, on what, made of what; the only file of a run that carries times.
 */
import { arch, availableParallelism, cpus, platform, totalmem } from "node:os";
import type { MetricEntry } from "../metrics/summary.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { OutputFile } from "./collector.ts";
import type { RunOptions } from "./options.ts";

const GIB = 1_073_741_824;

/** What a manifest tells besides what was asked for. */
export interface RunStory {
  readonly seed: string;
  readonly replications: readonly number[];
  readonly workers: number;
  /** What was asked for, and the level of the single looks; null where nothing was. */
  readonly precision: object | null;
  readonly events: number;
  /** Wall-clock seconds, or null where no clock was handed in. */
  readonly seconds: number | null;
  readonly entries: readonly MetricEntry[];
  readonly windowMeans: readonly string[];
  readonly outputs: readonly OutputFile[];
}

/** manifest.json as text. */
export function manifestText(options: RunOptions, story: RunStory): string {
  const { scenario, version, commit, command, started } = options;
  const { seed, replications, workers, events, seconds, entries, outputs } = story;
  const manifest = {
    schema: "gridbench-run/1",
    version,
    commit,
    command: command ?? "",
    started: started ?? null,
    seconds,
    seed,
    engine: options.engine ?? null,
    replications: replications.length,
    first: replications[0] ?? 0,
    events,
    workers,
    checkInvariants: options.checkInvariants ?? false,
    antithetic: options.antithetic ?? false,
    precision: story.precision,
    warmUp: options.warmUp ?? null,
    machine: machine(),
    scenario: told(scenario),
    files: scenario.files.map(({ name, hash }) => ({ path: name, sha256: hash })),
    warnings: scenario.warnings,
    assumptions: assumptionsOf(scenario),
    metrics: entries,
    windowMeans: story.windowMeans,
    places: scenario.setup.countries.map(({ code, name, latitude, longitude, weight }) => ({
      code,
      name,
      latitude,
      longitude,
      weight,
    })),
    measured: scenario.measured,
    outputs,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The scenario with everything resolved, without the tables that its files' hashes stand for. */
function told({ name, file, title, question, hash, start, setup, ...rest }: Scenario): object {
  return {
    name,
    path: file,
    title,
    question,
    hash,
    start,
    length: setup.length,
    periods: setup.periods,
    window: setup.window,
    totals: setup.totals,
    tables: setup.tables,
    timeline: rest.timeline,
    expect: rest.expect.map(({ place, ...each }) => ({ ...each, line: place.line })),
    values: rest.values,
  };
}

/** The numbers of the assumptions that the values name, such as A-07, in order. */
function assumptionsOf({ values }: Scenario): readonly string[] {
  const named = values.flatMap(({ source }) => source.match(/\bA-\d+\b/g) ?? []);
  return [...new Set(named)].sort();
}

function machine(): object {
  const processors = cpus();
  return {
    node: process.version,
    v8: process.versions.v8,
    platform: platform(),
    arch: arch(),
    processor: processors[0]?.model ?? "unknown",
    processors: availableParallelism(),
    memoryGib: Math.round((totalmem() / GIB) * 10) / 10,
  };
}
