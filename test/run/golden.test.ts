/**
 * A golden hash: the results of a short run, to the last byte, on every machine.
 *
 * It fails whenever a number that a user could have quoted becomes another one: a draw has another
 * address or order, a rule or a default has changed, a sum is formed differently. Change it only in
 * a commit that says why, and put before and after into CHANGELOG.md under "Results that changed".
 * If it fails on one machine alone, something depends on that machine: do not change it.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScenario, runScenario } from "gridbench";
import { afterAll, expect, it } from "vitest";

/** 100 nodes, 40 days, 2 replications of seed "golden": SHA-256 of the rows and of the results. */
const GOLDEN = "b1a387b88e3241817e4eb97f93d7d1d41b8a2f3c9726de47039b3b365d66d0b6";

const out = mkdtempSync(join(tmpdir(), "gridbench-golden-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

it("a short run gives the bytes that it always gave", async () => {
  const settings = { days: "40", replications: "2", seed: "golden" };
  const set = ["fleet.nodes=100", "demand.users=0.5", "price.model=walk"];
  const loaded = loadScenario("baseline", { run: settings, set });
  if (!loaded.ok) throw new Error(loaded.faults.map(({ found }) => found).join());
  const of = { scenario: loaded.value, out, version: "0", commit: null, workers: 0 };
  expect(await runScenario(of)).toMatchObject({ kind: "finished", replications: 2 });
  const hash = createHash("sha256");
  for (const name of ["replications.csv", "results.json"])
    hash.update(readFileSync(join(out, name)));
  expect(hash.digest("hex")).toBe(GOLDEN);
});

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
