/**
 * Price feed: who tells the chain what a TFT is worth, and within which bounds bills use it.
 *
 * Lifecycle: a validator of the session pushes a price; the average follows; the council or the
 * DAO moves floor and cap. The ring and the average are in `price.ts`.
 * Source: tfchain 33046d6, pallet-tft-price/src/tft_price.rs and src/lib.rs; the worker beside
 * the chain, `parse_lowest_price_from_request` and `fetch_price`.
 * Quirks: the block that comes with a price is stored unchecked; the average is stored without
 * bounds, and only warned about; a price is a whole number of mUSD.
 */
import {
  type Blocks,
  blocks,
  type MilliUsd,
  milliUsd,
  type Outcome,
  refused,
} from "../units/index.ts";
import type { AccountId } from "./ledger.ts";
import { averagePrice, emptyFeed, type PriceBounds, type PriceFeed, push } from "./price.ts";
import { free, paid, type Step } from "./step.ts";

/** What the chain knows of the price, 1e-3 USD for one TFT. */
export interface PriceState {
  readonly feed: PriceFeed;
  readonly current: MilliUsd;
  readonly average: MilliUsd;
  readonly lastSet: Blocks;
  readonly bounds: PriceBounds;
}

/** A chain that no price was told yet. */
export const noPrice = (bounds: PriceBounds): PriceState => ({
  feed: emptyFeed,
  current: milliUsd(0n),
  average: milliUsd(0n),
  lastSet: blocks(0),
  bounds,
});

/** What the price announces. */
export type PriceEvent =
  | { readonly event: "TFTPriceModule.PriceStored"; readonly price: MilliUsd }
  | { readonly event: "TFTPriceModule.AveragePriceStored"; readonly average: MilliUsd }
  | {
      readonly event: "TFTPriceModule.AveragePriceIsBelowMinPrice";
      readonly average: MilliUsd;
      readonly min: MilliUsd;
    }
  | {
      readonly event: "TFTPriceModule.AveragePriceIsAboveMaxPrice";
      readonly average: MilliUsd;
      readonly max: MilliUsd;
    };

/** The part of the chain that the feed sees. */
export interface PriceView {
  readonly price: PriceState;
  readonly session: { readonly current: readonly AccountId[] };
}

/** A validator of the session tells a price and the block for which it holds. */
export function setPrices<S extends PriceView>(
  state: S,
  account: AccountId,
  call: { readonly price: MilliUsd; readonly block: Blocks },
): Outcome<Step<S, PriceEvent>, "AccountUnauthorizedToSetPrice"> {
  if (!state.session.current.includes(account)) return refused("AccountUnauthorizedToSetPrice");
  const feed = push(state.price.feed, call.price);
  const average = averagePrice(feed);
  const price = { ...state.price, feed, average, current: call.price, lastSet: call.block };
  const { floor, cap } = price.bounds;
  const events: PriceEvent[] = [
    { event: "TFTPriceModule.PriceStored", price: call.price },
    { event: "TFTPriceModule.AveragePriceStored", average },
  ];
  if (average < floor) {
    events.push({ event: "TFTPriceModule.AveragePriceIsBelowMinPrice", average, min: floor });
  }
  if (average > cap) {
    events.push({ event: "TFTPriceModule.AveragePriceIsAboveMaxPrice", average, max: cap });
  }
  return free({ ...state, price }, events);
}

/** Sets the lowest price that a bill uses; refuses the cap and above. */
export function setFloor<S extends PriceView>(
  state: S,
  { price: floor }: { readonly price: MilliUsd },
): Outcome<Step<S, PriceEvent>, "MinPriceAboveMaxPriceError"> {
  if (floor >= state.price.bounds.cap) return refused("MinPriceAboveMaxPriceError");
  return paid(withBounds(state, { ...state.price.bounds, floor }), []);
}

/** Sets the highest price that a bill uses; refuses the floor and below. */
export function setCap<S extends PriceView>(
  state: S,
  { price: cap }: { readonly price: MilliUsd },
): Outcome<Step<S, PriceEvent>, "MaxPriceBelowMinPriceError"> {
  if (cap <= state.price.bounds.floor) return refused("MaxPriceBelowMinPriceError");
  return paid(withBounds(state, { ...state.price.bounds, cap }), []);
}

const withBounds = <S extends PriceView>(state: S, bounds: PriceBounds): S => ({
  ...state,
  price: { ...state.price, bounds },
});

const DECIMAL = /^[+-]?(?:(\d+)(?:\.(\d*))?|\.(\d+))$/;
const FRACTION_BITS = 32n;
const HALF = 1n << (FRACTION_BITS - 1n);

/** A decimal text in 32.32 fixed point, rounded to the nearest, ties to even; null where none. */
function parseFixed(text: string): bigint | null {
  const parts = DECIMAL.exec(text);
  if (parts === null) return null;
  const [, whole = "", fraction = "", bare = ""] = parts;
  const places = fraction.length + bare.length;
  const scale = BigInt(`1${"0".repeat(places)}`);
  const scaled = BigInt(`${whole}${fraction}${bare}`) << FRACTION_BITS;
  const floor = scaled / scale;
  const twice = 2n * (scaled % scale);
  const up = twice > scale || (twice === scale && floor % 2n === 1n);
  const bits = up ? floor + 1n : floor;
  if (bits >= 1n << 64n || (text.startsWith("-") && bits > 0n)) return null;
  return bits;
}

const roundBits = (bits: bigint): bigint => BigInt.asUintN(64, bits + HALF) >> FRACTION_BITS;

/** The least of offers in USD, in whole 1e-3 USD, halves up; null for none or a malformed one. */
export function lowestOffer(offers: readonly string[]): MilliUsd | null {
  let lowest: bigint | null = null;
  for (const offer of offers) {
    const bits = parseFixed(offer);
    if (bits === null) return null;
    if (lowest === null || bits < lowest) lowest = bits;
  }
  return lowest === null ? null : milliUsd(roundBits(BigInt.asUintN(64, lowest * 1000n)));
}

/** The price of one TFT from that of `amount`, in whole 1e-3 USD, halves up; null for none. */
export const unitPrice = (total: MilliUsd, amount: bigint): MilliUsd | null =>
  amount === 0n ? null : milliUsd(roundBits((total << FRACTION_BITS) / amount));
