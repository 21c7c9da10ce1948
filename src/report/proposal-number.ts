/**
 * Sizes of changes as a reader of a comparison sees them: with a sign, and no more digits than the
 * widest interval leaves.
 */
import { decimalsFor, grouped, withUnit } from "./number.ts";

const MINUS = "\u2212";

/** Decimals, but no more than show two digits of a half width; as many as wished without one. */
export const within = (wished: number, half: number): number =>
  half > 0 ? Math.min(wished, decimalsFor(half, 2)) : wished;

/** A share as percent without a sign, with the digits that a reader keeps. */
function sizeText(share: number, half: number): string {
  const size = Math.abs(share * 100);
  if (size === 0) return "0\u202f%";
  const wished = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
  return `${grouped(size, within(wished, half * 100))}\u202f%`;
}

/** The same for a headline, where two digits are enough. */
export function roundSize(share: number, half: number): string {
  const size = Math.abs(share * 100);
  return `${grouped(size, within(size >= 10 ? 0 : size >= 1 ? 1 : 2, half * 100))}\u202f%`;
}

/** A share as percent with its sign; where it is known within `half` only, digits end there. */
export function signedPercent(share: number, half = 0): string {
  const text = sizeText(share, half);
  const sign = half > 0 && !/[1-9]/.test(text) ? "" : share < 0 ? MINUS : share > 0 ? "+" : "";
  return `${sign}${text}`;
}

/** An amount with its sign and a unit. */
export function signedAmount(value: number, decimals: number, unit: string): string {
  const text = grouped(Math.abs(value), decimals);
  const sign = /[1-9]/.test(text) ? (value < 0 ? MINUS : "+") : "";
  return withUnit(`${sign}${text}`, unit);
}

/** A pair of bounds as percent. */
export const percentInterval = (bounds: readonly [number, number] | null, half = 0): string =>
  bounds === null ? "" : `${signedPercent(bounds[0], half)} to ${signedPercent(bounds[1], half)}`;
