/**
 * The chain's fixed point, and its percentages of whole amounts.
 *
 * Source: substrate-fixed, `U64F64` (128 bits unsigned, 64 of them fraction) and sp-arithmetic,
 * `Percent` and `Perbill`, as tfchain 33046d6 uses them in pallet-smart-contract/src/cost.rs.
 * Quirks: products and quotients of two fixed numbers are truncated; rounding to a whole number
 * goes up on a tie, while a percentage of a whole amount goes down on a tie.
 */
import { assert, Fault, type Of } from "./quantity.ts";

/** A number of 64 whole and 64 fraction bits; the bigint counts steps of 2^-64. */
export type Fixed = Of<bigint, "2^-64">;

const FRACTION_BITS = 64n;
const ONE = 1n << FRACTION_BITS;
const HALF = ONE >> 1n;
const LIMIT = 1n << 128n;

/** The chain's result is undefined: a number left its 128 bits, or a division by zero. */
export class ArithmeticOverflow extends Fault {}

/** A fixed number from its raw bits; raises `ArithmeticOverflow` outside 128 bits. */
export function fixedFromBits(bits: bigint): Fixed {
  if (bits < 0n || bits >= LIMIT) throw new ArithmeticOverflow(`${bits} does not fit in 128 bits`);
  return bits as Fixed;
}

/** A whole number as a fixed one; raises `ArithmeticOverflow` from 2^64 on. */
export const fixed = (whole: bigint): Fixed => fixedFromBits(whole << FRACTION_BITS);

/** A double as a fixed number, bit for bit; asserts that the double has no finer digits. */
export function fixedFromDouble(value: number): Fixed {
  // Multiplying by 2^32 twice changes only the exponent, so nothing is rounded here.
  const bits = value * 4_294_967_296 * 4_294_967_296;
  assert(Number.isInteger(bits), `${value} is finer than 2^-64`);
  return fixedFromBits(BigInt(bits));
}

/** The sum. */
export const addFixed = (a: Fixed, b: Fixed): Fixed => fixedFromBits(a + b);

/** The product, truncated to 2^-64. */
export const mulFixed = (a: Fixed, b: Fixed): Fixed => fixedFromBits((a * b) >> FRACTION_BITS);

/** The product with a whole number, exact. */
export const scaleFixed = (a: Fixed, whole: bigint): Fixed => fixedFromBits(a * whole);

/** The quotient, truncated to 2^-64; raises `ArithmeticOverflow` if `b` is zero. */
export function divFixed(a: Fixed, b: Fixed): Fixed {
  if (b === 0n) throw new ArithmeticOverflow("division by zero");
  return fixedFromBits((a << FRACTION_BITS) / b);
}

/** The quotient by a whole number, truncated to 2^-64; `ArithmeticOverflow` if it is zero. */
export function divFixedBy(a: Fixed, whole: bigint): Fixed {
  if (whole === 0n) throw new ArithmeticOverflow("division by zero");
  return fixedFromBits(a / whole);
}

/** The nearest whole number, ties up. */
export const roundFixed = (a: Fixed): bigint => (a + HALF) >> FRACTION_BITS;

/** A whole number that must fit in the chain's 64 bits; `ArithmeticOverflow` where it does not. */
export function within64(count: bigint): bigint {
  if (count < 0n || count >= ONE) throw new ArithmeticOverflow(`${count} does not fit in 64 bits`);
  return count;
}

/** `parts` out of `whole` of an amount: the exact product, to the nearest, ties down. */
function partOf(parts: bigint, whole: bigint, amount: bigint): bigint {
  const capped = parts > whole ? whole : parts;
  return (2n * capped * amount + whole - 1n) / (2n * whole);
}

/** `Percent(percent) * amount`: to the nearest, ties down; above 100 counts as 100. */
export const percentOf = (percent: bigint, amount: bigint): bigint => partOf(percent, 100n, amount);

/** `Perbill(parts of 1e9) * amount`: to the nearest, ties down; above 1e9 counts as 1e9. */
export const perbillOf = (parts: bigint, amount: bigint): bigint =>
  partOf(parts, 1_000_000_000n, amount);

/** `Perbill::from_percent(percent) * amount`. */
export const perbillPercentOf = (percent: bigint, amount: bigint): bigint =>
  perbillOf(percent * 10_000_000n, amount);

/** A share such as 0.4 as whole percent; asserts that it is whole, as the chain stores it. */
export function wholePercent(share: number): bigint {
  const percent = Math.round(share * 100);
  assert(Math.abs(share * 100 - percent) < 1e-9, `${share} is no whole number of percent`);
  return BigInt(percent);
}
