import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCases } from "../../src/audit/case-file.ts";
import { judge } from "../../src/audit/conform.ts";

/** Every file of public cases, and of a second reading of the rules, and how many it holds. */
const FILES = [
  ["billing/from-tests.json", 21],
  ["billing/generated-public.json", 206],
  ["minting/generated-public.json", 98],
  ["second-reading/billing.json", 267],
  ["second-reading/chain.json", 16],
  ["second-reading/minting.json", 226],
] as const;

describe.each(FILES)("the cases of %s", (file, count) => {
  const text = readFileSync(new URL(`../vectors/${file}`, import.meta.url), "utf8");
  const { cases, faults } = readCases(text);

  it("are all read", () => {
    expect({ count: cases.length, faults }).toEqual({ count, faults: [] });
  });

  it.each(cases.map((one) => [`${one.id} ${one.fields[one.format.tag]}`, one] as const))(
    "%s comes out to the last unit",
    (_, one) => {
      expect(judge(one).verdict).toEqual({ kind: "equal" });
    },
  );
});
