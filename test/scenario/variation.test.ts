import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { argumentSource } from "../../src/scenario/document.ts";
import {
  declarations,
  explain,
  jsonSchema,
  type LoadOptions,
  loadScenario,
  type Scenario,
  writeFault,
} from "../../src/scenario/index.ts";
import { readDraft } from "../../src/scenario/variation.ts";
import { waysOf } from "../../src/scenario/way.ts";
import { leafOf, type Way } from "../../src/units/index.ts";

const folder = mkdtempSync(join(tmpdir(), "variation-"));
const DAY = 86_400;

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Loads a scenario that must hold no fault. */
function load(name: string, options?: LoadOptions): Scenario {
  const loaded = loadScenario(name, options);
  if (!loaded.ok) throw new Error(loaded.faults.map(writeFault).join("\n"));
  return loaded.value;
}

/** The baseline with some settings. */
const set = (...settings: readonly string[]): Scenario => load("baseline", { set: settings });

const value = (scenario: Scenario, key: string) => scenario.values.find(({ path }) => path === key);

describe("a value by keys", () => {
  it("differs by country, and the rest keep what is said of all", () => {
    const { setup } = set("line.developedMean={ default: 14 d, BE: 10 d, NL: 12 d }");
    const varied = setup.varied?.["line.developedMean"] ?? Number.NaN;
    const days = ["BE", "NL", "DE"].map((country) => Number(leafOf(varied, { country })) / DAY);
    expect(days).toEqual([10, 12, 14]);
    expect(setup.assumptions.line.developedMean).toBe(14 * DAY);
  });

  it("is set by its path, one key after the other, over what was there", () => {
    const { setup } = set(
      "line.developedMean.BE=10 d",
      "assumptions.line.developedMean.NL=12 d",
      "developedMean.default=14 d",
    );
    const whole = set("line.developedMean={ default: 14 d, BE: 10 d, NL: 12 d }");
    expect(setup.varied).toEqual(whole.setup.varied);
    expect(set("line.developedMean.BE=10 d", "line.developedMean=14 d").setup.varied).toBe(
      undefined,
    );
  });

  it("can differ by class within a country, and by country within a class", () => {
    const inside = "{ BE: { home: 50 d }, titan_like: 70 d }";
    const mixed = loadScenario("baseline", { set: [`failure.stableMean=${inside}`] });
    expect(mixed.ok).toBe(false);
    const { setup } = set(
      "failure.stableMean={ default: { titan_like: 70 d }, BE: { home: { default: 50 d } } }",
    );
    const varied = setup.varied?.["failure.stableMean"] ?? Number.NaN;
    const of = (country: string, farmKind: string, nodeClass: string): number =>
      Number(leafOf(varied, { country, farmKind, nodeClass })) / DAY;
    expect(of("BE", "home", "titan_like")).toBe(50);
    expect(of("BE", "commercial", "titan_like")).toBeCloseTo(131.9, 9);
    expect(of("DE", "home", "titan_like")).toBe(70);
    expect(of("DE", "home", "mini_home")).toBeCloseTo(131.9, 9);
  });

  it("can be a list, where the parameter is one", () => {
    const { setup } = set("demand.coreWeights.blockchain=[1, 0, 0, 0, 0, 0]");
    const varied = setup.varied?.["demand.coreWeights"] ?? Number.NaN;
    expect(leafOf(varied, { workload: "blockchain" })).toEqual([1, 0, 0, 0, 0, 0]);
    expect(leafOf(varied, { workload: "vm" })).toEqual(setup.assumptions.demand.coreWeights);
  });

  it("is laid over the file that is extended, which keeps its other keys", () => {
    write(
      "one.yaml",
      "extends: baseline.yaml\nassumptions: { churn: { growth: { BE: 2, NL: 3 } } }",
    );
    const two = write(
      "two.yaml",
      "extends: one.yaml\nassumptions: { churn: { growth: { NL: 4 } } }",
    );
    const found = value(load(two), "assumptions.churn.growth");
    expect(found).toMatchObject({ text: "{ default: 1, BE: 2, NL: 4 }", value: 1 });
    expect(found?.varied).toEqual({
      kind: "split",
      by: "country",
      each: { BE: 2, NL: 4 },
      rest: 1,
    });
  });

  it("is the plain value, to the hash, where it is the same everywhere", () => {
    const plain = set("line.developedMean=14 d", "demand.live=0.3", "update.interval=20 d");
    const keyed = set(
      "line.developedMean={ default: 14 d, BE: 2 week }",
      "demand.live={ default: { steps: { 0 d: 0.3, 40 d: 0.3 } }, DE: 0.3 }",
      "update.interval={ steps: { 2023-01-01: 9 d, 2023-02-01: 20 d, 90 d: 20 d } }",
    );
    expect(keyed.setup.varied).toBe(undefined);
    expect(keyed.hash).toBe(plain.hash);
    expect(set("line.developedMean.BE=13 d").hash).not.toBe(set("line.developedMean.NL=13 d").hash);
  });
});

