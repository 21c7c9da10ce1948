/**
 * The books of the market: its pool, and what its traders hold and have traded.
 */
import { type MarketValues, openPool, type Pool } from "../models/index.ts";
import { lengthened } from "./column.ts";
import type { Setup } from "./setup.ts";

/** Who trades, as the tables name them. */
export const TRADERS = ["farmers", "stakers", "treasury", "users", "buyers", "buyback"] as const;

/** Who trades. */
export type Trader = (typeof TRADERS)[number];

/** What a trader moved in a round: 1e-7 TFT and 1e-7 USD that it received, or gave below zero. */
export interface Flow {
  readonly second: number;
  readonly trader: Trader;
  readonly tft: bigint;
  readonly usd: bigint;
}

/** Tokens of one payday, which become free over the vesting. */
interface Tranche {
  readonly second: number;
  readonly minted: Float64Array;
}

const HOUR = 3600;

/** The pool, and what its traders hold and have traded. */
export class Market {
  pool: Pool;
  /** USD of one TFT after each round, and its second. */
  readonly prices: { readonly second: number; readonly usd: number }[] = [];
  readonly flows: Flow[] = [];
  /** Sums over the run of what each trader received, 1e-7 TFT; below zero what it gave. */
  readonly tft: Record<Trader, bigint> = {
    farmers: 0n,
    stakers: 0n,
    treasury: 0n,
    users: 0n,
    buyers: 0n,
    buyback: 0n,
  };
  /** By dense farm: 1e-7 TFT sold over the run, and USD of costs that are not paid yet. */
  sold = new Float64Array(16);
  owed = new Float64Array(16);
  /** What was in the pool, and on the chain, at the start, 1e-7 TFT. */
  readonly opened: bigint;
  readonly values: MarketValues;
  /** What had been staked and paid to the foundation by the last round, 1e-7 TFT. */
  staked = 0n;
  founded = 0n;
  readonly tranches: Tranche[] = [];
  /** Seconds between two rounds, whole hours. */
  readonly step: number;

  constructor({ assumptions }: Setup) {
    this.values = assumptions.market;
    this.pool = openPool(assumptions.market, assumptions.price.start);
    this.opened = this.pool.tft;
    this.step = Math.max(1, Math.ceil(assumptions.market.step / HOUR)) * HOUR;
  }

  /** Makes room for so many farms. */
  fit(farms: number): void {
    if (farms <= this.sold.length) return;
    this.sold = lengthened(this.sold, new Float64Array(farms * 2));
    this.owed = lengthened(this.owed, new Float64Array(farms * 2));
  }
}

/** The market of a setup; null where the price is given from outside. */
export const marketOf = (setup: Setup): Market | null =>
  setup.assumptions.price.model === "pool" ? new Market(setup) : null;
