/**
 * Nothing drifts in the baseline, over its first 60 days and over its year.
 *
 * Seed, replications and the judgement were fixed before the first run. Every series by day or by
 * period is looked at: days 0 to 5 against days 55 to 60, or the first period against the second;
 * and the first 30 days against the last, or the first period against the twelfth. Pairs are formed
 * over replications. Each series has its share of the level of its family (Bonferroni).
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
/** What is rare, and what is small: the share of time in which nodes are out of reach. */
const RARE = ["billing.overdraft_tft", "contract.grace_share"];
const AWAY = "node.availability, what is missing";

const loaded = loadScenario("baseline");
if (!loaded.ok) throw new Error(loaded.faults.map((fault) => fault.found).join("\n"));
const { setup } = loaded.value;
const key = keyOf(SEED);

/** An early and a late value of a series. */
type Pair = readonly [early: number, late: number];
/** What is compared with what: spans of days, or the numbers of two periods. */
interface Spans {
  readonly days: readonly [early: readonly [number, number], late: readonly [number, number]];
  readonly periods: Pair;
}

const SIXTY: Spans = {
  days: [
    [0, 5],
    [55, 60],
  ],
  periods: [0, 1],
};
const YEAR: Spans = {
  days: [
    [0, 30],
    [335, 365],
  ],
  periods: [0, 11],
};

/** Early and late value of every series of one replication, over 60 days and over the year. */
function pairsOf(replication: number): ReadonlyMap<Spans, ReadonlyMap<string, Pair>> {
  const place = { time: null, event: "" };
  const { series } = replicate(setup, key, replication, { checkInvariants: false, place });
  const pairsIn = ({ days, periods }: Spans): ReadonlyMap<string, Pair> => {
    const pairs = new Map<string, Pair>();
    for (const { metric, dimension, time, value } of series) {
      if (time.length < 2) continue;
      const between = ([from, to]: readonly [number, number]): number =>
        mean(
          [...value].filter((_, at) => {
            const day = (time[at] - setup.start) / DAY;
            return day >= from && day <= to;
          }),
        );
      const [early, late] = time.length > 60 ? days.map(between) : periods.map((at) => value[at]);
      pairs.set(`${metric} ${dimension}`.trim(), [early, late]);
      if (metric === "node.availability" && dimension === "")
        pairs.set(AWAY, [1 - early, 1 - late]);
    }
    return pairs;
  };
  return new Map([SIXTY, YEAR].map((spans) => [spans, pairsIn(spans)]));
}

const replications = Array.from({ length: REPLICATIONS }, (_, r) => pairsOf(r));

function changesOver(spans: Spans) {
  const all = replications.map((one) => one.get(spans) ?? new Map<string, Pair>());
  return [...all[0].keys()].map((name) => {
    const pairs = all.map((one) => one.get(name) ?? [Number.NaN, Number.NaN]);
    const early = pairs.map(([one]) => one);
    const late = pairs.map(([, two]) => two);
    const { mean: change, low, high, p } = pairedDifference(early, late, 0.99);
    return { name, level: mean(early), change, p, half: (high - low) / 2 };
  });
}

describe("over the first 60 days of the baseline", () => {
  const changes = changesOver(SIXTY);

  it("every metric with a course is looked at, and the price alone cannot move", () => {
    expect(changes.length).toBe(29);
    const still = changes.filter(({ half }) => half === 0);
    // Nothing is sold or burned where bills are reserved.
    const unmoved = ["split.sales_tft", "token.burned_tft", "token.price_usd"];
    expect(still.map(({ name }) => name).sort()).toEqual(unmoved);
  });

  it.each(changes)("$name does not drift", ({ p }) => {
    expect(p).toBeGreaterThan(FAMILY / changes.length);
  });

  it("a change by 3 % would have been seen in all but what is rare or small", () => {
    const blind = changes.filter(({ half, level }) => half > SEEN * level);
    expect(blind.map(({ name }) => name).sort()).toEqual([...RARE, AWAY]);
  });
});

describe("over the year of the baseline", () => {
  const changes = changesOver(YEAR);

  it.each(changes)("$name does not drift", ({ p }) => {
    expect(p).toBeGreaterThan(FAMILY / changes.length);
  });

  it("a change by 6 % would have been seen in all but what is rare", () => {
    const blind = changes.filter(({ half, level }) => half > 2 * SEEN * level);
    expect(blind.map(({ name }) => name).sort()).toEqual(RARE);
  });
});
