import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { casesOf } from "./billing-cases.ts";

const here = new URL(".", import.meta.url);
const sources = readdirSync(here)
  .filter((file) => file.endsWith(".test.ts") && !file.startsWith("behaviours"))
  .map((file) => readFileSync(new URL(file, here), "utf8"));
const { behaviours } = JSON.parse(
  readFileSync(new URL("../vectors/billing/behaviours.json", import.meta.url), "utf8"),
) as { readonly behaviours: readonly { readonly test: string }[] };

/** The pallet's tests whose numbers are cases of `from-tests.json`. */
const asCases = new Set(casesOf("from-tests.json").map((one) => one.test));

describe("the behaviours that the pallet's own tests assert", () => {
  const names = [...new Set(behaviours.map((one) => one.test))];

  it.each(names)("%s is re-enacted here", (name) => {
    const mention = new RegExp(`\\b${name}\\b`);
    expect(asCases.has(name) || sources.some((source) => mention.test(source))).toBe(true);
  });
});
