/**
 * A golden hash: the results of a short run, to the last byte, on every machine.
 *
 * It fails whenever a number that a user could have quoted becomes another one: a draw has another
 * address or order, a rule or a default has changed, a sum is formed differently. Change it only in
 * a commit that says why, and put before and after into CHANGELOG.md under "Results that changed".
 * If it fails on one machine alone, something depends on that machine: do not change it.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScenario, runScenario } from "gridbench";
import { afterAll, expect, it } from "vitest";

/** 100 nodes, 40 days, 2 replications of seed "golden": SHA-256 of the rows and of the results. */
const GOLDEN = "8023807ecaf79d07b845f05b0e6bfd0e73443d6c8b01e0cdb9a1025e4570dd30";

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
