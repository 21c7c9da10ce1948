/**
 * Churn: nodes leave for good, and others join.
 *
 * Every node leaves at the same hazard. Each farm of the start brings forth arrivals at its size
 * times that hazard times `growth`, so at growth 1 the fleet stays as large as it was.
 */
import { type Distribution, exponential } from "../kernel/index.ts";
import { block, MEAN_MONTH, type Values } from "../units/index.ts";

/** Declared assumptions on churn. */
export const churnBlock = block(
  "assumptions.churn",
  "Nodes that leave for good, and nodes that join.",
  {
    departure: {
      kind: "share",
      default: "2.5 %",
      bounds: ["0 %", "100 %"],
      varies: ["country", "farmKind", "time"],
      range: ["0.95 %", "7 %"],
      quality: "fit",
      date: "2023",
      source: "fitted.json node_departure (Storj exits, forum 3291/53 to 4107); A-11",
      doc: "Share of nodes that leave in a month of 30.4375 days.",
    },
    growth: {
      kind: "number",
      default: "1",
      bounds: ["0", "100"],
      varies: ["country", "farmKind", "time"],
      range: ["0", "2.9"],
      quality: "estimate",
      date: "2023-04",
      source: "A-11",
      doc: "Arrivals for each departure at the start; 1 keeps the fleet as large as it is.",
    },
    founding: {
      kind: "share",
      default: "21 %",
      bounds: ["0 %", "100 %"],
      varies: ["country", "farmKind"],
      range: ["10 %", "40 %"],
      quality: "estimate",
      date: "2023-04",
      source: "A-12",
      doc: "Share of arrivals that found a farm of their own.",
    },
  },
);

/** Values of `assumptions.churn`. */
export type ChurnValues = Values<typeof churnBlock>;

/** Departures a second of one node. */
export const departureHazard = (values: ChurnValues): number => values.departure / MEAN_MONTH;

/** Seconds that a node stays; null where none leaves. */
export const stay = (values: ChurnValues): Distribution | null =>
  values.departure > 0 ? exponential(1 / departureHazard(values)) : null;

/** Mean seconds between arrivals that a farm of `nodes` nodes brings forth; Infinity if none. */
export const arrivalMean = (values: ChurnValues, nodes: number): number =>
  1 / (departureHazard(values) * values.growth * nodes);
