import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ArithmeticOverflow,
  addFixed,
  divFixed,
  divFixedBy,
  Fault,
  fixed,
  fixedFromBits,
  fixedFromDouble,
  mulFixed,
  perbillOf,
  perbillPercentOf,
  percentOf,
  roundFixed,
  scaleFixed,
  wholePercent,
  within64,
} from "../../src/units/index.ts";

const SETTINGS = { seed: 20240311, numRuns: 500 };

describe("the chain's fixed point", () => {
  it("truncates products and quotients to 2^-64", () => {
    const third = divFixedBy(fixed(1n), 3n);
    expect(third).toBe((1n << 64n) / 3n);
    expect(divFixed(fixed(1n), fixed(3n))).toBe(third);
    expect(mulFixed(third, fixed(3n))).toBe((1n << 64n) - 1n);
  });

  it("multiplies exactly by a whole number", () => {
    const bits = fc.bigInt(0n, 1n << 100n);
    fc.assert(
      fc.property(bits, fc.bigInt(0n, 1n << 27n), (raw, whole) => {
        expect(scaleFixed(fixedFromBits(raw), whole)).toBe(raw * whole);
      }),
      SETTINGS,
    );
  });

  it("rounds to the nearest whole number and goes up on a tie", () => {
    expect(roundFixed(fixedFromDouble(2.5))).toBe(3n);
    expect(roundFixed(fixedFromDouble(3.5))).toBe(4n);
    expect(roundFixed(fixedFromBits(fixedFromDouble(2.5) - 1n))).toBe(2n);
  });

  it("takes 0.8 and 0.4 a little high and 0.7 and 0.6 a little low", () => {
    const tenths = (count: bigint) => (count << 64n) / 10n;
    expect(fixedFromDouble(0.8)).toBeGreaterThan(tenths(8n));
    expect(fixedFromDouble(0.4)).toBeGreaterThan(tenths(4n));
    expect(fixedFromDouble(0.7)).toBeLessThan(tenths(7n));
    expect(fixedFromDouble(0.6)).toBeLessThan(tenths(6n));
    expect(fixedFromDouble(1.25)).toBe((5n << 64n) / 4n);
  });

  it("calls a result undefined where the chain's 128 bits end or a divisor is zero", () => {
    const top = fixed((1n << 64n) - 1n);
    expect(() => fixed(1n << 64n)).toThrow(ArithmeticOverflow);
    expect(() => addFixed(top, fixed(1n))).toThrow(ArithmeticOverflow);
    expect(() => mulFixed(top, fixed(2n))).toThrow(ArithmeticOverflow);
    expect(() => scaleFixed(top, 2n)).toThrow(ArithmeticOverflow);
    expect(() => divFixed(top, fixed(0n))).toThrow(ArithmeticOverflow);
    expect(() => divFixedBy(top, 0n)).toThrow(ArithmeticOverflow);
    expect(() => within64(1n << 64n)).toThrow(ArithmeticOverflow);
    expect(within64((1n << 64n) - 1n)).toBe((1n << 64n) - 1n);
  });

  it("refuses a double with digits finer than 2^-64", () => {
    expect(() => fixedFromDouble(2 ** -70)).toThrow(Fault);
  });
});

describe("a percentage of a whole amount", () => {
  it.each([
    [50n, 1n, 0n, "a half goes down"],
    [50n, 3n, 1n, "one and a half goes down"],
    [25n, 2n, 0n, "a half goes down"],
    [40n, 2n, 1n, "0.8 is nearest to 1"],
    [10n, 16n, 2n, "1.6 is nearest to 2"],
    [101n, 50n, 50n, "more than all counts as all"],
  ])("%s %% of %s is %s: %s", (percent, amount, result) => {
    expect(percentOf(percent, amount)).toBe(result);
    expect(perbillPercentOf(percent, amount)).toBe(result);
  });

  it("is never further than a half from the exact product", () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 1_000_000_000n), fc.bigInt(0n, 1n << 64n), (parts, amount) => {
        const twice = 2n * (perbillOf(parts, amount) * 1_000_000_000n - parts * amount);
        expect(twice >= -1_000_000_000n && twice < 1_000_000_000n).toBe(true);
      }),
      SETTINGS,
    );
  });

  it("is read from a share only where the share is whole percent", () => {
    expect(wholePercent(0.29)).toBe(29n);
    expect(() => wholePercent(0.295)).toThrow(Fault);
  });
});
