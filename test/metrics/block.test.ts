import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/metrics/index.ts";
import { keyOf, loadScenario } from "../../src/run/index.ts";
import { replicate } from "../../src/run/replicate.ts";

/** One replication of a small grid in full use, as a run keeps it. */
function told(...set: readonly string[]): Summary {
  const small = ["fleet.nodes=40", "demand.users=1", "demand.live=4", "demand.traffic=[0]"];
  const run = { days: "12", replications: "1", seed: "block" };
  const loaded = loadScenario("baseline", { run, set: [...small, ...set] });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const { setup, run: as } = loaded.value;
  const place = { time: null, event: "" };
  return replicate(setup, keyOf(as.seed), 0, { checkInvariants: true, place });
}

const NAMES =
  /^(block\.|billing\.(late_share|delay_|waiting|missed_share|unbilled_tft|reserved_tft))/;

const valuesOf = ({ metrics }: Summary): Record<string, number> =>
  Object.fromEntries(metrics.map(({ name, value }) => [name, value]));

describe("what is told of full blocks", () => {
  const plain = told();
  const roomy = told("billing.overflow=carried");
  // Some 100 contracts in 600 slots, and blocks that are empty but for one bill.
  const tight = told("billing.overflow=carried", "block.room=881700000");
  const strict = told("billing.overflow=skipped", "block.room=881700000");

  it("is nothing unless somebody asks", () => {
    expect(Object.keys(valuesOf(plain)).filter((name) => NAMES.test(name))).toEqual([]);
    expect(plain.series.filter(({ metric }) => NAMES.test(metric))).toEqual([]);
  });

  it("leaves all else as it is, where blocks have room", () => {
    const others = ({ metrics }: Summary) => metrics.filter(({ name }) => !NAMES.test(name));
    expect(others(roomy)).toEqual(others(plain));
    expect(valuesOf(roomy)).toMatchObject({
      "billing.late_share": 0,
      "billing.delay_mean": 0,
      "billing.delay_longest": 0,
      "billing.waiting": 0,
      "billing.missed_share": 0,
    });
  });

  it("fills blocks by the hour: a bill of each contract in 600 blocks with room for 1,701", () => {
    const values = valuesOf(roomy);
    // Contracts are counted at the ends of windows, and their first bills come within the hour.
    const fill = values["contract.live"] / (600 * 1_701);
    expect(values["block.fill"] / fill).toBeGreaterThan(0.995);
    expect(values["block.fill"] / fill).toBeLessThan(1.005);
  });

  it("says how late carried bills are: a block for each that waits, six seconds", () => {
    const values = valuesOf(tight);
    expect(values["billing.late_share"]).toBeGreaterThan(0.02);
    // Little's law: who waits after a block waits it, and a bill in a block comes at the fill.
    const delay = (values["billing.waiting"] * 6) / values["block.fill"];
    expect(values["billing.delay_mean"]).toBeCloseTo(delay, 9);
    expect(values["billing.delay_longest"] % 6).toBe(0);
    expect(values["billing.missed_share"]).toBe(0);
  });

  it("says how many turns are skipped, and what stays unbilled for it", () => {
    const values = valuesOf(strict);
    expect(values["billing.late_share"]).toBe(0);
    expect(values["billing.missed_share"]).toBeGreaterThan(0.02);
    const left = (of: Summary) => valuesOf(of)["billing.unbilled_tft"];
    // One and the same contracts are left out, for days instead of for half an hour.
    expect(left(strict)).toBeGreaterThan(3 * left(roomy));
    // A bill that is carried over is as late in every cycle, and leaves no more behind.
    expect(Math.abs(left(tight) / left(roomy) - 1)).toBeLessThan(0.01);
  });

  it("tells each day's", () => {
    const fill = tight.series.find(({ metric }) => metric === "block.fill");
    expect(fill?.value.length).toBe(12);
    const mean = (fill?.value ?? new Float64Array()).reduce((sum, day) => sum + day, 0) / 12;
    expect(mean).toBeCloseTo(valuesOf(tight)["block.fill"], 4);
  });
});
