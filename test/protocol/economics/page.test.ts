/** The page of the dated economies, which holds every text and number of every set. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { referencePages } from "../../../src/cli/reference.ts";

it("the page of economies is what the sets say", () => {
  const path = "docs/reference/economics.md";
  const made = referencePages([]).find((page) => page.path === path);
  expect(made?.text).toBe(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"));
});
