import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Answer, gridbench } from "./gridbench.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-"));
const short = ["--replications", "2", "--days", "2", "--set", "fleet.nodes=60"];
const few = [...short, "--no-report", "--workers", "0"];

describe("help", () => {
  it("fits a screen for every command", async () => {
    const commands = ["run", "report", "conform", "list", "explain", "schema", "init"].concat([
      "sweep",
      "gather",
      "sensitivity",
    ]);
    const all: Answer[] = [];
    for (const words of [[], ...commands.map((word) => [word])]) {
      all.push(await gridbench([...words, "--help"]));
    }
    for (const { code, out } of all) {
      expect(code).toBe(0);
      expect(out.split("\n").length).toBeLessThanOrEqual(32);
      expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    }
    for (const command of commands) expect(all[0]?.out).toContain(`gridbench ${command}`);
    for (const absent of ["worker", "serve", "--engine"]) expect(all[0]?.out).not.toContain(absent);
  });
});

describe("what the user got wrong ends with 2, on standard error, without a stack", () => {
  it.each([
    [["runn"], "there is no command `runn` (did you mean `run`?)"],
    [[], "name a command"],
    [["run", "baseline", "--replicatons", "2"], "did you mean `--replications`?"],
    [["run", "baseline", "--days", "1", "--periods", "1"], "`--days`, found both"],
    [["run", "baseline", "--workers", "many"], "expected a whole number of at least 0"],
    [["frobnicate"], "there is no command `frobnicate`; gridbench --help lists them"],
    [["run"], "run: expected a scenario: a file, or a name"],
    [["run", "baseline", "again"], "run: `again` is one word too many"],
    [["run", "basline"], "found no such file (did you mean `baseline`?)"],
    [["run", "baseline", "--seed", ""], "--seed: run.seed: expected a word or a number"],
    [["run", "baseline", "--precision", "mint.tft=0"], "expected METRIC=SHARE with a share"],
    [
      ["run", "baseline", "--precision", "mint.tff=1%", "--out", "test/cli"],
      "expected the name of a metric, found `mint.tff` (did you mean `mint.tft`?)",
    ],
    [
      ["run", "baseline", "--out", "package.json"],
      "found `package.json`: there is a file in the way",
    ],
    [["list"], "list: expected what to list: `scenarios`"],
    [["list", "scenario"], "found `scenario` (did you mean `scenarios`?)"],
    [["explain", "node.availabilty"], "(did you mean `node.availability`?)"],
    [["init", "absent/scenario.yaml"], "absent: there is no such folder"],
    [
      ["run", "test/scenario/faulty/misspelt-key.yaml"],
      "(did you mean `mtbf`?)\n  5 |     mtfb: 60 d\n",
    ],
    [["explain", "churn.growht"], "(did you mean `churn.growth`?)"],
    [["report", "test"], "expected the folder of a run"],
  ])("%j", async (words, sentence) => {
    const { code, out, err } = await gridbench(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe("machine-readable answers stand alone on standard output", () => {
  it("lists parameters, metrics, models and scenarios", async () => {
    const names = ["parameters", "metrics", "models", "scenarios"];
    const answers: Answer[] = [];
    for (const name of names) answers.push(await gridbench(["list", name, "--json"]));
    const lists = answers.map(({ out }): Readonly<Record<string, unknown>>[] => JSON.parse(out));
    expect(answers.map(({ code, err }) => [code, err])).toEqual(names.map(() => [0, ""]));
    const keys = ["key", "unit", "default", "bounds", "range", "quality", "source", "doc"];
    for (const key of keys) expect(lists[0]?.[0]).toHaveProperty(key);
    for (const key of ["name", "unit", "doc"]) expect(lists[1]?.[0]).toHaveProperty(key);
    expect(lists[2]?.map(({ name }) => name)).toContain("failure");
    expect(lists[3]?.map(({ name }) => name)).toContain("baseline");
  });

  it("prints the results of a run, and nothing else", async () => {
    const { code, out } = await gridbench([
      "run",
      "baseline",
      ...few,
      "--out",
      join(folder, "json"),
      "--json",
    ]);
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(join(folder, "json", "results.json"), "utf8"));
    expect(JSON.parse(out)).toHaveProperty(["metrics", "node.count", "mean"]);
  });
});

describe("a run", () => {
  it("goes into the folder named, prints the summary, and tells how to repeat it", async () => {
    const out = join(folder, "run");
    const answer = await gridbench([
      "run",
      "baseline",
      ...few,
      "--seed",
      "two words",
      "--out",
      out,
    ]);
    expect(answer.code).toBe(0);
    expect(answer.out).toContain("2 replications, seed two words");
    expect(answer.out).toContain(`results: ${out}`);
    expect(answer.err).toContain("2/2 replications");
    const manifest: unknown = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({
      seed: "two words",
      replications: 2,
      command:
        "npx gridbench run baseline --seed 'two words' --replications 2 --days 2 " +
        "--set fleet.nodes=60",
    });
    expect(existsSync(join(out, "report.html"))).toBe(false);
  });

  it("starts from what init wrote, in any folder, and init writes over nothing", async () => {
    const file = join(folder, "scenario.yaml");
    const wrote = await gridbench(["init", file]);
    const again = await gridbench(["init", file]);
    const ran = await gridbench(["run", file, ...few, "--out", join(folder, "started")]);
    expect([wrote.code, again.code, ran.code]).toEqual([0, 2, 0]);
    expect(again.err).toContain("is there already");
  });
});

it("explains a parameter with the value it has in a scenario, and a metric", async () => {
  const parameter = await gridbench(["explain", "churn.growth", "growth"]);
  const metric = await gridbench(["explain", "node.count"]);
  expect(parameter.out).toContain("2 (from scenarios/growth.yaml)");
  expect(metric.out).toContain("node.count");
});

it("explains which economies there are, and which one holds", async () => {
  const { code, out } = await gridbench(["explain", "policy.economics", "baseline"]);
  expect(code).toBe(0);
  for (const told of [
    "v3-current",
    "gep-2024-03",
    "cloud-credits-2025",
    "docs/reference/economics.md",
  ])
    expect(out).toContain(told);
});

it("prints its version", async () => {
  const { out } = await gridbench(["--version"]);
  expect(out).toMatch(/^\d+\.\d+\.\d+( \(commit [0-9a-f]{40}(\+changes)?\))?\n$/);
});
