import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gini, lorenz, quantile } from "../../src/stats/index.ts";

const amounts = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), {
  minLength: 1,
  maxLength: 40,
});

describe("a quantile", () => {
  it.each([
    [0, 1],
    [0.1, 1.3],
    [0.25, 1.75],
    [0.5, 2.5],
    [0.9, 3.7],
    [1, 4],
  ])("at %d of 4, 1, 3, 2 is %d (type 7)", (share, expected) => {
    expect(quantile([4, 1, 3, 2], share)).toBeCloseTo(expected, 14);
  });

  it("orders numbers as numbers, not as words", () => {
    expect(quantile([9, 10, 100], 0.5)).toBe(10);
  });

  it("of nothing is not a number", () => {
    expect(quantile([], 0.5)).toBeNaN();
  });

  it("never falls as the share rises", () => {
    fc.assert(
      fc.property(
        amounts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          expect(quantile(values, Math.min(a, b))).toBeLessThanOrEqual(
            quantile(values, Math.max(a, b)),
          );
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe("the Gini coefficient", () => {
  it.each([
    ["all have the same", [5, 5, 5, 5], 0],
    ["one of four has it all", [0, 0, 8, 0], 0.75],
    ["one, two, three", [3, 1, 2], 2 / 9],
    ["nobody has anything", [0, 0], 0],
  ])("where %s", (_, values, expected) => {
    expect(gini(values)).toBeCloseTo(expected, 14);
  });

  it("is one minus twice the area below the Lorenz curve", () => {
    fc.assert(
      fc.property(amounts, (values) => {
        const n = values.length;
        const curve = lorenz(
          values,
          Array.from({ length: n + 1 }, (_, i) => i / n),
        );
        let area = 0;
        for (let i = 0; i < n; i += 1) area += (curve[i] + curve[i + 1]) / 2 / n;
        expect(gini(values)).toBeCloseTo(1 - 2 * area, 9);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe("the Lorenz curve", () => {
  it("rises from nothing to all, linear between holders", () => {
    expect([...lorenz([6, 1, 3], [0, 1 / 3, 0.5, 2 / 3, 1])]).toEqual([0, 0.1, 0.25, 0.4, 1]);
  });
});
