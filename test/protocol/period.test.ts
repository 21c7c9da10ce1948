import { describe, expect, it } from "vitest";
import {
  monthOf,
  PERIOD_LENGTH,
  periodAt,
  periodOf,
  periodStart,
} from "../../src/protocol/period.ts";
import { seconds } from "../../src/units/index.ts";

describe("the month of an instant", () => {
  it("begins and ends with the calendar's, in every year of a whole era of leap years", () => {
    for (let year = 1_899; year <= 2_301; year++) {
      for (let month = 1; month <= 12; month++) {
        const first = Date.UTC(year, month - 1, 1) / 1_000;
        const last = Date.UTC(year, month, 1) / 1_000 - 1;
        expect(monthOf(seconds(first))).toEqual({ year, month });
        expect(monthOf(seconds(last))).toEqual({ year, month });
      }
    }
  });
});

describe("a minting period", () => {
  it.each([
    [0, 2018, 4],
    [-1, 2018, 3],
    [74, 2024, 6],
  ])("of number %i is called by the month of its middle, %i-%i", (offset, year, month) => {
    const { start, end, ...rest } = periodAt(offset);
    expect(rest).toEqual({ offset, month: { year, month } });
    expect(end - start).toBe(PERIOD_LENGTH);
  });

  it("holds the instant of its start and not that of its end", () => {
    expect(periodOf(periodStart(74))).toBe(74);
    expect(periodOf(seconds(periodStart(75) - 1))).toBe(74);
    expect(periodOf(periodStart(75))).toBe(75);
    expect(periodOf(seconds(periodStart(0) - 1))).toBe(-1);
  });
});
