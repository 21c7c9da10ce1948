/**
 * `check`: scenarios held to what they expect, told to people and to a CI.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkAnnotations, checkJson, checkJunit, checkLines } from "../run/check-text.ts";
import {
  type CheckedScenario,
  check as checkScenarios,
  countOf,
  loadChecked,
} from "../run/index.ts";
import { engineOf } from "../run/one.ts";
import type { Scenario } from "../scenario/index.ts";
import type { CheckArguments } from "./check-flags.ts";
import { type Outcome, stopped, tell } from "./check-outcome.ts";
import { Exit, type ExitCode, refuse, refuseWith, say } from "./exit.ts";
import { interruption } from "./run.ts";
import { origin } from "./version.ts";

/** The URL of an engine's module, as typed: a URL, or a file. */
function engineUrl(engine: string | undefined): string | undefined {
  if (engine === undefined || /^[a-z]+:/.test(engine)) return engine;
  return pathToFileURL(resolve(engine)).href;
}

/** Why a module is no engine, in one sentence; null where it is one, or none is named. */
async function engineFault(engine: string | undefined): Promise<string | null> {
  if (engine === undefined) return null;
  try {
    const { replicate, metricList } = await engineOf(engine);
    if (typeof replicate === "function" && Array.isArray(metricList)) return null;
    return "a module without `replicate` or `metricList`";
  } catch (thrown) {
    // Whatever a module of the user's throws while it is loaded is wrong input, not our fault.
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

/** Holds scenarios to what they expect, or to another version. */
export async function check(typed: CheckArguments): Promise<ExitCode> {
  if (typed.json === "-" && typed.junit === "-") {
    return refuseWith("expected one of `--json -`, `--junit -`, found both");
  }
  const engine = engineUrl(typed.engine);
  if (engine?.startsWith("file:") && !existsSync(new URL(engine))) {
    return refuseWith(`--engine: expected a module, found no file \`${typed.engine}\``);
  }
  const wrong = await engineFault(engine);
  if (wrong !== null) return refuseWith(`--engine: expected an engine, found: ${wrong}`);
  const loaded = await loadChecked(typed.paths, engine);
  if (!loaded.ok) return refuse(loaded.faults);
  if (typed.against === undefined) return held(typed, loaded.value, engine);
  const { against } = await import("./against.ts");
  return against(typed, typed.against, loaded.value, engine);
}

async function held(
  typed: CheckArguments,
  scenarios: readonly Scenario[],
  engine: string | undefined,
): Promise<ExitCode> {
  const { signal, release } = interruption("stopping");
  const { version, commit } = origin();
  const outcome = await checkScenarios({
    scenarios,
    version,
    commit,
    engine,
    workers: typed.workers,
    reseed: typed.reseed,
    clock: () => performance.now(),
    signal,
    onScenario: ({ file }, index) =>
      say(`gridbench: ${index + 1}/${scenarios.length} scenarios: ${file} ...`),
  }).finally(release);
  if (outcome.kind === "stopped") return stopped(outcome.scenario, outcome.outcome);
  return tell(typed, outcomeOf(outcome.checked));
}

function outcomeOf(checked: readonly CheckedScenario[]): Outcome {
  const { passed, failed } = countOf(checked);
  return {
    json: checkJson(checked),
    junit: checkJunit(checked),
    annotations: checkAnnotations(checked),
    lines: checkLines(checked),
    closing: `${passed} passed, ${failed} failed`,
    code: failed === 0 ? Exit.done : Exit.failed,
  };
}
