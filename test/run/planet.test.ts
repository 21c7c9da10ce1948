import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScenario, runScenario } from "gridbench";
import { afterAll, describe, expect, it } from "vitest";
import { Chance } from "../../src/kernel/index.ts";
import { keyOf } from "../../src/run/seed.ts";
import { farmsAtStart, prepare } from "../../src/world/index.ts";

const out = mkdtempSync(join(tmpdir(), "gridbench-planet-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

const NODES = 4_000;
const DAYS = 365;

function planet(settings: readonly string[], days: number) {
  const loaded = loadScenario("planet", { set: [...settings], run: { days: String(days) } });
  if (!loaded.ok) throw new Error(loaded.faults.map(({ path }) => path).join());
  return loaded.value;
}

describe("the planet", () => {
  it("has a million nodes in a hundred thousand farms", () => {
    const { setup } = planet([], DAYS);
    const farms = farmsAtStart(prepare(setup), new Chance(keyOf("planet"), 0));
    // Farms have ten nodes in the mean, 29 of deviation: 0.9 % for so many.
    expect(Math.abs(farms - 100_000)).toBeLessThan(3 * 900);
  });

  it("has two contracts a node, twelve new a year, lives of 60 days, and its farms", async () => {
    const scenario = planet([`fleet.nodes=${NODES}`], DAYS);
    const outcome = await runScenario({ scenario, out, version: "0", commit: null, workers: 0 });
    if (outcome.kind !== "finished") throw new Error(outcome.kind);
    const mean = (name: string): number => outcome.results.metrics[name]?.mean ?? Number.NaN;
    const live = mean("contract.live");
    const started = mean("contract.started");
    // Some 8,000 contracts of 370 users, who differ in how many they hold: 3 % or so of chance.
    expect(Math.abs(live / NODES - 2)).toBeLessThan(0.15);
    expect(Math.abs(started / NODES - 12)).toBeLessThan(1);
    expect(Math.abs((live * DAYS) / started - 60)).toBeLessThan(4);
    // Some 50 farms begin and as many end, of 400: 2.5 % of chance in the difference.
    const farms = farmsAtStart(prepare(scenario.setup), new Chance(keyOf("planet"), 0));
    expect(Math.abs(mean("farm.count") / farms - 1)).toBeLessThan(0.1);
  }, 300_000);
});
