import { describe, expect, it } from "vitest";
import { Chance } from "../../src/kernel/index.ts";
import { familyOf, type Paired, relativeChange, studentBound } from "../../src/stats/index.ts";

const chance = new Chance([5, 25], 0);
const plan = {
  resamples: 1999,
  level: 0.95,
  uniform: (resample: number, number: number): number => chance.uniform(1, 0, resample, number),
};

/** Pairs whose differences are these, over a base that is 10, 20, 30, ... */
const pairs = (...differences: readonly number[]): Paired => {
  const base = differences.map((_, pair) => 10 * (pair + 1));
  return { base, variant: differences.map((difference, pair) => base[pair] + difference) };
};

describe("a family of one", () => {
  // Differences 1 to 5: mean 3, sd sqrt(2.5), error sqrt(0.5); t is 2.776445105 for four degrees.
  const [member] = familyOf([pairs(1, 2, 3, 4, 5)], plan);

  it("has the textbook's paired interval and p value", () => {
    const { mean, low, high, p } = member.difference;
    expect(mean).toBe(3);
    expect(low).toBeCloseTo(3 - 2.776445105 * Math.sqrt(0.5), 9);
    expect(high).toBeCloseTo(3 + 2.776445105 * Math.sqrt(0.5), 9);
    // t = 3 / sqrt(0.5) = 4.2426 with four degrees: two-sided 0.013236.
    expect(p).toBeCloseTo(0.013236, 5);
  });

  it("is as wide together as alone, since nobody else is in it", () => {
    const { low, high, p } = member.difference;
    expect(member.simultaneous).toEqual([low, high]);
    expect(member.pAdjusted).toBe(p);
  });

  it("has a bootstrap interval inside the range of its pairs and around their mean", () => {
    const [low, high] = member.bootstrap;
    expect(low).toBeGreaterThanOrEqual(1);
    expect(high).toBeLessThanOrEqual(5);
    expect(low).toBeLessThan(2);
    expect(high).toBeGreaterThan(4);
  });

  it("says how much narrower the pairs made it: 250 and 302.5 over 2.5", () => {
    expect(member.difference.varianceReduction).toBeCloseTo((250 + 302.5) / 2.5, 9);
  });
});

describe("a family", () => {
  const sixteen = (...four: readonly number[]): Paired => pairs(...four, ...four, ...four, ...four);

  it("of one difference twice costs nothing; of independent ones it does", () => {
    const one = sixteen(1, -2, 3, 2);
    const other = sixteen(1, 1, -1, -1);
    const width = (family: readonly Paired[]): number => {
      const [low, high] = familyOf(family, plan)[0].simultaneous;
      return high - low;
    };
    expect(width([one, one, one])).toBe(width([one]));
    expect(width([one, other])).toBeGreaterThan(1.05 * width([one]));
  });

  it("of few pairs is judged by Bonferroni and Holm, as by hand", () => {
    // Two members, p 0.013236 and 1: Holm makes 2 * 0.013236 and 1; the bound is that of 97.5 %.
    const [first, second] = familyOf([pairs(1, 2, 3, 4, 5), pairs(-2, -1, 0, 1, 2)], plan);
    expect(first.pAdjusted).toBeCloseTo(2 * 0.013236, 5);
    expect(second.pAdjusted).toBe(1);
    // 3.495406 is the 98.75 % quantile of t with four degrees.
    expect(first.simultaneous[0]).toBeCloseTo(3 - 3.495406 * Math.sqrt(0.5), 4);
    expect(studentBound(0.975, 4)).toBeCloseTo(3.495406, 5);
  });

  it("adjusts no p value downwards, and keeps their order", () => {
    const family = [pairs(9, 8, 9, 10, 9), pairs(1, -1, 2, -2, 1), pairs(0, 3, 1, 2, 3)];
    const members = familyOf(family, plan);
    for (const { pAdjusted, difference } of members)
      expect(pAdjusted).toBeGreaterThanOrEqual(difference.p);
    expect(members[0].pAdjusted).toBeLessThanOrEqual(members[2].pAdjusted);
    expect(members[2].pAdjusted).toBeLessThanOrEqual(members[1].pAdjusted);
  });

  it("leaves out what has no spread, and what one arm did not measure", () => {
    const [same, fixed, holes, lone] = familyOf(
      [pairs(0, 0, 0, 0), pairs(2, 2, 2, 2), pairs(1, Number.NaN, 2, 3), pairs(4)],
      plan,
    );
    expect(same).toMatchObject({ pAdjusted: 1, simultaneous: [0, 0] });
    expect(fixed).toMatchObject({ pAdjusted: 0, simultaneous: [2, 2], bootstrap: [2, 2] });
    expect(holes.difference).toMatchObject({ n: 3, mean: 2 });
    expect(lone.difference).toMatchObject({ n: 1, mean: 4 });
    expect(lone.pAdjusted).toBeNaN();
  });

  it("is the same again from the same addresses", () => {
    const family = [pairs(1, -2, 3, 2), pairs(0, 1, 1, 3)];
    expect(familyOf(family, plan)).toEqual(familyOf(family, plan));
  });
});

describe("a relative change", () => {
  it("is that of the means, with the textbook's interval of a ratio", () => {
    // Bases 10, 20, 30 and variants 11, 24, 31: 66 / 60 - 1 = 0.1; rest 0, 2, -2, sd 2.
    const found = relativeChange({ base: [10, 20, 30], variant: [11, 24, 31] }, 0.95);
    expect(found?.change).toBeCloseTo(0.1, 12);
    // t is 4.302652730 for two degrees: 4.30265 * 2 / sqrt(3) / 20.
    expect(found?.high).toBeCloseTo(0.1 + (4.30265273 * 2) / Math.sqrt(3) / 20, 9);
    expect(found?.isProportional).toBe(false);
  });

  it("has no spread where all pairs change by one factor, which is an identity", () => {
    const base = [10, 20, 35];
    const found = relativeChange({ base, variant: base.map((value) => value * 0.99) }, 0.95);
    expect(found?.change).toBeCloseTo(-0.01, 12);
    expect(found?.isProportional).toBe(true);
    expect(relativeChange({ base, variant: base }, 0.95)?.isProportional).toBe(false);
  });

  it("of nothing is not known", () => {
    expect(relativeChange({ base: [0, 0], variant: [1, 2] }, 0.95)).toBeNull();
  });
});
