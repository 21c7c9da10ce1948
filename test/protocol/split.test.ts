import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitBlock, splitLegacy, splitPolicy, splitReserve } from "../../src/protocol/index.ts";
import { tft } from "../../src/units/index.ts";
import { splits } from "./billing-cases.ts";
import { defaults } from "./defaults.ts";

const SETTINGS = { seed: 504_010, numRuns: 200 };
const amounts = fc.bigInt(0n, 10n ** 18n).map(tft);

describe("the split of a payment since spec 152", () => {
  it("gives away exactly what was paid, and the farmer or the foundation the remainder", () => {
    fc.assert(
      fc.property(amounts, fc.boolean(), (amount, hasNode) => {
        const { staking, foundation, farmer } = splitReserve(amount, hasNode, splits);
        expect(staking + foundation + farmer).toBe(amount);
        expect(staking >= 0n && foundation >= 0n && farmer >= 0n).toBe(true);
        if (!hasNode) expect(farmer).toBe(0n);
      }),
      SETTINGS,
    );
  });

  it.each([
    [100n, true, 10n, 40n, 50n],
    [101n, true, 10n, 40n, 51n],
    [1n, true, 0n, 0n, 1n],
    [100n, false, 10n, 90n, 0n],
  ])("shares %s (node %s) as %s, %s, %s", (amount, hasNode, staking, foundation, farmer) => {
    expect(splitReserve(tft(amount), hasNode, splits)).toEqual({ staking, foundation, farmer });
  });
});

describe("the shares of a scenario", () => {
  it("are held in whole percent, each under its own name", () => {
    const shares = { staking: 0.01, foundation: 0.02, nameStaking: 0.03 };
    const legacy = { legacyStaking: 0.04, legacyFoundation: 0.06, legacySales: 0.07 };
    expect(splitPolicy({ ...shares, ...legacy })).toEqual({
      ...{ staking: 1n, foundation: 2n, nameStaking: 3n },
      ...{ legacyStaking: 4n, legacyFoundation: 6n, legacySales: 7n },
    });
  });

  it("are the chain's where nobody says otherwise", () => {
    expect(splitPolicy(defaults(splitBlock))).toEqual({
      ...{ staking: 10n, foundation: 40n, nameStaking: 10n },
      ...{ legacyStaking: 5n, legacyFoundation: 10n, legacySales: 50n },
    });
  });
});

describe("the split of a payment up to spec 151", () => {
  it.each([
    // amount, takes, to the providers, to sales, left with the payer
    [1_000n, [], [], 500n, 0n],
    [1_000n, [10n], [100n], 400n, 0n],
    [1_000n, [20n, 29n], [200n, 290n], 10n, 0n],
    [1_000n, [25n, 25n], [250n, 250n], 0n, 0n],
    [1_000n, [50n, 10n], [500n, 100n], 0n, -100n],
    // What is taken is added up in 8 bits, and above the whole counts as the whole: sales have 46.
    [1_000n, [200n, 60n], [1_000n, 600n], 460n, -1_560n],
  ])("of %s with takes of %s leaves sales what providers do not take", (amount, takes, ...rest) => {
    const [providers, sales, left] = rest;
    const fixed = { foundation: 100n, staking: 50n, burn: 350n };
    expect(splitLegacy(tft(amount), takes, splits)).toEqual({ ...fixed, providers, sales, left });
  });

  it("accounts for every unit: shares, burn and what the rounding leaves", () => {
    const takes = fc.array(fc.bigInt(0n, 25n), { maxLength: 2 });
    fc.assert(
      fc.property(amounts, takes, (amount, percents) => {
        const split = splitLegacy(amount, percents, splits);
        const shared = split.providers.reduce((sum, share) => sum + share, 0n);
        const spent = split.foundation + split.staking + split.sales + split.burn + shared;
        expect(spent + split.left).toBe(amount);
      }),
      SETTINGS,
    );
  });

  it("leaves one unit of an odd amount with the payer, for half is rounded down twice", () => {
    expect(splitLegacy(tft(101n), [], splits).left).toBe(1n);
    expect(splitLegacy(tft(100n), [], splits).left).toBe(0n);
  });

  it("burns about 35 %", () => {
    expect(splitLegacy(tft(1_000_000n), [], splits).burn).toBe(350_000n);
  });

  it("can ask the payer for a unit more than was paid, where the shares round up", () => {
    expect(splitLegacy(tft(6n), [10n, 10n, 10n, 10n, 10n], splits).left).toBe(-2n);
  });
});
