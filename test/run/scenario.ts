import type { Scenario } from "../../src/scenario/scenario.ts";
import { seconds } from "../../src/units/index.ts";
import type { Setup } from "../../src/world/setup.ts";

/** A scenario for an engine that reads nothing of the world but its start and its `title`. */
export function scenario(title = "plain"): Scenario {
  const setup = { start: seconds(1_680_353_800), countries: [], title } as unknown as Setup;
  return {
    name: "fixture",
    file: "fixture.yaml",
    title,
    question: "Does the ensemble keep its order?",
    values: [],
    timeline: [],
    expect: [],
    run: { replications: 8, seed: "fixture" },
    start: setup.start,
    files: [{ name: "fixture.yaml", hash: "00" }],
    warnings: [],
    measured: { uptimeAge: [], utilization: [] },
    hash: `hash-of-${title}`,
    setup,
  };
}
