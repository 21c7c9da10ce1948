import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./house/source.ts";

/** Those that take seconds; `planet`, `shards` and `sweep` take longer even when they are tiny. */
const SUITES = [
  "hold",
  "mm1",
  "repair",
  "draw",
  "interval",
  "uptime",
  "billing",
  "minting",
  "placement",
  "ensemble",
  "baseline-100",
  "fleet-100k",
  "phases",
  "memory",
] as const;
const NUMBERS = ["value", "reference_value", "ratio", "runs", "min", "max", "rss_mib"];

/** Runs the benches in a process of their own, as `npm run bench` does. */
function bench(...flags: readonly string[]) {
  return spawnSync(process.execPath, [join(root, "test/bench/main.mjs"), ...flags], {
    encoding: "utf8",
  });
}

describe("the benches", () => {
  it("answer rows with a reference measured beside each value", { timeout: 170_000 }, () => {
    const { status, stdout, stderr } = bench(
      "--tiny",
      "--only",
      SUITES.join(),
      "--runs",
      "1",
      "--json",
    );
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    const rows: readonly Readonly<Record<string, unknown>>[] = JSON.parse(stdout);
    const begins = (suite: string): string => `${suite.split("-")[0]}-`;
    const names = rows.map(({ name }) => String(name));
    expect(new Set(names).size).toBe(names.length);
    for (const suite of SUITES)
      expect(names).toContainEqual(expect.stringMatching(new RegExp(`^${begins(suite)}`)));
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(expect.arrayContaining(["name", "unit", "reference"]));
      for (const key of NUMBERS) expect(row[key], `${row["name"]} ${key}`).toBeGreaterThan(0);
      expect(row["ratio"]).toBe(Number(row["value"]) / Number(row["reference_value"]));
      // Bytes are no time: what a node, a contract and a user may take at the most holds anywhere.
      if (String(row["name"]).startsWith("memory-")) expect(row["ratio"]).toBeLessThan(1);
    }
  });

  it.each([
    [["--only", "wheel"], "no suite wheel"],
    [["--runs", "0"], "--runs: expected a whole number of at least 1, found 0"],
    [["--fast"], "--fast"],
    [["--growth", "--only", "hold"], "--growth is no suite"],
    [["hold"], "hold"],
    [["--only"], "--only"],
    [["--json", "nowhere/rows.json"], "found nowhere/rows.json: its folder is not there"],
    [["--json", "."], "found .: it is a folder"],
  ])("refuse %j with a sentence and exit code 2", (flags, sentence) => {
    const { status, stderr } = bench(...flags);
    expect(status).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([["--help"], ["--json", "--help"]])("show their page for %j %j", (...flags) => {
    const { status, stdout } = bench(...flags);
    expect(status).toBe(0);
    for (const suite of SUITES) expect(stdout).toContain(suite);
    expect(stdout.split("\n").every((line) => line.length <= 100)).toBe(true);
  });

  it("print rows alone for --json wherever it stands", { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = bench(
      "--json",
      "--tiny",
      "--only",
      "minting",
      "--runs",
      "1",
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout).length).toBeGreaterThan(0);
    expect(stderr).toMatch(/^minting-/m);
  });
});
