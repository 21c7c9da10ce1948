/**
 * Token: its price hour by hour, as the market makes it and as the chain sees it.
 *
 * The market's path is exogenous, so it is made once, before the run, unless the world's own trades
 * are to make it (market.ts), which then change what is to come. Validators feed it to the
 * chain every ten blocks, and the chain's average over a day is what bills use. Inside an hour the
 * average is held, so that all bills of an hour meet one price.
 */
import { type Chance, normalQuantile, streamId } from "../kernel/index.ts";
import { type PriceLuck, pricePath, type Walk } from "../models/index.ts";
import {
  averagePrice,
  type ClassBook,
  effectivePrice,
  emptyFeed,
  FEED_LENGTH,
  type LegacyTariff,
  type LegacyTariffs,
  type PriceBounds,
  pushMany,
  type Tariff,
  type TariffPolicies,
  type Tariffs,
} from "../protocol/index.ts";
import { type MilliUsd, milliUsd } from "../units/index.ts";
import type { Prepared, PriceLists } from "./prepared.ts";
import type { Setup } from "./setup.ts";
import { Variation, valueAt } from "./variation.ts";

const STREAM = {
  walk: streamId("price.walk"),
  size: streamId("price.size"),
  jump: streamId("price.jump"),
  turn: streamId("price.turn"),
} as const;
const HOUR = 3600;
const MILLI = 1000;
const BLOCKS_PER_HOUR = 600;
/** Samples that validators push in an hour: one every ten blocks. */
const SAMPLES_PER_HOUR = 60;

/** The price of the token over a run, and what contracts cost at it. */
export class Token implements Tariffs {
  /** USD of one TFT on the market, and the chain's average in 1e-3 USD, by hour of the run. */
  readonly market: Float64Array;
  readonly average: Uint32Array;
  readonly classes: ClassBook;
  /** The next hour with another average, by hour; the lowest average from an hour on. */
  readonly #nextHour: Uint32Array;
  readonly #lowest: Uint32Array;
  #policies: TariffPolicies;
  #bounds: PriceBounds;
  readonly #prices: PriceLists;
  #lists: (Tariff | undefined)[];
  /** The same lists by the average before its bounds. */
  #byAverage: (Tariff | undefined)[] = [];
  /** The list of the hour that was asked for last, which is mostly asked for again. */
  #hourAsked = -1;
  #asked: Tariff | null = null;
  #askedLocked: LegacyTariff | null = null;
  /** The same prices as the lock based bills ask for them. */
  readonly locked: LegacyTariffs = {
    at: (block) => this.#lockedAt(block),
    changesAfter: (block) => this.changesAfter(block),
  };

  constructor(
    { setup, prices }: Prepared,
    chance: Chance,
    policies: TariffPolicies,
    bounds: PriceBounds,
  ) {
    this.#prices = prices;
    this.classes = prices.book;
    this.#lists = prices.under(policies);
    const hours = Math.ceil(setup.length / HOUR) + 48;
    const { price } = setup.assumptions;
    this.market = pricePath(price, hours, setup.priceTrace, luckOf(chance), walkOf(setup));
    shock(this.market, setup);
    this.average = new Uint32Array(hours);
    this.#nextHour = new Uint32Array(hours);
    this.#lowest = new Uint32Array(hours);
    this.#average(0, hours);
    this.#policies = policies;
    this.#bounds = bounds;
  }

  /** Takes over what the chain's policy now is; bills before must be done. */
  adopt(policies: TariffPolicies, bounds: PriceBounds): void {
    this.#policies = policies;
    this.#bounds = bounds;
    this.#lists = this.#prices.under(policies);
    this.#byAverage = [];
    this.#hourAsked = -1;
    this.#askedLocked = null;
  }

  /**
   * The market has another price from an hour on, and keeps it until it is told again; bills before
   * must be done, and whoever looked ahead must look again.
   */
  reprice(hour: number, usd: number): void {
    if (hour >= this.market.length) return;
    this.market.fill(usd, hour);
    // A day later the chain's average has seen nothing but the new price.
    this.#average(hour, Math.min(this.market.length, hour + HOURS_SEEN + 1));
    this.#hourAsked = -1;
    this.#askedLocked = null;
  }

