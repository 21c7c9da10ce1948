import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blake2b256, hexadecimal } from "../../src/protocol/blake2b.ts";
import type { MintUnits } from "../../src/protocol/capacity.ts";
import { mintUnits } from "../../src/protocol/capacity.ts";
import {
  type Fixup,
  fixupReward,
  fixupText,
  float,
  payoutLine,
  retryText,
} from "../../src/protocol/receipt.ts";
import { milliUsd, seconds, tft } from "../../src/units/index.ts";
import { resourcesOf } from "./minting-cases.ts";

const amount = (usd: bigint, units: bigint) => ({ usd: milliUsd(usd), tft: tft(units) });

describe("the hash of a receipt", () => {
  // RFC 7693 gives "abc" for 512 bits; these are the published digests for 256 bits.
  it.each([
    ["", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"],
    ["abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"],
  ])("is Blake2b with 256 bits of %j", (text, digest) => {
    expect(hexadecimal(blake2b256(new TextEncoder().encode(text)))).toBe(digest);
  });
});

describe("a number in a receipt", () => {
  it.each([
    [0, "0.0"],
    [8, "8.0"],
    [0.1, "0.1"],
    [7.75, "7.75"],
    [0.00001, "0.00001"],
    [0.000001, "1e-6"],
    [1.5e-7, "1.5e-7"],
    [1e15, "1000000000000000.0"],
    [1234567890123456, "1234567890123456.0"],
    [1e16, "1e16"],
    [1.25e16, "1.25e16"],
    [1e23, "1e23"],
    [5e-324, "5e-324"],
    [-2.5, "-2.5"],
  ])("%d is laid out as ryu does", (value, text) => {
    expect(float(value)).toBe(text);
  });

  it("reads back as itself", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(float(value))).toBe(value);
      }),
      { seed: 9, numRuns: 2_000 },
    );
  });
});

describe("what is paid", () => {
  it("is told in TFT with seven decimals beside the hash", () => {
    expect(payoutLine("GA", amount(1n, 10_000_001n), "ff")).toBe("GA,1.0000001,ff");
  });

  it("is no line where there is nothing to pay or nobody to pay", () => {
    expect(payoutLine("GA", amount(0n, 0n), "ff")).toBeNull();
    expect(payoutLine("", amount(1n, 125_000n), "ff")).toBeNull();
  });

  it("is tried once more in a receipt that names the first", () => {
    const text = retryText({
      failed: { start: seconds(1), end: seconds(2) },
      now: { start: seconds(2), end: seconds(3) },
      farm: 7,
      addressBefore: "",
      address: "GB",
      receipt: "aa",
      reward: amount(80n, 10_000_000n),
    });
    expect(text).toBe(
      '{"failed_payout_period":{"start":1,"end":2},"retry_period":{"start":2,"end":3},' +
        '"farm_id":7,"previous_stellar_payout_address":"","stellar_payout_address":"GB",' +
        '"retry_for_receipt":"aa","reward":{"musd":80,"tft":10000000}}',
    );
  });

  it("is corrected upwards only: too much is not asked back", () => {
    const units: MintUnits = mintUnits(resourcesOf({ cru: 8, mru: 2 ** 33, sru: 2 ** 38, hru: 0 }));
    const one = { units, hash: "aa", reward: amount(100n, 50n), carbon: amount(5n, 9n) };
    const other = { units, hash: "bb", reward: amount(90n, 70n), carbon: amount(6n, 8n) };
    const fixup: Fixup = {
      period: { start: seconds(1), end: seconds(2) },
      node: 1,
      farm: 2,
      address: "GA",
      minted: one,
      correct: other,
    };
    expect(fixupReward(fixup)).toEqual(amount(0n, 20n));
    expect(fixupText(fixup)).toContain('"fixup_cloud_units":{"cu":0.0,"su":0.0,"nu":0.0}');
    expect(fixupText(fixup)).toContain('"fixup_carbon_offset":{"musd":1,"tft":0}');
  });
});
