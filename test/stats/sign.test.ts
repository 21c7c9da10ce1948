import { describe, expect, it } from "vitest";
import { Chance, streamId } from "../../src/kernel/index.ts";
import { endMeans, settledSign } from "../../src/stats/sign.ts";

const STREAM = streamId("test.sign");
const chance = new Chance([21, 22], 0);
const uniform = (run: number, draw: number, input: number): number =>
  chance.uniform(STREAM, run, draw, input);

/** The lowest and the highest fifth of uniform shares. */
const fifths = (shares: readonly number[]): readonly (number | null)[] =>
  shares.map((share) => (share < 0.2 ? 0 : share >= 0.8 ? 1 : null));

describe("means at the ends of an input", () => {
  it("are worked by hand, with what all draws share in their error", () => {
    const plan = { effects: [1, 2, 3, -4, -6, -8, 50], level: 0.95 };
    const ends = [[0, 0, 0, 1, 1, 1, null]];
    const [low, high] = endMeans({ ...plan, ends, shared: 0 });
    expect(low).toMatchObject({ input: 0, end: 0, n: 3, mean: 2 });
    // Deviation 1 of three values, Student's 4.3027 for two degrees: 4.3027 / sqrt(3) = 2.4841.
    expect(low?.alone[0]).toBeCloseTo(2 - 2.4841, 3);
    expect(high).toMatchObject({ end: 1, mean: -6 });
    // Deviation 2: twice as wide.
    expect(high?.alone[1]).toBeCloseTo(-6 + 4.9683, 3);
    // Two ends: each at 97.5 %, Student's 6.2053; 6.2053 * 2 / sqrt(3) = 7.1653.
    expect(high?.together[1]).toBeCloseTo(-6 + 7.1653, 3);
    const [apart] = endMeans({ ...plan, ends, shared: 2 });
    // sqrt(1/3 + 4) = 2.0817.
    expect(apart?.alone[0]).toBeCloseTo(2 - 4.3027 * 2.0817, 2);
  });

  it("are not told of fewer than three draws", () => {
    const plan = { effects: [1, 2, 3, 4], ends: [[0, 0, 1, 1]], shared: 0, level: 0.95 };
    expect(endMeans(plan)).toEqual([]);
  });

  it("find the input that turns a linear effect, and none of those that do not", () => {
    // 3 - 5 x0 + x1 over 200 draws: with x0 in its lowest fifth 3.0, in its highest -1.0; x1 moves
    // the mean of 1 by 0.4 only, and eight more inputs do nothing.
    const draws = Array.from({ length: 200 }, (_, draw) =>
      Array.from({ length: 10 }, (_, input) => uniform(0, draw, input)),
    );
    const effects = draws.map(([x0 = 0, x1 = 0]) => 3 - 5 * x0 + x1);
    const ends = draws[0].map((_, input) => fifths(draws.map((row) => row[input])));
    const found = endMeans({ effects, ends, shared: 0, level: 0.95 });
    const turned = found.filter(({ together }) => settledSign(together) === -1);
    expect(turned.map(({ input, end }) => [input, end])).toEqual([[0, 1]]);
    expect(Math.abs((turned[0]?.mean ?? 0) + 1)).toBeLessThan(0.25);
    const [kept] = found.filter(({ input, end }) => input === 0 && end === 0);
    expect(settledSign(kept?.together ?? [0, 0])).toBe(1);
  });

  it("see no turn where an effect is bent but positive, as a line would", () => {
    // 1 + 15 x^3 is at least 1. Its line has the mean 4.75, the slope 12 * 15 * (1/5 - 1/8) = 13.5,
    // and so -2 at the low end.
    const shares = Array.from({ length: 200 }, (_, draw) => (draw + 0.5) / 200);
    const effects = shares.map((share) => 1 + 15 * share * share * share);
    const found = endMeans({ effects, ends: [fifths(shares)], shared: 0, level: 0.95 });
    expect(found.map(({ together }) => settledSign(together))).toEqual([1, 1]);
  });

  it("settle a sign that is not there at most as often as they say", () => {
    // Twenty inputs that do nothing to a mean of 0: in 400 trials, any of 40 ends at 5 %.
    let missed = 0;
    for (let run = 1; run <= 400; run += 1) {
      const draws = Array.from({ length: 60 }, (_, draw) =>
        Array.from({ length: 21 }, (_, input) => uniform(run, draw, input)),
      );
      const effects = draws.map((row) => row[20] - 0.5);
      const ends = Array.from({ length: 20 }, (_, input) => fifths(draws.map((row) => row[input])));
      const found = endMeans({ effects, ends, shared: 0, level: 0.95 });
      if (found.some(({ together }) => settledSign(together) !== 0)) missed += 1;
    }
    // Four standard errors of a share of 5 % in 400 trials are 4.4 %.
    expect(missed / 400).toBeLessThan(0.094);
  });
});