describe("a value over time", () => {
  it("has steps at durations from the start or at dates, in order of time", () => {
    const { setup } = set("demand.live={ steps: { 60 d: 0.5, 0 d: 0.2, 2023-04-11: 0.3 } }");
    expect(setup.varied?.["demand.live"]).toEqual({
      kind: "steps",
      seconds: [0, 1_681_171_200 - 1_680_353_800, 60 * DAY],
      values: [0.2, 0.3, 0.5],
    });
    expect(setup.assumptions.demand.live).toBe(0.2);
  });

  it("is read from a file beside the scenario, whose hash is kept", () => {
    write("live.csv", "at,value\n2023-01-01,0.2\n30 d,0.25\n");
    const text = "extends: baseline.yaml\nassumptions: { demand: { live: { trace: live.csv } } }";
    const scenario = load(write("traced.yaml", text));
    const steps = set("demand.live={ steps: { 0 d: 0.2, 30 d: 0.25 } }");
    expect(scenario.setup.varied).toEqual(steps.setup.varied);
    expect(scenario.hash).toBe(steps.hash);
    expect(scenario.files.some(({ name, hash }) => /live\.csv$/.test(name) && hash !== "")).toBe(
      true,
    );
  });

  it("of a policy is the same as entries of the timeline at those times", () => {
    write("floor.csv", "at,value\n0 d,0.01 USD\n45 d,0.02 USD\n");
    const steps = write(
      "policy-steps.yaml",
      "extends: baseline.yaml\n" +
        "timeline: [{ at: 40 d, price: { times: 0.5 } }]\n" +
        "policy:\n" +
        "  pricing: { cu: { steps: { 0 d: 0.02 USD/h, 30 d: 0.005 USD/h } } }\n" +
        "  price: { floor: { trace: floor.csv } }\n",
    );
    const entries = write(
      "policy-entries.yaml",
      "extends: baseline.yaml\n" +
        "policy: { pricing: { cu: 0.02 USD/h }, price: { floor: 0.01 USD } }\n" +
        "timeline:\n" +
        "  - { at: 30 d, policy: { pricing.cu: 0.005 USD/h } }\n" +
        "  - { at: 40 d, price: { times: 0.5 } }\n" +
        "  - { at: 45 d, policy: { price.floor: 0.02 USD } }\n",
    );
    const [one, other] = [load(steps), load(entries)];
    expect(one.setup).toEqual(other.setup);
    expect(one.hash).toBe(other.hash);
    expect(one.timeline).toEqual(other.timeline);
  });
});

it("the economy can change over time, as on the timeline", () => {
  const steps = "economics: { steps: { 0 d: v3-current, 2024-03-01: gep-2024-03 } }";
  const one = load(write("economy-steps.yaml", `extends: baseline.yaml\npolicy: { ${steps} }\n`));
  const entry = "{ at: 2024-03-01, policy: { economics: gep-2024-03 } }";
  const text = `extends: baseline.yaml\npolicy: { economics: v3-current }\ntimeline: [${entry}]\n`;
  const other = load(write("economy-entry.yaml", text));
  expect(one.setup).toEqual(other.setup);
  expect(one.timeline).toEqual(other.timeline);
  expect(one.warnings).toEqual(other.warnings);
  const wrong = loadScenario("baseline", {
    set: [`policy.economics=${steps.slice(11).replace("gep", "gap")}`],
  });
  expect(wrong.ok ? [] : wrong.faults.map(writeFault).join()).toContain(
    "(did you mean `gep-2024-03`?)",
  );
});

