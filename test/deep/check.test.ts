/**
 * Built programs that differ in one line: what `check` says of each, by itself and beside this one.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../house/source.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-check-deep-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SMALL = join(folder, "small.yaml");
writeFileSync(
  SMALL,
  [
    "format: 1",
    "extends: baseline.yaml",
    "question: Do two versions agree?",
    "assumptions: { fleet: { nodes: 40 } }",
    "run: { periods: 1, replications: 16, seed: against }",
    "expect: [{ metric: node.availability, min: 0.9 }]",
    "",
  ].join("\n"),
);

/** A copy of the built program, one text of one of its files replaced by another. */
function variant(name: string, file: string, from: string, to: string): string {
  const copy = join(folder, name);
  cpSync(join(root, "dist"), join(copy, "dist"), { recursive: true });
  for (const shared of ["node_modules", "scenarios", "package.json"]) {
    symlinkSync(join(root, shared), join(copy, shared));
  }
  const path = join(copy, "dist", file);
  const text = readFileSync(path, "utf8");
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(path, text.replace(from, to));
  return copy;
}

function check(program: string, words: readonly string[]): readonly [number | null, string] {
  const main = join(program, "dist", "cli", "main.js");
  const { status, stdout } = spawnSync(process.execPath, [main, "check", ...words], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CI: "" },
  });
  return [status, stdout];
}

const last = (text: string): string => text.trim().split("\n").at(-1) ?? "";

describe("a storage unit of another size", () => {
  const changed = variant("size", "protocol/cost.js", "SRU_PER_SU = 200n", "SRU_PER_SU = 250n");

  it("is told with the expectation, the golden value and the new one", () => {
    const [code, out] = check(changed, ["scenarios/ci/quiet.yaml"]);
    expect(code).toBe(1);
    // 50 GiB are 0.2 units now: 110,000 of 1e-7 USD an hour, 5,500,000 units, 1,462 times.
    expect(out).toContain(
      "FAILED  billing.charged_tft: expected 8223750000 (golden/quiet.json), " +
        "but found 8041000000 units",
    );
    expect(out).toContain("ok      mint.tft: expected 24597000000");
    expect(last(out)).toBe("1 passed, 4 failed");
  });

  it("is a changed rule beside this version, whose cases show it", () => {
    const [code, out] = check(root, ["scenarios/ci/quiet.yaml", "--against", changed]);
    expect(code).toBe(1);
    expect(last(out)).toMatch(/^a rule changed: .*\bsu\b/);
    expect(last(out)).toContain("moved beyond chance: billing.charged_tft");
  });
});

describe("beside this version", () => {
  it("the name of a stream is no rule", () => {
    const other = variant("stream", "world/plan.js", '"deploy.workload"', '"deploy.kind"');
    const [code, out] = check(root, [SMALL, "--against", other]);
    expect(last(out)).toMatch(/^random streams changed, no rule changed/);
    expect(out).toMatch(/metrics the same, \d+ differ within chance; a change below/);
    expect(code).toBe(0);
  });

  it("another assumption is a recalibration, and is named", () => {
    const other = variant("mean", "models/line.js", 'default: "21 d"', 'default: "12 d"');
    const [, out] = check(root, [SMALL, "--against", other]);
    expect(last(out)).toMatch(/^recalibrated, no rule changed: assumptions\.line\./);
  });

  it("what a world does otherwise moves economics, and no protocol case says why", () => {
    const other = variant("world", "world/mint.js", "least(uptime) === 0", "least(uptime) < 990");
    const [code, out] = check(root, [SMALL, "--against", other]);
    expect(code).toBe(1);
    const told = /^economics moved, and no protocol case says why; .*mint\.paid_share/;
    expect(last(out)).toMatch(told);
  });
});

describe("an engine with a rule of one's own", () => {
  const gridbench = pathToFileURL(join(root, "dist", "run", "index.js")).href;
  const protocol = pathToFileURL(join(root, "dist", "protocol", "index.js")).href;

  /** An engine whose protocol has what a module exports. */
  function engine(name: string, rules: string): string {
    const path = join(folder, `${name}.mjs`);
    writeFileSync(join(folder, `${name}-rules.mjs`), rules);
    writeFileSync(
      path,
      `import { engineWith } from "${gridbench}";\n` +
        `const rules = new URL("./${name}-rules.mjs", import.meta.url);\n` +
        "export const { replicate, metricList, replaced } = await engineWith(rules);\n",
    );
    return path;
  }
  const double = engine(
    "double",
    `import { paidCount as real } from "${protocol}";\n` +
      "export const paidCount = (...all) => 2 * real(...all);\n",
  );

  it("pays by it, in this thread and in workers, and by the real ones else", () => {
    // By the real rules the two replications are paid 2,459.7 and 2,698.425 TFT.
    const two = join(folder, "two.yaml");
    const expected = [
      "mint.tft, equals: 5158.125",
      "token.price_usd, equals: 0.02, within: 0.000001",
    ];
    const run = "run: { replications: 2 }\nexpect:";
    const lines = expected.map((each) => `  - { metric: ${each} }`);
    const text = ["format: 1", "extends: one-node.yaml", run, ...lines, ""].join("\n");
    writeFileSync(two, text);
    for (const workers of ["0", "2"]) {
      const [code, out] = check(root, [two, "--engine", double, "--workers", workers]);
      expect([code, last(out)]).toEqual([0, "2 passed, 0 failed"]);
    }
    expect(check(root, ["scenarios/ci/quiet.yaml"])[0]).toBe(0);
  });

  it("is a changed rule beside this version, by its name", () => {
    const words = ["scenarios/ci/quiet.yaml", "--engine", double, "--against", root];
    const [code, out] = check(root, words);
    expect(code).toBe(1);
    expect(last(out)).toMatch(/^a rule changed: paidCount; moved beyond chance: .*mint\.tft/);
  });

  it("is refused where the protocol has no such rule", () => {
    const wrong = engine("wrong", "export const paidCuont = () => 0;\n");
    const main = join(root, "dist", "cli", "main.js");
    const { status, stderr } = spawnSync(process.execPath, [main, "check", "--engine", wrong], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("of the protocol, found none (did you mean `paidCount`?)");
  });
});
