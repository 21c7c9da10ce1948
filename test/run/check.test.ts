import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type CheckOptions, type CheckOutcome, check, loadChecked } from "../../src/run/check.ts";
import { checkAnnotations, checkJson, checkJunit, checkLines } from "../../src/run/check-text.ts";
import { xmlText } from "../../src/run/junit.ts";
import { placeAt, writeFault } from "../../src/scenario/fault.ts";
import { type Expectation, loadScenario } from "../../src/scenario/index.ts";
import { textOf } from "../house/source.ts";
import { scenario } from "./scenario.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-check-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const engine = new URL("./engine.mjs", import.meta.url).href;
const place = placeAt("ci/a, b.yaml", "expect:\n  - x\n", 10, 11);
const wish = (more: Partial<Expectation>): Expectation => ({
  metric: "a.share",
  bound: "mean",
  place,
  ...more,
});

/** The engine of the tests under some expectations. */
const options = (
  expected: readonly Expectation[],
  more: Partial<CheckOptions> = {},
): CheckOptions => ({
  scenarios: [{ ...scenario(), file: "ci/a, b.yaml", expect: expected }],
  version: "0",
  commit: null,
  engine,
  workers: 0,
  ...more,
});

function finished(outcome: CheckOutcome) {
  if (outcome.kind !== "finished") throw new Error(outcome.outcome.kind);
  return outcome.checked;
}

const WISHES = [
  wish({ min: 0 }),
  wish({ max: 0.1 }),
  wish({ metric: "c.rare", equals: 0.4, within: 0.1 }),
  wish({
    metric: "b.money",
    equals: "golden/<&>.json",
    golden: { file: "golden/<&>.json", hash: "", mean: null, exact: ["5"] },
  }),
];
const checked = check(options(WISHES, { reseed: 2, clock: () => 0 })).then(finished);

describe("a check", () => {
  it("judges every expectation with the seed and the replications of the file", async () => {
    const [one] = await checked;
    expect(one).toMatchObject({ replications: 8, seconds: 0 });
    expect(one.judgements.map(({ ok }) => ok)).toEqual([true, false, true, false]);
  });

  it("tells of other seeds how many pass, of nothing that holds for one seed alone", async () => {
    const [{ rates }] = await checked;
    expect(rates).toEqual([{ passed: 2, of: 2 }, { passed: 0, of: 2 }, { passed: 2, of: 2 }, null]);
  });

  it("stops at a scenario that crashes, and names it", async () => {
    const crash = { ...scenario("crash"), expect: [wish({ min: 0 })] };
    const outcome = await check(options([], { scenarios: [crash] }));
    expect(outcome).toMatchObject({ kind: "stopped", outcome: { kind: "failed" } });
  });

  it("is JSON in the fixed form", async () => {
    const told = JSON.parse(checkJson(await checked));
    expect(told).toMatchObject({
      scenarios: [{ path: "ci/a, b.yaml", seconds: 0, seed: "fixture", replications: 8 }],
      passed: 2,
      failed: 2,
    });
    const [first, , , last] = told.scenarios[0].expectations;
    expect(first).toMatchObject({ metric: "a.share", expected: ">= 0", ok: true, n: 8, line: 2 });
    expect(last).toMatchObject({ expected: "5", ok: false, fragile: false, reseeded: null });
    expect(last.actual).toHaveLength(8);
  });

  it("is told in lines, the failures with both values", async () => {
    const lines = checkLines(await checked);
    expect(lines[0]).toBe("ci/a, b.yaml: seed fixture, n 8, 0.0 s");
    expect(lines[2]).toMatch(/^ {2}FAILED {2}a\.share: expected <= 0\.1, but found 0\.\d+, 95 %/);
    expect(lines[2]).toContain("0 of 2 other seeds pass");
    expect(lines[4]).toMatch(/^ {2}FAILED {2}b\.money: expected 1 total, 5 \(golden\/<&>\.json\)/);
  });

  it("is annotated for GitHub at its line, with what must be escaped", async () => {
    const notes = checkAnnotations(await checked);
    const levels = notes.map((note) => note.split(" ")[0]);
    expect(levels).toEqual(["::error", "::warning", "::error"]);
    expect(notes[0]).toMatch(/^::error file=ci\/a%2C b\.yaml,line=2::a\.share: expected <= 0\.1/);
    expect(notes[0]).toContain("95 %25 interval");
  });
});

