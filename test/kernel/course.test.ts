import { describe, expect, it } from "vitest";
import { Course, lognormal, mixture, mixtureOnce } from "../../src/kernel/index.ts";

const never = Number.POSITIVE_INFINITY;
// Ten seconds a unit, from 100 on two, from 200 on nothing passes, from 300 on five.
const course = new Course([0, 100, 200, 300], [10, 2, never, 5]);

describe("a wait under a course", () => {
  const WAITS = `
    from  units  over   why
    0     1      10     within the first step
    0     10     100    to the very end of a step
    -50   1      -40    the first mean holds before it, too
    -50   20     110    fifteen units to 100, five more at two seconds
    0     60     200    ten and fifty units
    0     61     305    nothing passes from 200 to 300
    250   0      250    nothing to wait for
    250   2      310    begun where nothing passes
    400   3      415    in the last step, which never ends
  `;
  it.each(
    WAITS.trim()
      .split("\n")
      .slice(1)
      .map((row) => row.trim().split(/\s+/).slice(0, 3).map(Number)),
  )("from %d for %d units is over at %d", (from, units, over) => {
    expect(course.after(from, units)).toBe(over);
  });

  it("is never over where nothing passes any more", () => {
    const ends = new Course([0, 10], [1, never]);
    expect(ends.after(0, 9)).toBe(9);
    expect(ends.after(0, 11)).toBe(never);
    expect(ends.after(20, 0.1)).toBe(never);
  });

  it("is the plain product before the first step, to the last bit", () => {
    for (let i = 1; i < 1000; i++) {
      const units = i / 777;
      expect(new Course([0, 1e9], [12_345.678, 1]).after(i, units)).toBe(i + units * 12_345.678);
    }
  });

  it("can be split: the parts of a wait together end with the whole", () => {
    for (let i = 0; i <= 20; i++) {
      const middle = course.after(-20, 20 + i);
      expect(course.after(middle, 30)).toBeCloseTo(course.after(-20, 50 + i), 9);
    }
  });

  it("knows the mean at a time", () => {
    expect([-1, 0, 99, 100, 250, 1e9].map((time) => course.at(time))).toEqual([
      10,
      10,
      10,
      2,
      never,
      5,
    ]);
  });

  it("refuses steps without means", () => {
    expect(() => new Course([], [])).toThrow(RangeError);
    expect(() => new Course([0, 1], [1])).toThrow(RangeError);
  });
});

it("a mixture without a table draws what one with a table draws", () => {
  const parts = [
    { weight: 0.8, distribution: lognormal(1800, 1.2) },
    { weight: 0.17, distribution: lognormal(36_000, 1) },
  ];
  const [table, once] = [mixture(parts), mixtureOnce(parts)];
  for (let i = 0; i < 2000; i++) {
    const u = (i + 0.5) / 2000;
    expect(once.quantile(u) / table.quantile(u)).toBeCloseTo(1, 8);
  }
  expect(once.mean).toBe(table.mean);
});
