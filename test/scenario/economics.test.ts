import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type EconomicsSet,
  findEconomics,
  missingRules,
  policyTexts,
  runsOf,
} from "../../src/protocol/index.ts";
import {
  dayText,
  declarations,
  economicsValues,
  explain,
  loadScenario,
  readEconomics,
  type Scenario,
  writeFault,
} from "../../src/scenario/index.ts";
import { seconds } from "../../src/units/index.ts";

const folder = mkdtempSync(join(tmpdir(), "economics-"));

function loaded(name: string, text: string) {
  writeFileSync(join(folder, name), text);
  return loadScenario(join(folder, name));
}

/** Loads a text that must hold no fault. */
function load(name: string, text: string): Scenario {
  const scenario = loaded(name, text);
  if (!scenario.ok) throw new Error(scenario.faults.map(writeFault).join("\n"));
  return scenario.value;
}

function setOf(name: string): EconomicsSet {
  const set = findEconomics(name);
  if (set === undefined) throw new Error(`no set ${name}`);
  return set;
}

const resolvedOf = (scenario: Scenario, key: string) =>
  scenario.values.find(({ path }) => path === key);

/** What the economy changes on a timeline, in the order of the declarations. */
const changesOf = (name: string) =>
  [...economicsValues(setOf(name))].map(([key, { value }]) => ({ key, value }));

describe("an economy at the start", () => {
  const plain = load("plain.yaml", "extends: baseline.yaml\n");

  it("is today's unless another is named, and then the values are the declared defaults", () => {
    expect(resolvedOf(plain, "policy.economics")).toMatchObject({
      value: "v3-current",
      from: "default",
    });
    for (const [key, { value }] of economicsValues(setOf("v3-current")))
      expect(resolvedOf(plain, key)).toMatchObject({ value, from: "default" });
  });

  it("that is named gives its values, its source and its date to what it covers", () => {
    const text = "extends: baseline.yaml\npolicy: { economics: gep-2024-03 }\n";
    const scenario = load("named.yaml", text);
    const covered = scenario.values.filter(({ from }) => from === "policy.economics");
    const { policy, source } = setOf("gep-2024-03");
    expect(covered).toHaveLength(policy === null ? 0 : policyTexts(policy).length);
    expect(covered.every((each) => each.source === source && each.date === "2024-03")).toBe(true);
    expect(resolvedOf(scenario, "policy.pricing.cu")).toMatchObject({ from: "default" });
  });

  it("leaves the world as it is where its values are those of before", () => {
    const text = "extends: baseline.yaml\npolicy: { economics: v3-current }\n";
    const scenario = load("current.yaml", text);
    expect(scenario.hash).toBe(plain.hash);
    expect(scenario.setup.policy).not.toHaveProperty("economics");
  });

  it("gives way to what the file, a file below it, or the command line gives itself", () => {
    writeFileSync(join(folder, "below.yaml"), "policy: { split: { foundation: 30 % } }\n");
    const text =
      "extends: [baseline.yaml, below.yaml]\n" +
      "policy: { economics: gep-2024-03, minting: { minimumDiy: 90 % } }\n";
    const file = join(folder, "own.yaml");
    writeFileSync(file, text);
    const scenario = loadScenario(file, {
      set: ["policy.economics=v3-current", "split.staking=5 %"],
    });
    if (!scenario.ok) throw new Error(scenario.faults.map(writeFault).join("\n"));
    const { split, minting, billing } = scenario.value.setup.policy;
    expect([split.foundation, split.staking, minting.minimumDiy]).toEqual([0.3, 0.05, 0.9]);
    expect(billing.rules).toBe("reserve");
    expect(resolvedOf(scenario.value, "policy.economics")).toMatchObject({ from: "--set" });
  });

  it("is explained like any other parameter", () => {
    const short = explain("economics", plain);
    expect(short.ok && short.value).toMatchObject({
      key: "policy.economics",
      value: "v3-current",
      default: "v3-current",
    });
    expect(short.ok && short.value.words).toContain("spore-2025");
    expect(explain("policy.economics", undefined).ok).toBe(true);
  });
});

