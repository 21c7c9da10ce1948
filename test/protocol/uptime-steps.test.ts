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
  reportsOfLife,
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

/**
 * Runs, and how they are taken: reports that are looked at one by one, and stretches that are not.
 * A look at a run asks the judge twice, and once more for each report or stretch; what a report
 * itself asks for is told by a run of the same reports one by one.
 */
interface Taken {
  readonly era: MintingEra;
  readonly before: Before;
  readonly run: Omit<ReportRun, "at">;
  /** Seconds from the period's first to the first report. */
  readonly from: number;
  readonly singles: readonly number[];
  readonly stretches: number;
}

const of = (reported: number, gain: number, count: number, every = 2_400) => ({
  reported: seconds(reported),
  every: seconds(every),
  gain: seconds(gain),
  count,
});

/** Awake, and asked to wake while it was down by itself, which makes later reports void. */
const void_: Before = (judge) =>
  targetChanged(
    stateChanged(openUptime(judge.span, null), seconds(START + 60), "Down", judge),
    seconds(START + 70),
    "Up",
  );
const sleeper: Before = (judge) => asleep(judge, false);
const wanted: Before = (judge) => asleep(judge, true);

const TAKEN: readonly (readonly [string, Taken])[] = [
  [
    "an honest node: the first report, and all others",
    {
      era: "current",
      before: awake,
      from: 600,
      run: of(0, 2_400, 900),
      singles: [0],
      stretches: 1,
    },
  ],
  [
    "at the grace exactly: the same, whichever way it drifts",
    {
      era: "current",
      before: awake,
      from: 600,
      run: of(0, 2_460, 900),
      singles: [0],
      stretches: 1,
    },
  ],
  [
    "below by the grace",
    {
      era: "current",
      before: awake,
      from: 600,
      run: of(0, 2_340, 900),
      singles: [0],
      stretches: 1,
    },
  ],
  [
    "void reports: none is looked at",
    { era: "current", before: void_, from: 600, run: of(0, 2_400, 900), singles: [], stretches: 1 },
  ],
  [
    "a sleeper whom nobody asked: none is looked at",
    {
      era: "current",
      before: sleeper,
      from: 600,
      run: of(0, 2_400, 900),
      singles: [],
      stretches: 1,
    },
  ],
  [
    "a boot in the very second of the sleep: none is looked at",
    {
      era: "current",
      before: wanted,
      from: 600,
      run: of(540, 2_400, 900),
      singles: [],
      stretches: 1,
    },
  ],
  [
    "a boot a second after it: the one that wakes, and all others",
    {
      era: "current",
      before: wanted,
      from: 600,
      run: of(539, 2_400, 900),
      singles: [0],
      stretches: 1,
    },
  ],
  [
    "a boot 100 s before it that drifts past it by 5 s a report: 21 are void, the next one wakes",
    {
      ...{ era: "current", before: wanted, from: 600, run: of(640, 2_395, 900) },
      ...{ singles: [21], stretches: 2 },
    },
  ],
  [
    "all of the period and its tail: the first, those of the period, one after the end, the rest",
    {
      ...{ era: "current", before: awake, from: 600, run: of(0, 2_400, 1_120) },
      ...{ singles: [0, 1_096], stretches: 2 },
    },
  ],
  [
    "with one in the very second of the end: none of the tail is looked at",
    {
      ...{ era: "current", before: awake, from: LENGTH - 2_400 * 900, run: of(0, 2_400, 920) },
      ...{ singles: [0], stretches: 2 },
    },
  ],
  [
    "uptime that grows too little in 2022: reboots by their height, and then all others",
    {
      era: "2022",
      before: awake,
      from: 600,
      run: of(0, 1_000, 900),
      singles: [0, 1, 2],
      stretches: 1,
    },
  ],
  [
    "the same where the third stands at a whole interval: it is a reboot still",
    {
      era: "2022",
      before: awake,
      from: 600,
      run: of(400, 1_000, 900),
      singles: [0, 1, 2],
      stretches: 1,
    },
  ],
];

