/**
 * The world's own engine: one replication of a scenario, from its setup to its summary.
 */
import { Chance, streamId } from "../kernel/index.ts";
import type { MetricEntry, Summary } from "../metrics/summary.ts";
import type { Setup } from "../world/setup.ts";
import type { Key, ReplicateOptions } from "./engine.ts";

// The world and its metrics are wired in here; until then the fleet's size stands
// still but for a little chance, so that everything around it can run.
/** The registry of metrics. */
export const metricList: readonly MetricEntry[] = [
  { name: "node.count", unit: "1", doc: "Nodes that are registered, mean over the run." },
];

/** Makes one replication; equal arguments give an equal summary. */
export function replicate(
  setup: Setup,
  key: Key,
  replication: number,
  { place }: ReplicateOptions,
): Summary {
  const chance = new Chance(key, replication);
  place.time = 0;
  place.event = "start";
  const count = setup.totals.nodes + chance.uniform(streamId("placeholder"), 0, 0, 0);
  return {
    replication,
    metrics: [{ name: "node.count", value: count, exact: null }],
    series: [
      {
        metric: "node.count",
        dimension: "",
        time: Float64Array.of(setup.start, setup.start + setup.length),
        value: Float64Array.of(setup.totals.nodes, count),
      },
    ],
    tables: {},
    events: 1,
  };
}
