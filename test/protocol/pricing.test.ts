/** What the chain's prices count in, and the forms in which a pricing policy is told. */
import { describe, expect, it } from "vitest";
import {
  BILLED_PRICING,
  binarySize,
  decimalSize,
  dedicatedOff,
  pricingBlock,
  pricingId,
  pricingPolicy,
  TEST_PRICES,
} from "../../src/protocol/pricing.ts";
import { defaults } from "./defaults.ts";

const values = defaults(pricingBlock);

describe("the size that a price counts in", () => {
  it.each([
    ["Bytes", 1n, 1n],
    ["Kilobytes", 2n ** 10n, 10n ** 3n],
    ["Megabytes", 2n ** 20n, 10n ** 6n],
    ["Gigabytes", 2n ** 30n, 10n ** 9n],
    ["Terabytes", 2n ** 40n, 10n ** 12n],
  ] as const)("is of %s %i bytes of a disk and %i of traffic", (unit, binary, decimal) => {
    expect([binarySize(unit), decimalSize(unit)]).toEqual([binary, decimal]);
  });
});

describe("the chain's pricing policy", () => {
  it("is in 1e-7 USD an hour, for gigabytes", () => {
    expect(pricingPolicy(values)).toEqual({
      cu: { value: 100_000n, unit: "Gigabytes" },
      su: { value: 50_000n, unit: "Gigabytes" },
      nu: { value: 15_000n, unit: "Gigabytes" },
      ipu: 40_000n,
      uniqueName: 2_500n,
      domainName: 5_000n,
      dedicatedPercent: 50n,
    });
  });

  it("may ask nothing, but no part of a unit and nothing below zero", () => {
    expect(pricingPolicy({ ...values, cu: 0 }).cu.value).toBe(0n);
    for (const cu of [0.5, -1, 2 ** 53])
      expect(() => pricingPolicy({ ...values, cu })).toThrow(`${cu} is no whole count`);
  });

  it("was in the chain's unit tests that of the first manual", () => {
    expect(TEST_PRICES).toEqual({
      cu: { value: 305_600n, unit: "Gigabytes" },
      su: { value: 194_400n, unit: "Gigabytes" },
      nu: { value: 50_000n, unit: "Gigabytes" },
      ipu: 69_400n,
      uniqueName: 13_900n,
      domainName: 27_800n,
      dedicatedPercent: 50n,
    });
  });

  it("bills all contracts by the first of its policies", () => {
    expect([BILLED_PRICING, pricingId(2)]).toEqual([1, 2]);
  });

  it.each([
    [0n, 100n],
    [30n, 70n],
    [100n, 0n],
    [101n, 0n],
  ])("with %i percent taken off whoever rents a node has him pay %i", (off, paid) => {
    expect(dedicatedOff(TEST_PRICES, off)).toEqual({ ...TEST_PRICES, dedicatedPercent: paid });
  });
});
