import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Chance, streamId } from "../../src/kernel/index.ts";
import { compareVersions, type Findings, verdictOf } from "../../src/run/against.ts";
import { type AgainstReport, isRed, verdictText } from "../../src/run/against-text.ts";
import { runScenario } from "../../src/run/index.ts";
import { inputChanges, readVersionRun, type VersionRun } from "../../src/run/version-run.ts";
import { scenario } from "./scenario.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-against-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const N = 16;
const stream = streamId("against.test");

/** Sixteen values of a law around 10, from a seed. */
const luck = (seed: number, by = 0): readonly number[] => {
  const chance = new Chance([seed, 7], 0);
  return Array.from({ length: N }, (_, r) => 10 + by + chance.uniform(stream, 0, 0, r));
};

const made = (metrics: Readonly<Record<string, readonly number[]>>, inputs = {}): VersionRun => ({
  metrics: new Map(
    Object.entries(metrics).map(([name, values]) => [name, { unit: "1", values, exact: null }]),
  ),
  inputs: new Map(Object.entries(inputs)),
});

const kinds = (theirs: VersionRun, ours: VersionRun): Record<string, string> => {
  const [{ movements }] = compareVersions([{ path: "a.yaml", theirs, ours }]);
  return Object.fromEntries(movements.map(({ metric, kind }) => [metric, kind]));
};

describe("a metric of two versions", () => {
  it.each<readonly [string, readonly number[], readonly number[]]>([
    ["same", luck(1), luck(1)],
    ["same", luck(1), luck(1).map((value) => value * (1 + 1e-15))],
    ["noise", luck(1), [...luck(1)].reverse()],
    // A thousandth, pair by pair, where other luck would hide a tenth.
    ["moved", luck(1), luck(1).map((value) => value * 1.001)],
    ["moved", luck(1), luck(2, 1)],
    ["constant", Array(N).fill(5), Array(N).fill(5.000001)],
  ])("is %s", (kind, before, after) => {
    expect(kinds(made({ a: before }), made({ a: after }))).toEqual({ a: kind });
  });

  it("is compared where both measured it, and absent where one does not know it", () => {
    const holes = luck(1).map((value, r) => (r % 2 === 0 ? Number.NaN : value));
    expect(kinds(made({ a: holes }), made({ a: holes, b: luck(3) }))).toEqual({
      a: "same",
      b: "absent",
    });
    expect(kinds(made({ a: holes }), made({ a: luck(1) }))).toEqual({ a: "noise" });
  });

  it("counts exact totals, not their doubles", () => {
    const values = Array(N).fill(1e9);
    const run = (exact: readonly string[]): VersionRun => ({
      metrics: new Map([["a", { unit: "TFT", values, exact }]]),
      inputs: new Map(),
    });
    const [one, other] = ["10000000000000000", "10000000000000001"];
    expect(kinds(run(Array(N).fill(one)), run(Array(N).fill(one)))).toEqual({ a: "same" });
    expect(kinds(run(Array(N).fill(one)), run(Array(N).fill(other)))).toEqual({ a: "constant" });
  });
});

it("other luck alone moves something in at most one of twenty comparisons", () => {
  // 150 comparisons of 20 metrics under one law; the bound is five standard deviations above 5 %.
  const metrics = (seed: number): VersionRun =>
    made(
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`m${i}`, luck(seed + i * 10_007)])),
    );
  let moved = 0;
  for (let trial = 0; trial < 150; trial += 1) {
    const found = kinds(metrics(2 * trial), metrics(2 * trial + 1));
    if (Object.values(found).includes("moved")) moved += 1;
  }
  expect(moved).toBeLessThan(150 * 0.05 + 5 * Math.sqrt(150 * 0.05 * 0.95));
});

const findings = (
  theirs: VersionRun,
  ours: VersionRun,
  more: Partial<Findings> = {},
): Findings => ({
  rules: [],
  unanswered: [],
  inputs: inputChanges(theirs, ours),
  scenarios: compareVersions([{ path: "a.yaml", theirs, ours }]),
  adjusted: null,
  ...more,
});

const mtbf = (text: string) => ({ "assumptions.failure.mtbf": { text, value: text } });
const cu = (text: string) => ({ "policy.pricing.cu": { text, value: text } });
const nothing = compareVersions([]);
const rule = { rule: "reward", different: 3, cases: 20, example: "reward-1: ours 2, theirs 1" };

describe("the conclusion", () => {
  const plain = made({ a: luck(1), b: Array(N).fill(2) });
  const cases: readonly (readonly [string, boolean, Findings])[] = [
    ["same", false, findings(plain, plain)],
    ["streams", false, findings(plain, made({ a: [...luck(1)].reverse(), b: Array(N).fill(2) }))],
    ["moved", true, findings(plain, made({ a: luck(1), b: Array(N).fill(3) }))],
    ["moved", true, findings(plain, made({ a: luck(1, 1), b: Array(N).fill(2) }))],
    ["rule", true, findings(plain, plain, { rules: [rule] })],
    ["rule", true, findings(made({ a: luck(1) }, cu("1 USD")), made({ a: luck(1) }, cu("2 USD")))],
    // An assumption that differs, and explains all: told apart, and red only where something moved.
    [
      "recalibrated",
      true,
      findings(made({ a: luck(1) }, mtbf("90 d")), made({ a: luck(1, 1) }, mtbf("80 d")), {
        adjusted: nothing,
      }),
    ],
    [
      "recalibrated",
      false,
      findings(made({ a: luck(1) }, mtbf("90 d")), made({ a: luck(1) }, mtbf("80 d"))),
    ],
    // One that does not explain it hides nothing.
    [
      "moved",
      true,
      findings(made({ a: luck(1) }, mtbf("90 d")), made({ a: luck(1, 1) }, mtbf("80 d")), {
        adjusted: compareVersions([
          { path: "a.yaml", theirs: made({ a: luck(1) }), ours: made({ a: luck(1, 1) }) },
        ]),
      }),
    ],
  ];

  it.each(cases)("is `%s`, red: %s", (verdict, red, found) => {
    const report: AgainstReport = {
      theirs: "1",
      ours: "2",
      findings: found,
      asked: 1,
      left: [],
      seconds: null,
    };
    expect([verdictOf(found), isRed(report)]).toEqual([verdict, red]);
  });

  it("names the rule, and what it moved", () => {
    const found = findings(plain, made({ a: luck(1, 1), b: Array(N).fill(2) }), { rules: [rule] });
    const report = { theirs: "1", ours: "2", findings: found, asked: 1, left: [], seconds: null };
    expect(verdictText(report)).toBe("a rule changed: reward; moved beyond chance: a");
  });
});

it("an ensemble is read from its folder as it was measured, bit by bit", async () => {
  const engine = new URL("./engine.mjs", import.meta.url).href;
  const out = join(folder, "run");
  const outcome = await runScenario({
    ...{ scenario: scenario(), out, version: "0", commit: null, engine, workers: 0 },
  });
  if (outcome.kind !== "finished") throw new Error(outcome.kind);
  const { metrics } = readVersionRun(out);
  for (const [i, { name }] of outcome.rows[0].metrics.entries()) {
    expect(metrics.get(name)?.values).toEqual(outcome.rows.map((row) => row.metrics[i].value));
  }
  expect(metrics.get("b.money")).toMatchObject({
    unit: "TFT",
    exact: outcome.rows.map((row) => row.metrics[0].exact),
  });
});
