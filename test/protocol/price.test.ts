import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  averagePrice,
  effectivePrice,
  emptyFeed,
  FEED_LENGTH,
  type PriceFeed,
  priceBlock,
  priceBounds,
  push,
  pushMany,
  toTft,
} from "../../src/protocol/index.ts";
import { ArithmeticOverflow, milliUsd, usd } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";

const SETTINGS = { seed: 1_440, numRuns: 40 };
const BOUNDS = { floor: milliUsd(10n), cap: milliUsd(1_000n) };

/** The ring buffer as the chain keeps it: one place a sample, the oldest overwritten. */
function ring(samples: readonly bigint[]): bigint {
  const kept = samples.slice(-FEED_LENGTH);
  if (kept.length === 0) return 0n;
  const sum = kept.reduce((total, price) => total + price, 0n);
  const capped = sum > 4_294_967_295n ? 4_294_967_295n : sum;
  const count = BigInt(kept.length);
  const bits = (capped << 32n) / count;
  return (bits + (1n << 31n)) >> 32n;
}

describe("the price feed", () => {
  const price = fc.oneof(fc.bigInt(0n, 40n), fc.bigInt(0n, 4_294_967_295n));
  const pushes = fc.array(fc.tuple(price, fc.integer({ min: 0, max: 700 })), { maxLength: 12 });

  it("gives the mean of the last samples, however they were pushed", () => {
    fc.assert(
      fc.property(pushes, (runs) => {
        let many: PriceFeed = emptyFeed;
        const samples: bigint[] = [];
        for (const [value, count] of runs) {
          many = pushMany(many, milliUsd(value), count);
          for (let i = 0; i < count; i++) samples.push(value);
        }
        let single: PriceFeed = emptyFeed;
        for (const value of samples) single = push(single, milliUsd(value));
        expect(many).toEqual(single);
        expect(averagePrice(many)).toBe(ring(samples));
      }),
      SETTINGS,
    );
  });

  it.each([
    [[], 0n, "zero before the first sample, so that bills use the floor"],
    [[10n, 11n], 11n, "a half goes up"],
    [[10n, 10n, 11n], 10n, "a third goes down"],
    [[2_000_000n], 2_000_000n, "the stored average knows no bounds"],
  ] as const)("of %s is %s: %s", (samples, mean, _why) => {
    let feed: PriceFeed = emptyFeed;
    for (const sample of samples) feed = push(feed, milliUsd(sample));
    expect(averagePrice(feed)).toBe(mean);
  });

  it("understates a mean whose sum leaves 32 bits", () => {
    const feed = pushMany(emptyFeed, milliUsd(3_000_000n), FEED_LENGTH);
    expect(averagePrice(feed)).toBe(2_982_616n);
  });

  it("forgets a whole run with its last sample, and part of a run before", () => {
    const of = (...runs: readonly (readonly [bigint, number])[]) =>
      runs.reduce((feed, [price, count]) => pushMany(feed, milliUsd(price), count), emptyFeed);
    const three = of([1n, 700], [2n, 740], [3n, 700]);
    expect(three).toEqual(of([2n, 740], [3n, 700]));
    expect(three.runs).toHaveLength(2);
    expect(of([1n, 700], [2n, 740], [3n, 699]).runs[0]).toEqual({ price: 1n, count: 1 });
  });

  it("is left as it was by no samples, and takes whole numbers of them alone", () => {
    const feed = pushMany(emptyFeed, milliUsd(12n), 3);
    expect(pushMany(feed, milliUsd(13n), 0)).toBe(feed);
    expect(() => pushMany(feed, milliUsd(12n), -1)).toThrow("whole numbers");
    expect(() => pushMany(feed, milliUsd(12n), 0.5)).toThrow("whole numbers");
  });

  it("does not change the feed it was given", () => {
    const before = pushMany(emptyFeed, milliUsd(12n), 1_440);
    const told = JSON.stringify(before.runs, (_k, v) => (typeof v === "bigint" ? `${v}` : v));
    pushMany(before, milliUsd(13n), 700);
    expect(JSON.stringify(before.runs, (_k, v) => (typeof v === "bigint" ? `${v}` : v))).toBe(told);
  });
});

describe("the billed price", () => {
  it("has the bounds of the scenario, the chain's where nobody says otherwise", () => {
    expect(priceBounds(defaults(priceBlock))).toEqual(BOUNDS);
    expect(priceBounds({ floor: 7, cap: 9 })).toEqual({ floor: 7n, cap: 9n });
  });

  it.each([
    [0n, 10n],
    [10n, 10n],
    [11n, 11n],
    [1_000n, 1_000n],
    [1_001n, 1_000n],
  ])("of an average of %s thousandths is %s", (average, price) => {
    expect(effectivePrice(milliUsd(average), BOUNDS)).toBe(price);
  });

  it("is the cap where the bounds are inverted", () => {
    const inverted = { floor: milliUsd(50n), cap: milliUsd(20n) };
    expect(effectivePrice(milliUsd(30n), inverted)).toBe(20n);
  });

  it("turns 0.01 USD at 0.05 USD for one TFT into a fifth of a TFT", () => {
    expect(toTft(usd(100_000n), milliUsd(50n))).toBe(2_000_000n);
  });

  it("has no answer at a price of zero", () => {
    expect(() => toTft(usd(1n), milliUsd(0n))).toThrow(ArithmeticOverflow);
  });
});
