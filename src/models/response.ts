/**
 * Response: how people answer to what the grid costs and offers.
 *
 * At their defaults nobody answers, which is the first round of a comparison. What is declared
 * here is judgement with wide ranges: no price of the grid was ever changed in a way that would
 * show how its users take it.
 */
import { exp, ln } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on responses. */
export const responseBlock = block("assumptions.response", "How people answer to the grid.", {
  elasticity: {
    kind: "number",
    default: "0",
    bounds: ["-5", "0"],
    range: ["-2", "0"],
    quality: "estimate",
    date: "2026-11",
    source: "A-70",
    doc: "Relative change of new deployments for each relative change of what they cost in USD.",
  },
  most: {
    kind: "number",
    default: "4",
    bounds: ["1", "20"],
    range: ["2", "10"],
    quality: "estimate",
    date: "2026-11",
    source: "A-70",
    doc: "Most that new deployments can become, times what they are at the default prices.",
  },
  giveUp: {
    kind: "share",
    default: "0 %",
    bounds: ["0 %", "100 %"],
    range: ["0 %", "20 %"],
    quality: "estimate",
    date: "2026-11",
    source: "A-71",
    doc: "Refused users who never ask again.",
  },
  lossesBorne: {
    kind: "count",
    default: "0",
    bounds: ["0", "1000"],
    range: ["2", "12"],
    quality: "estimate",
    date: "2026-11",
    source: "A-73",
    doc: "Paydays in a row at a loss after which a farmer switches off; 0 for never.",
  },
  entry: {
    kind: "number",
    default: "0",
    bounds: ["0", "5"],
    range: ["0", "2"],
    quality: "estimate",
    date: "2026-11",
    source: "A-73",
    doc: "Relative fall of nodes that join for each relative fall of what a node earns.",
  },
  start: {
    kind: "number",
    default: "1",
    bounds: ["0", "4"],
    // From where a run begins is its design, and no doubt about the world.
    range: null,
    quality: "estimate",
    date: "2026-11",
    source: "A-82",
    doc: "What users have at the start, times what arrivals sustain, which stay as they are.",
  },
});

/** What users answer to. */
export type Response = Values<typeof responseBlock>;

/** True if anybody answers to prices. */
export const answersToPrice = ({ elasticity }: Response): boolean => elasticity !== 0;

/** Share of the nodes that would join which still do where one earns `now` instead of `usual`. */
export function stillJoining(now: number, usual: number, entry: number): number {
  if (entry === 0 || usual <= 0 || now >= usual) return 1;
  return now <= 0 ? 0 : exp(entry * ln(now / usual));
}

/**
 * How many times as many deployments are wished for where they cost `ratio` times as much: constant
 * elasticity, up to the most that can be.
 */
export function wishedAt(ratio: number, { elasticity, most }: Response): number {
  if (elasticity === 0) return 1;
  if (ratio <= 0) return most;
  return Math.min(most, exp(elasticity * ln(ratio)));
}
