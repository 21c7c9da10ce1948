import { describe, expect, it } from "vitest";
import {
  Chance,
  constant,
  type Distribution,
  discrete,
  empirical,
  exponential,
  hyperexponential,
  lognormal,
  mixture,
  normal,
  poisson,
  residual,
  residualHyperexponential,
  streamId,
  uniform,
  weibull,
  zipf,
} from "../../src/kernel/index.ts";

/** Each law with its mean and standard deviation worked out apart from the code. */
const CONTINUOUS: Record<string, readonly [Distribution, number, number]> = {
  "exponential of mean 90": [exponential(90), 90, 90],
  "normal about 5": [normal(5, 2), 5, 2],
  "uniform from -1 to 3": [uniform(-1, 3), 1, 4 / Math.sqrt(12)],
  "weibull of shape 2": [weibull(2, 10), 8.86226925452758, 4.632513751761041],
  "weibull of shape 0.7": [weibull(0.7, 10), 12.658235060572833, 18.511714003984483],
  "lognormal of median 3600": [lognormal(3600, 0.5), 4079.3344310405746, 2174.041919559172],
  "hyperexponential of 1 and 50": [hyperexponential([0.8, 0.2], [1, 50]), 10.8, 29.748277261044883],
  "empirical of three stretches": [
    empirical([
      [0, 0],
      [1, 0.5],
      [3, 0.75],
      [10, 1],
    ]),
    2.375,
    2.6819225069590162,
  ],
  "mixture of two lognormals": [
    mixture([
      { weight: 3, distribution: lognormal(10, 0.5) },
      { weight: 1, distribution: lognormal(100, 0.4) },
    ]),
    35.580790089875165,
    47.9633285200542,
  ],
  "what is left of an exponential": [residualHyperexponential([1], [7]), 7, 7],
  "what is left of a hyperexponential": [
    residualHyperexponential([0.5, 0.5], [1, 9]),
    8.2,
    8.874683092933516,
  ],
};

const WHOLE: Record<string, readonly [Distribution, number, number]> = {
  "zipf of 1.5 up to 4": [zipf(1.5, 4), 1.6663382710834915, 0.9494758657386232],
  "poisson of mean 3.5": [poisson(3.5), 3.5, Math.sqrt(3.5)],
  "poisson of mean 2761": [poisson(2761), 2761, Math.sqrt(2761)],
  "one of three values": [discrete([1, 2, 8], [1, 2, 1]), 3.25, 2.7726341266023544],
};

const N = 100_000;
const chance = new Chance([2023, 4], 0);

/** N values of a law, in the order of their draw. */
function sample(name: string, law: Distribution): Float64Array {
  const stream = streamId(name);
  return Float64Array.from({ length: N }, (_, i) => chance.draw(law, stream, 0, i, 0));
}

/** The mean, standard deviation and fourth central moment of a sample. */
function moments(values: Float64Array): { mean: number; sd: number; fourth: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const about = (power: number): number =>
    values.reduce((sum, x) => sum + (x - mean) ** power, 0) / values.length;
  return { mean, sd: Math.sqrt(about(2)), fourth: about(4) };
}

describe("every distribution", () => {
  const all = Object.entries({ ...CONTINUOUS, ...WHOLE });

  it.each(all)("%s: states the mean and deviation of theory", (_, [law, mean, sd]) => {
    expect(law.mean / mean).toBeCloseTo(1, 9);
    expect(law.sd / sd).toBeCloseTo(1, 9);
  });

  it.each(all)("%s: has them in a sample, within four standard errors", (name, [law, mean, sd]) => {
    const of = moments(sample(name, law));
    expect(Math.abs(of.mean - mean)).toBeLessThan((4 * sd) / Math.sqrt(N));
    const errorOfVariance = Math.sqrt((of.fourth - of.sd ** 4) / N);
    expect(Math.abs(of.sd ** 2 - sd ** 2)).toBeLessThan(4 * errorOfVariance);
  });

  it.each(all)("%s: never falls as the uniform rises", (_, [law]) => {
    let last = Number.NEGATIVE_INFINITY;
    let falls = 0;
    for (let i = 1; i < 20_000; i += 1) {
      const x = law.quantile(i / 20_000);
      if (x < last) falls += 1;
      last = x;
    }
    expect(falls).toBe(0);
  });
});

