import { describe, expect, test } from "vitest";
import {
  bootHazard,
  dataCentreProbability,
  faultInterval,
  faultResidual,
  inArc,
  interruptionHazard,
  outageInterval,
  outageLength,
  powerOutageLength,
  residualOutage,
  restHazard,
  specFactor,
} from "../../src/models/index.ts";
import { setting } from "../world/setting.ts";

const { assumptions } = setting();
const { failure, power, hardware, outage, fleet } = assumptions;
const YEAR = 365.25 * 86_400;

/** The mean of a function of evenly spread uniform numbers. */
function meanOver(count: number, value: (u: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += value((i + 0.5) / count);
  return total / count;
}

describe("failures", () => {
  test("of a node's own and those explained elsewhere meet the hazard of its class", () => {
    for (const flaky of [false, true]) {
      const explained = 0.5 / YEAR;
      const total = restHazard(failure, flaky, explained) + explained;
      expect(total).toBeCloseTo(bootHazard(failure, flaky), 15);
    }
  });

  test("of a node's own are none where other causes alone exceed the hazard", () => {
    expect(restHazard(failure, false, 400 / YEAR)).toBe(0);
  });
});

describe("power", () => {
  const grid = { saifi: 12, caidiHours: 2.5 };

  test("outages last the country's mean", () => {
    expect(powerOutageLength(power, grid).mean).toBeCloseTo(2.5 * 3600, 6);
  });

  test("strikes a place at SAIFI, whatever the scope", () => {
    for (const scope of [0.02, 0.1, 1]) {
      const values = { ...power, scope };
      const interval = outageInterval(values, grid)?.mean ?? Number.NaN;
      const covered = meanOver(10_000, (u) => (inArc(0.03, u, scope) ? 1 : 0));
      expect(covered / interval).toBeCloseTo(interruptionHazard(values, grid), 10);
      expect(covered / interval).toBeCloseTo(12 / YEAR, 10);
    }
  });

  test("has no outages where a country has none", () => {
    expect(outageInterval(power, { saifi: 0, caidiHours: 1 })).toBeNull();
  });
});

describe("times that are left of something met at random", () => {
  // The mean of what is left is E[X^2] / (2 E[X]).
  const left = (mean: number, sd: number): number => (mean * mean + sd * sd) / (2 * mean);

  test("hardware faults", () => {
    const { mean, sd } = faultInterval(hardware);
    expect(mean).toBeCloseTo(hardware.mtbf, 0);
    expect(faultResidual(hardware).mean / left(mean, sd)).toBeCloseTo(1, 4);
  });

  test.each([
    ["home", outage, false],
    ["data centre", outage, true],
    ["constant", { ...outage, model: "constant" as const }, false],
    ["exponential", { ...outage, model: "exponential" as const }, false],
  ])("outages: %s", (_, values, dataCentre) => {
    const { mean, sd } = outageLength(values, dataCentre);
    const residual = residualOutage(values, dataCentre);
    // The product of two independent uniforms' functions: a grid of 2000 by 20 of them. The widest
    // law keeps a few per cent of its second moment beyond the last grid point.
    const found = meanOver(20, (v) => meanOver(2000, (u) => residual(u, v)));
    expect(Math.abs(found / left(mean, sd) - 1)).toBeLessThan(dataCentre ? 0.05 : 0.02);
  });
});

test("specifications spread around the class without moving its mean", () => {
  expect(meanOver(100_000, (u) => specFactor(0.6, u))).toBeCloseTo(1, 3);
});

test("large farms stand in data centres more often", () => {
  expect(dataCentreProbability(fleet, 9)).toBe(fleet.dataCentreSmall);
  expect(dataCentreProbability(fleet, 10)).toBe(fleet.dataCentreLarge);
});
