/**
 * Shares: how an amount is divided without a unit being lost or made.
 *
 * The drafts say percentages and no rounding. Here every share is floored and one named recipient
 * takes the remainder, as the farmer does on the chain since spec 152; shares by weight are
 * differences of floored running totals.
 *
 * Source: none of its own; each set of `economics.ts` names that of its shares.
 */
import { assert } from "../../units/index.ts";

/** Who can be paid of what a user pays. */
export type Recipient =
  | "farmer"
  | "farm stakers"
  | "farming pool"
  | "farmer and pool"
  | "foundation"
  | "cooperative"
  | "staking pool"
  | "sales and providers"
  | "stakers on validators"
  | "guardians and validators"
  | "validators and partners"
  | "ThreeFold, guardians and validators"
  | "ThreeFold"
  | "development"
  | "treasury"
  | "stakers"
  | "burned"
  | "payer"
  | "not said";

/** The smaller of two amounts. */
export const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** One row of a split, in whole percent. */
export interface Share {
  readonly to: Recipient;
  readonly percent: bigint;
}

/** One part of a divided amount, in the amount's smallest unit. */
export interface Part {
  readonly to: Recipient;
  readonly amount: bigint;
}

/** The rows of a split from recipients and whole percents. */
export const sharesOf = (rows: readonly (readonly [Recipient, number])[]): readonly Share[] =>
  rows.map(([to, percent]) => ({ to, percent: BigInt(percent) }));

/** Shares in words: `50 farmer, 40 foundation`. */
export const sharesText = (shares: readonly Share[]): string =>
  shares.map(({ to, percent }) => `${percent} ${to}`).join(", ");

/** The sum of the shares, in percent. */
export const percentIn = (shares: readonly Share[]): bigint =>
  shares.reduce((sum, { percent }) => sum + percent, 0n);

/**
 * Divides an amount; each share is floored and the first row takes what is left. The parts sum to
 * the amount. Asserts that the shares sum to 100 %.
 */
export function divide(amount: bigint, shares: readonly Share[]): readonly Part[] {
  assert(percentIn(shares) === 100n, `shares sum to ${percentIn(shares)} % and not to 100 %`);
  const floored = shares.map(({ to, percent }) => ({ to, amount: (amount * percent) / 100n }));
  const left = floored.reduce((rest, part) => rest - part.amount, amount);
  return floored.map((part, row) => (row === 0 ? { ...part, amount: part.amount + left } : part));
}

/**
 * Divides an amount in proportion to weights: each part is the difference of two running totals
 * rounded down, so the parts sum to the amount and none is more than a unit off. Nobody with no
 * weight is paid; asserts that somebody has one.
 */
export function proRata(amount: bigint, weights: readonly bigint[]): readonly bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  assert(whole > 0n, "an amount is divided among weights of which none is above zero");
  const parts: bigint[] = [];
  let running = 0n;
  let given = 0n;
  for (const weight of weights) {
    running += weight;
    const upTo = (amount * running) / whole;
    parts.push(upTo - given);
    given = upTo;
  }
  return parts;
}
