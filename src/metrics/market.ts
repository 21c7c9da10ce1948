/**
 * Market: what traded in the pool that made the price, who holds the tokens at the end, and what
 * farms could not pay; the table `market` of every run whose price is the pool's.
 */
import { UNITS_PER_TOKEN } from "../units/index.ts";
import { holdersOf } from "../world/market.ts";
import type { MetricGroup, Sight, Telling, Watcher } from "./metric.ts";

/** Whoever tells the pool's trades; it has no metric of its own. */
export const marketMetrics: MetricGroup = {
  entries: [],
  watch: () => new MarketWatcher(),
};

/** A row: what it tells, of whom, when, and amounts in 1e-7. */
interface MarketRow {
  readonly kind: "flow" | "holder" | "unpaid";
  readonly who: string;
  readonly second: number;
  readonly tft: bigint;
  readonly usd: bigint;
}

class MarketWatcher implements Watcher {
  #rows: readonly MarketRow[] = [];

  end({ world, until }: Sight): void {
    const { market, fleet } = world;
    if (market === null) return;
    let owed = 0;
    for (let farm = 0; farm < fleet.farms.count; farm++) owed += market.owed[farm] ?? 0;
    const usd = BigInt(Math.round(owed * UNITS_PER_TOKEN));
    this.#rows = [
      ...market.flows.map(({ second, trader, tft, usd: dollars }) => {
        return { kind: "flow" as const, who: trader, second, tft, usd: dollars };
      }),
      ...holdersOf(world, market).map(([who, tft]) => {
        return { kind: "holder" as const, who, second: until, tft, usd: 0n };
      }),
      { kind: "unpaid", who: "farmers", second: until, tft: 0n, usd },
    ];
  }

  tell({ world }: Sight, telling: Telling): void {
    if (world.market === null) return;
    telling.tables["market"] = {
      kind: this.#rows.map(({ kind }) => kind),
      who: this.#rows.map(({ who }) => who),
      second: Float64Array.from(this.#rows, ({ second }) => second),
      tft: this.#rows.map(({ tft }) => tft),
      usd: this.#rows.map(({ usd }) => usd),
    };
  }
}
