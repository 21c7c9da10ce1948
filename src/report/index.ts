export { type Folder, type Manifest, type MetricResult, readFolder, Unreadable } from "./folder.ts";
export { commandOf } from "./provenance.ts";
export { renderReport } from "./render.ts";
