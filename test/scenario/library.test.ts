import { readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { metricList } from "../../src/metrics/index.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { readStudy } from "../../src/scenario/study.ts";

const scenarios = resolve(dirname(fileURLToPath(import.meta.url)), "../../scenarios");
const studies = readdirSync(resolve(scenarios, "studies")).filter((file) => file.endsWith(".yaml"));

describe("the library of studies", () => {
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