describe("a continuous distribution", () => {
  // The Kolmogorov-Smirnov distance exceeds 2.23 / sqrt(n) with a probability of 1e-4.
  it.each(Object.entries(CONTINUOUS))("%s: fits its own law in a sample", (name, [law]) => {
    const values = sample(`${name}, again`, law).sort();
    let distance = 0;
    for (let i = 0; i < N; i += 1) {
      const share = law.cdf(values[i]);
      distance = Math.max(distance, share - i / N, (i + 1) / N - share);
    }
    expect(distance * Math.sqrt(N)).toBeLessThan(2.23);
  });

  it.each(Object.entries(CONTINUOUS))("%s: inverts its law to 1e-9", (_, [law]) => {
    for (const u of [1e-6, 0.001, 0.1, 0.25, 0.5, 0.501, 0.9, 0.99, 0.9991, 0.99999, 1 - 1e-9]) {
      expect(Math.abs(law.cdf(law.quantile(u)) - u)).toBeLessThan(1e-9);
    }
  });
});

describe("a distribution of whole numbers", () => {
  it.each(Object.entries(WHOLE))("%s: fits its own law in a sample", (name, [law]) => {
    const counts = new Map<number, number>();
    for (const x of sample(`${name}, again`, law)) counts.set(x, (counts.get(x) ?? 0) + 1);
    let [chi, degrees, rest, seen] = [0, -1, 1, 0];
    for (const x of [...counts.keys()].sort((a, b) => a - b)) {
      const expected = (law.cdf(x) - law.cdf(x - 0.5)) * N;
      if (expected < 10) continue;
      const count = counts.get(x) ?? 0;
      chi += (count - expected) ** 2 / expected;
      rest -= expected / N;
      seen += count;
      degrees += 1;
    }
    if (rest * N >= 10) {
      chi += (N - seen - rest * N) ** 2 / (rest * N);
      degrees += 1;
    }
    // Wilson and Hilferty: the cube root of chi-square over its degrees is nearly normal; 3.72
    // deviations are exceeded with a probability of 1e-4.
    const spread = 2 / (9 * degrees);
    expect((Math.cbrt(chi / degrees) - (1 - spread)) / Math.sqrt(spread)).toBeLessThan(3.72);
  });
});

describe("a mixture", () => {
  it("gives back the very value of a part that never varies", () => {
    const law = mixture([
      { weight: 0.6, distribution: constant(7) },
      { weight: 0.4, distribution: exponential(9) },
    ]);
    const before = 0.4 * exponential(9).cdf(7);
    for (const share of [0.001, 0.3, 0.599]) expect(law.quantile(before + share)).toBe(7);
    expect(law.quantile(before - 0.01)).toBeLessThan(7);
    expect(law.quantile(before + 0.61)).toBeGreaterThan(7);
  });

  it("of one part is that part", () => {
    const law = lognormal(5, 1);
    expect(mixture([{ weight: 2, distribution: law }])).toBe(law);
  });
});

describe("what is left of a life", () => {
  it("is, on average, half the mean square over the mean, and even where lives are equal", () => {
    for (const life of [exponential(5), lognormal(10, 0.7), weibull(2, 3), uniform(1, 4)]) {
      const theory = (life.sd * life.sd + life.mean * life.mean) / (2 * life.mean);
      expect(residual(life).mean / theory).toBeCloseTo(1, 3);
    }
    expect(residual(constant(4)).quantile(0.25)).toBeCloseTo(1, 9);
  });
});

describe("a distribution without sense", () => {
  it("is refused", () => {
    const senseless: readonly (() => Distribution)[] = [
      () => exponential(0),
      () => normal(0, -1),
      () => uniform(2, 1),
      () => weibull(0, 1),
      () => lognormal(-1, 1),
      () => zipf(1, 0.5),
      () => poisson(0),
      () => discrete([], []),
      () => discrete([2, 1], [1, 1]),
      () => discrete([1, 2], [0, 0]),
      () => discrete([1], [-1]),
      () => empirical([[1, 1]]),
      () =>
        empirical([
          [1, 0],
          [0, 1],
        ]),
      () =>
        empirical([
          [1, 0],
          [2, 0.9],
        ]),
      () => mixture([]),
      () =>
        mixture([
          { weight: -1, distribution: exponential(1) },
          { weight: 2, distribution: exponential(1) },
        ]),
      () => hyperexponential([1], []),
      () => residual(constant(0)),
    ];
    for (const make of senseless) expect(make).toThrow(RangeError);
  });
});
