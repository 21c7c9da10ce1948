import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hashOf } from "../../src/scenario/hash.ts";
import {
  type LoadOptions,
  loadScenario,
  type Scenario,
  writeFault,
} from "../../src/scenario/index.ts";

const folder = mkdtempSync(join(tmpdir(), "scenario-"));

/** Loads a scenario that must hold no fault. */
function load(name: string, options?: LoadOptions): Scenario {
  const loaded = loadScenario(name, options);
  if (!loaded.ok) throw new Error(loaded.faults.map(writeFault).join("\n"));
  return loaded.value;
}

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const value = (scenario: Scenario, key: string) => scenario.values.find(({ path }) => path === key);

describe("one file over the other", () => {
  write(
    "one.yaml",
    "extends: baseline.yaml\nassumptions: { churn: { growth: 2, founding: 30 % } }\n",
  );
  write(
    "two.yaml",
    "assumptions: { churn: { growth: 3 } }\ntimeline: [{ at: 2 d, price: { times: 2 } }]\n",
  );
  const both = write(
    "both.yaml",
    "extends: [one.yaml, two.yaml]\nquestion: both?\nrun: { days: 90 }\n" +
      "timeline: [{ at: 1 d, demand: { times: 3 } }]\n",
  );

  it("lets the later file win, value by value", () => {
    const scenario = load(both);
    expect(value(scenario, "assumptions.churn.growth")).toMatchObject({ value: 3, text: "3" });
    expect(value(scenario, "assumptions.churn.founding")).toMatchObject({ value: 0.3 });
    expect(value(scenario, "assumptions.churn.departure")).toMatchObject({ from: "default" });
    expect(scenario.setup.assumptions.churn.growth).toBe(3);
  });

  it("adds up what happens, in the order of time", () => {
    expect(load(both).setup.timeline).toEqual([
      { kind: "demand", at: 86_400, factor: 3, lasts: Number.POSITIVE_INFINITY },
      { kind: "priceTimes", at: 172_800, factor: 2 },
    ]);
  });

  it("keeps the rest of the run's settings when a length in days replaces one in periods", () => {
    const scenario = load(both);
    expect(scenario.setup.length).toBe(90 * 86_400);
    expect(scenario.setup.periods).toBe(2);
    expect(scenario.run).toEqual({ replications: 32, seed: "baseline" });
    expect(load(both, { run: { periods: "1" } }).setup.length).toBe(2_630_880);
  });

  it("finds the package's baseline from anywhere and lists every file with its hash", () => {
    const names = load(both).files.map(({ name }) => name);
    expect(names).toContain("scenarios/baseline.yaml");
    expect(load(both).files.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });
});

describe("a value from the command line", () => {
  it.each([
    ["assumptions.failure.mtbf=200 d", "assumptions.failure.mtbf", 200 * 86_400],
    ["failure.mtbf=200 d", "assumptions.failure.mtbf", 200 * 86_400],
    ["pricing.cu = 0.005 USD/h", "policy.pricing.cu", 50_000],
    ["assumptions.price.model=walk", "assumptions.price.model", "walk"],
    ["hardware.faults=false", "assumptions.hardware.faults", false],
    ["demand.cores=[1, 2, 4, 8, 16, 32]", "assumptions.demand.cores", [1, 2, 4, 8, 16, 32]],
    ["billing.frequency=1200", "policy.billing.frequency", 1_200],
  ])("%s sets %s", (setting, key, expected) => {
    const found = value(load("scenarios/baseline.yaml", { set: [setting] }), key);
    expect(found).toMatchObject({ value: expected, from: "--set" });
  });

  it("wins over the file, and the last of two wins", () => {
    const scenario = load("growth", { set: ["churn.growth=4", "churn.growth=5"] });
    expect(scenario.setup.assumptions.churn.growth).toBe(5);
  });

  it("sets the run, and any text can be a seed", () => {
    const run = { seed: "42", replications: "3" };
    const scenario = load("baseline", { run, set: ["run.window=30 min"] });
    expect(scenario.run).toEqual({ replications: 3, seed: "42" });
    expect(scenario.setup.window).toBe(1_800);
  });
});

describe("the hash", () => {
  const hash = (name: string, options?: LoadOptions): string => load(name, options).hash;
  const base = hash("baseline");

  it("is that of the world: words, seed and number of runs leave it as it is", () => {
    expect(hash(write("same.yaml", "extends: baseline.yaml\nquestion: another?\n"))).toBe(base);
    expect(hash("baseline", { run: { seed: "x", replications: "2" } })).toBe(base);
    expect(hash("baseline", { set: ["churn.growth=1"] })).toBe(base);
  });

  it("is what it was before a parameter came, where that is as by default", () => {
    const { setup } = load("baseline");
    const { units, newNodes, pricePaid, tail, carbon, ...minting } = setup.policy.minting;
    const words = [units, newNodes, pricePaid, tail, carbon];
    expect(words).toEqual(["current", "whole", "own", 97_200, "none"]);
    const before = hashOf({ ...setup, policy: { ...setup.policy, minting } });
    expect(base).toBe(before);
    const set = (...settings: string[]) => hash("baseline", { set: settings });
    const same = ["units=current", "newNodes=whole", "pricePaid=own", "tail=27 h", "carbon=none"];
    expect(set(...same.map((word) => `policy.minting.${word}`))).toBe(before);
    const others = ["units=v3.0", "newNodes=ownPart", "pricePaid=one", "tail=2 h", "carbon=minted"];
    const hashes = others.map((word) => set(`policy.minting.${word}`));
    expect(new Set([before, ...hashes]).size).toBe(6);
  });

  it("changes with a value, a length and a thing on the timeline", () => {
    const others = [
      hash("baseline", { set: ["churn.growth=1.0001"] }),
      hash("baseline", { run: { periods: "11" } }),
      hash("price-halves"),
    ];
    expect(new Set([base, ...others]).size).toBe(4);
  });
});

it("reads JSON as it reads YAML", () => {
  const text = JSON.stringify({
    format: 1,
    run: { days: 2 },
    policy: { pricing: { cu: "0.02 USD/h" } },
  });
  const scenario = load(write("plain.json", text));
  expect(scenario.setup.policy.pricing.cu).toBe(200_000);
  expect(scenario.name).toBe("plain");
});

it("sets a policy to a value at a date, by a dotted or a nested key", () => {
  const text = (changes: string): string =>
    `timeline: [{ at: 2023-05-01, policy: ${changes} }]\nrun: { days: 60 }\n`;
  const dotted = load(
    write("dotted.yaml", text("{ billing.frequency: 1200, pricing.cu: 0.02 USD/h }")),
  );
  const nested = load(
    write("nested.yaml", text("{ billing: { frequency: 1200 }, pricing: { cu: 0.02 USD/h } }")),
  );
  expect(dotted.setup.timeline).toEqual([
    {
      kind: "policy",
      at: 1_682_899_200 - 1_680_353_800,
      changes: [
        { key: "policy.billing.frequency", value: 1_200 },
        { key: "policy.pricing.cu", value: 200_000 },
      ],
    },
  ]);
  expect(nested.hash).toBe(dotted.hash);
});
