import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadScenario } from "../../src/scenario/index.ts";
import { root } from "../house/source.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-dao-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The timeline of a scenario with one proposal, and how it is told. */
function read(propose: string) {
  const file = join(folder, "asked.yaml");
  const base = join(root, "scenarios", "one-node.yaml");
  writeFileSync(
    file,
    `format: 1\nextends: ${base}\ntimeline: [{ at: 180 d, propose: ${propose} }]\n`,
  );
  const loaded = loadScenario(file);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return { entries: loaded.value.setup.timeline, sentences: loaded.value.timeline };
}

describe("a proposal on the timeline", () => {
  it("leaves to the council and to the chain what it does not say", () => {
    expect(read("{ pricing: { cu: 0.005 USD/h } }")).toEqual({
      entries: [
        {
          kind: "propose",
          at: 180 * 86_400,
          changes: [{ key: "policy.pricing.cu", value: 50_000 }],
          threshold: null,
          lasts: null,
          by: 1,
        },
      ],
      sentences: ["180 d: the council proposes policy.pricing.cu = 50000"],
    });
  });

  it("says of values, nested or with dots, who proposes them, to how many, how long", () => {
    const { entries, sentences } = read(
      "{ pricing.cu: 0.005 USD/h, farming: { connectionPrice: 0.12 USD }, " +
        "threshold: 12, for: 3 d, by: 2 }",
    );
    expect(entries).toMatchObject([{ threshold: 12, lasts: 3 * 86_400, by: 2 }]);
    expect(sentences).toEqual([
      "180 d: the council proposes policy.pricing.cu = 50000, " +
        "policy.farming.connectionPrice = 120; threshold 12; open for 3 d; by member 2",
    ]);
  });
});
