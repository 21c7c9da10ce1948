import { describe, expect, it } from "vitest";
import { drawnLaw, drawnValue, meanOver } from "../../src/models/index.ts";
import { DRAWN_LAWS, type Drawn } from "../../src/units/index.ts";

const drawn = (law: Drawn["law"], numbers: Drawn["numbers"], low = 0, high = 1e9): Drawn => ({
  kind: "drawn",
  law,
  numbers,
  low,
  high,
});

describe("a law from which entities draw", () => {
  // The moments follow from the textbook's formulas, by hand.
  const LAWS: readonly (readonly [Drawn["law"], Drawn["numbers"], mean: number, sd: number])[] = [
    ["uniform", { from: 10, to: 40 }, 25, 30 / Math.sqrt(12)],
    ["normal", { mean: 50, sd: 3 }, 50, 3],
    ["lognormal", { mean: 30, sd: 12 }, 30, 12],
    ["lognormal", { median: 30, sigma: 0.5 }, 33.994_453_6, 18.117_7],
    ["lognormal", { mean: 33.994_453_6, sigma: 0.5 }, 33.994_453_6, 18.117_7],
    // w (w - 1) = 1 for sd = median, so w is the golden ratio and the mean its root.
    ["lognormal", { median: 1, sd: 1 }, Math.sqrt((1 + Math.sqrt(5)) / 2), 1],
    ["exponential", { mean: 7 }, 7, 7],
    ["weibull", { scale: 2, shape: 1 }, 2, 2],
    ["weibull", { mean: 9, shape: 2 }, 9, 9 * Math.sqrt(4 / Math.PI - 1)],
    ["discrete", { values: [1, 5], weights: [3, 1] }, 2, Math.sqrt(3)],
    ["empirical", { values: [0, 2, 6], shares: [0, 0.5, 1] }, 2.5, Math.sqrt(37 / 12)],
  ];

  it.each(LAWS)("%s of %o has mean %d", (law, numbers, mean, sd) => {
    const made = drawnLaw(drawn(law, numbers));
    expect(made.mean / mean).toBeCloseTo(1, 5);
    expect(made.sd / sd).toBeCloseTo(1, 4);
  });

  it("is tried for every word that a scenario may write", () => {
    expect(new Set(LAWS.map(([law]) => law))).toEqual(new Set(DRAWN_LAWS));
  });

  it("stays within the bounds of the parameter", () => {
    const wide = drawn("normal", { mean: 1, sd: 10 }, 0, 5);
    const law = drawnLaw(wide);
    const values = [0.01, 0.4, 0.5, 0.9].map((u) => drawnValue(wide, law, u));
    expect(values).toEqual([0, 0, 1, 5]);
  });

  it("has a mean of what is made of its values", () => {
    const even = drawn("uniform", { from: 1, to: Math.E });
    expect(meanOver(even)).toBeCloseTo((1 + Math.E) / 2, 6);
    expect(meanOver(even, (value) => 1 / value)).toBeCloseTo(1 / (Math.E - 1), 6);
  });
});
