/** The same bytes on the real world and on a small planet, however many threads live the fleet. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "gridbench-"));
afterAll(() => rmSync(folder, { recursive: true }));

const FILES = ["results.json", "replications.csv", "series.parquet"];

function hashesOf(scenario: string, wanted: readonly string[], shards: number): readonly string[] {
  const out = join(folder, `${scenario}-${shards}`);
  const how = ["--replications", "1", "--workers", "0", "--shards", String(shards), "--no-report"];
  const args = [main, "run", scenario, ...wanted, ...how, "--out", out];
  execFileSync(process.execPath, args, { stdio: "ignore" });
  return FILES.map((name) =>
    createHash("sha256")
      .update(readFileSync(join(out, name)))
      .digest("hex"),
  );
}

it.each([
  { scenario: "planet", wanted: ["--days", "65", "--set", "fleet.nodes=3000"] },
  { scenario: "outage-belgium", wanted: ["--days", "65"] },
])("$scenario gives the same bytes with 0, 1, 2, 3 and 8 shards", ({ scenario, wanted }) => {
  const alone = hashesOf(scenario, wanted, 0);
  expect(new Set(alone).size).toBe(FILES.length);
  for (const shards of [1, 2, 3, 8])
    expect(hashesOf(scenario, wanted, shards), `${shards} shards`).toEqual(alone);
});
