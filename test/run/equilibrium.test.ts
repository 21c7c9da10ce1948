import { describe, expect, it } from "vitest";
import { equilibria, type Levels } from "../../src/run/equilibrium.ts";

const DAY = 86_400;

/** Eight weeks of days around a course, in as many replications as there are deviations. */
function levels(course: (day: number) => number, deviations: readonly number[]): Levels {
  const of = (deviation: number) =>
    Array.from({ length: 56 }, (_, day) => ({ time: day * DAY, value: course(day) + deviation }));
  const byReplication = deviations.map((each, at) => [at, of(each)] as const);
  return new Map([["contract.live", new Map(byReplication)]]);
}

/** From a start towards an end, half the way a week. */
const towards = (from: number, end: number) => (day: number) => {
  let left = from - end;
  for (let week = 7; week <= day; week += 7) left /= 2;
  return end + left;
};

/** Starts at 100, 50 and 200; those with the factor below and above one deviate in turn. */
const from = (ends: readonly [number, number, number], spread: number) =>
  equilibria(
    "base",
    [1, 0.5, 2].map((factor, at) => ({
      factor,
      levels: levels(
        towards(100 * factor, ends[at] ?? 0),
        [1, -1, 1, -1].map((sign) => spread * sign * (factor - 1)),
      ),
    })),
  )[0];

describe("a world from several starts", () => {
  it("has one end where paired differences hold zero, in the order of the starts", () => {
    const met = from([100, 100, 100], 4);
    expect(met?.starts.map(({ factor }) => factor)).toEqual([0.5, 1, 2]);
    expect(met?.reading).toBe("agree");
    // 50, 100 and 200 at first; the last week and its first day halved seven times and six.
    expect(met?.apartAtFirst).toBeGreaterThan(1);
    expect(met?.apartAtLast).toBeLessThan(0.02);
  });

  it("is still on its way where they do not and most of the distance is gone", () => {
    expect(from([100, 100, 100], 0.001)?.reading).toBe("approaching");
  });

  it("is not at one end because it is measured badly: what all starts share says nothing", () => {
    const shared = [1, 0.5, 2].map((factor) => ({
      factor,
      levels: levels(towards(100 * factor, 100 * factor), [40, -40, 40, -40]),
    }));
    const met = equilibria("base", shared)[0];
    // The intervals of the ends overlap by far.
    expect(met?.starts[0]?.ci95?.[1]).toBeGreaterThan(met?.starts[1]?.ci95?.[0] ?? 1e9);
    expect(met?.reading).toBe("apart");
  });

  it("may have several where the distance stays", () => {
    expect(from([100, 50, 200], 0.001)?.reading).toBe("apart");
  });

  it("says nothing of what never differs, nor without two replications", () => {
    const same = levels(() => 5, [1, -1]);
    const both = [1, 2].map((factor) => ({ factor, levels: same }));
    expect(equilibria("base", both)).toEqual([]);
    const alone = (level: number): Levels =>
      new Map([["contract.live", new Map([[0, [{ time: 0, value: level }]]])]]);
    const two = [1, 2].map((factor) => ({ factor, levels: alone(factor) }));
    expect(equilibria("variant", two)[0]?.reading).toBe("unknown");
  });
});
