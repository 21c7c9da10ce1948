import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  divideAmongPositions,
  type Holding,
  sellFromPool,
  withdraw,
} from "../../../src/protocol/index.ts";
import { seconds } from "../../../src/units/index.ts";

const SETTINGS = { seed: 504_107, numRuns: 200 };
const holding = (holder: string, token: bigint, counter = 0n): Holding => ({
  holder,
  token,
  counter,
  lockedUntil: null,
});

describe("a pool whose holders trade together", () => {
  it("takes 5 % of a sale from a holder of 5 %, who has 5 % of the payment less the spread", () => {
    const before = [holding("x", 500n), holding("y", 9_500n)];
    const after = sellFromPool(before, { sold: 1_000n, paid: 200n, spread: 20n });
    if (!after.ok) throw new Error(after.error);
    expect(after.value.map(({ token, counter }) => [token, counter])).toEqual([
      [450n, 9n],
      [8_550n, 171n],
    ]);
  });

  it("refuses to sell more than it has and leaves a holder without tokens alone", () => {
    const holdings = [holding("x", 5n), holding("y", 0n, 7n)];
    const trade = { sold: 6n, paid: 1n, spread: 0n };
    expect(sellFromPool(holdings, trade)).toEqual({ ok: false, error: "MoreThanThePoolHas" });
    const all = sellFromPool(holdings, { ...trade, sold: 5n });
    expect(all.ok && all.value[1]).toEqual(holding("y", 0n, 7n));
  });

  it("keeps a spread that is a part of the payment, none or all of it", () => {
    const holdings = [holding("x", 5n)];
    const sell = (spread: bigint) => sellFromPool(holdings, { sold: 1n, paid: 10n, spread });
    const gained = [0n, 10n].map((spread) => {
      const after = sell(spread);
      return after.ok ? after.value[0]?.counter : after.error;
    });
    expect(gained).toEqual([10n, 0n]);
    for (const spread of [-1n, 11n])
      expect(() => sell(spread)).toThrow("a spread is a part of the payment");
    const nothing = sellFromPool(holdings, { sold: 0n, paid: 0n, spread: 0n });
    expect(nothing.ok && nothing.value).toBe(holdings);
  });

  it("lets a holder take out all that is held, and not one unit more", () => {
    const taken = withdraw(holding("x", 5n), 5n, seconds(0));
    expect(taken.ok && taken.value.token).toBe(0n);
    expect(withdraw(holding("x", 5n), 6n, seconds(0))).toEqual({
      ok: false,
      error: "MoreThanHeld",
    });
  });

  it("conserves what is sold and what is paid, to the unit, and nobody goes below zero", () => {
    const holders = fc.array(fc.bigInt(0n, 10n ** 16n), { minLength: 1, maxLength: 12 });
    const parts = fc.tuple(fc.nat(1_000), fc.bigInt(0n, 10n ** 16n), fc.nat(1_000));
    fc.assert(
      fc.property(holders, parts, (tokens, [part, paid, keep]) => {
        const holdings = tokens.map((token, row) => holding(`${row}`, token));
        const whole = tokens.reduce((sum, token) => sum + token, 0n);
        const sold = (whole * BigInt(part)) / 1_000n;
        const spread = (paid * BigInt(keep)) / 1_000n;
        const after = sellFromPool(holdings, { sold, paid, spread });
        if (!after.ok) throw new Error(after.error);
        const left = after.value.reduce((sum, { token }) => sum + token, 0n);
        const gained = after.value.reduce((sum, { counter }) => sum + counter, 0n);
        expect(left + sold).toBe(whole);
        expect(gained + spread).toBe(sold === 0n ? spread : paid);
        expect(after.value.every(({ token, counter }) => token >= 0n && counter >= 0n)).toBe(true);
      }),
      SETTINGS,
    );
  });

  it("lets nobody out before the end of a lock-up, or with more than is held", () => {
    const locked = { ...holding("x", 10n), lockedUntil: seconds(100) };
    expect(withdraw(locked, 1n, seconds(99))).toEqual({ ok: false, error: "LockedUp" });
    expect(withdraw(locked, 11n, seconds(100))).toEqual({ ok: false, error: "MoreThanHeld" });
    expect(withdraw(locked, 4n, seconds(100))).toMatchObject({ ok: true, value: { token: 6n } });
  });
});

describe("positions by amount and time", () => {
  const position = (amount: bigint, since: number) => ({
    holder: "",
    amount,
    since: seconds(since),
  });

  it("weigh a thousand for a year as much as two thousand for half of it", () => {
    const positions = [position(1_000n, 0), position(2_000n, 50)];
    expect(divideAmongPositions(80n, positions, seconds(100))).toEqual([40n, 40n]);
  });

  it("earn nothing before they begin", () => {
    const positions = [position(1_000n, 100), position(1n, 50)];
    expect(divideAmongPositions(7n, positions, seconds(100))).toEqual([0n, 7n]);
    expect(divideAmongPositions(7n, positions, seconds(0))).toEqual([0n, 0n]);
  });
});
