/** A run of reports takes as many looks as it has kinds of reports, however many there are. */
import { describe, expect, it } from "vitest";
import {
  type MintingEra,
  openUptime,
  type Power,
  periodStart,
  type ReportRun,
  report,
  reportRun,
  stateChanged,
  targetChanged,
  type UptimeJudge,
  type UptimeState,
  uptimeRules,
} from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";

const START = periodStart(74);
const LENGTH = 2_630_880;

/** A judge that counts how often its bounds are asked for. */
function judgeOf(era: MintingEra): { readonly judge: UptimeJudge; looks(): number } {
  let looks = 0;
  const span = {
    start: START,
    end: seconds(START + LENGTH),
    firstBlock: seconds(START + 3),
    endBlock: seconds(START + LENGTH + 3),
  };
  const judge: UptimeJudge = {
    get span() {
      looks += 1;
      return span;
    },
    rules: uptimeRules[era],
    waiver: null,
  };
  return { judge, looks: () => looks };
}

/** A node that goes down as it was asked, and perhaps is asked to wake. */
function asleep(judge: UptimeJudge, asked: boolean): UptimeState {
  const words: readonly Power[] = asked ? ["Down", "Up"] : ["Down"];
  let state = openUptime(judge.span, null);
  for (const word of words) {
    state = targetChanged(state, seconds(START + 50), word);
    if (word === "Down") state = stateChanged(state, seconds(START + 60), word, judge);
  }
  return state;
}

type Before = (judge: UptimeJudge) => UptimeState;
const awake: Before = (judge) => openUptime(judge.span, null);

const RUNS: readonly (readonly [string, MintingEra, Before, number, number, number])[] = [
  ["of an honest node", "current", awake, 600, 0, 0],
  ["of a drifting clock", "current", awake, 600, 0, -1],
  ["that tell too much", "current", awake, 600, 0, 61],
  ["that tell too much, in 2022", "2022", awake, 600, 0, 301],
  ["that tell too little, of which most are rejected", "current", awake, 600, 900_000, -2_399],
  ["that tell too little, in 2022", "2022", awake, 600, 900_000, -1_000],
  ["of a sleeper whom nobody asked to wake", "current", (by) => asleep(by, false), 600, 0, 0],
  ["of a boot before the sleep", "current", (by) => asleep(by, true), 600, 1_000, 0],
  ["of a boot before the sleep, that drifts", "current", (by) => asleep(by, true), 600, 9_000, 5],
  ["after the end", "current", awake, LENGTH + 600, 600, 0],
];

describe("reports of a run", () => {
  it.each(RUNS)("%s cost the same, few or many", (_, era, before, from, reported, drift) => {
    const { judge, looks } = judgeOf(era);
    const state = before(judge);
    const runOf = (count: number): ReportRun => ({
      at: seconds(START + from),
      reported: seconds(reported),
      every: seconds(2_400),
      gain: seconds(2_400 + drift),
      count,
    });
    const costOf = (count: number): number => {
      const seen = looks();
      reportRun(state, runOf(count), judge);
      return looks() - seen;
    };
    expect(costOf(1_000)).toBeLessThan(30);
    const run = runOf(1_000);
    let stepped = state;
    for (let k = 0; k < run.count; k++) {
      const at = seconds(run.at + k * run.every);
      stepped = report(stepped, { at, reported: seconds(run.reported + k * run.gain) }, judge);
    }
    expect(reportRun(state, run, judge)).toEqual(stepped);
  });

  it("follow one another", () => {
    const { judge } = judgeOf("current");
    const still = {
      at: START,
      reported: seconds(0),
      every: seconds(0),
      gain: seconds(0),
      count: 2,
    };
    expect(() => reportRun(awake(judge), still, judge)).toThrow("follow one another");
  });
});
