import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScenario, runScenario } from "gridbench";
import { afterAll, expect, it } from "vitest";

const out = mkdtempSync(join(tmpdir(), "gridbench-farm-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

it("an outage of a farm that is not there is refused, and told how many there are", async () => {
  const file = join(out, "struck.yaml");
  const lines = [
    "format: 1",
    "question: Who is struck?",
    "assumptions: { fleet: { nodes: 100 } }",
    "run: { days: 2, replications: 3 }",
    "timeline:",
    "  - { at: 1 d, outage: { farm: 0, for: 1 h } }",
    "  - { at: 1 d, outage: { farm: 99999999, for: 1 h } }",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  const loaded = loadScenario(file);
  if (!loaded.ok) throw new Error(loaded.faults.map(({ found }) => found).join());
  const of = { scenario: loaded.value, out, version: "0", commit: null, workers: 0 };
  const outcome = await runScenario(of);
  const faults = outcome.kind === "refused" ? outcome.faults.join() : outcome.kind;
  expect(faults).toMatch(
    /expected a farm that there is, found farm 99999999: replication \d has \d/,
  );
  expect(faults).not.toMatch(/farm 0:/);
});
