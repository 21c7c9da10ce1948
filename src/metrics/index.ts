export { metricGroups, metricList } from "./registry.ts";
export { Telling, type MetricGroup, type Sight, type Watcher } from "./metric.ts";
export type { MetricEntry, MetricValue, SeriesBlock, Summary, Table } from "./summary.ts";
