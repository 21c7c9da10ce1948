export { type Folder, type Manifest, type MetricResult, readFolder } from "./folder.ts";
export { commandOf } from "./provenance.ts";
export { renderReport } from "./render.ts";
