/**
 * Several ensembles, one after the other: the arms of a comparison, the points of a sweep.
 */
import type { RunOptions, RunOutcome } from "./options.ts";
import { runScenario } from "./run.ts";

/**
 * Runs ensembles in the order given and stops at the first that did not finish; the outcomes are
 * those of the ensembles that were begun.
 */
export async function runMany(all: readonly RunOptions[]): Promise<readonly RunOutcome[]> {
  const outcomes: RunOutcome[] = [];
  for (const options of all) {
    const outcome = await runScenario(options);
    outcomes.push(outcome);
    if (outcome.kind !== "finished") break;
  }
  return outcomes;
}
