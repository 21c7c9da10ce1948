import { describe, expect, it } from "vitest";
import {
  buyTokens,
  type MarketValues,
  openPool,
  type Pool,
  priceIn,
  sellTokens,
  spendDollars,
} from "../../src/models/index.ts";
import { setting } from "../world/setting.ts";

const { market } = setting().assumptions;
const free: MarketValues = { ...market, fee: 0 };
const TFT = 10_000_000n;
const of = (tft: bigint, usd: bigint): Pool => ({ tft: tft * TFT, usd: usd * TFT });

/** A month by hand: farmers sell 100 TFT whatever they get, others buy for 8 USD. */
function month(pool: Pool): Pool {
  const sold = sellTokens(pool, 100n * TFT, free).pool;
  return spendDollars(sold, 8n * TFT, free).pool;
}

describe("a pool whose product stays", () => {
  it("pays and charges by hand, to the last unit", () => {
    // 400 x 40 = 500 x 32: whoever brings 100 TFT takes 8 USD, and 8 USD bring them back.
    const sold = sellTokens(of(400n, 40n), 100n * TFT, free);
    expect(sold).toEqual({ pool: of(500n, 32n), tft: 100n * TFT, usd: 8n * TFT });
    const back = { pool: of(400n, 40n), tft: 100n * TFT, usd: 8n * TFT };
    expect(buyTokens(sold.pool, 100n * TFT, free)).toEqual(back);
    expect(spendDollars(sold.pool, 8n * TFT, free)).toEqual(back);
  });

  it("is fixed where the buyers' dollars are what the sellers take, and nowhere else", () => {
    const fixed = of(400n, 40n);
    expect(month(fixed)).toEqual(fixed);
    expect(priceIn(fixed)).toBe(0.1);
    // The same product at a fourth and at four times the price: neither stays where it is.
    for (const start of [of(800n, 20n), of(200n, 80n), of(1_600n, 10n)]) {
      let pool = month(start);
      expect(pool).not.toEqual(start);
      for (let times = 0; times < 400; times++) pool = month(pool);
      expect(priceIn(pool)).toBeCloseTo(0.1, 5);
    }
  });

  it("keeps what does not divide, and its fee: no trade leaves a smaller product", () => {
    const product = ({ tft, usd }: Pool): bigint => tft * usd;
    for (const values of [free, market]) {
      let pool: Pool = { tft: 1_000_003n, usd: 777_777n };
      for (let number = 1n; number < 60n; number++) {
        const before = product(pool);
        pool = sellTokens(pool, 97n * number, values).pool;
        pool = spendDollars(pool, 41n * number, values).pool;
        pool = buyTokens(pool, 13n * number, values).pool;
        expect(product(pool)).toBeGreaterThanOrEqual(before);
      }
    }
  });

  it("has the depth and the price that it opens with", () => {
    const pool = openPool({ ...market, depth: 122_000 }, 0.0445);
    expect(priceIn(pool)).toBeCloseTo(0.0445, 9);
    // tft_dex_depth.csv: 100,000 USD bought at 0.081 USD a TFT in the mean.
    const bought = spendDollars(pool, 100_000n * TFT, free);
    expect(Number(bought.usd) / Number(bought.tft)).toBeCloseTo(0.081, 3);
    // A month's mint of 5,000,000 TFT takes most of the price (evidence: 78 to 96 %).
    const flooded = priceIn(sellTokens(pool, 5_000_000n * TFT, free).pool) / 0.0445;
    expect(flooded).toBeGreaterThan(0.04);
    expect(flooded).toBeLessThan(0.22);
  });
});
