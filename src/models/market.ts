/**
 * Market: a pool of tokens and dollars whose product stays, in which the world's own trades make
 * the price. A stress test: whoever is assumed to buy is most of the answer, so no verdict rests
 * on it.
 *
 * Amounts are whole 1e-7; a trade never leaves the pool with a smaller product, so what does not
 * divide goes to the pool: a seller gets the lower whole, a buyer pays the higher one.
 *
 * Source: fitted.json tft_dex_pool, a constant product that three prices of 2021 were met by.
 */
import { assert, block, MEAN_MONTH, UNITS_PER_TOKEN, type Values } from "../units/index.ts";

/** Declared assumptions on the market that trades make. */
export const marketBlock = block(
  "assumptions.market",
  "Who trades in the pool that makes the price, where `price.model` is `pool`.",
  {
    depth: {
      kind: "money",
      default: "40000 USD",
      bounds: ["1 USD", "10000000000 USD"],
      range: ["24000 USD", "122000 USD"],
      quality: "estimate",
      date: "2021",
      source: "fitted.json tft_dex_pool (122,000 USD in 2021, later a fifth to a half), A-81",
      doc: "Dollars in the pool at the start; as much in tokens stands against them.",
    },
    fee: {
      kind: "share",
      default: "0.3 %",
      bounds: ["0 %", "50 %"],
      range: ["0.1 %", "1 %"],
      quality: "recalled",
      date: "2021",
      source: "A-81",
      doc: "What the pool keeps of whatever is brought to it.",
    },
    step: {
      kind: "duration",
      default: "1 d",
      bounds: ["1 h", "3650 d"],
      range: ["1 h", "7 d"],
      quality: "estimate",
      date: "2026-11",
      source: "A-81",
      doc: "Time between two rounds of trades, rounded up to whole hours.",
    },
    buyers: {
      kind: "money",
      default: "0 USD",
      bounds: ["0 USD", "1000000000 USD"],
      range: ["0 USD", "100000 USD"],
      quality: "estimate",
      date: "2026-11",
      source: "A-81",
      doc: "Dollars a month that others than users bring, whatever the price.",
    },
    surplus: {
      kind: "share",
      default: "0 %",
      bounds: ["0 %", "100 %"],
      range: ["0 %", "100 %"],
      quality: "estimate",
      date: "2026-11",
      source: "A-81",
      doc: "Share of what a farm holds beyond its costs that it sells in a month.",
    },
    stakersSell: {
      kind: "share",
      default: "0 %",
      bounds: ["0 %", "100 %"],
      range: ["0 %", "50 %"],
      quality: "estimate",
      date: "2026-11",
      source: "A-81",
      doc: "Share of the staking pool's income that is sold; the rest stays locked.",
    },
    treasurySells: {
      kind: "share",
      default: "50 %",
      bounds: ["0 %", "100 %"],
      range: ["0 %", "100 %"],
      quality: "estimate",
      date: "2026-11",
      source: "A-81",
      doc: "Share of the foundation's income that it sells.",
    },
    buyback: {
      kind: "money",
      default: "0 USD",
      bounds: ["0 USD", "1000000000 USD"],
      range: ["0 USD", "50000 USD"],
      quality: "estimate",
      date: "2026-11",
      source: "A-81",
      doc: "Dollars a month for which the treasury buys tokens and burns them.",
    },
    vesting: {
      kind: "duration",
      default: "0 s",
      bounds: ["0 s", "3650 d"],
      range: ["0 s", "730 d"],
      quality: "estimate",
      date: "2024-04",
      source: "A-81",
      doc: "Time over which minted tokens become free to be sold, evenly from their payday.",
    },
  },
);

/** Values of `assumptions.market`. */
export type MarketValues = Values<typeof marketBlock>;

/** What stands in the pool: 1e-7 TFT and 1e-7 USD. */
export interface Pool {
  readonly tft: bigint;
  readonly usd: bigint;
}

/** A trade: the pool after it, and what moved, 1e-7. */
export interface Trade {
  readonly pool: Pool;
  readonly tft: bigint;
  readonly usd: bigint;
}

const MILLION = 1_000_000n;
const MILLION_PARTS = 1_000_000;

/** The pool at the start: so many dollars, and as much in tokens at a price. */
export function openPool({ depth }: MarketValues, price: number): Pool {
  const tft = BigInt(Math.round((depth / price) * UNITS_PER_TOKEN));
  const pool = { tft, usd: BigInt(Math.round(depth * UNITS_PER_TOKEN)) };
  assert(pool.tft > 0n && pool.usd > 0n, "a pool has something of both");
  return pool;
}

/** USD of one TFT in the pool. */
export const priceIn = ({ tft, usd }: Pool): number => Number(usd) / Number(tft);

/** Whole millionths of what is brought that the pool keeps. */
const keptOf = ({ fee }: MarketValues): bigint => BigInt(Math.round(fee * MILLION_PARTS));

/** What counts of an amount that is brought. */
const counted = (values: MarketValues, amount: bigint): bigint =>
  amount - divCeil(amount * keptOf(values), MILLION);

/** Brings tokens, takes dollars. */
export function sellTokens(pool: Pool, tft: bigint, values: MarketValues): Trade {
  const net = counted(values, tft);
  const usd = divFloor(pool.usd * net, pool.tft + net);
  return { pool: { tft: pool.tft + tft, usd: pool.usd - usd }, tft, usd };
}

/** Brings dollars, takes tokens. */
export function spendDollars(pool: Pool, usd: bigint, values: MarketValues): Trade {
  const net = counted(values, usd);
  const tft = divFloor(pool.tft * net, pool.usd + net);
  return { pool: { tft: pool.tft - tft, usd: pool.usd + usd }, tft, usd };
}

/** Takes a number of tokens, which must be there, and brings the dollars that they cost. */
export function buyTokens(pool: Pool, tft: bigint, values: MarketValues): Trade {
  assert(tft < pool.tft, "a pool sells less than it has");
  const net = divCeil(pool.usd * tft, pool.tft - tft);
  const usd = divCeil(net * MILLION, MILLION - keptOf(values));
  return { pool: { tft: pool.tft - tft, usd: pool.usd + usd }, tft, usd };
}

/** Whole 1e-7 USD of a monthly sum that fall on a stretch of seconds. */
export const monthlyShare = (usd: number, span: number): bigint =>
  BigInt(Math.floor(((usd * span) / MEAN_MONTH) * UNITS_PER_TOKEN));

/** Share of a month that a stretch of seconds is, at most a whole one. */
export const partOfMonth = (span: number): number => Math.min(1, span / MEAN_MONTH);

const divFloor = (amount: bigint, by: bigint): bigint => amount / by;
const divCeil = (amount: bigint, by: bigint): bigint => (amount + by - 1n) / by;
