/**
 * `report`: renders the page of a run again.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Exit, type ExitCode, print, refuseWith } from "./exit.ts";
import { toldMetrics } from "./point.ts";

/** Renders the report of a run's folder and prints what was written. */
export async function report(folder: string): Promise<ExitCode> {
  const { EXPERIMENT_FILES, renderExperiment, renderReport, Unreadable } = await import(
    "../report/index.ts"
  );
  const experiment = EXPERIMENT_FILES.some((name) => existsSync(join(folder, name)));
  const missing = ["manifest.json", "results.json", "series.parquet"].find(
    (name) => !existsSync(join(folder, name)),
  );
  if (missing !== undefined && !experiment) {
    return refuseWith(`${folder}: expected the folder of a run, found no ${missing} in it`);
  }
  try {
    const told = toldMetrics([]);
    const files = experiment
      ? await renderExperiment(folder, typeof told === "string" ? [] : told)
      : await renderReport(folder);
    for (const file of files) print(file);
    return Exit.done;
  } catch (thrown) {
    // What lies in the folder is the user's: it may be older, cut off, or of another program.
    if (thrown instanceof Unreadable) return refuseWith(thrown.message);
    throw thrown;
  }
}
