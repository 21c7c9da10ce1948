/**
 * `check`: scenarios held to what they expect, each with the seed and the replications of its file.
 *
 * Two kinds of gate stand in the same block. Small worlds that can be worked by hand expect exact
 * totals; ensembles expect a mean, or a bound of its interval, within limits.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type Loaded, type ScenarioFault, wholeFile } from "../scenario/fault.ts";
import { packaged } from "../scenario/fragment.ts";
import { loadScenario } from "../scenario/load.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { isExact, type Judgement, judge } from "./expect.ts";
import { engineOf } from "./one.ts";
import type { RunOptions, RunOutcome } from "./options.ts";
import { type Results, UNTOLD } from "./results.ts";
import { runScenario } from "./run.ts";

/** What is checked where nothing is named. */
export const CHECKED = "scenarios/ci";

/** How many of some other seeds let an expectation pass. */
export interface PassRate {
  readonly passed: number;
  readonly of: number;
}

/** A scenario that was run and judged. */
export interface CheckedScenario {
  readonly scenario: Scenario;
  readonly replications: number;
  /** Wall-clock seconds, or null where no clock was handed in. */
  readonly seconds: number | null;
  readonly judgements: readonly Judgement[];
  /** Per expectation; null where no other seed was tried, or its value holds for one seed only. */
  readonly rates: readonly (PassRate | null)[];
}

/** What to check, and how. */
export interface CheckOptions
  extends Pick<RunOptions, "version" | "commit" | "workers" | "clock" | "signal" | "engine"> {
  readonly scenarios: readonly Scenario[];
  /** How many other seeds to try. */
  readonly reseed?: number | undefined;
  /** Is told of every scenario before it runs. */
  readonly onScenario?: ((scenario: Scenario, index: number) => void) | undefined;
}

/** How a check ended; whatever is not finished says in which scenario. */
export type CheckOutcome =
  | { readonly kind: "finished"; readonly checked: readonly CheckedScenario[] }
  | { readonly kind: "stopped"; readonly scenario: Scenario; readonly outcome: Unfinished };

type Finished = Extract<RunOutcome, { readonly kind: "finished" }>;

/** An ensemble that did not come to its end. */
export type Unfinished = Exclude<RunOutcome, Finished>;

/**
 * Loads every scenario that expects something: the files named, and those of the folders named.
 * A file that expects nothing is a fault where it was named itself, and passed over in a folder.
 */
export async function loadChecked(
  paths: readonly string[],
  engine?: string,
): Promise<Loaded<readonly Scenario[]>> {
  const { metricList } = await engineOf(engine ?? null);
  const metrics = metricList.map(({ name }) => name);
  const faults: ScenarioFault[] = [];
  const scenarios: Scenario[] = [];
  for (const path of paths.length === 0 ? [defaultFolder()] : paths) {
    const files = isFolder(path) ? scenariosIn(path) : [path];
    const before = scenarios.length + faults.length;
    for (const file of files) {
      const loaded = loadScenario(file, { metrics, goldens: true });
      if (!loaded.ok) faults.push(...loaded.faults);
      else if (loaded.value.expect.length > 0) scenarios.push(loaded.value);
      if (loaded.ok) faults.push(...withoutInterval(loaded.value));
    }
    if (before === scenarios.length + faults.length) faults.push(expectingNothing(path));
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: distinct(scenarios) };
}

const distinct = (scenarios: readonly Scenario[]): readonly Scenario[] => [
  ...new Map(scenarios.map((scenario) => [scenario.file, scenario])).values(),
];

/** The folder of this place, or else the one that comes with the package. */
const defaultFolder = (): string => (existsSync(CHECKED) ? CHECKED : resolve(packaged, "ci"));

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** The scenario files below a folder, in the order of their names. */
function scenariosIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.name.startsWith(".") || entry.name === "node_modules") return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return scenariosIn(path);
    return /\.ya?ml$/.test(entry.name) ? [path] : [];
  });
}

const expectingNothing = (path: string): ScenarioFault => ({
  place: wholeFile(path),
  path: "",
  expected: isFolder(path) ? "scenarios with an `expect` block" : "an `expect` block",
  found: "none",
});

/** One replication has no interval that a bound could be held against. */
const withoutInterval = ({ expect, run }: Scenario): readonly ScenarioFault[] =>
  expect.flatMap(({ bound, place }, index) =>
    bound === "mean" || run.replications > 1
      ? []
      : {
          place,
          path: `expect[${index}].bound`,
          expected: "at least 2 replications, so that there is an interval",
          found: `${run.replications}`,
        },
  );

/** Runs every scenario, and judges it. */
export async function check(options: CheckOptions): Promise<CheckOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "gridbench-check-"));
  try {
    const checked: CheckedScenario[] = [];
    for (const [index, scenario] of options.scenarios.entries()) {
      options.onScenario?.(scenario, index);
      const made = await checkOne(scenario, options, folder);
      if ("kind" in made) return { kind: "stopped", scenario, outcome: made };
      checked.push(made);
    }
    return { kind: "finished", checked };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function checkOne(
  scenario: Scenario,
  options: CheckOptions,
  folder: string,
): Promise<CheckedScenario | Unfinished> {
  const { clock, reseed = 0 } = options;
  const began = clock?.();
  const own = await measured(scenario, options, folder, scenario.run.seed);
  if (own.kind !== "finished") return own;
  const judgements = judgeAll(scenario, own.results);
  const passed = judgements.map(() => 0);
  const asked = scenario.expect.map((each) => reseed > 0 && !isExact(each));
  for (let k = 1; asked.includes(true) && k <= reseed; k += 1) {
    const other = await measured(scenario, options, folder, `${scenario.run.seed}, reseed ${k}`);
    if (other.kind !== "finished") return other;
    for (const [index, { ok }] of judgeAll(scenario, other.results).entries()) {
      if (ok) passed[index] += 1;
    }
  }
  const ended = clock?.();
  return {
    scenario,
    replications: own.replications,
    seconds: began === undefined || ended === undefined ? null : (ended - began) / 1000,
    judgements,
    rates: passed.map((count, index) => (asked[index] ? { passed: count, of: reseed } : null)),
  };
}

const measured = (
  scenario: Scenario,
  { version, commit, workers, signal, engine }: CheckOptions,
  out: string,
  seed: string,
): Promise<RunOutcome> =>
  runScenario({ scenario, out, version, commit, workers, signal, engine, seed });

const judgeAll = (scenario: Scenario, results: Results): readonly Judgement[] =>
  scenario.expect.map((each) => judge(each, results.metrics[each.metric] ?? UNTOLD));

/** How many expectations held, and how many did not. */
export function countOf(checked: readonly CheckedScenario[]): {
  readonly passed: number;
  readonly failed: number;
} {
  const all = checked.flatMap(({ judgements }) => judgements);
  const passed = all.filter(({ ok }) => ok).length;
  return { passed, failed: all.length - passed };
}
