import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gather, type PointOptions, runSensitivity, runSweep, runUncertain } from "gridbench";
import { afterAll, describe, expect, it } from "vitest";
import { combinations, spread } from "../../src/run/design.ts";
import { textAt } from "../../src/run/uncertain-draw.ts";
import {
  axisText,
  loadPoints,
  loadScenario,
  readAxis,
  uncertainInputs,
} from "../../src/scenario/index.ts";

const engine = new URL("./answer.mjs", import.meta.url).href;
const root = mkdtempSync(join(tmpdir(), "gridbench-sweep-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const load = { run: { seed: "sweep", replications: "4" } };
const loaded = loadScenario("baseline", load);
if (!loaded.ok) throw new Error("baseline does not load");
const base = loaded.value;

const axisOf = (typed: string) => {
  const axis = readAxis(typed);
  if (!axis.ok) throw new Error(`${typed} is no axis`);
  return axis.value;
};

const optionsIn = (name: string, more: Partial<PointOptions> = {}): PointOptions => ({
  out: join(root, name),
  version: "0",
  commit: null,
  replications: 4,
  engine,
  workers: 0,
  ...more,
});

const axes = ["failure.stableMean=115 d,150 d", "hardware.shape=0.7,0.75,0.8"].map(axisOf);
const texts = combinations(axes.map(({ values }) => values ?? []));
const placed = loadPoints(
  "baseline",
  load,
  axes.map(({ key }) => key),
  texts,
);
if (!placed.ok) throw new Error("a point does not load");
const points = placed.value.map((scenario, number) => ({ number, texts: texts[number], scenario }));

const sweepInto = (name: string, shard: { index: number; of: number } | null = null, more = {}) =>
  runSweep({ base, design: "grid", axes, points, shard, options: optionsIn(name, more) });

const read = (...path: string[]): string => readFileSync(join(root, ...path), "utf8");

describe("a sweep", () => {
  it("has a row a point: its values, and each metric's mean, interval and count", async () => {
    expect(await sweepInto("whole")).toMatchObject({ kind: "finished" });
    const [head, ...rows] = read("whole", "points.csv").trimEnd().split("\n");
    expect(head).toMatch(
      /^point,assumptions.failure.stableMean,assumptions.hardware.shape,a.plain,/,
    );
    expect(head).toContain("b.noisy,b.noisy:low,b.noisy:high,b.noisy:n");
    expect(rows.map((row) => row.split(",").slice(0, 3).join())).toEqual([
      "0,115 d,0.7",
      "1,115 d,0.75",
      "2,115 d,0.8",
      "3,150 d,0.7",
      "4,150 d,0.75",
      "5,150 d,0.8",
    ]);
    const plain = rows.map((row) => Number(row.split(",")[3]));
    [0.256, 1.256, 2.256, 3.256, 4.256, 5.256].forEach((value, i) => {
      expect(plain[i]).toBeCloseTo(value, 2);
    });
    expect(existsSync(join(root, "whole", "points", "0005", "results.json"))).toBe(true);
  });

  it("shares its chance: the difference of two points has less of it than either", () => {
    const of = (point: string): number[] =>
      read("whole", "points", point, "replications.csv")
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => Number(line.split(",")[2]));
    const [one, other] = [of("0000"), of("0005")];
    const width = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
    expect(width(one.map((value, r) => value - other[r]))).toBeLessThan(width(one));
  });

  it("is joined from shards to the same bytes, and only when all are there", async () => {
    for (const index of [0, 1, 2]) await sweepInto(`shard-${index}`, { index, of: 3 });
    const folders = [0, 1, 2].map((index) => join(root, `shard-${index}`));
    const part = await gather([folders[0], folders[2]], join(root, "part"));
    expect(part).toEqual({
      kind: "refused",
      faults: ["expected 6 points, missing 1, 4: run --shard 1/3"],
    });
    expect(existsSync(join(root, "part"))).toBe(false);
    expect((await gather(folders, join(root, "joined"))).kind).toBe("finished");
    for (const file of ["points.csv", "sweep.json", "points/0004/results.json"]) {
      expect(read("joined", file)).toBe(read("whole", file));
    }
  });

  it("is not joined with another sweep, nor with a point that was changed", async () => {
    const folder = join(root, "strange");
    cpSync(join(root, "shard-1"), folder, { recursive: true });
    const table = JSON.parse(read("shard-1", "sweep.json"));
    writeFileSync(join(folder, "sweep.json"), JSON.stringify({ ...table, seed: "another" }));
    rmSync(join(folder, "points", "0004", "manifest.json"));
    const others = [0, 2].map((index) => join(root, `shard-${index}`));
    expect(await gather([...others, folder, join(root, "absent")], join(root, "no"))).toEqual({
      kind: "refused",
      faults: [
        expect.stringContaining("absent: expected the folder of a sweep, found no sweep.json"),
        expect.stringContaining("found another seed"),
        expect.stringContaining("expected a finished run, found no manifest.json"),
      ],
    });
  });

  it("goes on after an interruption to the same bytes", async () => {
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }): void => {
      if (done === 9) stop.abort();
    };
    const first = await sweepInto("stopped", null, { signal: stop.signal, onProgress });
    expect(first).toEqual({ kind: "interrupted", done: 9, total: 24 });
    expect(existsSync(join(root, "stopped", "points.csv"))).toBe(false);
    await sweepInto("stopped", null, { resume: true });
    expect(read("stopped", "points.csv")).toBe(read("whole", "points.csv"));
  });
});

