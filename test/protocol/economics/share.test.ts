import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { least } from "../../../src/protocol/economics/share.ts";
import { divide, percentIn, proRata, sharesOf } from "../../../src/protocol/index.ts";

const SETTINGS = { seed: 504_101, numRuns: 300 };
const amounts = fc.bigInt(0n, 10n ** 18n);

describe("shares in percent", () => {
  const thirds = sharesOf([
    ["farmer", 34],
    ["farming pool", 33],
    ["burned", 33],
  ]);

  it("give away exactly the amount, and each but the first is floored", () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const [first, ...rest] = divide(amount, thirds).map((part) => part.amount);
        expect(rest).toEqual([(amount * 33n) / 100n, (amount * 33n) / 100n]);
        expect((first ?? 0n) + rest.reduce((sum, part) => sum + part, 0n)).toBe(amount);
      }),
      SETTINGS,
    );
  });

  it("give the remainder of a unit to the first", () => {
    expect(divide(1n, thirds).map((part) => part.amount)).toEqual([1n, 0n, 0n]);
    expect(divide(100n, thirds).map((part) => part.amount)).toEqual([34n, 33n, 33n]);
  });

  it("are refused as a mistake of ours where they do not sum to 100 %", () => {
    const short = sharesOf([["farmer", 99]]);
    expect(percentIn(short)).toBe(99n);
    expect(() => divide(1n, short)).toThrow("99 %");
  });
});

describe("shares by weight", () => {
  const weights = fc
    .array(fc.bigInt(0n, 10n ** 15n), { minLength: 1, maxLength: 20 })
    .filter((all) => all.some((weight) => weight > 0n));

  it("sum to the amount, are within a unit of their proportion, and pay no weight nothing", () => {
    fc.assert(
      fc.property(amounts, weights, (amount, all) => {
        const whole = all.reduce((sum, weight) => sum + weight, 0n);
        const parts = proRata(amount, all);
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(amount);
        for (const [row, part] of parts.entries()) {
          const weight = all[row] ?? 0n;
          const off = part * whole - amount * weight;
          expect(off < whole && -off < whole).toBe(true);
          if (weight === 0n) expect(part).toBe(0n);
        }
      }),
      SETTINGS,
    );
  });

  it("need a weight above zero", () => {
    expect(() => proRata(5n, [0n, 0n])).toThrow("none is above zero");
  });
});

describe("the smaller of two amounts", () => {
  it.each([
    [1n, 2n, 1n],
    [2n, 1n, 1n],
    [2n, 2n, 2n],
    [-1n, 0n, -1n],
  ])("of %s and %s is %s", (a, b, smaller) => {
    expect(least(a, b)).toBe(smaller);
  });
});
