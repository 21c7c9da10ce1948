/** Packaged scenarios, whole or cut short, run as the command line runs them. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScenario, runScenario } from "../../dist/run/index.js";

/** A packaged scenario with settings as typed; throws where it has faults. */
export function scenarioOf(name, options = {}) {
  const loaded = loadScenario(name, options);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return loaded.value;
}

/** The packaged baseline with settings as typed. */
export const baseline = (options = {}) => scenarioOf("baseline", options);

/** Whether a scenario of this name is packaged. */
export const isPackaged = (name) =>
  existsSync(new URL(`../../scenarios/${name}.yaml`, import.meta.url));

/** Seconds that an ensemble takes, its folder included, and the events that it executed. */
export async function timed(scenario, { workers, shards, replications }) {
  const out = mkdtempSync(join(tmpdir(), "gridbench-bench-"));
  const started = performance.now();
  const how = { workers, shards, replications };
  const options = { scenario, out, version: "bench", commit: null, ...how };
  try {
    const outcome = await runScenario(options);
    if (outcome.kind !== "finished") throw new Error(JSON.stringify(outcome));
    return { seconds: (performance.now() - started) / 1000, events: outcome.events };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
