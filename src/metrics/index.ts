export { type MetricGroup, type Sight, Telling, type Watcher } from "./metric.ts";
export { metricGroups, metricList, windowMeans } from "./registry.ts";
export type { MetricEntry, MetricValue, SeriesBlock, Summary, Table } from "./summary.ts";
