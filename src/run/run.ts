/**
 * One ensemble: replications of a scenario, made side by side, folded in order into a folder.
 */
import { runMany } from "./many.ts";
import type { RunOptions, RunOutcome } from "./options.ts";

/** Runs an ensemble into a folder; refuses wishes that make no sense, in sentences. */
export async function runScenario(options: RunOptions): Promise<RunOutcome> {
  const [outcome] = await runMany([options]);
  return outcome;
}
