import { describe, expect, it } from "vitest";
import { keyOf, loadScenario } from "../../src/run/index.ts";
import type { World } from "../../src/world/index.ts";
import { root, textOf } from "../house/source.ts";
import { run } from "./money.ts";

/** Worked by hand on the page: what is minted and charged, and every trade and pool after it. */
const MINTED = 134_058_875_000n;
const CHARGED = 5_194_502_795n;
const SHARE = 862_501_398n;
const TRADES = [
  [5_184_000, "farmers", -36_484_000_000n, 726_170_254n],
  [7_776_000, "farmers", -37_346_501_398n, 740_607_487n],
  [7_776_000, "users", 12_160_120_000n, -242_292_596n],
  [10_368_000, "farmers", -38_104_000_000n, 753_712_119n],
] as const;
const POOL = { tft: 20_099_774_381_398n, usd: 398_021_802_736n };
const DEAR_TRADES = [
  [5_184_000, "farmers", -36_484_000_000n, 726_170_254n],
  [7_776_000, "farmers", -36_484_000_000n, 723_534_470n],
  [10_368_000, "farmers", -36_484_000_000n, 720_913_018n],
] as const;
const DEAR_POOL = { tft: 20_109_452_000_000n, usd: 397_829_382_258n };

function market(set: readonly string[] = []) {
  const loaded = loadScenario(`${root}/scenarios/hand/market.yaml`, { set });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const { setup, run: settings } = loaded.value;
  let brought = 0n;
  const see = ({ ledger, market: pool }: World): void => {
    if (pool?.prices.at(-1)?.second === 7_776_000 && brought === 0n) brought = ledger.farmers.value;
  };
  // The last period ends with the run.
  const world = run(setup, { seed: keyOf(settings.seed), check: true, see });
  return { world, charged: world.closings.at(-1)?.charged, brought };
}

const tradesOf = ({ market: pool }: World) =>
  pool?.flows.map(({ second, trader, tft, usd }) => [second, trader, tft, usd]);

describe("a market of two farms, worked by hand", () => {
  const usual = market();

  it("is minted and charged to the last unit", () => {
    expect(usual.world.ledger.minted.value).toBe(MINTED);
    expect(usual.charged).toBe(CHARGED);
    expect(usual.brought).toBe(SHARE);
  });

  it("trades to the last unit, and leaves the pool with the price that follows", () => {
    expect(tradesOf(usual.world)).toEqual(TRADES);
    expect(usual.world.market?.pool).toEqual(POOL);
    const { market: path } = usual.world.token;
    expect(path[path.length - 1]).toBe(Number(POOL.usd) / Number(POOL.tft));
  });

  it("loses the farm that earns less than it costs, after two paydays, and no other", () => {
    const { farmers, fleet } = usual.world;
    expect([...farmers.off.subarray(0, 2)]).toEqual([0, 1]);
    expect([fleet.farms.nodes[0], fleet.farms.nodes[1]]).toEqual([2, 0]);
    const left = fleet.nodes.left[2];
    expect(left).toBeGreaterThan(7_892_640);
    expect(left).toBeLessThan(7_892_640 + 7 * 86_400);
  });

  it("has no user where compute is twice as dear, and ends at a lower price", () => {
    const dear = market(["pricing.cu=0.02 USD/h"]);
    expect(dear.charged).toBe(0n);
    expect(dear.world.ledger.minted.value).toBe(MINTED);
    expect(tradesOf(dear.world)).toEqual(DEAR_TRADES);
    expect(dear.world.market?.pool).toEqual(DEAR_POOL);
  });

  it("has its user back where nobody answers to prices", () => {
    const deaf = market(["pricing.cu=0.02 USD/h", "response.elasticity=0"]);
    expect(deaf.charged).toBeGreaterThan(CHARGED);
  });

  it("stands on the page as it stands here", () => {
    const page = textOf("docs/hand-worked.md");
    const amounts = [...TRADES, ...DEAR_TRADES].flatMap(([, , tft, usd]) => [tft, usd]);
    const pools = [POOL, DEAR_POOL].flatMap(({ tft, usd }) => [tft, usd]);
    const numbers = [MINTED, CHARGED, SHARE, ...amounts, ...pools].map((count) =>
      String(count)
        .replace("-", "")
        .replace(/\B(?=(\d{3})+$)/g, ","),
    );
    expect(numbers.filter((number) => !page.includes(number))).toEqual([]);
  });
});
