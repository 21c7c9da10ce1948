/**
 * What a quantity is: a value that carries its unit in its type, at no cost when it runs.
 *
 * Rules compute on `bigint` quantities; tables carry the same counts as `number` in typed arrays
 * and assert that they stay whole and below 2^53.
 */
declare const unit: unique symbol;

/** A `T` (number or bigint) whose unit is part of its type, so that two units do not mix. */
export type Of<T, Unit extends string> = T & { readonly [unit]: Unit };

/** Integer count of 1e-7 TFT, the chain's smallest unit. */
export type Tft = Of<bigint, "1e-7 TFT">;
/** The same count in a table: a whole number below 2^53. */
export type TftCount = Of<number, "1e-7 TFT">;
/** Integer count of 1e-7 USD, the chain's "units USD". */
export type Usd = Of<bigint, "1e-7 USD">;
/** Integer count of 1e-3 USD, in which the chain keeps prices and the minting its rewards. */
export type MilliUsd = Of<bigint, "1e-3 USD">;
/** Seconds, whole in anything the chain sees: an instant since 1970-01-01 UTC, or a length. */
export type Seconds = Of<number, "s">;
/** A count of chain blocks, or a height. */
export type Blocks = Of<number, "block">;
/** A count of bytes. */
export type Bytes = Of<bigint, "B">;
/** Logical cores, the chain's `cru`. */
export type Cores = Of<bigint, "core">;
/** Whole thousandths of a whole, as the minting counts uptime. */
export type Permille = Of<number, "permille">;

/** An amount of 1e-7 TFT. */
export const tft = (count: bigint): Tft => count as Tft;
/** An amount of 1e-7 TFT for a table; asserts that it is whole and exact in a double. */
export function tftCount(count: number): TftCount {
  // A constant sentence: one made of the number would be made for every number.
  assert(Number.isSafeInteger(count), "an amount is a whole count of 1e-7 TFT below 2^53");
  return count as TftCount;
}
/** An amount of 1e-7 USD. */
export const usd = (count: bigint): Usd => count as Usd;
/** An amount of 1e-3 USD. */
export const milliUsd = (count: bigint): MilliUsd => count as MilliUsd;
/** A length of time or an instant, in seconds. */
export const seconds = (count: number): Seconds => count as Seconds;
/** A number of blocks or a height. */
export const blocks = (count: number): Blocks => count as Blocks;
/** A number of bytes. */
export const bytes = (count: bigint): Bytes => count as Bytes;
/** A number of logical cores. */
export const cores = (count: bigint): Cores => count as Cores;
/** A share in whole thousandths. */
export const permille = (count: number): Permille => count as Permille;

/** The smallest units in one TFT and in one USD. */
export const UNITS_PER_TOKEN = 10_000_000;
/** A number of whole or broken tokens in 1e-7 TFT, rounded to the nearest. */
export function tokensToTft(tokens: number): Tft {
  const whole = Math.floor(tokens);
  // Apart, since a product of all would pass 2^53.
  const rest = Math.round((tokens - whole) * UNITS_PER_TOKEN);
  return tft(BigInt(whole) * BigInt(UNITS_PER_TOKEN) + BigInt(rest));
}
/** Seconds of a mean month, a twelfth of 365.25 days. */
export const MEAN_MONTH = 2_629_800;
/** The bytes of one GiB, the gigabyte of the chain and of the minting. */
export const GIB = 1_073_741_824;

/** Stops the program when the code itself is wrong; never for bad input. */
export function assert(statement: boolean, sentence: string): asserts statement {
  if (!statement) throw new Fault(sentence);
}

/** We are wrong: a statement of the code about itself does not hold. */
export class Fault extends Error {
  override readonly name = "Fault";
}
