import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { root } from "../house/source.ts";
import { gridbench } from "./gridbench.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-precision-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = join(folder, "small.yaml");
writeFileSync(
  small,
  `format: 1
extends: ${join(root, "scenarios", "baseline.yaml")}
question: Small?
assumptions: { fleet: { nodes: 24 }, demand: { users: 0.5, live: 1 } }
run: { days: 2, replications: 1 }
`,
);

it("makes no more replications than were typed, and tells the whole command", async () => {
  const out = join(folder, "out");
  const asked = ["--precision", "contract.live=0.0001", "--replications", "8"];
  const words = ["run", small, ...asked, "--workers", "0", "--no-report", "--out", out];
  expect(await gridbench(words)).toMatchObject({ code: 0 });
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
  expect(manifest.replications).toBe(8);
  expect(manifest.command).toContain("--precision contract.live=0.0001");
  expect(manifest.command).toContain("--replications 8");
});