  /** Brings the averages up to date from an hour until another, after which they stand still. */
  #average(from: number, to: number): void {
    const { market, average } = this;
    averages(market, average, from, to);
    average.fill(average[to - 1], to);
    let next = 0xffffffff;
    let lowest = 0xffffffff;
    const hours = market.length;
    // The hour before may be the one in which somebody asks what comes next.
    for (let hour = hours - 1; hour >= Math.max(0, from - 2); hour--) {
      if (hour + 1 < hours && average[hour + 1] !== average[hour]) next = hour + 1;
      lowest = Math.min(lowest, average[hour]);
      this.#nextHour[hour] = next;
      this.#lowest[hour] = lowest;
    }
  }

  /** The tariff of bills at a block. */
  at(block: number): Tariff {
    const hour = this.#hour(block);
    if (hour === this.#hourAsked && this.#asked?.count === this.classes.classes.length)
      return this.#asked;
    this.#hourAsked = hour;
    this.#asked = this.#tariffOf(this.average[hour]);
    return this.#asked;
  }

  /** The first block after `block` with another average; Infinity if there is none. */
  changesAfter(block: number): number {
    const next = this.#nextHour[this.#hour(block)];
    return next === 0xffffffff ? Number.POSITIVE_INFINITY : next * BLOCKS_PER_HOUR;
  }

  /** The tariff at the lowest average that the rest of the run brings: the dearest in TFT. */
  dearestFrom(block: number): Tariff {
    return this.#tariffOf(this.#lowest[this.#hour(block)]);
  }

  /** The tariff of a block as it would be under other policies. */
  under(block: number, policies: TariffPolicies, bounds: PriceBounds): Tariff {
    const average = milliUsd(BigInt(this.average[this.#hour(block)]));
    const lists = this.#prices.under(policies);
    return this.#prices.of(lists, effectivePrice(average, bounds), policies);
  }

  /** USD of one TFT on the market at a second of the run. */
  usdAt(second: number): number {
    return this.market[Math.min(Math.floor(second / HOUR), this.market.length - 1)];
  }

  /** USD of one TFT at which bills of a block take it: the average within its bounds. */
  billedAt(block: number): number {
    return Number(this.#priceOf(this.average[this.#hour(block)])) / MILLI;
  }

  /** The first second after one at which the market has another price; Infinity if none is. */
  movesAfter(second: number): number {
    for (let hour = Math.floor(second / HOUR) + 1; hour < this.market.length; hour++)
      if (this.market[hour] !== this.market[hour - 1]) return hour * HOUR;
    return Number.POSITIVE_INFINITY;
  }

  #hour(block: number): number {
    const hour = Math.floor(block / BLOCKS_PER_HOUR);
    return hour < 0 ? 0 : Math.min(hour, this.average.length - 1);
  }

  #lockedAt(block: number): LegacyTariff {
    const table = this.at(block);
    if (this.#askedLocked?.table === table) return this.#askedLocked;
    const price = this.#priceOf(this.average[this.#hour(block)]);
    this.#askedLocked = { table, book: this.classes, price, policies: this.#policies };
    return this.#askedLocked;
  }

  #priceOf(average: number): MilliUsd {
    return effectivePrice(milliUsd(BigInt(average)), this.#bounds);
  }

  #tariffOf(average: number): Tariff {
    const known = this.#byAverage[average];
    if (known?.count === this.classes.classes.length) return known;
    const price = this.#priceOf(average);
    const tariff = this.#prices.of(this.#lists, price, this.#policies);
    this.#byAverage[average] = tariff;
    return tariff;
  }
}

/** How the price walks at a second. */
function walkOf(setup: Setup): (second: number) => Walk {
  const { price } = setup.assumptions;
  const variation = new Variation(setup);
  const drift = variation.steps("price.drift", {});
  const volatility = variation.steps("price.volatility", {});
  return (second) => ({
    drift: valueAt(drift, second, price.drift),
    volatility: valueAt(volatility, second, price.volatility),
  });
}

/** Applies the timeline's shocks to a path, each from its hour on. */
function shock(path: Float64Array, setup: Setup): void {
  for (const entry of setup.timeline) {
    if (entry.kind !== "priceTimes" && entry.kind !== "priceTo") continue;
    const from = Math.min(Math.ceil(entry.at / HOUR), path.length - 1);
    const factor = entry.kind === "priceTimes" ? entry.factor : entry.usd / path[from];
    for (let hour = from; hour < path.length; hour++) path[hour] *= factor;
  }
}

/** Hours that the chain's average looks back. */
const HOURS_SEEN = FEED_LENGTH / SAMPLES_PER_HOUR;

/**
 * Fills in the chain's average at the start of each hour from one to another; the day before the
 * run had the first price.
 */
function averages(market: Float64Array, average: Uint32Array, from: number, to: number): void {
  const sample = (usd: number) => milliUsd(BigInt(Math.floor(usd * 1000 + 0.5)));
  let feed = pushMany(emptyFeed, sample(market[0]), FEED_LENGTH);
  for (let hour = Math.max(0, from - HOURS_SEEN); hour < to; hour++) {
    if (hour >= from) average[hour] = Number(averagePrice(feed));
    feed = pushMany(feed, sample(market[hour]), SAMPLES_PER_HOUR);
  }
}

/** What chance says of the price, by day. */
function luckOf(chance: Chance): PriceLuck {
  const uniform =
    (stream: number) =>
    (day: number): number =>
      chance.uniform(stream, 0, 0, day);
  const [walk, size] = [uniform(STREAM.walk), uniform(STREAM.size)];
  return {
    normal: (day) => normalQuantile(walk(day)),
    size: (day) => normalQuantile(size(day)),
    jump: uniform(STREAM.jump),
    turn: uniform(STREAM.turn),
  };
}
