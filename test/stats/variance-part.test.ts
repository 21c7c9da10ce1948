import { describe, expect, it } from "vitest";
import { Chance, normalQuantile, streamId } from "../../src/kernel/index.ts";
import { mean } from "../../src/stats/moments.ts";
import { groupShare, lineShare, varianceParts } from "../../src/stats/variance-part.ts";

const STREAM = streamId("test.parts");
const chance = new Chance([13, 14], 0);
const score = (a: number, b: number, c = 0): number =>
  normalQuantile(chance.uniform(STREAM, a, b, c));

describe("the parts of variance", () => {
  it("are the sums of squares of a table worked by hand", () => {
    // Rows 2 and 6, columns 3 and 5, and 1 left over in each cell: 1 4; 5 6 with mean 4.
    const {
      inputs,
      chance: luck,
      mixed,
    } = varianceParts([
      [1, 4],
      [5, 6],
    ]);
    // Rows: 2 (1.5^2 + 1.5^2) / 1 = 9; columns: 2 (1 + 1) / 1 = 4; what is left: 4 (0.5^2) = 1.
    expect(mixed).toBeCloseTo(1, 12);
    expect(inputs).toBeCloseTo((9 - 1) / 2, 12);
    expect(luck).toBeCloseTo(1 + (4 - 1) / 2, 12);
  });

  it("tell inputs from chance where all draws share the chance", () => {
    const tables = Array.from({ length: 200 }, (_, t) =>
      Array.from({ length: 20 }, (_, i) =>
        Array.from(
          { length: 4 },
          (_, r) => 2 * score(3 * t, i) + 3 * score(3 * t + 1, r) + score(3 * t + 2, i, r),
        ),
      ),
    );
    const parts = tables.map(varianceParts);
    // 4, 9 and 1; standard errors over 200 tables are below 0.1, 0.5 and 0.02.
    expect(Math.abs(mean(parts.map(({ inputs }) => inputs)) - 4)).toBeLessThan(0.4);
    expect(Math.abs(mean(parts.map((part) => part.mixed)) - 1)).toBeLessThan(0.08);
    expect(Math.abs(mean(parts.map((part) => part.chance)) - 10)).toBeLessThan(2);
  });
});

describe("the share that an input explains", () => {
  const n = 400;
  const x = Array.from({ length: n }, (_, i) => chance.uniform(STREAM, 900, i, 0));
  const noise = Array.from({ length: n }, (_, i) => score(901, i));

  it("is that of the variance of its line", () => {
    const y = x.map((u, i) => 6 * u + noise[i]);
    // 36 / 12 against 1.
    expect(Math.abs(lineShare(x, y) - 0.75)).toBeLessThan(0.06);
    expect(lineShare(x, x)).toBeCloseTo(1, 12);
    expect(
      lineShare(
        x,
        x.map(() => 1),
      ),
    ).toBe(0);
  });

  it("is nothing on average where it explains nothing", () => {
    const shares = Array.from({ length: 300 }, (_, t) =>
      lineShare(
        Array.from({ length: 20 }, (_, i) => score(1000 + t, i)),
        Array.from({ length: 20 }, (_, i) => score(2000 + t, i)),
      ),
    );
    expect(Math.abs(mean(shares))).toBeLessThan(0.02);
  });

  it("of a choice is that of the means of its groups, and with two of them that of a line", () => {
    const two = x.map((u) => (u < 0.5 ? 0 : 1));
    const y = two.map((group, i) => 4 * group + noise[i]);
    expect(groupShare(two, y)).toBeCloseTo(lineShare(two, y), 12);
    const three = x.map((u) => Math.floor(3 * u));
    const bent = three.map((group, i) => (group === 1 ? 4 : 0) + noise[i]);
    expect(Math.abs(lineShare(three, bent))).toBeLessThan(0.05);
    expect(groupShare(three, bent)).toBeGreaterThan(0.7);
  });
});
