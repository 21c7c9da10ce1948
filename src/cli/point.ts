/**
 * What the commands with many points share: their wishes, and how they end where they end early.
 */
import type { PointOptions, PointsOutcome } from "../run/index.ts";
import { metricList } from "../run/replicate.ts";
import type { ScenarioFault } from "../scenario/index.ts";
import { type Axis, readAxis, type Scenario } from "../scenario/index.ts";
import { nearest } from "../scenario/suggestion.ts";
import { confess, Exit, type ExitCode, say } from "./exit.ts";
import type { ExperimentArguments } from "./experiment-flags.ts";
import type { Meter } from "./progress.ts";
import { quoted, storyOf } from "./run.ts";
import { origin } from "./version.ts";

/** The metrics that are told where none is asked for: what each side of the grid looks at first. */
const FIRST = ["node.availability", "contract.live", "billing.charged_tft", "farmer.income_usd"];

/** The names of the metrics to tell, or a sentence about one that is not there. */
export function toldMetrics(asked: readonly string[]): readonly string[] | string {
  const names = metricList.map(({ name }) => name);
  for (const name of asked) {
    if (names.includes(name)) continue;
    const guess = nearest(name, names);
    const hint = guess === undefined ? "" : ` (did you mean \`${guess}\`?)`;
    return `--metric: expected the name of a metric, found \`${name}\`${hint}`;
  }
  return asked.length > 0 ? asked : FIRST;
}

/** The axes that were typed, or everything that is wrong with them. */
export function readAxes(vary: readonly string[]): {
  readonly axes: readonly Axis[];
  readonly faults: readonly ScenarioFault[];
} {
  const axes: Axis[] = [];
  const faults: ScenarioFault[] = [];
  for (const typed of vary) {
    const axis = readAxis(typed);
    if (axis.ok) axes.push(axis.value);
    else faults.push(...axis.faults);
  }
  return { axes, faults };
}

/** The words behind a command that make it again. */
export function wordsOf(typed: ExperimentArguments): readonly string[] {
  return [
    typed.scenario,
    ...typed.vary.flatMap((one) => ["--vary", one]),
    ...Object.entries(typed.settings).flatMap(([key, text]) => [`--${key}`, text]),
    ...typed.set.flatMap((one) => ["--set", one]),
  ];
}

/** The wishes that all points share. */
export function pointOptions(
  typed: ExperimentArguments,
  base: Scenario,
  out: string,
  command: readonly string[],
  meter: Meter,
  signal: AbortSignal,
): PointOptions {
  const { version, commit } = origin();
  return {
    out,
    version,
    commit,
    replications: base.run.replications,
    command: `npx gridbench ${command.map(quoted).join(" ")}`,
    workers: typed.workers,
    resume: typed.resume,
    checkInvariants: typed.checkInvariants,
    started: new Date().toISOString(),
    clock: () => performance.now(),
    onProgress: meter.show,
    signal,
  };
}

/** Ends with what came of points that did not finish. */
export function concludeEarly(
  outcome: Exclude<PointsOutcome, { kind: "finished" }>,
  command: readonly string[],
  typed: ExperimentArguments,
  keys: readonly string[],
  out: string,
): ExitCode {
  switch (outcome.kind) {
    case "refused":
      for (const fault of outcome.faults) say(fault);
      return Exit.wrongInput;
    case "interrupted": {
      say(`gridbench: interrupted; ${outcome.done} of ${outcome.total} replications are kept`);
      const again = ["npx gridbench", ...command.map(quoted), "--out", quoted(out), "--resume"];
      say(`go on with: ${again.join(" ")}`);
      return Exit.interrupted;
    }
    case "failed": {
      const own = outcome.point.texts.map((text, i) => `${keys[i]}=${text}`);
      const { scenario, set, settings } = typed;
      return confess(storyOf(outcome.failure, { scenario, settings, set: [...set, ...own] }));
    }
  }
}

/** The title of a scenario with the size of an experiment. */
export const sizeText = ({ title, run }: Scenario, count: number, what: string): string => {
  const replications =
    run.replications === 1 ? "1 replication" : `${run.replications} replications`;
  return `${title}: ${count} ${what}, ${replications} each, seed ${run.seed}`;
};
