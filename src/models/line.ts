/**
 * Lines: how often a farm's connection is cut, and for how long.
 *
 * A cut line hides all nodes of the farm and stops none: they keep their uptime, their reports are
 * late. Lines fail and return in turn, each farm's alone.
 */
import { type Distribution, exponential, lognormal } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";
import { type Residual, residualOfLognormal } from "./outage.ts";

/** Declared assumptions on farm lines. */
export const lineBlock = block(
  "assumptions.line",
  "How often the line of a farm is down, and for how long.",
  {
    developedMean: {
      kind: "duration",
      default: "21 d",
      bounds: ["1 h", "36500 d"],
      varies: ["country", "farm", "time"],
      range: ["10 d", "45 d"],
      quality: "estimate",
      date: "2013",
      source: "fitted.json farm_line_outage (BISmark); A-04",
      doc: "Mean time a home line works, in a developed country.",
    },
    developedMedian: {
      kind: "duration",
      default: "25 min",
      bounds: ["1 s", "30 d"],
      varies: ["country", "farm"],
      range: ["15 min", "45 min"],
      quality: "estimate",
      date: "2013",
      source: "fitted.json farm_line_outage; A-04",
      doc: "Median outage of such a line.",
    },
    developedSigma: {
      kind: "number",
      default: "1.4",
      bounds: ["0.05", "5"],
      varies: ["country"],
      range: ["1", "1.7"],
      quality: "estimate",
      date: "2013",
      source: "fitted.json farm_line_outage; A-04",
      doc: "Spread of the logarithm of such an outage.",
    },
    developingMean: {
      kind: "duration",
      default: "2.5 d",
      bounds: ["1 h", "36500 d"],
      varies: ["country", "farm", "time"],
      range: ["0.8 d", "7 d"],
      together: ["assumptions.line.developedMean", 0.5],
      quality: "estimate",
      date: "2013",
      source: "fitted.json farm_line_outage (BISmark); A-04",
      doc: "Mean time a home line works, elsewhere.",
    },
    developingMedian: {
      kind: "duration",
      default: "30 min",
      bounds: ["1 s", "30 d"],
      varies: ["country", "farm"],
      range: ["15 min", "60 min"],
      quality: "estimate",
      date: "2013",
      source: "fitted.json farm_line_outage; A-04",
      doc: "Median outage of such a line.",
    },
    developingSigma: {
      kind: "number",
      default: "1.4",
      bounds: ["0.05", "5"],
      varies: ["country"],
      range: ["1", "1.7"],
      quality: "estimate",
      date: "2013",
      source: "fitted.json farm_line_outage; A-04",
      doc: "Spread of the logarithm of such an outage.",
    },
    dataCentreMean: {
      kind: "duration",
      default: "180 d",
      bounds: ["1 h", "36500 d"],
      varies: ["country", "farm", "time"],
      range: ["60 d", "730 d"],
      quality: "estimate",
      date: "2023",
      source: "fitted.json farm_line_outage; A-04",
      doc: "Mean time the line of a data centre works.",
    },
    dataCentreMedian: {
      kind: "duration",
      default: "20 min",
      bounds: ["1 s", "30 d"],
      varies: ["country", "farm"],
      range: ["10 min", "60 min"],
      quality: "estimate",
      date: "2023",
      source: "fitted.json farm_line_outage; A-04",
      doc: "Median outage of such a line.",
    },
    dataCentreSigma: {
      kind: "number",
      default: "1.2",
      bounds: ["0.05", "5"],
      varies: ["country"],
      range: ["0.8", "1.6"],
      quality: "estimate",
      date: "2023",
      source: "fitted.json farm_line_outage; A-04",
      doc: "Spread of the logarithm of such an outage.",
    },
  },
);

/** Values of `assumptions.line`. */
export type LineValues = Values<typeof lineBlock>;

/** How a line lives: seconds that it works, and seconds that it is down, in turn. */
export interface LineLife {
  readonly working: Distribution;
  readonly down: Distribution;
  /** Seconds that are left of an outage, met at a random instant. */
  readonly downStill: Residual;
}

/** Where a line is. */
interface LinePlace {
  readonly dataCentre: boolean;
  readonly developed: boolean;
}

/** The kind of a farm's line, as the names of its parameters begin. */
export function lineKind(place: LinePlace): "dataCentre" | "developed" | "developing" {
  if (place.dataCentre) return "dataCentre";
  return place.developed ? "developed" : "developing";
}

/** The life of a farm's line. */
export function lineLife(values: LineValues, place: LinePlace): LineLife {
  const kind = lineKind(place);
  return life(values[`${kind}Mean`], values[`${kind}Median`], values[`${kind}Sigma`]);
}

const life = (mean: number, median: number, sigma: number): LineLife => ({
  working: exponential(mean),
  down: lognormal(median, sigma),
  downStill: residualOfLognormal(median, sigma),
});
