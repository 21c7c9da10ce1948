import { describe, expect, it } from "vitest";
import {
  arcsine,
  arctangent,
  cosine,
  exp,
  gamma,
  ln,
  lnGamma,
  normalCdf,
  normalQuantile,
  power,
  sine,
} from "../../src/kernel/index.ts";

/** The greatest relative distance of two functions over n arguments from `low` to `high`. */
function distance(
  ours: (x: number) => number,
  theirs: (x: number) => number,
  [low, high]: readonly [number, number],
  n = 20_000,
): number {
  let worst = 0;
  for (let i = 0; i < n; i += 1) {
    const x = low + ((high - low) * (i + 0.5)) / n;
    const y = theirs(x);
    worst = Math.max(worst, Math.abs(ours(x) - y) / Math.max(Math.abs(y), 1e-300));
  }
  return worst;
}

describe("ln and exp", () => {
  it("agree with the engine's own to 1e-15 over the whole range of a double", () => {
    expect(distance(ln, Math.log, [1e-3, 10])).toBeLessThan(1e-15);
    expect(
      distance(
        (x) => ln(2 ** x),
        (x) => Math.log(2 ** x),
        [-1074, 1023.9],
      ),
    ).toBeLessThan(1e-15);
    expect(distance(exp, Math.exp, [-708, 709.7])).toBeLessThan(1e-15);
    expect(distance(exp, Math.exp, [-1, 1])).toBeLessThan(1e-15);
    expect(
      distance(
        (x) => power(x, 2.5),
        (x) => x ** 2.5,
        [0, 1000],
      ),
    ).toBeLessThan(1e-14);
  });

  it("answer the ends of the range as the engine does", () => {
    for (const x of [0, -1, 1, Number.POSITIVE_INFINITY, Number.NaN]) {
      expect(ln(x)).toBe(Math.log(x));
    }
    expect(ln(5e-324) / Math.log(5e-324)).toBeCloseTo(1, 14);
    expect(ln(Number.MAX_VALUE) / Math.log(Number.MAX_VALUE)).toBeCloseTo(1, 14);
    for (const x of [0, -746, 710, -745, -720, 709.78, Number.NaN])
      expect(exp(x)).toBe(Math.exp(x));
    for (const x of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(exp(x)).toBe(Math.exp(x));
    }
  });

  it("never fall where their argument rises by one unit in the last place", () => {
    for (let i = 1; i < 2000; i += 1) {
      const x = i / 7;
      expect(ln(x + x * 2.3e-16)).toBeGreaterThanOrEqual(ln(x));
      expect(exp(x + x * 2.3e-16)).toBeGreaterThanOrEqual(exp(x));
    }
  });
});

describe("gamma", () => {
  it("is the factorial at whole numbers and the root of pi at one half", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n += 1) {
      expect(gamma(n) / factorial).toBeCloseTo(1, 12);
      factorial *= n;
    }
    expect(gamma(0.5)).toBeCloseTo(Math.sqrt(Math.PI), 12);
    expect(lnGamma(1000)).toBeCloseTo(5905.220423209181, 8);
  });
});

describe("angles", () => {
  it("agree with the engine's own to 2e-15", () => {
    const lifted = (f: (x: number) => number) => (x: number) => f(x) + 2;
    expect(distance(lifted(sine), lifted(Math.sin), [-13, 13])).toBeLessThan(2e-15);
    expect(distance(lifted(cosine), lifted(Math.cos), [-13, 13])).toBeLessThan(2e-15);
    expect(distance(lifted(arcsine), lifted(Math.asin), [-1, 1])).toBeLessThan(2e-15);
    expect(distance(lifted(arctangent), lifted(Math.atan), [-50, 50])).toBeLessThan(2e-15);
    expect([arcsine(1.5), arcsine(-1.5)]).toEqual([Math.PI / 2, -Math.PI / 2]);
  });
});

/** Quantiles of the standard normal law to 16 digits, from tables. */
const QUANTILES = [
  [0.5, 0],
  [0.75, 0.6744897501960817],
  [0.9, 1.2815515655446004],
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [0.0001, -3.719016485455709],
  [1e-10, -6.361340902404056],
] as const;

describe("normal", () => {
  it("has the quantiles that tables print", () => {
    for (const [u, x] of QUANTILES) expect(normalQuantile(u)).toBeCloseTo(x, 13);
  });

  it("gives back the share whose quantile it was asked for", () => {
    for (let i = 1; i < 4000; i += 1) {
      expect(Math.abs(normalCdf(normalQuantile(i / 4000)) - i / 4000)).toBeLessThan(1e-14);
    }
    expect(normalCdf(-10) / 7.619853024160527e-24).toBeCloseTo(1, 7);
    expect([normalCdf(-40), normalCdf(40)]).toEqual([0, 1]);
  });

  it("has no value at the ends", () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
  });
});
