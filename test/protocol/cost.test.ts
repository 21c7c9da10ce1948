import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  billingCu,
  billingSu,
  contractCost,
  extraFeeCost,
  nameCost,
  type PricingPolicy,
  pricingBlock,
  pricingPolicy,
  rentCost,
  resourceCost,
  serviceCost,
  serviceVariableMax,
  trafficCost,
} from "../../src/protocol/index.ts";
import {
  ArithmeticOverflow,
  bytes,
  fixed,
  fixedFromDouble,
  milliUsd,
  seconds,
  usd,
} from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";
import { capacity } from "./grid.ts";

const SETTINGS = { seed: 33_046, numRuns: 200 };
const hour = seconds(3_600);
const policy = pricingPolicy(defaults(pricingBlock));

describe("the units that are billed", () => {
  it.each([
    [4n, 1_024n, 128],
    [32n, 128n, 32],
    [4n, 2n, 1],
    [4n, 1n, 1],
    [16n, 16n, 8],
    [2n, 4n, 1],
    [1n, 4n, 1],
    [1n, 8n, 1],
    [1n, 64n, 8],
  ])("are, for %s cores and %s GiB of memory, %s CU", (cru, mru, units) => {
    expect(billingCu(capacity(cru, mru, 0n, 0n), "Gigabytes")).toBe(fixedFromDouble(units));
  });

  it.each([
    [200n, 0n, 1n],
    [0n, 1_200n, 1n],
    [400n, 2_400n, 4n],
  ])("are, for %s GiB of SSD and %s of HDD, %s SU", (sru, hru, units) => {
    expect(billingSu(capacity(0n, 0n, sru, hru), "Gigabytes")).toBe(fixed(units));
  });
});

describe("the cost of capacity", () => {
  const one = capacity(2n, 4n, 200n, 0n);
  const cost = (elapsed: number, more: { ips?: bigint; billResources?: boolean } = {}) =>
    resourceCost(
      { resources: one, ips: more.ips ?? 0n, billResources: more.billResources ?? true },
      seconds(elapsed),
      policy,
    );

  it("of one CU and one SU for an hour is 0.015 USD", () => {
    expect(cost(3_600)).toBe(150_000n);
  });

  it("of an address for an hour is 0.004 USD, and on a rented node nothing else", () => {
    expect(cost(3_600, { ips: 1n, billResources: false })).toBe(40_000n);
    expect(cost(3_600, { billResources: false })).toBe(0n);
  });

  it("of no time is nothing", () => {
    expect(cost(0, { ips: 3n })).toBe(0n);
  });

  it("of a whole node is the half of it for whoever rents it, and more is paid at 80 %", () => {
    const full = resourceCost({ resources: one, ips: 0n, billResources: true }, hour, policy);
    expect(rentCost(one, hour, policy)).toBe(full / 2n);
    const dearer: PricingPolicy = { ...policy, dedicatedPercent: 80n };
    expect(rentCost(one, hour, dearer)).toBe((full * 8n) / 10n);
  });

  it("of a rent rounds a half down", () => {
    const odd: PricingPolicy = { ...policy, cu: { value: usd(1n), unit: "Gigabytes" } };
    expect(rentCost(capacity(2n, 4n, 0n, 0n), hour, odd)).toBe(0n);
  });

  it("of traffic grows with the window that its report spans", () => {
    const traffic = bytes(1_000_000_000n);
    expect(trafficCost(traffic, hour, policy)).toBe(15_000n);
    expect(trafficCost(traffic, seconds(7_200), policy)).toBe(30_000n);
    expect(trafficCost(traffic, seconds(0), policy)).toBe(0n);
  });

  it("of a node contract adds the traffic that was reported", () => {
    const what = { kind: "node", resources: one, ips: 1n, unbilled: usd(7n) } as const;
    expect(contractCost({ ...what, rented: false }, hour, policy)).toBe(190_007n);
    expect(contractCost({ ...what, rented: true }, hour, policy)).toBe(40_007n);
  });

  it("of a name is its price of an hour, in proportion to the time", () => {
    expect(nameCost(hour, policy)).toBe(2_500n);
    expect(nameCost(seconds(1_800), policy)).toBe(1_250n);
    expect(contractCost({ kind: "name" }, hour, policy)).toBe(2_500n);
  });

  it("of a rent contract is that of renting the node", () => {
    expect(contractCost({ kind: "rent", capacity: one }, hour, policy)).toBe(75_000n);
  });

  it.each([
    [1_000n, 2_592_000, 10_000_000n, "a dollar for a month"],
    [1_000n, 3_600, 13_889n, "to the nearest unit"],
    [0n, 3_600, 0n, "no fee"],
  ])("of an extra fee of %s thousandths for %s s is %s: %s", (monthly, elapsed, cost, _why) => {
    expect(extraFeeCost(milliUsd(monthly), seconds(elapsed))).toBe(cost);
  });

  it("of an extra fee whose product leaves 64 bits has no answer", () => {
    const month = seconds(2_592_000);
    expect(() => extraFeeCost(milliUsd(711_679_942n), month)).toThrow(ArithmeticOverflow);
    expect(extraFeeCost(milliUsd(711_679_941n), month)).toBe(7_116_799_410_000n);
  });

  it.each([
    [1_000n, 0n, 3_600, 10_000_000n],
    [1_000n, 500n, 1_800, 10_000_000n],
    [0n, 7n, 0, 70_000n],
  ])("of a service at %s an hour and %s beside for %s s is %s", (base, more, window, cost) => {
    const fees = { base: milliUsd(base), variableAmount: milliUsd(more) };
    expect(serviceCost(fees, seconds(window))).toBe(cost);
  });

  it.each([
    [1_000n, 3_600, 1_000n],
    [1_000n, 1_800, 500n],
    [1_000n, 0, 0n],
  ])("of a service above its base fee is at most, of %s for %s s, %s", (fee, window, most) => {
    expect(serviceVariableMax(milliUsd(fee), seconds(window))).toBe(most);
  });

  it("never falls where more is used, or for longer", () => {
    const small = fc.bigInt(0n, 256n);
    const time = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(small, small, small, small, time, time, (cru, mru, sru, hru, from, more) => {
        const of = (scale: bigint, elapsed: number) =>
          resourceCost(
            {
              resources: capacity(cru * scale, mru * scale, sru * scale, hru * scale),
              ips: scale,
              billResources: true,
            },
            seconds(elapsed),
            policy,
          );
        expect(of(2n, from) >= of(1n, from)).toBe(true);
        expect(of(1n, from + more) >= of(1n, from)).toBe(true);
      }),
      SETTINGS,
    );
  });
});