describe("an axis", () => {
  it.each([
    ["failure.stableMean=80 d..160 d", 0.25, "100 d"],
    ["outage.mean=30 min..8 h", 0.5, "255 min"],
    ["pricing.cu=0.005 USD/h..0.02 USD/h", 0.5, "0.0125 USD/h"],
    ["fleet.large=5..20", 0.5, "13"],
    ["power.scope=2 %..50 %", 1, "50 %"],
    ["churn.departure", 0, "0.95 %"],
    ["failure.model", 0.7, "exponential"],
    ["demand.mix=[0.5, 0.5],[1, 0]", 0.9, "[1, 0]"],
  ])("%s at %d is %s", (typed, share, text) => {
    expect(axisText(axisOf(typed), share)).toBe(text);
  });

  it.each([
    ["failure.mtfb=1 d..2 d", "failure.mtbf"],
    ["failure.mtbf=2 d..1 d", "a low value and a higher one"],
    ["failure.mtbf=1..2", "a duration"],
    ["failure.mtbf=1 d,,2 d", "values apart by commas"],
    ["failure.mtbf=1 d,1 d", "each value once"],
    ["price.model=constant..walk", "a list of values, since it is no number"],
    ["demand.mix", "no range is declared"],
  ])("%s is refused", (typed, sentence) => {
    const axis = readAxis(typed);
    expect(axis.ok ? "" : JSON.stringify(axis.faults)).toContain(sentence);
  });

  it("is spread the same by whoever makes the design", () => {
    const cube = spread("lhs", 8, 3, "seed");
    expect(cube).toEqual(spread("lhs", 8, 3, "seed"));
    expect(cube).not.toEqual(spread("lhs", 8, 3, "another"));
    expect(spread("sobol", 8, 54, "seed")).toContain("at most 53 axes");
  });
});

