import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { metricList } from "../../src/metrics/index.ts";
import { loadArms, seedOfStudy } from "../../src/run/index.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { readStudy } from "../../src/scenario/study.ts";

const SEEDED = /^\| \[([\w-]+)\]\([^)]*\) `([0-9a-f]{16})`/gm;
const scenarios = resolve(dirname(fileURLToPath(import.meta.url)), "../../scenarios");
const studies = readdirSync(resolve(scenarios, "studies")).filter((file) => file.endsWith(".yaml"));

/** The seeds of the published table, by study. */
const published = new Map(
  [...readFileSync(resolve(scenarios, "../docs/library.md"), "utf8").matchAll(SEEDED)].map(
    ([, name = "", seed = ""]) => [name, seed],
  ),
);

/** The seed that follows from a study today. */
function seedOf(name: string): string {
  const study = readStudy(resolve(scenarios, "studies", `${name}.yaml`), metricList);
  if (!study.ok) throw new Error(JSON.stringify(study.faults));
  const { base, variants, vary, run } = study.value;
  const metrics = metricList.map((metric) => metric.name);
  const arms = loadArms({ base, variants, vary, run, metrics });
  if (!arms.ok) throw new Error(JSON.stringify(arms.faults));
  return seedOfStudy(study.value, arms.value);
}

describe("the library of studies", () => {
  // A parameter that is new moves them, unless its declaration says `added: true`.
  it("has the seeds that were published, so that each row can be made again", () => {
    expect(published.size).toBeGreaterThanOrEqual(18);
    const now = [...published.keys()].map((name) => [name, seedOf(name)]);
    expect(now).toEqual([...published].map(([name, seed]) => [name, `study-${seed}`]));
  });

  it("has at least fourteen of them", () => {
    expect(studies.length).toBeGreaterThanOrEqual(14);
  });

  for (const file of studies)
    it(`${file} reads without a fault, and so do its arms`, () => {
      const study = readStudy(resolve(scenarios, "studies", file), metricList);
      if (!study.ok) throw new Error(JSON.stringify(study.faults));
      const { base, variants } = study.value;
      for (const { scenario, set } of [{ scenario: null, set: [] }, ...variants]) {
        const arm = loadScenario(scenario ?? base, { set });
        expect(arm.ok ? [] : arm.faults).toEqual([]);
      }
    });

  for (const file of studies.filter((name) => name !== "compute-price.yaml"))
    it(`${file} says what it serves, what was predicted, and what would refute it`, () => {
      const text = readFileSync(resolve(scenarios, "studies", file), "utf8");
      for (const word of ["# Serves: ", "# Predicted before it was run: ", "# Refuted if: "])
        expect(text).toContain(word);
    });
});
