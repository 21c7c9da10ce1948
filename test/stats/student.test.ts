import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { studentCdf, studentQuantile, studentWithin } from "../../src/stats/index.ts";

/** Quantiles as statistical tables print them (R's qt, eight decimals). */
const TABLE = `
  probability    df  t
  0.95            1   6.31375151
  0.975           1  12.70620474
  0.995           1  63.65674116
  0.975           2   4.30265273
  0.975           3   3.18244631
  0.95            5   2.01504837
  0.975           5   2.57058184
  0.975           7   2.36462425
  0.975          10   2.22813885
  0.995          10   3.16927267
  0.975          30   2.04227246
  0.995          30   2.74999565
  0.975          31   2.03951345
  0.975         100   1.98397152
  0.975        1000   1.96233908
`;

const rows = TABLE.trim()
  .split("\n")
  .slice(1)
  .map((line) => line.trim().split(/\s+/).map(Number));

describe("Student's t", () => {
  it.each(rows)("has its %d quantile for %d degrees of freedom at %d", (probability, df, t) => {
    expect(Math.abs(studentQuantile(probability, df) - t)).toBeLessThan(1e-8);
    expect(studentQuantile(1 - probability, df)).toBeCloseTo(-t, 7);
  });

  it("is Cauchy's distribution for one degree of freedom", () => {
    expect(studentCdf(1, 1)).toBeCloseTo(0.75, 15);
    expect(studentCdf(-1, 1)).toBeCloseTo(0.25, 15);
  });

  it("has the closed form of two degrees of freedom", () => {
    for (const t of [0.1, 1, 3.5, 40]) {
      expect(studentWithin(t, 2)).toBeCloseTo(t / Math.sqrt(2 + t * t), 14);
    }
  });

  it("gives back the probability of its own quantile", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        (probability, df) => {
          const t = studentQuantile(probability, df);
          expect(Math.abs(studentCdf(t, df) - probability)).toBeLessThan(1e-12);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });
});
