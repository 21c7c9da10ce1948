import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { gridbench } from "./gridbench.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-check-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => void vi.stubEnv("CI", ""));
afterAll(() => void vi.unstubAllEnvs());

/** A world of one node, and what is expected of it. */
function written(name: string, ...expected: readonly string[]): string {
  const path = join(folder, name);
  const lines = expected.map((each) => `  - ${each}\n`).join("");
  writeFileSync(path, `format: 1\nextends: one-node.yaml\nexpect:\n${lines}`);
  return path;
}

const GOLDEN = { metrics: { "mint.tft": { exact: ["24597000001"] } } };
writeFileSync(join(folder, "golden.json"), JSON.stringify(GOLDEN));
const good = written("good.yaml", "{ metric: node.availability, min: 1 }");
const bad = written(
  "bad.yaml",
  "{ metric: mint.tft, equals: golden.json, within: 0 }",
  "{ metric: mint.tft, equals: 2459.7 }",
);

const closing = (text: string): string => text.trim().split("\n").at(-1) ?? "";

describe("check", () => {
  it("ends with 0 where everything is as expected", async () => {
    const { code, out, err } = await gridbench(["check", good, "--workers", "0"]);
    expect({ code, closing: closing(out) }).toEqual({ code: 0, closing: "1 passed, 0 failed" });
    expect(err).toBe(`gridbench: 1/1 scenarios: ${good} ...\n`);
  });

  it("ends with 1, and names the expectation, the golden value and the new one", async () => {
    const { code, out } = await gridbench(["check", bad]);
    expect(code).toBe(1);
    expect(out).toContain(
      "  FAILED  mint.tft: expected 24597000001 (golden.json), but found 24597000000 units of 1e-7",
    );
    expect(out).not.toContain("::error");
    expect(closing(out)).toBe("1 passed, 1 failed");
  });

  it("ends with 2 where a metric is misspelt, with its place and a guess", async () => {
    const { code, out, err } = await gridbench([
      "check",
      written("wrong.yaml", "{ metric: mint.tfd, min: 1 }"),
    ]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("wrong.yaml:4:15: expect[0].metric: expected a metric, found `mint.tfd`");
    expect(err).toContain("(did you mean `mint.tft`?)");
  });

  it("takes a folder, writes JSON and JUnit, and annotates where CI=true", async () => {
    vi.stubEnv("CI", "true");
    const both = join(folder, "both");
    mkdirSync(both);
    for (const name of ["good.yaml", "bad.yaml", "golden.json"]) {
      writeFileSync(join(both, name), readFileSync(join(folder, name)));
    }
    const [json, junit] = [join(folder, "out.json"), join(folder, "out.xml")];
    const { code, out } = await gridbench(["check", both, "--json", json, "--junit", junit]);
    expect(code).toBe(1);
    expect(out).toContain(`::error file=${both}/bad.yaml,line=4::mint.tft: expected 24597000001`);
    const told = JSON.parse(readFileSync(json, "utf8"));
    expect(told).toMatchObject({ passed: 2, failed: 1, scenarios: [{}, {}] });
    expect(told.scenarios[0]).toMatchObject({
      path: join(both, "bad.yaml"),
      expectations: [
        { metric: "mint.tft", expected: "24597000001", actual: "24597000000", ok: false },
        { metric: "mint.tft", expected: 2459.7, actual: 2459.7, ok: true, fragile: false },
      ],
    });
    expect(readFileSync(junit, "utf8")).toContain('tests="3" failures="1" errors="0"');
  });

  it("prints JSON alone where the file is -, and all else beside it", async () => {
    vi.stubEnv("CI", "true");
    const { code, out, err } = await gridbench(["check", bad, "--json", "-"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ passed: 1, failed: 1 });
    expect(err).toContain("::error file=");
    expect(closing(err)).toBe("1 passed, 1 failed");
  });

  it.each<readonly [readonly string[], string]>([
    [[good, "--junti", "a.xml"], "there is no flag `--junti` here (did you mean `--junit`?)"],
    [[good, "--json", "-", "--junit", "-"], "expected one of `--json -`, `--junit -`, found both"],
    [[good, "--reseed", "x"], "--reseed: expected a whole number of at least 0, found `x`"],
    [[good, "--engine", "none.mjs"], "--engine: expected a module, found no file `none.mjs`"],
    [
      [good, "--against", "no-such-ref"],
      "--against: expected a git ref of gridbench's checkout, or a folder with a built " +
        "gridbench, found `no-such-ref`",
    ],
    [[good, "--against", folder], `expected a folder with dist/cli/main.js, found \`${folder}\``],
    [[good, "--json", join(folder, "none", "a.json")], "expected a file that can be written"],
  ])("refuses %j in one sentence", async (words, sentence) => {
    const { code, err } = await gridbench(["check", ...words]);
    expect(code).toBe(2);
    expect(closing(err)).toContain(sentence);
  });
});
