import { describe, expect, it, test } from "vitest";
import { seconds } from "../../src/units/index.ts";
import type { World } from "../../src/world/index.ts";
import { holdersOf, supplyOf } from "../../src/world/market.ts";
import type { Setup } from "../../src/world/setup.ts";
import { DAY, run, small } from "./money.ts";

type Values = Partial<Setup["assumptions"]["market"]>;

/** Two periods of a few nodes, whose farms are paid once and sell from then on. */
function pooled(market: Values = {}): World {
  const length = seconds(60 * DAY);
  const setup = small({ fleet: { nodes: 30 }, price: { model: "pool" } }, { length, periods: 1 });
  const { assumptions } = setup;
  const values = { ...assumptions.market, ...market };
  return run({ ...setup, assumptions: { ...assumptions, market: values } }, { check: true });
}

const flowsOf = ({ market }: World, trader: string) =>
  (market?.flows ?? []).filter((flow) => flow.trader === trader);

const last = ({ token }: World): number => token.market[token.market.length - 1];

describe("a price that trades make", () => {
  const busy = { stakersSell: 0.3, buyers: 500, buyback: 200, vesting: seconds(90 * DAY) };
  const world = pooled(busy);

  it("loses and makes no token, with everybody trading, vesting and burning", () => {
    const { market } = world;
    if (market === null) throw new Error("there is no market");
    const held = new Map(holdersOf(world, market));
    expect([...held.values()].reduce((sum, units) => sum + units, 0n)).toBe(
      supplyOf(world, market),
    );
    expect(held.get("farmers, vesting")).toBeGreaterThan(0n);
    expect(market.tft.buyback).toBeGreaterThan(0n);
    const traders = new Set(market.flows.map(({ trader }) => trader));
    expect([...traders].sort()).toEqual(
      ["buyback", "buyers", "farmers", "stakers", "treasury", "users"].sort(),
    );
    // What moved in trades is what the pool has more or less of.
    const moved = market.flows.reduce((sum, { tft }) => sum + tft, 0n);
    expect(market.pool.tft).toBe(market.opened - moved);
  });

  it("is met by the bills of the next hours, and by nobody before", () => {
    const { market, token } = world;
    for (const [at, { second, usd }] of (market?.prices ?? []).entries()) {
      const hour = second / 3600;
      expect(token.market[hour]).toBe(usd);
      const before = market?.prices[at - 1]?.usd ?? token.market[0];
      expect(token.market[hour - 1]).toBe(before);
    }
    // The chain's average of each hour is that of the 24 before it, in whole 1e-3 USD.
    const milli = (hour: number): number =>
      Math.floor(token.market[Math.max(0, hour)] * 1000 + 0.5);
    for (let hour = 0; hour < 60 * 24; hour++) {
      let sum = 0;
      for (let back = 1; back <= 24; back++) sum += milli(hour - back);
      expect(token.average[hour]).toBe(Math.floor(sum / 24 + 0.5));
    }
  });

  it("does not exist where the price comes from outside", () => {
    expect(run(small({ fleet: { nodes: 5 } }, { length: seconds(3 * DAY) })).market).toBe(null);
  });
});

test("farmers sell no more than pays their costs, and users make the price rise", () => {
  const idle = { treasurySells: 0, fee: 0 };
  const quiet = pooled(idle);
  const users = flowsOf(quiet, "users");
  expect(users.length).toBeGreaterThan(5);
  const taken = flowsOf(quiet, "farmers").reduce((sum, { usd }) => sum + Number(usd), 0) / 1e7;
  const owed = quiet.market?.owed.reduce((sum, usd) => sum + usd, 0) ?? 0;
  const { nodes } = quiet.fleet;
  expect(taken).toBeGreaterThan(0);
  // Less than a month of 30 nodes that cost less than 100 USD each.
  expect(taken + owed).toBeLessThan(100 * nodes.count);
  // Who sells all of it at once gets a lower price.
  expect(last(pooled({ ...idle, surplus: 1 }))).toBeLessThan(last(quiet));
  // Dollars of others lift it, and so does burning.
  expect(last(pooled({ ...idle, buyers: 2_000 }))).toBeGreaterThan(last(quiet));
});
