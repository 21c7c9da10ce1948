/** Every study that comes along is run, for a few days and two pairs, and answers what it asks. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { gridbench } from "../cli/gridbench.ts";

const out = mkdtempSync(join(tmpdir(), "gridbench-library-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Votes need the days in which farms vote. */
const DAYS: Readonly<Record<string, string>> = { "whale-vote": "20", "early-closing": "20" };

/** Studies that draw what is not known; a few draws show that they do. */
const DRAWN: Readonly<Record<string, readonly string[]>> = {
  "march-2024": ["--uncertainty", "8", "--inner", "2"],
};

const studies = readdirSync(new URL("../../scenarios/studies/", import.meta.url))
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => file.replace(".yaml", ""));

describe("a study of the library", () => {
  it.each(studies)("%s runs, and tells each of its metrics", { timeout: 120_000 }, async (name) => {
    const folder = join(out, name);
    const short = ["--days", DAYS[name] ?? "3", "--replications", "2", "--workers", "0"];
    const { code, err } = await gridbench([
      "study",
      name,
      ...short,
      ...(DRAWN[name] ?? []),
      "--no-report",
      "--out",
      folder,
    ]);
    // 4 says that two pairs cannot tell whether a guard holds, 1 that it does not.
    expect([0, 1, 4], err).toContain(code);
    const { primary, variants } = JSON.parse(readFileSync(join(folder, "proposal.json"), "utf8"));
    expect(primary.length).toBeGreaterThan(0);
    for (const { effects } of variants)
      for (const metric of primary)
        expect(effects.map((effect: { name: string }) => effect.name)).toContain(metric);
  });
});
