/**
 * Price: what one TFT is worth to the chain, and what an amount of USD is in TFT.
 *
 * Lifecycle: validators push a price every ten blocks or so; a bill reads the bounded average.
 * Source: tfchain 33046d6, pallet-tft-price/src/lib.rs, `calculate_average_price` and the ring
 * buffer; pallet-smart-contract/src/cost.rs, `calculate_cost_in_tft_from_units_usd`.
 * Quirks: prices are whole thousandths of a USD, so one below 0.0005 USD is stored as 0; the sum
 * of the ring saturates at 2^32-1; the stored average is not bounded, only the billed one; where
 * the bounds are inverted the cap wins.
 */
import {
  assert,
  block,
  divFixedBy,
  fixed,
  type MilliUsd,
  milliUsd,
  roundFixed,
  scaleFixed,
  type Tft,
  tft,
  type Usd,
  type Values,
} from "../units/index.ts";

const SEEN = {
  quality: "seen",
  source: "tfchain 33046d6, node/src/chain_spec.rs, pallet-tft-price genesis",
  date: "2024-03",
} as const;

/** The bounds of the price that bills use. */
export const priceBlock = block("policy.price", "The bounds of the billed TFT price.", {
  floor: {
    kind: "chainMilliUsd",
    default: "0.010 USD",
    bounds: ["0.001 USD", "4000000 USD"],
    range: ["0.005 USD", "0.05 USD"],
    ...SEEN,
    doc: "Lowest price of one TFT that a bill uses.",
  },
  cap: {
    kind: "chainMilliUsd",
    default: "1.000 USD",
    bounds: ["0.001 USD", "4000000 USD"],
    range: null,
    ...SEEN,
    doc: "Highest price of one TFT that a bill uses.",
  },
});

/** The bounds of the billed price, 1e-3 USD for one TFT. */
export interface PriceBounds {
  readonly floor: MilliUsd;
  readonly cap: MilliUsd;
}

/** The bounds from a scenario's values. */
export const priceBounds = (values: Values<typeof priceBlock>): PriceBounds => ({
  floor: milliUsd(BigInt(values.floor)),
  cap: milliUsd(BigInt(values.cap)),
});

/** Samples that the ring holds. */
export const FEED_LENGTH = 1_440;
const SUM_MAX = 4_294_967_295n;

/** The last prices that were pushed, oldest first, equal neighbours together. */
export interface PriceFeed {
  readonly runs: readonly { readonly price: MilliUsd; readonly count: number }[];
  readonly count: number;
  readonly sum: bigint;
}

/** A feed before its first sample. */
export const emptyFeed: PriceFeed = { runs: [], count: 0, sum: 0n };

/** The feed after one more sample, in 1e-3 USD for one TFT. */
export const push = (feed: PriceFeed, price: MilliUsd): PriceFeed => pushMany(feed, price, 1);

/** The feed after `count` samples of one price: equal to pushing them one by one. */
export function pushMany(feed: PriceFeed, price: MilliUsd, count: number): PriceFeed {
  assert(Number.isSafeInteger(count) && count >= 0, "samples are counted in whole numbers");
  if (count === 0) return feed;
  const runs = [...feed.runs];
  const last = runs[runs.length - 1];
  if (last !== undefined && last.price === price) {
    runs[runs.length - 1] = { price, count: last.count + count };
  } else {
    runs.push({ price, count });
  }
  return forgetOldest({ runs, count: feed.count + count, sum: feed.sum + price * BigInt(count) });
}

/** Drops what no longer fits in the ring. */
function forgetOldest(feed: PriceFeed): PriceFeed {
  let excess = feed.count - FEED_LENGTH;
  if (excess <= 0) return feed;
  let sum = feed.sum;
  let from = 0;
  while (excess >= feed.runs[from].count) {
    const { price, count } = feed.runs[from++];
    sum -= price * BigInt(count);
    excess -= count;
  }
  const runs = feed.runs.slice(from);
  if (excess > 0) {
    const { price, count } = runs[0];
    sum -= price * BigInt(excess);
    runs[0] = { price, count: count - excess };
  }
  return { runs, count: FEED_LENGTH, sum };
}

/** The mean of the feed in whole 1e-3 USD, ties up; 0 before the first sample. */
export function averagePrice(feed: PriceFeed): MilliUsd {
  if (feed.count === 0) return milliUsd(0n);
  const sum = feed.sum > SUM_MAX ? SUM_MAX : feed.sum;
  // The chain divides in 32.32 fixed point; a half is exact there, so truncation cannot matter.
  const count = BigInt(feed.count);
  return milliUsd((2n * sum + count) / (2n * count));
}

/** The price that bills use: the average, not below the floor, and not above the cap at all. */
export function effectivePrice(average: MilliUsd, { floor, cap }: PriceBounds): MilliUsd {
  const raised = average > floor ? average : floor;
  return raised < cap ? raised : cap;
}

/** An amount of 1e-7 USD in 1e-7 TFT, at a price in 1e-3 USD; overflows at a price of zero. */
export function toTft(units: Usd, price: MilliUsd): Tft {
  const tokens = divFixedBy(fixed(units), price * 10_000n);
  return tft(roundFixed(scaleFixed(tokens, 10_000_000n)));
}
