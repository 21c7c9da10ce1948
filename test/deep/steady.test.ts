/**
 * Nothing drifts over the first 60 days of the baseline.
 *
 * Seed, replications and the judgement were fixed before the first run. Every series by day or by
 * period is looked at: days 0 to 5 against days 55 to 60, or the first period against the second,
 * pair by pair over replications. Each has its share of the level of the family (Bonferroni).
 */
import { describe, expect, it } from "vitest";
import { replicate } from "../../src/run/replicate.ts";
import { keyOf } from "../../src/run/seed.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { mean, pairedDifference } from "../../src/stats/index.ts";

const DAY = 86_400;
const REPLICATIONS = 128;
const SEED = "sixty";
/** Level of the whole family. */
const FAMILY = 0.01;
/** A change by this share of its level would have been seen (99 %) in all but what is rare. */
const SEEN = 0.03;
/**
 * What users are charged falls by 0.9 % from the first month to the second (640 replications of
 * four seeds: 1.7, 0.3, 0.8 and 1.1 %), and so does all that is a share of it. The cause is not
 * known; balances of the start that are too low for the discounts of later would do it.
 */
const DRIFTS = [
  "billing.charged_tft",
  "split.farmer_tft",
  "split.foundation_tft",
  "split.staking_tft",
  "user.spend_usd",
];
const RARE = ["billing.overdraft_tft", "contract.grace_share"];

const loaded = loadScenario("baseline", { run: { days: "62" } });
if (!loaded.ok) throw new Error(loaded.faults.map((fault) => fault.found).join("\n"));
const { setup } = loaded.value;
const key = keyOf(SEED);

/** Early and late value of every series of one replication. */
function pairsOf(replication: number): Map<string, readonly [early: number, late: number]> {
  const place = { time: null, event: "" };
  const { series } = replicate(setup, key, replication, { checkInvariants: false, place });
  const pairs = new Map<string, readonly [number, number]>();
  for (const { metric, dimension, time, value } of series) {
    if (time.length < 2) continue;
    const between = (from: number, to: number): number =>
      mean(
        [...value].filter((_, at) => {
          const day = (time[at] - setup.start) / DAY;
          return day >= from && day <= to;
        }),
      );
    const daily = time.length > 60;
    const pair = daily ? [between(0, 5), between(55, 60)] : [value[0], value[1]];
    pairs.set(`${metric} ${dimension}`.trim(), [pair[0], pair[1]]);
  }
  return pairs;
}

const replications = Array.from({ length: REPLICATIONS }, (_, r) => pairsOf(r));

describe("over the first 60 days of the baseline", () => {
  const changes = [...replications[0].keys()].map((name) => {
    const pairs = replications.map((all) => all.get(name) ?? [Number.NaN, Number.NaN]);
    const early = pairs.map(([one]) => one);
    const {
      mean: change,
      low,
      high,
      p,
    } = pairedDifference(
      early,
      pairs.map(([, two]) => two),
      0.99,
    );
    return { name, level: mean(early), change, p, half: (high - low) / 2 };
  });

  it("every metric with a course is looked at, and the price alone cannot move", () => {
    expect(changes.length).toBe(28);
    const still = changes.filter(({ half }) => half === 0);
    // Nothing is sold or burned where bills are reserved.
    const unmoved = ["split.sales_tft", "token.burned_tft", "token.price_usd"];
    expect(still.map(({ name }) => name).sort()).toEqual(unmoved);
  });

  it.each(changes.filter(({ name }) => !DRIFTS.includes(name)))("$name does not drift", ({ p }) => {
    expect(p).toBeGreaterThan(FAMILY / changes.length);
  });

  // A known defect, not a bound: whoever mends it sees these fail and takes them off the list.
  it.fails.each(changes.filter(({ name }) => DRIFTS.includes(name)))(
    "$name should not drift, and does",
    ({ p }) => {
      expect(p).toBeGreaterThan(FAMILY / changes.length);
    },
  );

  it("a change by 3 % would have been seen in all but money owed and grace, which are rare", () => {
    const blind = changes.filter(({ half, level }) => half > SEEN * level);
    expect(blind.map(({ name }) => name).sort()).toEqual(RARE);
  });
});
