import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { enter } from "../../src/cli/command-line.ts";

const names = readdirSync("scenarios").filter((name) => name.endsWith(".yaml"));
const folder = mkdtempSync(join(tmpdir(), "scenarios-"));

// Long enough for everything on the timelines, on a fleet small enough for a test.
const small = ["--days", "200", "--set", "fleet.nodes=40", "--replications", "1", "--no-report"];

it.each(names)("%s runs past its timeline with every invariant held", async (name) => {
  const silent = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockReturnValue(true),
  );
  const out = join(folder, name);
  const words = ["run", `scenarios/${name}`, ...small, "--check-invariants", "--out", out];
  const code = await enter([...words, "--workers", "0"]);
  for (const spy of silent) spy.mockRestore();
  expect(code).toBe(0);
  expect(JSON.parse(readFileSync(join(out, "results.json"), "utf8"))).toHaveProperty("metrics");
});
