export * from "./experiment.ts";
export { EXPERIMENT_FILES } from "./experiment-folder.ts";
export { type Folder, type Manifest, type MetricResult, readFolder, Unreadable } from "./folder.ts";
export { commandOf } from "./provenance.ts";
export { renderReport } from "./render.ts";
