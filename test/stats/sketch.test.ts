import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ascending, Sketch } from "../../src/stats/index.ts";

const value = fc.oneof(
  fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  fc.double({ min: 1e-9, max: 1e3, noNaN: true }),
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 1, -1),
);
const values = fc.array(value, { minLength: 1, maxLength: 200 });
const ERRORS = [0.01, 0.05, 0.2];
const SHARES = [0, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1];

function sketched(of: readonly number[], error: number): Sketch {
  const sketch = new Sketch(error);
  for (const one of of) sketch.add(one);
  return sketch;
}

/** The value of the rank that a share stands for. */
const truth = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))];

describe("a sketch", () => {
  it("tells every quantile to its relative error", () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...ERRORS), (all, error) => {
        const sketch = sketched(all, error);
        const sorted = ascending(all);
        // Rounding of logarithms and exponentials is added to the error that was promised; the
        // least numbers that there are have no digits to be right in.
        const off = SHARES.filter((share) => {
          const real = truth(sorted, share);
          const bound = Math.abs(real) * (error + 1e-12) + 5e-324;
          return !(Math.abs(sketch.quantile(share) - real) <= bound);
        });
        expect(off).toEqual([]);
        expect([sketch.count, sketch.min, sketch.max]).toEqual([
          all.length,
          sorted[0] + 0,
          sorted[all.length - 1] + 0,
        ]);
      }),
      { seed: 20_190_701, numRuns: 150 },
    );
  });

  it("is the same whatever the order of values, and of merging", () => {
    const shuffled = fc
      .tuple(values, fc.array(fc.nat(3), { minLength: 200, maxLength: 200 }), fc.boolean())
      .chain(([all, parts, back]) =>
        fc
          .shuffledSubarray([...all], { minLength: all.length })
          .map((other) => ({ all, other, parts, back })),
      );
    fc.assert(
      fc.property(shuffled, ({ all, other, parts, back }) => {
        const whole = sketched(all, 0.01);
        const split = [0, 1, 2, 3].map((part) =>
          sketched(
            other.filter((_, i) => parts[i] === part),
            0.01,
          ),
        );
        const merged = new Sketch(0.01);
        for (const one of back ? split.toReversed() : split) merged.merge(one);
        expect(merged.copy()).toEqual(whole.copy());
        expect(merged.count).toBe(whole.count);
        expect(SHARES.map((share) => merged.quantile(share))).toEqual(
          SHARES.map((share) => whole.quantile(share)),
        );
      }),
      { seed: 20_190_701, numRuns: 60 },
    );
  });

  it("goes on where a copy was made", () => {
    const first = sketched([3, 1, 4, -1, 5, 0], 0.01);
    const second = Sketch.restore(structuredClone(first.copy()));
    for (const sketch of [first, second]) sketch.add(9.26, 3);
    expect(second.copy()).toEqual(first.copy());
    expect(second.count).toBe(9);
    expect(second.quantile(0.5)).toBe(first.quantile(0.5));
  });

  it("holds six decades at one per cent in fewer than seven hundred counts", () => {
    const sketch = new Sketch(0.01);
    for (let i = 1; i <= 1_000_000; i += 7) sketch.add(i);
    expect(sketch.copy().positive.length).toBeLessThan(700);
  });

  it("knows nothing while it is empty", () => {
    const sketch = new Sketch(0.01);
    expect([sketch.quantile(0.5), sketch.min, sketch.max]).toEqual([NaN, NaN, NaN]);
    sketch.merge(new Sketch(0.01));
    expect(sketch.count).toBe(0);
  });

  it("refuses what has no size, and a sketch of another error", () => {
    const sketch = new Sketch(0.01);
    for (const one of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
      expect(() => sketch.add(one)).toThrow(RangeError);
    expect(() => sketch.merge(new Sketch(0.02))).toThrow(RangeError);
    for (const error of [0, 1, -0.1, Number.NaN, 1e-7])
      expect(() => new Sketch(error)).toThrow(RangeError);
  });
});
