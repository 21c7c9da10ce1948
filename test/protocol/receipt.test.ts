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
  receiptText,
  retryText,
} from "../../src/protocol/receipt.ts";
import { bytes, milliUsd, seconds, tft } from "../../src/units/index.ts";
import { policyOf, resourcesOf } from "./minting-cases.ts";

const amount = (usd: bigint, units: bigint) => ({ usd: milliUsd(usd), tft: tft(units) });

describe("the hash of a receipt", () => {
  // RFC 7693 gives "abc" for 512 bits; these are the published digests for 256 bits.
  it.each([
    ["", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"],
    ["abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"],
  ])("is Blake2b with 256 bits of %j", (text, digest) => {
    expect(hexadecimal(blake2b256(new TextEncoder().encode(text)))).toBe(digest);
  });

  // By the hashlib of Python 3, of the bytes 7 k modulo 251; a receipt is longer than a block.
  it.each([
    [127, "1bb3d24376d0b5840955e640c6a8a4830cd69af0b7ad71a409d2a30c6a374abb"],
    [128, "9101ed0a248b57efc0c6070cfbf9cf316c182d125ad6191c1f7783c3d32b6346"],
    [129, "60f5e954d1a1775362ffd0762ed37bbe101ed5e88896dd793f1a889786fb3132"],
    [256, "45d503f4fc344944eeff959e1e2234c47884011023598cadbd934f08d4265016"],
    [257, "4ad285edc2490602fd02d61df8008d95887039bade83dae8a1e207ae1cac33ac"],
    [1_000, "a494537cc57474059ebe7a7f7a76c03306551355abebb1967408ed04e7564fa9"],
  ])("is the same over blocks of 128 bytes, of which %i bytes are one or more", (bytes, digest) => {
    const message = Uint8Array.from({ length: bytes }, (_, at) => (7 * at) % 251);
    expect(hexadecimal(blake2b256(message))).toBe(digest);
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
    [1234567890123456.75, "1234567890123456.8"],
    [1e16, "1e16"],
    [1.25e16, "1.25e16"],
    [1e23, "1e23"],
    [5e-324, "5e-324"],
    [-2.5, "-2.5"],
    [-0, "-0.0"],
    [0.0001234, "0.0001234"],
    [0.00001234, "0.00001234"],
    [0.000001234, "1.234e-6"],
    [12345678901234567, "1.2345678901234568e16"],
    [1234.5, "1234.5"],
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

describe("the text of a receipt", () => {
  const GIB = 2 ** 30;
  const PERIOD = 2_630_880n;
  const resources = resourcesOf({ cru: 8, mru: 33 * GIB, sru: 256 * GIB, hru: 1024 * GIB });
  const units = mintUnits(resources, bytes(2n ** 31n));
  const period = { start: seconds(1), end: seconds(2) };

  it("tells everything in one order, without a space", () => {
    const utilization = {
      ...{ cru: 4n * PERIOD, mru: 33n * 2n ** 28n * PERIOD, sru: 2n ** 38n * PERIOD, hru: 0n },
      ...{ ips: 5_400n, traffic: bytes(2n ** 31n) },
    };
    const policy = policyOf({
      ...{ id: 3, cu: 2400, su: 1000, nu: 30, ipv4: 5, minimal_uptime: 95, default: true },
      ...{ immutable: false, node_certification: "Diy", farm_certification: "NotCertified" },
    });
    const text = receiptText({
      ...{ period, node: 7, twin: 8, farm: 9, farmName: 'a "farm"', address: "GA" },
      ...{ uptime: seconds(5), units, resources, utilization, policy },
      ...{ reward: amount(11n, 12n), carbon: null, certification: "Certified" },
    });
    expect(text).toBe(
      '{"period":{"start":1,"end":2},"node_id":7,"twin_id":8,"farm_id":9,' +
        '"farm_name":"a \\"farm\\"","stellar_payout_address":"GA","measured_uptime":5,' +
        '"tft_connection_price":80,"cloud_units":{"cu":5.12,"su":1.877333,"nu":2.0},' +
        '"resource_units":{"cru":8.0,"mru":33.0,"hru":1024.0,"sru":256.0},' +
        '"resource_utilization":{"cru":50.0,"mru":25.0,"hru":0.0,"sru":100.0,"ip":1.5},' +
        '"reward":{"musd":11,"tft":12},"carbon_offset":null,"node_type":"CERTIFIED",' +
        '"farming_policy_id":3,"resource_rewards":{"cu":2400,"su":1000,"nu":30,"ipv4":5}}',
    );
  });

  it("says 0 of a resource that the node does not have", () => {
    const none = resourcesOf({ cru: 8, mru: 33 * GIB, sru: 0, hru: 0 });
    const text = receiptText({
      ...{ period, node: 7, twin: 8, farm: 9, farmName: "f", address: "", uptime: seconds(0) },
      ...{ units, resources: none, reward: amount(0n, 0n), carbon: null, certification: "Diy" },
      utilization: {
        ...{ cru: 0n, mru: 0n, sru: 5n * PERIOD, hru: 0n, ips: 0n, traffic: bytes(0n) },
      },
      policy: policyOf({
        ...{ id: 1, cu: 1, su: 1, nu: 1, ipv4: 1, minimal_uptime: 95, default: true },
        ...{ immutable: false, node_certification: "Diy", farm_certification: "NotCertified" },
      }),
    });
    expect(text).toContain(
      '"resource_utilization":{"cru":0.0,"mru":0.0,"hru":0.0,"sru":0.0,"ip":0.0}',
    );
  });

  it("of a correction puts what was minted beside what is right and what is missing", () => {
    const less = resourcesOf({ cru: 8, mru: 17 * GIB, sru: 512 * GIB, hru: 1024 * GIB });
    const minted = { units: mintUnits(less, bytes(2n ** 30n)), hash: "aa" };
    const text = fixupText({
      ...{ period, node: 1, farm: 2, address: "GA" },
      minted: { ...minted, reward: amount(100n, 50n), carbon: amount(5n, 9n) },
      correct: { units, hash: "bb", reward: amount(90n, 70n), carbon: amount(6n, 8n) },
    });
    // The units that are too many come out as the difference of two doubles.
    expect(text).toBe(
      '{"period":{"start":1,"end":2},"node_id":1,"farm_id":2,' +
        '"minted_cloud_units":{"cu":4.0,"su":2.901333,"nu":1.0},' +
        '"correct_cloud_units":{"cu":5.12,"su":1.877333,"nu":2.0},' +
        '"fixup_cloud_units":{"cu":1.12,"su":-1.0240000000000002,"nu":1.0},' +
        '"stellar_payout_address":"GA","minted_receipt":"aa","correct_receipt":"bb",' +
        '"minted_reward":{"musd":100,"tft":50},"correct_reward":{"musd":90,"tft":70},' +
        '"fixup_reward":{"musd":0,"tft":20},"minted_carbon_offset":{"musd":5,"tft":9},' +
        '"correct_carbon_offset":{"musd":6,"tft":8},"fixup_carbon_offset":{"musd":1,"tft":0}}',
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