describe("an economy from a date on", () => {
  const at = "run: { start: 2024-03-01, days: 400 }\n";
  const entry = (policy: string): string =>
    `${at}timeline: [{ at: 2024-05-02, policy: ${policy} }]\n`;

  it("becomes the changes of all its values", () => {
    const { setup, timeline } = load("switch.yaml", entry("{ economics: v3-current }"));
    expect(setup.timeline).toEqual([
      { kind: "policy", at: 62 * 86_400, changes: changesOf("v3-current") },
    ]);
    expect(timeline).toEqual(["62 d: policy.economics = v3-current"]);
  });

  it.each([
    ["dotted.yaml", "{ economics: v3-current, split.foundation: 30 %, pricing.cu: 0.02 USD/h }"],
    ["before.yaml", "{ split.foundation: 30 %, pricing.cu: 0.02 USD/h, economics: v3-current }"],
    [
      "nested.yaml",
      "{ split: { foundation: 30 % }, pricing: { cu: 0.02 USD/h }, policy.economics: v3-current }",
    ],
  ])("gives way to what %s says beside it", (name, policy) => {
    const { setup, timeline } = load(name, entry(policy));
    const others = changesOf("v3-current").filter(({ key }) => key !== "policy.split.foundation");
    const own = [
      { key: "policy.split.foundation", value: 0.3 },
      { key: "policy.pricing.cu", value: 200_000 },
    ];
    expect(setup.timeline).toEqual([
      { kind: "policy", at: 62 * 86_400, changes: [...others, ...own] },
    ]);
    const said = "policy.split.foundation = 0.3, policy.pricing.cu = 200000";
    expect(timeline).toEqual([`62 d: policy.economics = v3-current, ${said}`]);
  });

  it("changes only what is declared, by the values that the chain had", () => {
    const older = economicsValues(setOf("v3-2022"));
    expect(older.get("policy.minting.rules")?.value).toBe("2022");
    expect(older.get("policy.discount.goldMonths")?.value).toBe(36);
    expect(older.get("policy.minting.minimumDiy")?.value).toBe(0);
    const keys = declarations.map(({ key }) => key);
    expect([...older.keys()].every((key) => keys.includes(key))).toBe(true);
  });
});

describe("an economy that a world cannot carry out", () => {
  it.each(["v3-2022", "v3-2024-05", "v4-2024-11", "spore-2025"])(
    "is refused by its name, with the reason: %s",
    (name) => {
      const set = setOf(name);
      const answer = loaded(`${name}.yaml`, `policy: { economics: ${name} }\n`);
      expect(answer.ok).toBe(runsOf(set) === "world");
      if (answer.ok) return;
      const [missing] = missingRules(set);
      const why =
        missing === undefined
          ? "which is calculated only"
          : `which needs \`${missing.key}: ${missing.word}\``;
      expect(answer.faults.map(writeFault).join()).toContain(`found \`${name}\`, ${why}`);
    },
  );

  it("is read where a world can", () => {
    expect(readEconomics("v3-current")).toMatchObject({ ok: true, text: "v3-current" });
    expect(readEconomics(3)).toMatchObject({ ok: false, found: "`3`" });
  });
});

describe("the warnings", () => {
  const told = (text: string, name: string): readonly string[] =>
    load(name, text).warnings.filter((each) => each.startsWith("policy.economics"));

  it("name an economy that was not in force then", () => {
    const run = "run: { start: 2023-04-01, days: 30 }\n";
    expect(told(`${run}policy: { economics: v3-current }\n`, "early.yaml")).toEqual([
      "policy.economics: v3-current (from 2024-11) on a grid of 2023-04 is a what-if",
    ]);
    expect(told(`${run}policy: { economics: gep-2024-03 }\n`, "voted.yaml")).toEqual([
      "policy.economics: gep-2024-03 (voted 2024-03) on a grid of 2023-04 is a what-if",
    ]);
    const later = `${run}timeline: [{ at: 10 d, policy: { economics: v3-current } }]\n`;
    expect(told(later, "later.yaml")).toHaveLength(1);
  });

  it("are silent where it was, and where none is named", () => {
    const run = "run: { start: 2025-04-01, days: 30 }\n";
    expect(told(`${run}policy: { economics: v3-current }\n`, "right.yaml")).toEqual([]);
    expect(told("run: { start: 2023-04-01, days: 30 }\n", "none.yaml")).toEqual([]);
    const other = load("right.yaml", `${run}policy: { economics: v3-current }\n`).warnings;
    expect(other.filter((each) => each.startsWith("policy.split"))).toEqual([]);
  });

  it("write a day as people do", () => {
    expect(dayText(seconds(1_730_764_800))).toBe("2024-11-05");
  });
});
