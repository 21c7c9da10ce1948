import { describe, expect, test } from "vitest";
import {
  pricingBlock,
  pricingPolicy,
  type ResourceClass,
  toldCost,
  trafficCost,
} from "../../src/protocol/index.ts";
import { bytes, defaults, seconds } from "../../src/units/index.ts";

const policy = pricingPolicy(defaults(pricingBlock));
const CLASS: ResourceClass = {
  ...{ kind: "node", cores: 0, memory: 0, ssd: 0, hdd: 0, ips: 0, extraFee: 0 },
  ...{ certified: false, rented: false, trafficPerHour: 1_000_000_000 },
};
const HOUR = 3600;

describe("traffic that a node tells every hour", () => {
  test("costs 15,000 units of 1e-7 USD a GB, so a day of one GB an hour 24 times that", () => {
    expect(toldCost(CLASS, seconds(HOUR), policy)).toBe(15_000n);
    expect(toldCost(CLASS, seconds(24 * HOUR), policy)).toBe(360_000n);
  });

  test("would cost 24 times as much in one report of a day, as the chain counts windows", () => {
    const day = seconds(24 * HOUR);
    expect(trafficCost(bytes(24_000_000_000n), day, policy)).toBe(24n * 360_000n);
  });

  test("ends with a shorter report: half the bytes in half the window are a quarter", () => {
    expect(toldCost(CLASS, seconds(HOUR + HOUR / 2), policy)).toBe(18_750n);
    expect(toldCost(CLASS, seconds(HOUR / 2), policy)).toBe(3_750n);
  });

  test("costs nothing where there is none, or no time", () => {
    expect(toldCost({ ...CLASS, trafficPerHour: 0 }, seconds(HOUR), policy)).toBe(0n);
    expect(toldCost(CLASS, seconds(0), policy)).toBe(0n);
  });
});
