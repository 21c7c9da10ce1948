import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Chance, normalQuantile } from "../../src/kernel/index.ts";
import {
  bootstrap,
  deviation,
  interval,
  Moments,
  mean,
  pairedDifference,
} from "../../src/stats/index.ts";

const chance = new Chance([20_230_401, 7], 0);
const normal = (sample: number, number: number): number =>
  normalQuantile(chance.uniform(1, 0, sample, number));

describe("the interval of a mean", () => {
  it("is the textbook's for five values", () => {
    // Mean 3, sd sqrt(2.5), t 2.776445105 for four degrees: 3 -+ 1.963243.
    const { n, mean: centre, sd, low, high } = interval([1, 2, 3, 4, 5], 0.95);
    expect([n, centre, sd]).toEqual([5, 3, Math.sqrt(2.5)]);
    expect(low).toBeCloseTo(1.0367568385, 9);
    expect(high).toBeCloseTo(4.9632431615, 9);
  });

  it("is not known from one value", () => {
    expect(interval([7], 0.95)).toEqual({ n: 1, mean: 7, sd: NaN, low: NaN, high: NaN });
  });

  it("covers the true mean as often as its level says", () => {
    // 4000 samples of 6 normal values: the count of misses is binomial(4000, 0.05), sd 13.8.
    let misses = 0;
    for (let sample = 0; sample < 4000; sample += 1) {
      const values = Array.from({ length: 6 }, (_, i) => normal(sample, i));
      const { low, high } = interval(values, 0.95);
      if (low > 0 || high < 0) misses += 1;
    }
    expect(Math.abs(misses - 200)).toBeLessThan(4 * 13.8);
  });

  it("of equal values is the value", () => {
    expect(interval([0.1, 0.1, 0.1], 0.95)).toMatchObject({ sd: 0, low: 0.1, high: 0.1 });
  });
});

describe("a mean", () => {
  it("keeps small values beside a large one", () => {
    expect(mean([1e16, 1, 1, -1e16])).toBe(0.5);
  });

  it("is the same one by one as all at once", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }),
        (values) => {
          const moments = new Moments();
          for (const value of values) moments.add(value);
          expect(Math.abs(moments.mean - mean(values))).toBeLessThan(1e-6);
          expect(Math.abs(moments.deviation - deviation(values))).toBeLessThan(1e-6);
        },
      ),
      { seed: 2, numRuns: 200 },
    );
  });
});

describe("a paired difference", () => {
  it("takes out what both share", () => {
    const shared = [10, 250, 33, 71, 9];
    const variant = shared.map((value, i) => value + 2 + (i % 2) / 10);
    const {
      mean: centre,
      low,
      high,
      p,
      varianceReduction,
    } = pairedDifference(shared, variant, 0.95);
    expect(centre).toBeCloseTo(2.04, 12);
    expect(low).toBeGreaterThan(1.9);
    expect(high).toBeLessThan(2.2);
    expect(p).toBeLessThan(1e-6);
    expect(varianceReduction).toBeGreaterThan(1e5);
  });

  it("of a run with itself is no difference", () => {
    expect(pairedDifference([1, 2, 3], [1, 2, 3], 0.95)).toMatchObject({ mean: 0, p: 1 });
  });

  it("has p below its level exactly where its interval leaves out 0", () => {
    for (let sample = 0; sample < 300; sample += 1) {
      const base = Array.from({ length: 5 }, (_, i) => normal(5000 + sample, i));
      const variant = Array.from({ length: 5 }, (_, i) => normal(5000 + sample, 100 + i) + 1);
      const { low, high, p } = pairedDifference(base, variant, 0.95);
      expect(p < 0.05).toBe(low > 0 || high < 0);
    }
  });
});

describe("the bootstrap", () => {
  it("agrees with the interval of a mean where that is known", () => {
    const values = Array.from({ length: 200 }, (_, i) => normal(9999, i));
    const known = interval(values, 0.95);
    const uniform = (address: number): number => chance.uniform(2, 0, 0, address);
    const [low, high] = bootstrap(values, (sample) => mean([...sample]), {
      resamples: 4000,
      level: 0.95,
      uniform,
    });
    // The ends are quantiles of 4000 draws: about 0.03 of the mean's standard error, and
    // the percentile interval is narrower than Student's by sqrt(199 / 200).
    const error = known.sd / Math.sqrt(200);
    expect(Math.abs(low - known.low)).toBeLessThan(0.2 * error);
    expect(Math.abs(high - known.high)).toBeLessThan(0.2 * error);
  });

  it("gives the same interval for the same chance", () => {
    const plan = { resamples: 50, level: 0.9, uniform: (a: number) => chance.uniform(3, 0, 0, a) };
    const twice = [0, 1].map(() => bootstrap([3, 1, 4, 1, 5], (sample) => sample[0], plan));
    expect(twice[0]).toEqual(twice[1]);
  });
});
