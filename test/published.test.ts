import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { metricList } from "../src/metrics/index.ts";
import { loadScenario } from "../src/scenario/index.ts";
import { root, textOf } from "./house/source.ts";

interface Manifest {
  readonly commit: string;
  readonly replications: number;
  readonly machine: Readonly<Record<string, unknown>>;
  readonly scenario: {
    readonly name: string;
    readonly hash: string;
    readonly values: readonly { readonly path: string; readonly value: unknown }[];
  };
}
interface Results {
  readonly metrics: Readonly<Record<string, { readonly n: number; readonly mean: number | null }>>;
}

const names = readdirSync(join(root, "reports", "published"));

function manifestOf(name: string): Manifest {
  const manifest: Manifest = JSON.parse(textOf(`reports/published/${name}/manifest.json`));
  return manifest;
}

/** The metrics that a run was asked for besides those of every run. */
function askedOf(name: string): readonly string[] {
  const carbon = manifestOf(name).scenario.values.find(
    ({ path }) => path === "policy.minting.carbon",
  );
  return carbon === undefined || carbon.value === "none" ? [] : ["mint.carbon_tft"];
}

describe("what is published", () => {
  it("holds the baseline", () => expect(names).toContain("baseline"));

  it.each(names)("%s has a number for every metric, and no other", (name) => {
    const { metrics }: Results = JSON.parse(textOf(`reports/published/${name}/results.json`));
    const asked = askedOf(name);
    const told = metricList.filter((one) => one.onRequest !== true || asked.includes(one.name));
    expect(Object.keys(metrics).sort()).toEqual(told.map((metric) => metric.name).sort());
    const { replications } = manifestOf(name);
    for (const [metric, { n, mean }] of Object.entries(metrics)) {
      // Where nobody proposes there is no vote to take a share of.
      if (/^dao\.(turnout|yes)_/.test(metric)) {
        expect([n, mean]).toEqual([0, null]);
        continue;
      }
      expect(n).toBe(replications);
      expect(Number.isFinite(mean)).toBe(true);
    }
  });

  it.each(names)("%s is of today's scenario, or the findings say which commit made it", (name) => {
    const { commit, scenario } = manifestOf(name);
    expect(scenario.name).toBe(name);
    const now = loadScenario(`scenarios/${name}.yaml`);
    if (now.ok && now.value.hash === scenario.hash) return;
    expect(textOf("reports/README.md")).toContain(`\`${commit.slice(0, 7)}\``);
  });

  it.each(names)("%s names no path and no name of a machine", (name) => {
    const text = textOf(`reports/published/${name}/manifest.json`);
    expect(text.match(/"\/[^"]*"|[A-Za-z]:\\\\/g)).toBeNull();
    expect(Object.keys(manifestOf(name).machine).sort()).toEqual(
      ["arch", "memoryGib", "node", "platform", "processor", "processors", "v8"].sort(),
    );
  });

  it.each(names)("%s shows its charts as pictures", (name) => {
    const folder = join(root, "reports", "published", name, "charts");
    expect(existsSync(folder)).toBe(true);
    for (const file of readdirSync(folder))
      expect(textOf(`reports/published/${name}/charts/${file}`)).toContain("<svg");
  });
});
