import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/metrics/index.ts";
import { keyOf, loadScenario } from "../../src/run/index.ts";
import { replicate } from "../../src/run/replicate.ts";
import { root } from "../house/source.ts";

/** One replication of three farms that vote, as a run keeps it. */
function voted(set: readonly string[] = []): Summary {
  const loaded = loadScenario(`${root}/scenarios/hand/vote.yaml`, { set });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const { setup, run } = loaded.value;
  const place = { time: null, event: "" };
  return replicate(setup, keyOf(run.seed), 0, { checkInvariants: false, place });
}

const valuesOf = ({ metrics }: Summary): Record<string, number> =>
  Object.fromEntries(
    metrics.filter(({ name }) => name.startsWith("dao.")).map(({ name, value }) => [name, value]),
  );

describe("what is told of votes", () => {
  const summary = voted();

  it("counts proposals, and shares of farms and of weight: 194 and 441 for, 536 against", () => {
    expect(valuesOf(summary)).toEqual({
      "dao.proposals": 1,
      "dao.passed": 1,
      "dao.failed": 0,
      "dao.vetoed": 0,
      "dao.turnout_farms": 1,
      "dao.turnout_weight": 1,
      "dao.yes_share": 635 / 1_171,
      "dao.yes_share_farms": 2 / 3,
      "dao.bribes_usd": 0,
    });
  });

  it("tells of each vote when it was closed", () => {
    const series = summary.series.filter(({ metric }) => metric === "dao.yes_share");
    expect(series).toEqual([
      {
        metric: "dao.yes_share",
        dimension: "proposal=0",
        time: Float64Array.of(1_680_353_800 + 1_555_200),
        value: Float64Array.of(635 / 1_171),
      },
    ]);
  });

  it("keeps a row a proposal", () => {
    expect(summary.tables.proposals).toEqual({
      proposal: Float64Array.of(0),
      action: ["policy.pricing.cu = 50000"],
      by: ["council-001"],
      proposed_s: Float64Array.of(864_000),
      ends_s: Float64Array.of(1_468_800),
      closed_s: Float64Array.of(1_555_200),
      fate: ["approved"],
      result: ["Ok"],
      threshold: Float64Array.of(3),
      farms: Float64Array.of(3),
      yes: Float64Array.of(2),
      no: Float64Array.of(1),
      weight: [1_171n],
      yes_weight: [635n],
      no_weight: [536n],
      vetoes: Float64Array.of(0),
      bribed: Float64Array.of(0),
    });
  });

  it("counts votes that were bought, and a vote that nobody cast", () => {
    const asleep = ["voter.turnout=0 %", "voter.whales=0"];
    const bought = (bribe: string) =>
      valuesOf(voted([...asleep, "voter.bribable=100 %", `voter.bribe=${bribe}`]));
    // The farm with the user's machine would lose about 22 USD in a year.
    expect(bought("7 USD")).toMatchObject({ "dao.failed": 1, "dao.bribes_usd": 14 });
    expect(bought("70 USD")).toMatchObject({ "dao.passed": 1, "dao.bribes_usd": 210 });
    const silent = valuesOf(voted(asleep));
    expect(silent).toMatchObject({ "dao.failed": 1, "dao.turnout_farms": 0 });
    expect(silent["dao.yes_share"]).toBeNaN();
  });
});