describe("sensitivity", () => {
  const keys = ["failure.stableMean", "hardware.shape"];

  it("finds the shares of a sum, the slopes, and the part of chance", async () => {
    const done = await runSensitivity({
      scenario: "baseline",
      load,
      base,
      axes: keys.map(axisOf),
      method: "both",
      trajectories: 2,
      rows: 16,
      options: optionsIn("sensitivity", { replications: 2 }),
    });
    if (!done.ok || !("metrics" in done.value)) throw new Error("not done");
    const { metrics, evaluations } = done.value;
    expect(evaluations).toBe(2 * 3 + 16 * 4);
    const { "a.plain": plain, "b.noisy": noisy } = metrics;
    // 9 and 4 parts of 13, as closely as sixteen rows tell.
    [9, 4].forEach((part, i) => {
      expect(Math.abs((plain.sobol?.[i].total ?? 0) - part / 13)).toBeLessThan(0.15);
      expect(plain.morris?.[i].mu_star).toBeCloseTo(3 - i, 2);
    });
    expect(plain.noise).toBeCloseTo(0, 9);
    // What each point has of its own is uniform, 1/12, over 2 replications, against 13/12.
    expect(Math.abs((noisy.noise ?? 0) - 1 / 24 / (13 / 12))).toBeLessThan(0.03);
    expect(existsSync(join(root, "sensitivity", "points"))).toBe(false);
  });
});

describe("uncertainty", () => {
  it("tells chance and inputs apart, and which inputs owe what", async () => {
    const out = join(root, "uncertain");
    const draws = 16;
    const run = { ...optionsIn("uncertain"), scenario: base };
    const done = await runUncertain({ scenario: "baseline", load, run, draws, inner: 2 });
    if (!done.ok || done.value.kind !== "uncertain") throw new Error("not done");
    const { central, table } = done.value;
    expect(central.results.metrics["b.noisy"].n).toBe(4);
    const { "b.noisy": noisy, "c.model": model } = table.metrics;
    expect(noisy.inputs[0].key).toBe("assumptions.failure.stableMean");
    expect(noisy.inputs[0].direction).toBe(1);
    expect(noisy.inputs95[0]).toBeLessThan(central.results.metrics["b.noisy"].mean ?? 0);
    expect(noisy.inputs95[1]).toBeGreaterThan(central.results.metrics["b.noisy"].mean ?? 0);
    expect(noisy.chance_sd).toBeGreaterThan(0.2);
    // A choice has its default half of the time.
    expect(model.inputs[0]).toMatchObject({ key: "assumptions.failure.model", share: 1 });
    expect(model.draws_mean).toBeCloseTo(0.5, 9);
    expect(table.inputs.map(({ key }) => key)).not.toContain("policy.pricing.cu");
    expect(table.inputs.map(({ key }) => key)).toContain("policy.fee.cancel");
    expect(readFileSync(join(out, "uncertainty.csv"), "utf8").split("\n")).toHaveLength(draws + 2);
    expect(existsSync(join(out, "results.json"))).toBe(true);
    expect(existsSync(join(out, "points"))).toBe(false);
  });

  it("holds what the scenario or a flag decides", () => {
    const decided = loadScenario("baseline", { set: ["failure.stableMean=130 d"] });
    if (!decided.ok) throw new Error("it does not load");
    const keys = (scenario: typeof base) => uncertainInputs(scenario).map(({ key }) => key);
    expect(keys(base)).toContain("assumptions.failure.stableMean");
    expect(keys(decided.value)).not.toContain("assumptions.failure.stableMean");
    expect(keys(decided.value).length).toBe(keys(base).length - 1);
  });

  it.each([
    ["assumptions.outage.mean", [0.001, 0.25, 0.5, 0.75, 0.999]],
    ["assumptions.power.homeRideThrough", [0.001, 0.25, 0.5, 0.75, 0.999]],
  ])("has the default of %s in the middle", (key, shares) => {
    const input = uncertainInputs(base).find((one) => one.key === key);
    if (input === undefined) throw new Error("it is not uncertain");
    const texts = shares.map((share) => textAt(input, share));
    const expected: Readonly<Record<string, readonly string[]>> = {
      // From 30 min over 1 h to 8 h, by the logarithm.
      "assumptions.outage.mean": [
        "30.0416 min",
        "42.4264 min",
        "60 min",
        "169.706 min",
        "478.008 min",
      ],
      "assumptions.power.homeRideThrough": ["0.01 %", "2.5 %", "5 %", "17.5 %", "29.95 %"],
    };
    expect(texts).toEqual(expected[key]);
  });
});
