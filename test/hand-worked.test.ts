import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadScenario, runScenario } from "../src/run/index.ts";
import { root, textOf } from "./house/source.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-hand-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the one-node scenario with a timeline and settings; the exact totals by metric. */
async function totals(timeline: string, set: readonly string[] = []) {
  const file = join(folder, "one.yaml");
  const base = join(root, "scenarios", "one-node.yaml");
  writeFileSync(file, `format: 1\nextends: ${base}\nquestion: By hand?\ntimeline: [${timeline}]\n`);
  const loaded = loadScenario(file, { set });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const outcome = await runScenario({
    scenario: loaded.value,
    out: join(folder, "out"),
    version: "0",
    commit: null,
    workers: 0,
    checkInvariants: true,
  });
  expect(outcome.kind).toBe("finished");
  const { metrics } = JSON.parse(readFileSync(join(folder, "out", "results.json"), "utf8"));
  return (name: string): string => metrics[name].exact[0];
}

const OUTAGE = "{ at: 10 d, outage: { share: 100 %, for: 1449 min } }";
const DEARER = "{ at: 730 h, price: { times: 1.5 } }";
const HALVED = "{ at: 730 h, policy: { pricing.cu: 0.005 USD/h } }";

const CASES: readonly (readonly [string, string, readonly string[], Record<string, string>])[] = [
  [
    "quiet",
    "",
    [],
    {
      "mint.tft": "24597000000",
      "billing.charged_tft": "8223750000",
      "split.staking_tft": "823500000",
      "split.foundation_tft": "3294000000",
      "split.farmer_tft": "4117500000",
    },
  ],
  [
    "down for a day",
    OUTAGE,
    [],
    { "mint.tft": "24178851000", "billing.charged_tft": "8223750000" },
  ],
  [
    "certified and down for a day",
    OUTAGE,
    ["fleet.certified=100 %"],
    { "mint.tft": "15373125000", "billing.charged_tft": "10279687500" },
  ],
  ["at half as much again for a token", DEARER, [], { "billing.charged_tft": "6871539841" }],
  ["charged half from the middle on", HALVED, [], { "billing.charged_tft": "6393750000" }],
];

describe("one node, one user, one contract", () => {
  const page = textOf("docs/hand-worked.md");

  it.each(CASES)("%s: comes out as by hand", async (_, timeline, set, expected) => {
    const told = await totals(timeline, set);
    const names = Object.keys(expected);
    expect(Object.fromEntries(names.map((name) => [name, told(name)]))).toEqual(expected);
  });

  it("stands on the page as it stands here", () => {
    const numbers = CASES.flatMap((each) => Object.values(each[3])).map((digits) =>
      digits.replace(/\B(?=(\d{3})+$)/g, ","),
    );
    expect(numbers.filter((number) => !page.includes(number))).toEqual([]);
  });
});
