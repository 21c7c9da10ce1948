import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DiscountLevel,
  discountedDue,
  discountFloors,
  discountLevel,
  discountLevels,
  dueAtLevel,
  levelFloor,
  monthlyCost,
} from "../../src/protocol/index.ts";
import { ArithmeticOverflow, seconds, tft } from "../../src/units/index.ts";
import { discounts } from "./billing-cases.ts";

const SETTINGS = { seed: 1_090, numRuns: 200 };
const hour = seconds(3_600);
const amounts = fc.bigInt(1n, 10n ** 12n).map(tft);

describe("the discount of a well filled account", () => {
  // A cost of 1000 an hour is 720000 a month.
  it.each([
    [1_079_999n, "None", 1000n],
    [1_080_000n, "Default", 800n],
    [2_159_999n, "Default", 800n],
    [2_160_000n, "Bronze", 700n],
    [4_319_999n, "Bronze", 700n],
    [4_320_000n, "Silver", 600n],
    [12_959_999n, "Silver", 600n],
    [12_960_000n, "Gold", 400n],
  ] as const)("with %s on the account is %s and %s of 1000 are due", (balance, level, due) => {
    const payer = { balance: tft(balance), certified: false };
    expect(discountedDue(tft(1000n), hour, payer, discounts)).toEqual({ due, level });
  });

  it.each([
    ["Bronze", 5n, false, 3n, "3.5 rounds down, for 0.7 is stored low"],
    ["None", 2n, true, 3n, "2.5 rounds up"],
    ["Gold", 5n, true, 3n, "2.5 rounds up, for 0.4 is stored high"],
    ["Silver", 1_000_000n, true, 750_000n, "the surcharge comes on top of the discount"],
  ] as const)("at %s, %s (certified %s) is %s: %s", (level, full, certified, due, _why) => {
    expect(dueAtLevel(tft(full), { level, certified }, discounts)).toBe(due);
  });

  it("is none and nothing for a bill of nothing", () => {
    const payer = { balance: tft(10n ** 12n), certified: true };
    expect(discountedDue(tft(0n), hour, payer, discounts)).toEqual({ due: 0n, level: "None" });
  });

  it("is undefined where no time passed or a month costs nothing", () => {
    const payer = { balance: tft(1n), certified: false };
    expect(() => discountedDue(tft(1n), seconds(0), payer, discounts)).toThrow(ArithmeticOverflow);
    const years = seconds(6_000_000);
    expect(() => discountedDue(tft(1n), years, payer, discounts)).toThrow(ArithmeticOverflow);
    expect(() => discountFloors(tft(0n), discounts)).toThrow(ArithmeticOverflow);
  });

  it("begins exactly at the floors of a level, for any cost and any time", () => {
    const elapsed = fc.integer({ min: 1, max: 100_000 }).map(seconds);
    fc.assert(
      fc.property(fc.bigInt(1n, 10n ** 9n).map(tft), elapsed, (full, time) => {
        const monthly = monthlyCost(full, time);
        if (monthly === 0n) return;
        const floors = discountFloors(monthly, discounts);
        for (const [rank, level] of discountLevels.entries()) {
          expect(discountLevel(monthly, floors[level], discounts)).toBe(level);
          expect(levelFloor(level, monthly, discounts)).toBe(floors[level]);
          if (rank === 0) continue;
          const below: DiscountLevel = discountLevels[rank - 1];
          const short = tft(floors[level] - 1n);
          expect(discountLevel(monthly, short, discounts)).toBe(below);
        }
      }),
      SETTINGS,
    );
  });

  it("compares whole numbers alone for a whole hour: 2 balance >= 3 monthly, and so on", () => {
    const gold = (monthly: bigint, balance: bigint): DiscountLevel => {
      if (balance >= 18n * monthly) return "Gold";
      if (balance >= 6n * monthly) return "Silver";
      if (balance >= 3n * monthly) return "Bronze";
      return 2n * balance >= 3n * monthly ? "Default" : "None";
    };
    fc.assert(
      fc.property(amounts, fc.bigInt(0n, 10n ** 17n), (full, balance) => {
        const monthly = monthlyCost(full, hour);
        expect(monthly).toBe(720n * full);
        expect(discountLevel(monthly, tft(balance), discounts)).toBe(gold(monthly, balance));
      }),
      SETTINGS,
    );
  });

  it("never makes a richer account pay more", () => {
    fc.assert(
      fc.property(amounts, fc.bigInt(0n, 10n ** 16n), fc.bigInt(0n, 10n ** 16n), (full, a, b) => {
        const due = (balance: bigint) =>
          discountedDue(full, hour, { balance: tft(balance), certified: false }, discounts).due;
        expect(due(a + b) <= due(a)).toBe(true);
      }),
      SETTINGS,
    );
  });
});
