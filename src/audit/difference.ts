/**
 * Where two results differ: integers and strings exactly, floats to 1e-9 of the expected value.
 *
 * A whole number is the same as its digits in a string. The names that the token layer gives its
 * refusals stand for one another: implementations of it differ in them.
 */
import { isFields, type Json, type Path } from "./spot.ts";

/** One value that is not what it should be; `undefined` stands for a value that is not there. */
export interface Difference {
  readonly path: Path;
  readonly expected: Json | undefined;
  readonly computed: Json | undefined;
}

/** How far two floats may be apart, as a part of the expected one. */
const TOLERANCE = 1e-9;

/** The names that the token layer gives its refusals. */
const TOKEN_ERRORS: ReadonlySet<string> = new Set([
  "FundsUnavailable",
  "InsufficientBalance",
  "Frozen",
  "LiquidityRestrictions",
  "NotExpendable",
  "OnlyProvider",
  "Expendability",
  "BelowMinimum",
]);

/** Everything in which `computed` is not `expected`, in the order of the expected fields. */
export function differencesOf(
  expected: Json | undefined,
  computed: Json | undefined,
  path: Path = [],
): readonly Difference[] {
  if (Array.isArray(expected) && Array.isArray(computed)) {
    const length = Math.max(expected.length, computed.length);
    return Array.from({ length }, (_, index) =>
      differencesOf(expected[index], computed[index], [...path, index]),
    ).flat();
  }
  if (isFields(expected) && isFields(computed)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(computed)]);
    return [...names].flatMap((name) =>
      differencesOf(own(expected, name), own(computed, name), [...path, name]),
    );
  }
  return isSame(expected, computed, path.at(-1)) ? [] : [{ path, expected, computed }];
}

const own = (fields: { readonly [name: string]: Json }, name: string): Json | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

function isSame(
  expected: Json | undefined,
  computed: Json | undefined,
  name: string | number | undefined,
): boolean {
  if (expected === computed) return true;
  if (name === "error" && isTokenError(expected)) return isTokenError(computed);
  if (typeof expected === "number" && typeof computed === "number") {
    const fractional = !Number.isInteger(expected) || !Number.isInteger(computed);
    return fractional && Math.abs(computed - expected) <= TOLERANCE * Math.abs(expected);
  }
  const digits = digitsOf(expected);
  return digits !== null && digits === digitsOf(computed);
}

/** True for a refusal of the token layer, with the name of a pallet before it or without. */
const isTokenError = (error: Json | undefined): boolean =>
  typeof error === "string" && TOKEN_ERRORS.has(error.replace(/^(Token|Balances)\./, ""));

/** The digits of a whole number, whether it came as one or as a string; null of anything else. */
function digitsOf(value: Json | undefined): string | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : null;
  return typeof value === "string" && /^-?(0|[1-9]\d*)$/.test(value) ? value : null;
}