/** The elements of a document that is well formed; anything else throws. */
function elementsOf(xml: string): readonly string[] {
  const open: string[] = [];
  const names: string[] = [];
  const sign = /<\?xml [^?]*\?>\n|<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|[^<]+/gy;
  let end = 0;
  for (const match of xml.matchAll(sign)) {
    const [text, closing, name = "", , alone] = match;
    if (match.index !== end || /&(?!amp;|lt;|gt;|quot;|#\d+;)/.test(text)) throw new Error(text);
    end += text.length;
    if (name === "") continue;
    if (closing === "/") {
      if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      names.push(name);
      if (alone === "") open.push(name);
    }
  }
  if (end !== xml.length || open.length > 0) throw new Error(xml.slice(end, end + 80));
  return names;
}

describe("JUnit XML", () => {
  it("is well formed, whatever the names, and counts what failed", async () => {
    const xml = checkJunit(await checked);
    const names = elementsOf(xml);
    const count = (name: string): number => names.filter((each) => each === name).length;
    expect([count("testsuite"), count("testcase"), count("failure")]).toEqual([1, 4, 2]);
    expect(xml).toContain('<testsuites name="gridbench check" tests="4" failures="2" errors="0"');
    expect(xml).toContain("golden/&lt;&amp;&gt;.json");
  });

  it("has no character that XML forbids", () => {
    expect(xmlText('a"b\u0000\u001b\n<\ud800>&\u{1f30d}')).toBe(
      "a&quot;b\u{fffd}\u{fffd}&#10;&lt;\u{fffd}&gt;&amp;\u{1f30d}",
    );
    expect(() => elementsOf("<a><b></a>")).toThrow();
    expect(() => elementsOf('<a b="&"/>')).toThrow();
  });
});

describe("what is checked", () => {
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it("is every scenario of scenarios/ci, and each expects something", async () => {
    const loaded = await loadChecked([]);
    const names = loaded.ok ? loaded.value.map(({ name }) => name) : loaded.faults.map(writeFault);
    expect(names).toContain("quiet");
    expect(names.length).toBeGreaterThan(9);
  });

  it("and their golden totals are those worked by hand on the page", async () => {
    const page = textOf("docs/hand-worked.md");
    const loaded = await loadChecked([]);
    const totals = (loaded.ok ? loaded.value : []).flatMap((each) =>
      each.expect.flatMap(({ golden }) => golden?.exact ?? []),
    );
    expect(totals.length).toBeGreaterThan(25);
    const written = totals.map((total) => total.replace(/\B(?=(\d{3})+$)/g, ","));
    expect(written.filter((total) => !page.includes(total))).toEqual([]);
  });

  it("must expect something where it is named, and somewhere in a folder", async () => {
    const plain = write("plain.yaml", "format: 1\nextends: baseline.yaml\n");
    for (const path of [plain, folder]) {
      const loaded = await loadChecked([path]);
      expect(loaded.ok ? [] : loaded.faults.map(({ found }) => found)).toEqual(["none"]);
    }
  });

  it("has its golden files read, whose faults stand where they are named", async () => {
    write("golden.json", '{"metrics": {"mint.tft": {"exact": ["1.5"]}, "mint.usd": {"mean": 2}}}');
    write("text.json", "mint.tft: 5");
    const file = write(
      "goldens.yaml",
      [
        "format: 1",
        "extends: baseline.yaml",
        "run: { replications: 1 }",
        "expect:",
        "  - { metric: mint.usd, equals: golden.json }",
        "  - { metric: mint.tft, equals: golden.json }",
        "  - { metric: mint.paid_share, equals: golden.json }",
        "  - { metric: mint.tft, equals: absent.json }",
        "  - { metric: mint.tft, equals: text.json }",
        "  - { metric: node.online, min: 0.9, bound: ci }",
        "",
      ].join("\n"),
    );
    const loaded = await loadChecked([file]);
    const said = loaded.ok ? [] : loaded.faults.map((each) => writeFault(each).split("\n")[0]);
    expect(said.map((line) => line.slice(line.indexOf("goldens.yaml")))).toEqual([
      "goldens.yaml:6:33: expect[1].equals: expected a `mean`, or `exact` with whole numbers " +
        'as texts, found {"exact":["1.5"]} in golden.json',
      "goldens.yaml:7:40: expect[2].equals: expected the metric in the golden file, " +
        "found no `mint.paid_share` in golden.json",
      "goldens.yaml:8:33: expect[3].equals: expected a golden file that can be read, " +
        "found no such file",
      "goldens.yaml:9:33: expect[4].equals: expected JSON with `metrics`, as in results.json, " +
        "found something else in text.json",
    ]);
    // `run` does not need them: a golden file may be made by it.
    expect(loadScenario(file).ok).toBe(true);
  });
});
