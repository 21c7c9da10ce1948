import { expect, it } from "vitest";
import { editDistance, nearest } from "../../src/scenario/index.ts";

it.each([
  ["mtbf", "mtbf", 0],
  ["mtfb", "mtbf", 1],
  ["growht", "growth", 1],
  ["kitten", "sitting", 3],
  ["", "abc", 3],
])("%s is %s at a distance of %i", (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
  expect(editDistance(b, a)).toBe(distance);
});

it("suggests the nearest word, whatever its case, and none that is far", () => {
  const known = ["flakyShare", "flakyMean", "stableMean"];
  expect(nearest("flakyshare", known)).toBe("flakyShare");
  expect(nearest("stablemena", known)).toBe("stableMean");
  expect(nearest("price", known)).toBeUndefined();
});