describe("a distribution", () => {
  it("keeps its numbers in base units and the bounds of the parameter", () => {
    const law = "{ distribution: lognormal, median: 30 d, sd: 12 h }";
    const { setup, values } = set(`failure.mtbf=${law}`);
    expect(setup.varied?.["failure.mtbf"]).toEqual({
      kind: "drawn",
      law: "lognormal",
      numbers: { median: 30 * DAY, sd: DAY / 2 },
      low: 60,
      high: 36_500 * DAY,
    });
    expect(values.find(({ path }) => path === "assumptions.failure.mtbf")?.text).toBe(law);
    expect(setup.assumptions.failure.mtbf / DAY).toBeCloseTo(30, 1);
  });

  it("can be that of one country alone", () => {
    const { setup } = set("wallet.look.NL={ distribution: exponential, mean: 3 d }");
    const varied = setup.varied?.["wallet.look"] ?? Number.NaN;
    expect(leafOf(varied, { country: "NL" })).toMatchObject({ law: "exponential" });
    expect(leafOf(varied, { country: "BE" })).toBe(7 * DAY);
  });
});

describe("every declaration", () => {
  /** A value of each way in which a parameter can vary, made of its default. */
  const forms = (ways: readonly Way[], text: string): readonly string[] => {
    const keys = { country: "BE", farmKind: "home", nodeClass: "titan_like", workload: "vm" };
    const law = `{ distribution: discrete, values: [${text}], weights: [1] }`;
    return ways.map((way) => {
      if (way === "time") return `{ steps: { 0 d: ${text}, 9 d: ${text} } }`;
      return way in keys ? `{ ${keys[way as keyof typeof keys]}: ${text} }` : law;
    });
  };
  const varying = declarations.filter((each) => waysOf(each).length > 0);

  it("reads every form that it names", () => {
    const most = Math.max(...varying.map((each) => waysOf(each).length));
    for (let number = 0; number < most; number++) {
      const settings = varying.flatMap((each) => {
        const { parameter, key } = each;
        const plain = parameter.kind === "numbers" ? `[${parameter.default.join(", ")}]` : "";
        const form = forms(waysOf(each), plain || String(parameter.default))[number];
        return form === undefined ? [] : [`${key}=${form}`];
      });
      expect(settings.length).toBeGreaterThan(0);
      const loaded = loadScenario("baseline", { set: settings });
      expect(loaded.ok ? [] : loaded.faults.map(writeFault)).toEqual([]);
    }
  });

  it("refuses what it does not name, and says so", () => {
    const source = argumentSource("", "", undefined);
    for (const each of declarations) {
      const ways = waysOf(each);
      const tried = {
        workload: { vm: 1 },
        country: { BE: 1 },
        farmKind: { home: 1 },
        time: { steps: { "0 d": 1 } },
      };
      for (const [way, raw] of Object.entries(tried)) {
        if (ways.some((one) => one === way)) continue;
        const { refusals } = readDraft(each, raw, { source, folder: "", path: [] });
        expect(refusals.map(({ expected }) => expected)).toContainEqual(
          expect.stringMatching(/^one value for/),
        );
      }
    }
  });

  it("offers each of its forms in the schema", () => {
    const text = JSON.stringify(jsonSchema());
    const references = [...text.matchAll(/#\/\$defs\/([\w-]+)/g)].map(([, name]) => name);
    expect(new Set(references).size).toBeGreaterThan(8);
    const { $defs: known } = jsonSchema();
    expect([...new Set(references)].sort()).toEqual(Object.keys(known as object).sort());
  });
});

describe("explain", () => {
  const told = (key: string, scenario?: Scenario): string => {
    const found = explain(key, scenario);
    return found.ok
      ? `${found.value.key} ${found.value.text}`
      : found.faults.map(writeFault).join();
  };
  const scenario = set("line.developedMean={ BE: 10 d, NL: { steps: { 0 d: 1 d, 9 d: 48 h } } }");

  it.each([
    ["line.developedMean", "{ default: 21 d, BE: 10 d, NL: { steps: { 0 d: 1 d, 9 d: 48 h } } }"],
    ["line.developedMean.BE", "10 d"],
    ["line.developedMean.NL", "{ steps: { 0 s: 1 d, 9 d: 2 d } }"],
    ["line.developedMean.DE", "21 d"],
    ["line.developingMean.DE", "2.5 d"],
  ])("%s tells %s", (key, text) => {
    expect(told(key, scenario)).toBe(`assumptions.${key} ${text}`);
  });

  it("refuses a key that there cannot be", () => {
    expect(told("line.developedMean.vm")).toBe(
      "explain: line.developedMean.vm: expected one value for all workloads " +
        "(it can differ by country, be drawn for each farm, change over time), found `vm`",
    );
    expect(told("line.developedMean.XX", scenario)).toBe(
      "explain: line.developedMean.XX: expected a country in which there are farms, found `XX`",
    );
    expect(told("line.devlopedMean.BE")).toContain("(did you mean `line.developedMean.BE`?)");
  });
});
