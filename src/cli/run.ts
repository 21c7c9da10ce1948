/**
 * `run`: an ensemble of a scenario into a folder, its summary on the terminal, its report beside.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
  type Failure,
  type RunOptions,
  type RunOutcome,
  runScenario,
  runUncertain,
  seriesText,
  summaryText,
  UNCERTAINTY_FILES,
} from "../run/index.ts";
import { metricList } from "../run/replicate.ts";
import { loadScenario, type Scenario, uncertainInputs } from "../scenario/index.ts";
import { type CrashStory, confess, Exit, type ExitCode, print, refuse, say } from "./exit.ts";
import { openMeter } from "./progress.ts";
import { uncertaintyText } from "./uncertainty.ts";
import { origin } from "./version.ts";

/** What was typed behind `run`. */
export interface RunArguments {
  readonly scenario: string;
  readonly set: readonly string[];
  /** Settings of the `run` block, as typed. */
  readonly settings: Readonly<Record<string, string>>;
  readonly replication: number | undefined;
  readonly workers: number | undefined;
  readonly shards: number | undefined;
  readonly out: string | undefined;
  readonly resume: boolean;
  readonly checkInvariants: boolean;
  readonly precision: { readonly metric: string; readonly relative: number } | undefined;
  readonly warmUp: "auto" | number | undefined;
  readonly antithetic: boolean;
  readonly uncertainty: { readonly draws: number; readonly inner: number } | undefined;
  readonly report: boolean;
  readonly json: boolean;
}

const DAY = 86_400;

/** A word as a shell takes it back. */
export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** What a run has to be told to be made again. */
export interface Repeatable {
  readonly scenario: string;
  readonly set: readonly string[];
  readonly settings: Readonly<Record<string, string>>;
  readonly replication?: number | undefined;
  readonly antithetic?: boolean;
  readonly warmUp?: "auto" | number | undefined;
  readonly precision?: RunOptions["precision"];
  readonly uncertainty?: { readonly draws: number; readonly inner: number } | undefined;
}

/** The command that makes the same results again. */
function commandOf(typed: Repeatable, extra: readonly string[] = []): string {
  const settings = Object.entries(typed.settings).flatMap(([key, text]) => [`--${key}`, text]);
  const set = typed.set.flatMap((setting) => ["--set", setting]);
  const alone = typed.replication === undefined ? [] : ["--replication", String(typed.replication)];
  const { draws, inner } = typed.uncertainty ?? {};
  const drawn = draws === undefined ? [] : ["--uncertainty", `${draws}`, "--inner", `${inner}`];
  const mirrored = typed.antithetic === true ? ["--antithetic"] : [];
  const first = typed.warmUp === undefined ? [] : ["--warm-up", `${typed.warmUp}`];
  const { precision } = typed;
  const until =
    precision === undefined ? [] : ["--precision", `${precision.metric}=${precision.relative}`];
  const words = [
    "run",
    typed.scenario,
    ...mirrored,
    ...first,
    ...settings,
    ...set,
    ...(extra.length > 0 ? [] : [...until, ...drawn]),
    ...(extra.length > 0 ? extra : alone),
  ];
  return `npx gridbench ${words.map(quoted).join(" ")}`;
}

/** A signal that Ctrl-C sets; a second one ends the program at once. */
export function interruption(sentence = "stopping; finished replications are kept"): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(Exit.interrupted);
    say(`gridbench: ${sentence} (press Ctrl-C again to end at once)`);
    controller.abort();
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  return {
    signal: controller.signal,
    release: () => process.off("SIGINT", stop).off("SIGTERM", stop),
  };
}

/** Says what a reader of the results should know before they are there. */
export function warn({ warnings, setup }: Scenario): void {
  if (warnings.length > 0) {
    say(`gridbench: ${warnings.length} groups of inputs speak of another year than the run`);
    say("  (listed under `warnings` in manifest.json)");
  }
  const never = setup.timeline.filter(({ at }) => at >= setup.length).length;
  if (never > 0) {
    const entries = never === 1 ? "1 entry" : `${never} entries`;
    const happen = never === 1 ? "happens" : "happen";
    const days = Math.round((setup.length / DAY) * 100) / 100;
    say(`gridbench: ${entries} of the timeline never ${happen}: the run ends after ${days} d`);
  }
}

/** Takes away what an earlier run said of its uncertainty. */
function dropUncertainty(folder: string): void {
  for (const name of UNCERTAINTY_FILES) rmSync(join(folder, name), { force: true });
}

/** Takes away the page of an earlier run, which would stand beside results that are not its own. */
function dropPage(folder: string): void {
  rmSync(join(folder, "report.html"), { force: true });
  const charts = join(folder, "charts");
  if (!existsSync(charts)) return;
  for (const name of readdirSync(charts)) if (name.endsWith(".svg")) rmSync(join(charts, name));
}

