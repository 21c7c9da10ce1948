import { describe, expect, test } from "vitest";
import { wishedAt } from "../../src/models/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { run, small } from "./money.ts";

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
