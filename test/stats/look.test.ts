import { describe, expect, it } from "vitest";
import { levelOfLook, looks } from "../../src/stats/look.ts";

describe("looks", () => {
  it.each([
    [1000, 1, [8, 12, 18, 27, 41, 62, 93, 140, 210, 315, 473, 710, 1000]],
    [20, 1, [8, 12, 18, 20]],
    [5, 1, [5]],
    [32, 2, [8, 12, 18, 28, 32]],
  ])("up to %d in steps of %d are %j", (most, step, expected) => {
    expect(looks(most, step)).toEqual(expected);
  });

  it("share what may go wrong among them", () => {
    expect(levelOfLook(0.95, 1)).toBe(0.95);
    expect(13 * (1 - levelOfLook(0.95, 13))).toBeCloseTo(0.05, 12);
  });
});
