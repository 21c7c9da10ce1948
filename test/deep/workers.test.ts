/** The same bytes on the real world, whoever computes them: this thread, one worker or two. */
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

function hashesOf(workers: number): readonly string[] {
  const out = join(folder, String(workers));
  const wanted = ["--days", "45", "--replications", "4", "--workers", String(workers)];
  const args = [main, "run", "outage-belgium", ...wanted, "--out", out];
  execFileSync(process.execPath, args, { stdio: "ignore" });
  return FILES.map((name) =>
    createHash("sha256")
      .update(readFileSync(join(out, name)))
      .digest("hex"),
  );
}

it("a run gives the same bytes with no, one or two workers", () => {
  const alone = hashesOf(0);
  expect(new Set(alone).size).toBe(FILES.length);
  expect(hashesOf(1)).toEqual(alone);
  expect(hashesOf(2)).toEqual(alone);
});
