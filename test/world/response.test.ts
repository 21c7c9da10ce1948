import { describe, expect, test } from "vitest";
import { Chance } from "../../src/kernel/index.ts";
import { wishedAt } from "../../src/models/index.ts";
import { build, prepare } from "../../src/world/index.ts";
import { wishFor } from "../../src/world/response.ts";
import type { Setup } from "../../src/world/setup.ts";
import { byLock, run, small } from "./money.ts";

const usual = small();
const priced = (cu: number, elasticity: number, giveUp = 0): Setup => {
  const { policy, assumptions } = usual;
  const response = { ...assumptions.response, elasticity, giveUp };
  return {
    ...usual,
    policy: { ...policy, pricing: { ...policy.pricing, cu } },
    assumptions: { ...assumptions, response },
  };
};
const { cu } = usual.policy.pricing;
const placed = (setup: Setup): number => run(setup, { check: true }).gauges.placed;

describe("what users make of prices", () => {
  test("is nothing at the defaults, whatever is charged", () => {
    expect(placed(priced(2 * cu, 0))).toBe(placed(usual));
  });

  test("is next to nothing where prices are the usual ones, in whole 1e-3 USD", () => {
    const base = placed(usual);
    expect(Math.abs(placed(priced(cu, -1)) - base)).toBeLessThan(0.02 * base);
  });

  test("is less where they are higher, and more where they are lower", () => {
    const base = placed(usual);
    expect(placed(priced(2 * cu, -1))).toBeLessThan(0.85 * base);
    expect(placed(priced(cu / 2, -1))).toBeGreaterThan(1.1 * base);
  });

  test("counts the surcharge of certified nodes by the share of them, under reserves alone", () => {
    // Half of the nodes ask it: 1 + 2 x 1/2 against the usual 1 + 1/4 x 1/2, a ratio of 16 to 9.
    const wish = (setup: Setup): number =>
      wishFor(build(prepare(setup), new Chance([7, 11], 0)).world, 3, 0x5000_0000);
    const asked = (times: number): Setup => {
      const setup = priced(cu, -1);
      const { policy, assumptions } = setup;
      return {
        ...setup,
        policy: { ...policy, discount: { ...policy.discount, certifiedTimes: times } },
        assumptions: {
          ...assumptions,
          fleet: { ...assumptions.fleet, certified: 0.5 },
          demand: { ...assumptions.demand, certified: 0 },
        },
      };
    };
    expect(wish(asked(3)) / wish(asked(1.25))).toBeCloseTo(9 / 16, 9);
    expect(wish(byLock(asked(3)))).toBe(wish(byLock(asked(1.25))));
  });

  test("has constant elasticity up to a bound", () => {
    const response = { ...usual.assumptions.response, elasticity: -2, most: 4 };
    expect(wishedAt(2, response)).toBeCloseTo(1 / 4, 12);
    expect(wishedAt(0.8, response)).toBeCloseTo(1 / 0.64, 12);
    expect(wishedAt(0.25, response)).toBe(4);
    expect(wishedAt(0, response)).toBe(4);
  });
});

test("a refused user who gives up never asks again", () => {
  // Nobody can be placed on a node without memory to spare, so all are refused.
  const { assumptions } = usual;
  const demand = { ...assumptions.demand, memoryPerCore: [4096], memoryWeights: [1] };
  const refused = (giveUp: number): number => {
    const response = { ...assumptions.response, giveUp };
    const world = run({
      ...usual,
      length: usual.length,
      assumptions: { ...assumptions, demand, response },
    });
    return world.gauges.refused.reduce((sum, count) => sum + count, 0);
  };
  expect(refused(1)).toBeLessThan(refused(0));
  expect(refused(1)).toBeGreaterThan(0);
});
