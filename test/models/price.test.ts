import { describe, expect, it } from "vitest";
import { Chance, normalQuantile } from "../../src/kernel/index.ts";
import { type PriceLuck, pricePath } from "../../src/models/index.ts";
import { setting } from "../world/setting.ts";

const YEAR = 365.25;
const DAYS = 1461;
const { price } = setting().assumptions;

function luckOf(replication: number): PriceLuck {
  const chance = new Chance([3, 5], replication);
  const uniform = (stream: number) => (day: number) => chance.uniform(stream, 0, 0, day);
  return {
    normal: (day) => normalQuantile(uniform(1)(day)),
    size: (day) => normalQuantile(uniform(2)(day)),
    jump: uniform(3),
    turn: uniform(4),
  };
}

/** Logarithmic steps of four years of days. */
function steps(values: Partial<typeof price>, replication = 0): readonly number[] {
  const path = pricePath({ ...price, ...values }, DAYS * 24, [], luckOf(replication));
  return Array.from({ length: DAYS - 1 }, (_, day) =>
    Math.log(path[(day + 1) * 24] / path[day * 24]),
  );
}

/** Mean and variance a year over many replications. */
function yearly(values: Partial<typeof price>): { mean: number; variance: number; n: number } {
  const all = Array.from({ length: 60 }, (_, at) => steps(values, at)).flat();
  const mean = all.reduce((sum, step) => sum + step, 0) / all.length;
  const variance = all.reduce((sum, step) => sum + (step - mean) ** 2, 0) / all.length;
  return { mean: mean * YEAR, variance: variance * YEAR, n: all.length };
}

describe("the price from outside", () => {
  it("is flat where it is constant, and where a pool is still to make it", () => {
    for (const model of ["constant", "pool"] as const) {
      const path = pricePath({ ...price, model }, 100, [], luckOf(0));
      expect(new Set(path)).toEqual(new Set([price.start]));
    }
  });

  it("jumps as often and as far as theory says, and keeps its drift", () => {
    const of = { jumps: 12, jumpMean: -0.3, jumpSigma: 0.4, drift: -0.5, volatility: 0.6 };
    const { mean, variance, n } = yearly({ model: "jump", ...of });
    const p = of.jumps / YEAR;
    const theory = of.volatility ** 2 + YEAR * (p * (0.09 + 0.16) - (p * 0.3) ** 2);
    expect(Math.abs(mean - of.drift)).toBeLessThan(
      (4 * YEAR * Math.sqrt(theory / YEAR)) / Math.sqrt(n),
    );
    expect(variance / theory).toBeGreaterThan(0.93);
    expect(variance / theory).toBeLessThan(1.07);
  });

  it("without jumps is the walk, step by step", () => {
    const walk = steps({ model: "walk" });
    expect(steps({ model: "jump", jumps: 0 })).toEqual(walk);
    const same = { driftTurbulent: price.drift, volatilityTurbulent: price.volatility };
    expect(steps({ model: "regime", ...same })).toEqual(walk);
  });

  it("is turbulent for the share of time that the spells have, in spells of their length", () => {
    // Nothing moves while it is calm, so that a step tells its temper.
    const values = { model: "regime", drift: 0, volatility: 0, driftTurbulent: 0 } as const;
    const all = Array.from({ length: 60 }, (_, at) => steps(values, at).map((step) => step !== 0));
    const days = all.flat();
    const rough = days.filter((each) => each).length / days.length;
    expect(rough).toBeGreaterThan(0.17);
    expect(rough).toBeLessThan(0.23);
    const begins = all.flatMap((of) => of.filter((now, day) => day > 0 && now && !of[day - 1]));
    const length = days.filter((each) => each).length / begins.length;
    // A spell of 30 days in the mean is met on as many mornings, cut off at either end of the run.
    expect(length).toBeGreaterThan(25);
    expect(length).toBeLessThan(36);
  });
});
