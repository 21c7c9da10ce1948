/**
 * Outages: how long a node stays down after a failure of its own.
 *
 * At home most failures end by themselves within the hour and some wait for the farmer; in a data
 * centre repair is lognormal. Replaced hardware is a cause of its own with its own times, so the
 * mixture for the rest holds only the first two parts of the published one, weighted anew.
 */
import {
  constant,
  type Distribution,
  exp,
  exponential,
  lognormal,
  mixture,
} from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on the length of outages. */
export const outageBlock = block("assumptions.outage", "How long nodes stay down.", {
  model: {
    kind: "choice",
    words: ["mixture", "exponential", "constant"],
    default: "mixture",
    range: ["mixture", "exponential"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_outage_duration_home; A-02",
    doc: "Mixtures by place as below, or one exponential or constant time for all.",
  },
  mean: {
    kind: "duration",
    default: "1 h",
    bounds: ["1 min", "3650 d"],
    varies: ["country", "farmKind", "nodeClass", "node"],
    range: ["30 min", "8 h"],
    quality: "estimate",
    date: "2023-04",
    source: "A-02",
    doc: "Mean outage of any node (exponential and constant).",
  },
  homeBlipWeight: {
    kind: "number",
    default: "0.8",
    bounds: ["0", "1"],
    varies: ["country", "nodeClass"],
    range: ["0.65", "0.9"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_outage_duration_home; A-02",
    doc: "Weight of short blips among failures at home.",
  },
  homeBlipMedian: {
    kind: "duration",
    default: "30 min",
    bounds: ["1 min", "30 d"],
    varies: ["country", "nodeClass", "node"],
    range: ["10 min", "60 min"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_outage_duration_home; A-02",
    doc: "Median length of a blip at home.",
  },
  homeBlipSigma: {
    kind: "number",
    default: "1.2",
    bounds: ["0.05", "5"],
    varies: ["country", "nodeClass"],
    range: ["0.8", "1.6"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_outage_duration_home; A-02",
    doc: "Spread of the logarithm of a blip's length.",
  },
  homeVisitWeight: {
    kind: "number",
    default: "0.17",
    bounds: ["0", "1"],
    varies: ["country", "nodeClass"],
    range: ["0.08", "0.3"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_outage_duration_home; A-02",
    doc: "Weight of failures at home that wait for the farmer.",
  },
  homeVisitMedian: {
    kind: "duration",
    default: "10 h",
    bounds: ["1 min", "365 d"],
    varies: ["country", "nodeClass", "farm"],
    range: ["5 h", "24 h"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_outage_duration_home; A-02",
    doc: "Median length of a failure that waits for the farmer.",
  },
  homeVisitSigma: {
    kind: "number",
    default: "1",
    bounds: ["0.05", "5"],
    varies: ["country", "nodeClass"],
    range: ["0.7", "1.4"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json node_outage_duration_home; A-02",
    doc: "Spread of the logarithm of such a failure's length.",
  },
  dataCentreMedian: {
    kind: "duration",
    default: "54 min",
    bounds: ["1 min", "365 d"],
    varies: ["country", "nodeClass", "farm"],
    range: ["30 min", "2 h"],
    quality: "recalled",
    date: "2006",
    source: "Schroeder & Gibson, DSN 2006, repair times; A-03",
    doc: "Median outage in a data centre, hardware included.",
  },
  dataCentreSigma: {
    kind: "number",
    default: "1.941",
    bounds: ["0.05", "5"],
    varies: ["country", "nodeClass"],
    range: ["1.4", "2.2"],
    quality: "recalled",
    date: "2006",
    source: "Schroeder & Gibson, DSN 2006, from mean 355 min and median 54 min; A-03",
    doc: "Spread of the logarithm of an outage in a data centre.",
  },
  bootDelayLeast: {
    kind: "duration",
    default: "3 min",
    bounds: ["6 s", "1 d"],
    varies: ["nodeClass"],
    range: ["1 min", "5 min"],
    quality: "estimate",
    date: "2023-04",
    source: "A-23",
    doc: "Shortest time from power to a running Zero-OS, also the length of a commanded reboot.",
  },
  bootDelaySpread: {
    kind: "duration",
    default: "7 min",
    bounds: ["0 s", "1 d"],
    varies: ["nodeClass"],
    range: ["2 min", "15 min"],
    quality: "estimate",
    date: "2023-04",
    source: "A-23",
    doc: "What the slowest machine needs more than the fastest to boot.",
  },
});

/** Values of `assumptions.outage`. */
export type OutageValues = Values<typeof outageBlock>;

/**
 * Seconds a node stays down after a failure of its own that is no hardware fault; `mix` makes the
 * mixture, and for the values of a single node one that draws seldom.
 */
export function outageLength(
  values: OutageValues,
  dataCentre: boolean,
  mix: typeof mixture = mixture,
): Distribution {
  if (values.model === "exponential") return exponential(values.mean);
  if (values.model === "constant") return constant(values.mean);
  if (dataCentre) return lognormal(values.dataCentreMedian, values.dataCentreSigma);
  return mix([
    {
      weight: values.homeBlipWeight,
      distribution: lognormal(values.homeBlipMedian, values.homeBlipSigma),
    },
    {
      weight: values.homeVisitWeight,
      distribution: lognormal(values.homeVisitMedian, values.homeVisitSigma),
    },
  ]);
}

/** What is left of something met at a random instant, for two uniform numbers. */
export type Residual = (u: number, v: number) => number;

/** What is left of a lognormal time: long ones are met more often, and met anywhere in them. */
export function residualOfLognormal(median: number, sigma: number): Residual {
  const met = lognormal(median * exp(sigma * sigma), sigma);
  return (u, v) => v * met.quantile(u);
}

/** Seconds that are left of such an outage, met at a random instant. */
export function residualOutage(values: OutageValues, dataCentre: boolean): Residual {
  if (values.model === "exponential") return (u) => exponential(values.mean).quantile(u);
  if (values.model === "constant") return (_, v) => v * values.mean;
  if (dataCentre) return residualOfLognormal(values.dataCentreMedian, values.dataCentreSigma);
  const blip = lognormal(values.homeBlipMedian, values.homeBlipSigma);
  const visit = lognormal(values.homeVisitMedian, values.homeVisitSigma);
  const blipTime = values.homeBlipWeight * blip.mean;
  const share = blipTime / (blipTime + values.homeVisitWeight * visit.mean);
  const blipLeft = residualOfLognormal(values.homeBlipMedian, values.homeBlipSigma);
  const visitLeft = residualOfLognormal(values.homeVisitMedian, values.homeVisitSigma);
  return (u, v) => (u < share ? blipLeft(u / share, v) : visitLeft((u - share) / (1 - share), v));
}

/** Seconds from power to a running Zero-OS, for a uniform number. */
export const bootDelay = (values: OutageValues, u: number): number =>
  values.bootDelayLeast + u * values.bootDelaySpread;
