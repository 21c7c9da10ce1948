/**
 * `report`: renders the page of a run again.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Exit, type ExitCode, print, refuseWith } from "./exit.ts";

/** Renders the report of a run's folder and prints what was written. */
export async function report(folder: string): Promise<ExitCode> {
  const missing = ["manifest.json", "results.json", "series.parquet"].find(
    (name) => !existsSync(join(folder, name)),
  );
  if (missing !== undefined) {
    return refuseWith(`${folder}: expected the folder of a run, found no ${missing} in it`);
  }
  const { renderReport, Unreadable } = await import("../report/index.ts");
  try {
    for (const file of await renderReport(folder)) print(file);
    return Exit.done;
  } catch (thrown) {
    // What lies in the folder is the user's: it may be older, cut off, or of another program.
    if (thrown instanceof Unreadable) return refuseWith(thrown.message);
    throw thrown;
  }
}
