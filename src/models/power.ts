/**
 * Power: outages of a country's grid, each over a connected part of it.
 *
 * Statistics count interruptions a customer sees in a year (SAIFI) and the mean hours of one
 * (CAIDI). The farms of a country stand on a ring of length 1, neighbours near each other; an
 * outage takes an arc of it, `scope` long: the country is struck at SAIFI / scope, a farm at SAIFI.
 */
import { type Distribution, exp, exponential, lognormal } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on power. */
export const powerBlock = block("assumptions.power", "Outages of the public power grid.", {
  times: {
    kind: "number",
    default: "1",
    bounds: ["0", "1000"],
    varies: ["country", "time"],
    range: ["0.7", "1.5"],
    quality: "estimate",
    date: "2020",
    source: "power_reliability.csv; A-05",
    doc: "Factor on every country's interruptions in a year.",
  },
  scope: {
    kind: "share",
    default: "10 %",
    bounds: ["0.1 %", "100 %"],
    varies: ["country"],
    range: ["2 %", "50 %"],
    quality: "estimate",
    date: "2023",
    source: "A-06",
    doc: "Part of a country's grid that one outage takes.",
  },
  sigma: {
    kind: "number",
    default: "1.1",
    bounds: ["0.05", "5"],
    varies: ["country"],
    range: ["0.7", "1.5"],
    quality: "estimate",
    date: "2023",
    source: "fitted.json power_outage; A-08",
    doc: "Spread of the logarithm of an outage's length; its mean is the country's CAIDI.",
  },
  dataCentreRideThrough: {
    kind: "share",
    default: "95 %",
    bounds: ["0 %", "100 %"],
    varies: ["country", "farm"],
    range: ["80 %", "99.9 %"],
    quality: "estimate",
    date: "2023",
    source: "A-07",
    doc: "Share of outages that a farm in a data centre does not notice.",
  },
  homeRideThrough: {
    kind: "share",
    default: "5 %",
    bounds: ["0 %", "100 %"],
    varies: ["country", "farm"],
    range: ["0 %", "30 %"],
    quality: "estimate",
    date: "2023",
    source: "A-07",
    doc: "Share of outages that a farm at home does not notice (battery).",
  },
});

/** Values of `assumptions.power`. */
export type PowerValues = Values<typeof powerBlock>;

/** What statistics say of a country's grid. */
export interface GridQuality {
  /** Interruptions a customer sees in a year. */
  readonly saifi: number;
  /** Mean hours of one. */
  readonly caidiHours: number;
}

const YEAR = 31_557_600;

/** Interruptions a second that reached a farm's meter when they were counted. */
export const measuredInterruptionHazard = (grid: GridQuality): number => grid.saifi / YEAR;

/** Interruptions a second that reach a farm's meter in the run. */
export const interruptionHazard = (values: PowerValues, grid: GridQuality): number =>
  values.times * measuredInterruptionHazard(grid);

/** Probability that a farm does not notice an interruption. */
export const rideThrough = (values: PowerValues, dataCentre: boolean): number =>
  dataCentre ? values.dataCentreRideThrough : values.homeRideThrough;

/** Seconds between outages somewhere in the country; null where there are none. */
export function outageInterval(values: PowerValues, grid: GridQuality): Distribution | null {
  const hazard = interruptionHazard(values, grid);
  return hazard > 0 ? exponential(values.scope / hazard) : null;
}

/** Seconds that an outage lasts: lognormal with the country's mean. */
export function powerOutageLength(values: PowerValues, grid: GridQuality): Distribution {
  const mean = grid.caidiHours * 3600;
  return lognormal(mean * exp(-0.5 * values.sigma * values.sigma), values.sigma);
}

/** Whether a place on the ring lies in the arc that begins at `from`. */
export function inArc(position: number, from: number, scope: number): boolean {
  const along = position - from;
  return (along < 0 ? along + 1 : along) < scope;
}
