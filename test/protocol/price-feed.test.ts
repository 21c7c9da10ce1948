import { describe, expect, it } from "vitest";
import { lowestOffer, unitPrice } from "../../src/protocol/index.ts";
import { milliUsd } from "../../src/units/index.ts";
import { root, Stage } from "./stage.ts";

const tell = (stage: Stage, price: number, who = "v1") =>
  stage.act(who, "price.set_prices", { price, block_number: 5 });

describe("the price", () => {
  it("is told by validators of the session, for free", () => {
    const stage = new Stage();
    expect(tell(stage, 50, "c1")).toBe("TFTPriceModule.AccountUnauthorizedToSetPrice");
    expect(stage.act(root, "price.set_prices", { price: 1, block_number: 1 })).toBe("BadOrigin");
    expect(tell(stage, 50)).toBe("No");
    expect(stage.state.price).toMatchObject({ current: 50n, average: 50n, lastSet: 5 });
  });

  it("has an average that is stored as it is, and warned about", () => {
    const stage = new Stage();
    tell(stage, 5);
    tell(stage, 3_000);
    expect(
      stage.events.map((event) => [event.event.split(".")[1], ...Object.values(event).slice(1)]),
    ).toEqual([
      ["PriceStored", 5n],
      ["AveragePriceStored", 5n],
      ["AveragePriceIsBelowMinPrice", 5n, 10n],
      ["PriceStored", 3_000n],
      ["AveragePriceStored", 1_503n],
      ["AveragePriceIsAboveMaxPrice", 1_503n, 1_000n],
    ]);
  });

  it("is not warned about where its average is its floor or its cap", () => {
    for (const price of [10, 1_000]) {
      const stage = new Stage();
      tell(stage, price);
      expect(stage.names).toEqual([
        "TFTPriceModule.PriceStored",
        "TFTPriceModule.AveragePriceStored",
      ]);
    }
  });

  it("is understated above what the sum holds", () => {
    const stage = new Stage();
    tell(stage, 4_294_967_295);
    tell(stage, 4_294_967_295);
    expect(stage.state.price.average).toBe(2_147_483_648n);
  });

  it("has a floor below its cap", () => {
    const stage = new Stage();
    const floor = (price: number) => stage.act(root, "price.set_min_tft_price", { price });
    const cap = (price: number) => stage.act(root, "price.set_max_tft_price", { price });
    expect(floor(1_000)).toBe("TFTPriceModule.MinPriceAboveMaxPriceError");
    expect(floor(999)).toBe("Yes");
    expect(cap(999)).toBe("TFTPriceModule.MaxPriceBelowMinPriceError");
    expect(cap(1_001)).toBe("Yes");
    expect(stage.state.price.bounds).toEqual({ floor: 999n, cap: 1_001n });
    expect(stage.names).toEqual([]);
    expect(stage.act("v1", "price.set_min_tft_price", { price: 1 })).toBe("BadOrigin");
  });
});

describe("the worker beside the chain", () => {
  it.each([
    [["0.0328655", "0.0340713"], 33n],
    [["3.1", "2.9999", "4"], 3_000n],
    [["0.0005"], 1n],
    [["0.0004999999"], 0n],
    [["5.", ".25"], 250n],
    [["+1"], 1_000n],
    [[], null],
    [["12.5", "130"], 12_500n],
    [["1", "x"], null],
    [["x", "1"], null],
    [["-0"], 0n],
    [["-1"], null],
    [["1e3"], null],
    [["4294967296"], null],
  ])("takes of %j the lowest: %s", (offers, price) => {
    expect(lowestOffer(offers)).toBe(price);
  });

  it.each([
    // 2147483 and 2147484 steps of 2^-32 lie about half a mUSD; 6442450 and 6442451 about 1.5.
    ["an odd one up", 2n * 2_147_483n + 1n, 1n],
    ["an even one down", 2n * 6_442_450n + 1n, 1n],
  ])("rounds what lies between two steps to the even one: %s", (_, halves, price) => {
    const digits = (halves * 5n ** 33n).toString().padStart(33, "0");
    expect(lowestOffer([`0.${digits}`])).toBe(price);
  });

  it.each([
    [149n, 100n, 1n],
    [150n, 100n, 2n],
    [49n, 100n, 0n],
    [1n, 0n, null],
  ])("divides %d by %d", (total, amount, price) => {
    expect(unitPrice(milliUsd(total), amount)).toBe(price);
  });
});
