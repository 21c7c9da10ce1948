/**
 * Failures: how often a node boots again, and how much of that no other model explains.
 *
 * Nodes come in two classes, flaky and stable; within a class boots are a Poisson stream. The
 * hazard is that of all boots together, since a measured uptime does not say what ended the one
 * before; what power, hardware, rollouts and churn explain is taken off, the rest left to chance.
 * Power and churn are taken off as they were when the ages were measured, so that a scenario in
 * which they change changes the boots and not the rest; so are hardware and rollouts as they are at
 * the start where they change over time, and on average where each node draws its own.
 */
import { block, MEAN_MONTH, type Values } from "../units/index.ts";

/** Declared assumptions on failures. */
export const failureBlock = block(
  "assumptions.failure",
  "How often nodes boot again, all causes together.",
  {
    model: {
      kind: "choice",
      words: ["twoClass", "exponential"],
      default: "twoClass",
      range: ["twoClass", "exponential"],
      quality: "fit",
      date: "2023-04",
      source: "grid_node_uptime_age.csv (forum 3291/53); A-01",
      doc: "Two classes of nodes, or one (exponential).",
    },
    flakyShare: {
      kind: "share",
      default: "9.8 %",
      bounds: ["0 %", "100 %"],
      varies: ["country", "farmKind", "nodeClass"],
      range: ["7 %", "15 %"],
      quality: "fit",
      date: "2023-04",
      source:
        "least squares on the twelve points of grid_node_uptime_age.csv over the fleet's mix; A-01",
      doc: "Share of nodes in the flaky class (two classes).",
    },
    flakyMean: {
      kind: "duration",
      default: "8.37 d",
      bounds: ["1 min", "36500 d"],
      varies: ["country", "farmKind", "nodeClass", "node", "time"],
      range: ["5 d", "12 d"],
      quality: "fit",
      date: "2023-04",
      source:
        "least squares on the twelve points of grid_node_uptime_age.csv over the fleet's mix; A-01",
      doc: "Mean time between boots of a flaky node, all causes (two classes).",
    },
    stableMean: {
      kind: "duration",
      default: "131.9 d",
      bounds: ["1 min", "36500 d"],
      varies: ["country", "farmKind", "nodeClass", "node", "time"],
      range: ["115 d", "150 d"],
      quality: "fit",
      date: "2023-04",
      source:
        "least squares on the twelve points of grid_node_uptime_age.csv over the fleet's mix; A-01",
      doc: "Mean time between boots of a stable node, all causes (two classes).",
    },
    replacement: {
      kind: "share",
      default: "2.5 %",
      bounds: ["0 %", "100 %"],
      range: ["0.95 %", "7 %"],
      quality: "fit",
      date: "2023",
      source: "fitted.json node_departure; A-11",
      doc: "Share of nodes replaced in a month of 30.4375 days when the ages were measured.",
    },
    mtbf: {
      kind: "duration",
      default: "108.2 d",
      bounds: ["1 min", "36500 d"],
      varies: ["country", "farmKind", "nodeClass", "node", "time"],
      range: ["60 d", "400 d"],
      quality: "fit",
      date: "2023-04",
      source: "fitted.json node_reboot_interval.alt_single_exponential_days",
      doc: "Mean time between boots of any node, all causes (exponential).",
    },
  },
);

/** Values of `assumptions.failure`. */
export type FailureValues = Values<typeof failureBlock>;

/** Probability that a node is of the flaky class; 0 where there is one class. */
export const flakyProbability = (values: FailureValues): number =>
  values.model === "twoClass" ? values.flakyShare : 0;

/** Boots a second of a node of that class, whatever their cause. */
export function bootHazard(values: FailureValues, flaky: boolean): number {
  if (values.model === "exponential") return 1 / values.mtbf;
  return 1 / (flaky ? values.flakyMean : values.stableMean);
}

/** Boots a second of a node that replacement explained when the ages were measured. */
export const replacementHazard = (values: FailureValues): number => values.replacement / MEAN_MONTH;

/**
 * Failures a second of a node's own, so that all its causes together meet the hazard of its class;
 * 0 where the other causes alone exceed it.
 */
export function restHazard(values: FailureValues, flaky: boolean, explained: number): number {
  return Math.max(0, bootHazard(values, flaky) - explained);
}