describe("a run is taken", () => {
  it.each(TAKEN)("of %s", (_, { era, before, run, from, singles, stretches }) => {
    const { judge, looks } = judgeOf(era);
    const state = before(judge);
    const whole: ReportRun = { ...run, at: seconds(START + from) };
    const asked = (act: () => unknown): number => {
      const seen = looks();
      act();
      return looks() - seen;
    };
    // One by one, to know the state before each report that is looked at, and what it asks for.
    let stepped = state;
    let own = 0;
    for (let k = 0; k < whole.count; k++) {
      const at = seconds(whole.at + k * whole.every);
      const one = { at, reported: seconds(whole.reported + k * whole.gain) };
      const cost = asked(() => {
        stepped = report(stepped, one, judge);
      });
      if (singles.includes(k)) own += cost;
    }
    let taken = state;
    const cost = asked(() => {
      taken = reportRun(state, whole, judge);
    });
    expect(taken).toEqual(stepped);
    expect(cost).toBe(2 + singles.length + stretches + own);
  });

  /** Runs whose uptime stands still, or hardly grows, about the bounds of a reboot. */
  it.each(Object.keys(uptimeRules) as MintingEra[])("as stepping has it, rules %s", (era) => {
    const { judge } = judgeOf(era);
    for (const begin of [awake, wanted, sleeper, void_])
      for (const [reported, gain, every] of [
        [5_000, 0, 2_400],
        [4_800, 0, 2_400],
        [10, 0, 50],
        [1_000, 0, 50],
        [50, 0, 50],
        [0, 0, 60],
        [60, 0, 60],
        [61, 0, 60],
        [400, 1_000, 2_400],
        [1_400, 1_000, 2_400],
        [1_401, 1_000, 2_400],
        [7_000, 2_340, 2_400],
        [7_000, 2_339, 2_400],
        [7_000, -5, 2_400],
      ] as const) {
        const run = { ...of(reported, gain, 40, every), at: seconds(START + 8_000) };
        let stepped = begin(judge);
        const start = stepped;
        for (let k = 0; k < run.count && run.reported + k * run.gain >= 0; k++) {
          const one = seconds(run.reported + k * run.gain);
          stepped = report(stepped, { at: seconds(run.at + k * run.every), reported: one }, judge);
        }
        expect([reported, gain, every, reportRun(start, run, judge)]).toEqual([
          ...[reported, gain, every],
          stepped,
        ]);
      }
  });
});

/** Boot, from and until after an origin, drift: the first block and uptime, gain, and count. */
const LIVES = `
  boot   from  until  drift  at     reported  gain  count
  0      0     4801   0      0      0         2400  3     at 0, 2400 and 4800
  0      0     4800   0      0      0         2400  2     what is due at its end is left out
  0      1     4801   0      2400   2400      2400  2
  0      2400  4801   0      2400   2400      2400  2
  5      0     4801   0      6      0         2400  2     a report is in the next block
  6      0     4801   0      6      0         2400  2
  7      0     4801   0      12     0         2400  2
  -2401  0     4801   0      2400   4800      2400  2
  0      4800  4800   0      4800   4800      2400  0
  0      9999  4800   0      12000  12000     2400  0
  0      4800  4801   3      4800   4806      2403  1     a clock that runs ahead
`;

describe("what a node sends in a life", () => {
  it.each(
    LIVES.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/).slice(0, 8).map(Number)),
  )("booted at %i, from %i to %i with a drift of %i", (...row) => {
    const [boot = 0, from = 0, until = 0, drift = 0, at, reported, gain, count] = row;
    const life = { boot: seconds(START + boot), from: seconds(START + from) };
    const run = reportsOfLife({ ...life, until: seconds(START + until), drift }, START);
    expect(run).toEqual({ at: START + (at ?? 0), reported, every: 2_400, gain, count });
  });
});
