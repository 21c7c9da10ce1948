/**
 * Hardware: faults of a server that end with a replaced part.
 *
 * Intervals are Weibull with a hazard that falls with the age of the last repair. A node's faults
 * are a renewal stream in calendar time, met at the start of a run as after a long time.
 */
import {
  type Distribution,
  empirical,
  exp,
  gamma,
  lognormal,
  mixture,
  power,
  weibull,
} from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";
import {
  type OutageValues,
  outageLength,
  type Residual,
  residualOfLognormal,
  residualOutage,
} from "./outage.ts";

/** Declared assumptions on hardware. */
export const hardwareBlock = block(
  "assumptions.hardware",
  "Faults of servers that need a part replaced.",
  {
    faults: {
      kind: "flag",
      default: true,
      range: null,
      quality: "estimate",
      date: "2023-04",
      source: "A-09",
      doc: "Whether hardware faults are a cause of their own.",
    },
    mtbf: {
      kind: "duration",
      default: "11 y",
      bounds: ["1 d", "1000 y"],
      varies: ["country", "farmKind", "nodeClass", "node", "time"],
      range: ["6 y", "20 y"],
      quality: "recalled",
      date: "2010",
      source: "fitted.json server_failure_interval; A-09",
      doc: "Mean time between hardware faults of a server.",
    },
    shape: {
      kind: "number",
      default: "0.75",
      bounds: ["0.3", "3"],
      varies: ["nodeClass"],
      range: ["0.7", "0.8"],
      quality: "recalled",
      date: "2006",
      source: "Schroeder & Gibson, DSN 2006; A-09",
      doc: "Weibull shape of the intervals; below 1 the hazard falls with age.",
    },
    homeMedian: {
      kind: "duration",
      default: "168 h",
      bounds: ["1 min", "365 d"],
      varies: ["country", "nodeClass", "farm"],
      range: ["72 h", "336 h"],
      quality: "estimate",
      date: "2023-04",
      source: "fitted.json node_outage_duration_home, third part; A-02",
      doc: "Median time until a farmer at home has replaced the part.",
    },
    homeSigma: {
      kind: "number",
      default: "0.8",
      bounds: ["0.05", "5"],
      varies: ["country", "nodeClass"],
      range: ["0.5", "1.2"],
      quality: "estimate",
      date: "2023-04",
      source: "fitted.json node_outage_duration_home, third part; A-02",
      doc: "Spread of the logarithm of that time.",
    },
  },
);

/** Values of `assumptions.hardware`. */
export type HardwareValues = Values<typeof hardwareBlock>;

/** Faults a second of one server, in the long run. */
export const faultHazard = (values: HardwareValues): number =>
  values.faults ? 1 / values.mtbf : 0;

/** Seconds between faults of one server. */
export const faultInterval = (values: HardwareValues): Distribution =>
  weibull(values.shape, values.mtbf / gamma(1 + 1 / values.shape));

/** Seconds until a fault is repaired; a data centre repairs it like anything else. */
export function repairLength(
  values: HardwareValues,
  outage: OutageValues,
  dataCentre: boolean,
  mix: typeof mixture = mixture,
): Distribution {
  if (outage.model !== "mixture" || dataCentre) return outageLength(outage, dataCentre, mix);
  return lognormal(values.homeMedian, values.homeSigma);
}

/** Seconds that are left of such a repair, met at a random instant. */
export function residualRepair(
  values: HardwareValues,
  outage: OutageValues,
  dataCentre: boolean,
): Residual {
  if (outage.model !== "mixture" || dataCentre) return residualOutage(outage, dataCentre);
  return residualOfLognormal(values.homeMedian, values.homeSigma);
}

const STEPS = 1000;

/**
 * Seconds until the next fault of a server met at a random time of a long life: its density is the
 * share of intervals that are longer, over their mean. Simpson's rule on a grid that is fine where
 * the density falls fast, good to 1e-5 of probability.
 */
export function faultResidual(values: HardwareValues): Distribution {
  const scale = values.mtbf / gamma(1 + 1 / values.shape);
  // The share that is longer than this is below 1e-13.
  const furthest = scale * power(30, 1 / values.shape);
  const longer = (x: number): number => exp(-power(x / scale, values.shape));
  const at = (i: number): number => furthest * (i / STEPS) * (i / STEPS) * (i / STEPS);
  const points: [number, number][] = [[0, 0]];
  let sum = 0;
  let before = 1;
  for (let i = 1; i <= STEPS; i++) {
    const from = at(i - 1);
    const to = at(i);
    const after = longer(to);
    sum += ((to - from) * (before + 4 * longer((from + to) / 2) + after)) / 6;
    points.push([to, sum]);
    before = after;
  }
  return empirical(points.map(([x, p], i) => [x, i === STEPS ? 1 : p / sum]));
}
