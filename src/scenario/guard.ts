/**
 * Limits on differences, as people write them: a guard, and the smallest effect that matters.
 */
import { describe, type Reading } from "./quantity.ts";

/** What a difference must not fall below, or rise above. */
export interface Guard {
  /** As it was written. */
  readonly text: string;
  readonly metric: string;
  readonly sense: ">=" | "<=";
  /** A share for `%`, a difference of shares for `pp`; 0.005 for 0.5 of either. */
  readonly limit: number;
  /** Against the base's mean, or as the difference of a share itself. */
  readonly unit: "%" | "pp";
}

/** A size below which an effect does not matter. */
export interface Smallest {
  readonly text: string;
  readonly amount: number;
  /** `%` of the base's mean, `pp` of a share, or the unit of the metric itself. */
  readonly unit: string;
}

const GUARD = /^\s*([A-Za-z][\w.]*)\s*(>=|<=)\s*([-+]?\d+(?:\.\d+)?)\s*(%|pp)\s*$/;
const GUARD_FORM = "`METRIC >= -0.5 %` or `METRIC >= -0.5 pp` (or `<=`)";

/** Reads a guard, such as `node.availability >= -0.5 pp`. */
export function readGuard(raw: unknown): Reading<Guard> {
  const match = typeof raw === "string" ? GUARD.exec(raw) : null;
  if (match === null) return { ok: false, expected: GUARD_FORM, found: describe(raw) };
  const [, metric = "", sense, digits = "", unit] = match;
  // The exponent is part of the literal, so that there is one rounding and not two.
  const limit = Number(`${digits}e-2`) + 0;
  const text = `${metric} ${sense} ${digits} ${unit}`;
  const value: Guard = {
    text,
    metric,
    sense: sense === "<=" ? "<=" : ">=",
    limit,
    unit: unit === "pp" ? "pp" : "%",
  };
  return { ok: true, text, value };
}

const SMALLEST = /^\s*(\d+(?:\.\d+)?)\s*(%|pp|[A-Za-z][\w/]*)\s*$/;
const SMALLEST_FORM = "a size with its unit, such as `0.5 %`, `0.1 pp` or `0.10 USD`";

/** Reads the smallest effect that matters, such as `0.5 %`. */
export function readSmallest(raw: unknown): Reading<Smallest> {
  const match = typeof raw === "string" ? SMALLEST.exec(raw) : null;
  if (match === null) return { ok: false, expected: SMALLEST_FORM, found: describe(raw) };
  const [, digits = "", unit = ""] = match;
  const shares = unit === "%" || unit === "pp";
  const text = `${digits} ${unit}`;
  return { ok: true, text, value: { text, amount: Number(`${digits}e${shares ? -2 : 0}`), unit } };
}

/** Whether a size of this unit can be held against a metric of that unit. */
export const fits = (unit: string, metricUnit: string): boolean =>
  unit === "%" ||
  (unit === "pp" ? metricUnit === "1" : unit === metricUnit || metricUnit.startsWith(`${unit}/`));
