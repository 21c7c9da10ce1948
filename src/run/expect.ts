/**
 * An expectation held against what an ensemble measured.
 *
 * A limit is held against the mean or, with `bound: ci`, against that bound of the 95 % interval
 * which is nearer to it. `equals` with `within: 0` compares the exact totals of every replication
 * where the metric is money, else the mean to the last bit. Fragile is what lies within three
 * standard errors of its limit, on either side: another seed may well decide otherwise.
 */
import { isWhole, readDecimal, scale, writeDecimal } from "../scenario/decimal.ts";
import type { Expectation } from "../scenario/expect.ts";
import { UNITS_PER_TOKEN } from "../units/index.ts";
import type { MetricResult } from "./results.ts";

/** Standard errors of the mean within which a limit is near. */
const NEAR = 3;

/** A value as a report tells it: a number, or exact totals in whole 1e-7. */
export type Told = number | string | readonly string[] | null;

/** An expectation with how it ended. */
export interface Judgement {
  readonly expectation: Expectation;
  /** What was expected: a value, or limits as words such as `>= 0.97`. */
  readonly expected: Told;
  /** What was found in its place; null where the metric was not measured. */
  readonly actual: Told;
  readonly ok: boolean;
  /** Null where it cannot be told from one replication. */
  readonly fragile: boolean | null;
  readonly unit: string;
  readonly mean: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly n: number;
}

/** True of an expectation that holds for its own seed alone: an exact value. */
export const isExact = ({ equals, within }: Expectation): boolean =>
  equals !== undefined && (within ?? 0) === 0;

/** Holds one expectation against a metric's result. */
export function judge(expectation: Expectation, result: MetricResult): Judgement {
  const { unit, mean, ci95, n } = result;
  const found = isExact(expectation)
    ? exactly(expectation, result)
    : between(limitsOf(expectation), expectation.bound, result);
  return { expectation, ...found, unit, mean, ci95, n };
}

type Found = Pick<Judgement, "expected" | "actual" | "ok" | "fragile">;

/** What `equals` stands for where it is not exact. */
function centreOf({ equals, golden }: Expectation): number {
  if (golden === undefined) return Number(equals);
  if (golden.mean !== null) return golden.mean;
  const totals = golden.exact ?? [];
  const sum = totals.reduce((all, total) => all + BigInt(total), 0n);
  return Number(sum) / totals.length / UNITS_PER_TOKEN;
}

interface Limits {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly text: string;
}

function limitsOf(expectation: Expectation): Limits {
  const { min, max, equals, within = 0 } = expectation;
  if (equals !== undefined) {
    const centre = centreOf(expectation);
    return { min: centre - within, max: centre + within, text: `${centre} +- ${within}` };
  }
  const low = min === undefined ? [] : [`>= ${min}`];
  const high = max === undefined ? [] : [`<= ${max}`];
  return { min, max, text: [...low, ...high].join(" and ") };
}

function between(
  { min, max, text }: Limits,
  bound: Expectation["bound"],
  { mean, sd, ci95, n }: MetricResult,
): Found {
  const expected = bound === "ci" ? `the 95 % interval ${text}` : text;
  if (mean === null || (bound === "ci" && ci95 === null)) {
    return { expected, actual: null, ok: false, fragile: null };
  }
  const [low, high] = bound === "ci" && ci95 !== null ? ci95 : [mean, mean];
  const above = min === undefined ? Number.POSITIVE_INFINITY : low - min;
  const below = max === undefined ? Number.POSITIVE_INFINITY : max - high;
  const actual = above <= below ? low : high;
  const ok = above >= 0 && below >= 0;
  if (sd === null) return { expected, actual, ok, fragile: null };
  const error = sd / Math.sqrt(n);
  const nearest = Math.min(Math.abs(above), Math.abs(below));
  return { expected, actual, ok, fragile: error > 0 && nearest <= NEAR * error };
}

function exactly({ equals, golden }: Expectation, result: MetricResult): Found {
  const totals = result.exact?.map((total) => total ?? "none") ?? null;
  if (golden !== undefined && golden.exact !== null) {
    const expected = alone(golden.exact);
    if (totals === null) return { expected, actual: result.mean, ok: false, fragile: false };
    const ok =
      totals.length === golden.exact.length &&
      totals.every((total, r) => total === golden.exact?.[r]);
    return { expected, actual: alone(totals), ok, fragile: false };
  }
  const expected = golden?.mean ?? Number(equals);
  const ok = totals === null ? result.mean === expected : sameUnits(expected, totals);
  return { expected, actual: result.mean, ok, fragile: false };
}

/** One total alone, or the list of several. */
const alone = (totals: readonly string[]): string | readonly string[] =>
  totals.length === 1 ? totals[0] : totals;

/** True where the totals of all replications have the value as their mean, to the last unit. */
function sameUnits(value: number, totals: readonly string[]): boolean {
  const written = readDecimal(String(value));
  if (totals.includes("none") || written === undefined) return false;
  const sum = totals.reduce((all, total) => all + BigInt(total), 0n);
  const wanted = scale(written, BigInt(UNITS_PER_TOKEN) * BigInt(totals.length), 0);
  return isWhole(wanted) && BigInt(writeDecimal(wanted)) === sum;
}

/** What was expected and what was found, as a line of text has it. */
export function pairText({ expected, actual }: Judgement): readonly [string, string] {
  if (!isList(expected) && !isList(actual)) return [toldText(expected), toldText(actual)];
  if (!isList(expected) || !isList(actual) || expected.length !== actual.length) {
    return [countText(expected), countText(actual)];
  }
  const first = expected.findIndex((total, r) => total !== actual[r]);
  if (first < 0) return [`${expected.length} totals`, "the same"];
  const others = expected.filter((total, r) => total !== actual[r]).length - 1;
  const more = others === 0 ? "" : ` (and ${others} more differ)`;
  return [`${expected[first]} in replication ${first}`, `${actual[first]}${more}`];
}

const isList = (value: Told): value is readonly string[] => Array.isArray(value);

const countText = (value: Told): string =>
  isList(value) ? `${value.length} totals` : `1 total, ${toldText(value)}`;

const toldText = (value: Told): string => (value === null ? "not measured" : String(value));
