import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  closeExit,
  type ExitOffer,
  type ExitPool,
  exitLimit,
  exitRules,
  highestExitPrice,
  offerExit,
  usdc,
} from "../../../src/protocol/index.ts";

const COIN = 1_000_000n;
const coins = (whole: bigint) => usdc(whole * COIN);
const thousands = (count: bigint) => coins(count * 1_000n);

/** A pool of sixty million, of which 5 % are three; a TFTF is worth 14 cents. */
const pool: ExitPool = {
  money: coins(60_000_000n),
  contributed: coins(60_000_000n),
  exited: usdc(0n),
  reference: usdc(140_000n),
};

const BIDS: readonly (readonly [string, bigint, bigint])[] = [
  ["A", 500n, 88_000n],
  ["B", 600n, 90_000n],
  ["C", 400n, 92_000n],
  ["D", 700n, 95_000n],
  ["E", 300n, 98_000n],
  ["F", 200n, 100_000n],
  ["G", 500n, 105_000n],
  ["H", 400n, 110_000n],
];
const offers: readonly ExitOffer[] = BIDS.map(([holder, amount, price]) => ({
  holder,
  amount: thousands(amount),
  price: usdc(price),
}));

describe("the exit auction", () => {
  it("fills from the lowest price while offers fit, and all leave at the last one's price", () => {
    const result = closeExit([...offers].reverse(), pool, exitRules);
    expect(exitLimit(pool, exitRules)).toBe(coins(3_000_000n));
    expect(result.fills.map(({ holder }) => holder)).toEqual(["A", "B", "C", "D", "E", "F"]);
    expect(result.price).toBe(100_000n);
    expect(result.paid).toBe(thousands(2_700n));
    // Half a million at ten cents are five million TFTF, although A asked for less.
    expect(result.fills[0]?.given).toBe(5_000_000n * 10_000_000n);
  });

  it("keeps a discount of a fifth: what asks for more is refused, and left out", () => {
    expect(highestExitPrice(pool, exitRules)).toBe(112_000n);
    const dear = { holder: "Z", amount: usdc(1n), price: usdc(112_001n) };
    const refusal = { ok: false, error: "DiscountTooSmall" };
    expect(offerExit([], dear, pool, exitRules)).toEqual(refusal);
    expect(offerExit([], { ...dear, price: usdc(112_000n) }, pool, exitRules).ok).toBe(true);
    expect(closeExit([dear], pool, exitRules)).toEqual({ price: null, fills: [], paid: 0n });
  });

  it("refuses an empty offer", () => {
    const empty = { holder: "Z", amount: usdc(0n), price: usdc(1n) };
    const refusal = { ok: false, error: "EmptyOffer" };
    expect(offerExit([], empty, pool, exitRules)).toEqual(refusal);
    const free = { holder: "Z", amount: usdc(1n), price: usdc(0n) };
    expect(offerExit([], free, pool, exitRules)).toEqual(refusal);
  });

  it("keeps offers in the order in which they were made", () => {
    const [first, second] = offers;
    if (first === undefined || second === undefined) throw new Error("there are eight offers");
    expect(offerExit([first], second, pool, exitRules)).toEqual({
      ok: true,
      value: [first, second],
    });
  });

  it("takes offers at the discounted price, and those that use up the limit", () => {
    const offer = { holder: "Z", amount: thousands(3_000n), price: usdc(112_000n) };
    expect(closeExit([offer], pool, exitRules)).toMatchObject({
      price: 112_000n,
      paid: thousands(3_000n),
    });
    const more = { ...offer, amount: usdc(offer.amount + 1n) };
    expect(closeExit([more], pool, exitRules)).toEqual({ price: null, fills: [], paid: 0n });
  });

  it.each([1n, 2n])("of equal prices takes the earlier offer first, of %s pairs", (pairs) => {
    const names = ["A", "B", "C", "D"].slice(0, Number(2n * pairs));
    const amount = coins(3_000_000n / pairs);
    const same = names.map((holder) => ({ holder, amount, price: usdc(100_000n) }));
    const { fills } = closeExit(same, pool, exitRules);
    expect(fills.map(({ holder }) => holder)).toEqual(names.slice(0, Number(pairs)));
  });

  it("lets no more than half of all that was ever put in leave", () => {
    const nearly = { ...pool, exited: coins(29_999_000n) };
    expect(exitLimit(nearly, exitRules)).toBe(coins(1_000n));
    expect(exitLimit({ ...pool, exited: coins(40_000_000n) }, exitRules)).toBe(0n);
  });

  it("has one price, respects every least price and the limit, and gives the pool its due", () => {
    const all = fc.array(
      fc.record({
        holder: fc.string({ maxLength: 3 }),
        amount: fc.bigInt(1n, 2_000_000n * COIN).map(usdc),
        price: fc.bigInt(1n, 140_000n).map(usdc),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(all, (made) => {
        const { price, fills, paid } = closeExit(made, pool, exitRules);
        expect(fills.reduce((sum, fill) => sum + fill.paid, 0n)).toBe(paid);
        expect(paid <= exitLimit(pool, exitRules)).toBe(true);
        if (price === null) return;
        expect(price <= highestExitPrice(pool, exitRules)).toBe(true);
        for (const fill of fills) {
          expect(fill.given * price >= fill.paid * 10_000_000n).toBe(true);
          expect((fill.given - 1n) * price < fill.paid * 10_000_000n).toBe(true);
        }
        const cheaper = made.filter((offer) => offer.price < price).length;
        expect(fills.length).toBeGreaterThan(cheaper);
      }),
      { seed: 504_108, numRuns: 200 },
    );
  });
});
