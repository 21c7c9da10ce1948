/**
 * What the run's manifest says of its metrics: their units and sentences.
 */
import type { Folder } from "./folder.ts";

/** The unit of a metric, from the results, then from the registry; `1` where neither has it. */
export function unitOf(folder: Folder, name: string): string {
  const listed = folder.manifest.metrics.find((metric) => metric.name === name);
  return folder.results[name]?.unit ?? listed?.unit ?? "1";
}

/** The sentence of a metric; empty where the manifest has none. */
export function docOf(folder: Folder, name: string): string {
  return folder.manifest.metrics.find((metric) => metric.name === name)?.doc ?? "";
}