/** Runs a scenario; the exit code says how it ended. */
export async function run(typed: RunArguments): Promise<ExitCode> {
  const metrics = metricList.map(({ name }) => name);
  const load = { set: typed.set, run: typed.settings, metrics };
  const loaded = loadScenario(typed.scenario, load);
  if (!loaded.ok) return refuse(loaded.faults);
  const scenario = loaded.value;
  const out = typed.out ?? join("reports", scenario.name);
  warn(scenario);
  const meter = openMeter();
  const { signal, release } = interruption();
  const { version, commit } = origin();
  const options: RunOptions = {
    scenario,
    out,
    version,
    commit,
    replication: typed.replication,
    // Where a precision is asked for, a number that was typed is the most that there may be.
    replications:
      typed.settings["replications"] === undefined ? undefined : scenario.run.replications,
    workers: typed.workers,
    shards: typed.shards,
    resume: typed.resume,
    checkInvariants: typed.checkInvariants,
    precision: typed.precision,
    warmUp: typed.warmUp,
    antithetic: typed.antithetic,
    command: commandOf(typed),
    started: new Date().toISOString(),
    clock: () => performance.now(),
    onProgress: meter.show,
    signal,
  };
  const close = (): void => {
    meter.end();
    release();
  };
  if (typed.uncertainty === undefined) {
    const outcome = await runScenario(options).finally(close);
    if (outcome.kind === "finished") dropUncertainty(out);
    return conclude(outcome, typed, scenario, out);
  }
  const plan = { scenario: typed.scenario, load, run: options, ...typed.uncertainty };
  const done = await runUncertain(plan).finally(close);
  if (!done.ok) return refuse(done.faults);
  if (done.value.kind === "failed") {
    const { texts } = done.value.point;
    const own = uncertainInputs(scenario).map(({ key }, i) => `${key}=${texts[i]}`);
    const set = [...typed.set, ...(texts.length === 0 ? [] : own)];
    return conclude(done.value, { ...typed, set }, scenario, out);
  }
  if (done.value.kind !== "uncertain") return conclude(done.value, typed, scenario, out);
  const { central, table } = done.value;
  return conclude(central, typed, scenario, out, `\n${uncertaintyText(table)}\n`);
}

/** Renders the report; the charts' library is loaded only here, because it is large. */
async function renderPage(folder: string): Promise<void> {
  const { renderReport } = await import("../report/index.ts");
  await renderReport(folder);
}

/** The story of a crash, with the command that shows it again. */
export function storyOf(failure: Failure, typed: Repeatable): CrashStory {
  const { message, stack, scenarioHash, seed, replication, time, event } = failure;
  const again = commandOf(typed, ["--replication", String(replication), "--workers", "0"]);
  return {
    message,
    stack,
    circumstances: [
      ["scenario", scenarioHash],
      ["seed", seed],
      ["replication", String(replication)],
      ["time", time === null ? "not known" : `${time} s from the start`],
      ["event", event === "" ? "not known" : event],
      ["see it again", again],
    ],
  };
}

async function conclude(
  outcome: RunOutcome,
  typed: RunArguments,
  scenario: Scenario,
  out: string,
  more = "",
): Promise<ExitCode> {
  switch (outcome.kind) {
    case "refused":
      for (const fault of outcome.faults) say(fault);
      return Exit.wrongInput;
    case "interrupted": {
      const { done, total } = outcome;
      say(`gridbench: interrupted; ${done} of ${total} replications are kept in ${out}`);
      const flags = [
        ...(typed.report ? [] : ["--no-report"]),
        ...(typed.checkInvariants ? ["--check-invariants"] : []),
      ];
      const again = [commandOf(typed), ...flags, "--out", quoted(out), "--resume"];
      say(`go on with: ${again.join(" ")}`);
      return Exit.interrupted;
    }
    case "failed":
      return confess(storyOf(outcome.failure, typed));
    case "finished": {
      if (typed.report) await renderPage(out);
      else dropPage(out);
      if (typed.json) {
        print(readFileSync(join(out, "results.json"), "utf8"));
        return Exit.done;
      }
      const count =
        outcome.replications === 1 ? "1 replication" : `${outcome.replications} replications`;
      print(`${scenario.title}: ${count}, seed ${scenario.run.seed}\n`);
      const series = seriesText(outcome.results);
      const below = series === "" ? more : `\n${series}\n${more}`;
      print(`${summaryText(outcome.results)}\n${below}`);
      print(typed.report ? `report: ${join(out, "report.html")}` : `results: ${out}`);
      return Exit.done;
    }
  }
}
