import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  closeUptime,
  type MintingEra,
  openUptime,
  type Power,
  periodStart,
  type ReportRun,
  report,
  reportRun,
  reportsOfLife,
  stateChanged,
  TAIL_LENGTH,
  targetChanged,
  type UptimeJudge,
  type UptimeState,
  uptimeRules,
} from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";

const START = periodStart(74);

/** A period of some blocks, so that its end and tail are met often. */
const judgeOf = (era: MintingEra, length: number, waiver: boolean): UptimeJudge => ({
  span: {
    start: START,
    end: seconds(START + length),
    firstBlock: seconds(START + 3),
    endBlock: seconds(START + length + 3),
  },
  rules: uptimeRules[era],
  waiver: waiver ? { from: seconds(START + 40_000), to: seconds(START + 100_000) } : null,
});

/** Seconds to the next act, or how far from the period's end it happens. */
type Gap = number | { readonly beyondEnd: number };

const gap: fc.Arbitrary<Gap> = fc.oneof(
  fc.record({ beyondEnd: fc.integer({ min: -2, max: 6 }) }),
  fc.integer({ min: 0, max: 12 }),
  fc.integer({ min: 0, max: 3_000 }),
  fc.integer({ min: 0, max: 120_000 }),
);
type Act =
  | { readonly kind: "run"; readonly gap: Gap; readonly run: Omit<ReportRun, "at"> }
  | { readonly kind: "target" | "state"; readonly gap: Gap; readonly power: Power };

const every = fc.oneof(fc.constant(2_400), fc.integer({ min: 1, max: 200 }), fc.nat(6_000));
/** By how much uptime grows otherwise than time: not at all, a little, at the graces, or wildly. */
const drift = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 2, arbitrary: fc.constantFrom(-301, -300, -61, -60, -59, 59, 60, 61, 299, 300, 301) },
  { weight: 2, arbitrary: fc.integer({ min: -7_000, max: 7_000 }) },
);
const uptime = fc.oneof(
  fc.constantFrom(0, 1, 60),
  fc.integer({ min: 0, max: 3_000 }),
  fc.integer({ min: 0, max: 500_000 }),
);
const power = fc.constantFrom<Power>("Up", "Down");
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(gap, every, drift, fc.option(uptime), fc.oneof(fc.nat(3), fc.nat(90))).map(
      ([wait, apart, off, reported, count]): Act => ({
        kind: "run",
        gap: wait,
        run: {
          // Without one of its own, an uptime that makes the second report a whole interval.
          reported: seconds(reported ?? Math.abs(off)),
          every: seconds(apart + 1),
          gain: seconds(apart + 1 + off),
          count,
        },
      }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("target" as const), gap, power }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("state" as const), gap, power }) },
);
const histories = fc.record({
  length: fc.integer({ min: 1_000, max: 60_000 }).map((blocks) => blocks * 6),
  waiver: fc.boolean(),
  before: fc.option(fc.record({ state: power, target: power, since: fc.nat(200_000) })),
  acts: fc.array(act, { minLength: 1, maxLength: 14 }),
});
type History = typeof histories extends fc.Arbitrary<infer One> ? One : never;

function stepped(state: UptimeState, run: ReportRun, judge: UptimeJudge): UptimeState {
  let next = state;
  for (let k = 0; k < run.count; k++) {
    const at = seconds(run.at + k * run.every);
    next = report(next, { at, reported: seconds(run.reported + k * run.gain) }, judge);
  }
  return next;
}

/** Plays a history, taking its runs of reports one way or the other; all states after its acts. */
function played(story: History, era: MintingEra, take: typeof reportRun): readonly unknown[] {
  const judge = judgeOf(era, story.length, story.waiver);
  const { before } = story;
  let state = openUptime(
    judge.span,
    before === null ? null : { ...before, downSince: seconds(START - before.since) },
  );
  let at = START as number;
  const seen: unknown[] = [];
  for (const one of story.acts) {
    at =
      typeof one.gap === "number"
        ? at + one.gap
        : Math.max(at, START + story.length + one.gap.beyondEnd);
    if (one.kind === "run") {
      const run = { ...one.run, at: seconds(at) };
      state = take(state, run, judge);
      at += Math.max(0, run.count - 1) * run.every;
    } else if (one.kind === "target") state = targetChanged(state, seconds(at), one.power);
    else state = stateChanged(state, seconds(at), one.power, judge);
    seen.push(state);
  }
  seen.push(closeUptime(state, judge, null));
  return seen;
}

describe("a run of reports in closed form", () => {
  it.each(Object.keys(uptimeRules) as MintingEra[])(
    "leaves what stepping leaves, whatever came before it, rules %s",
    (era) => {
      fc.assert(
        fc.property(histories, (story) => {
          const quick = played(story, era, reportRun);
          const slow = played(story, era, stepped);
          if (JSON.stringify(quick) !== JSON.stringify(slow)) expect(quick).toEqual(slow);
        }),
        { seed: 20_240_521, numRuns: 4_000 },
      );
    },
  );

  const judge = judgeOf("current", 2_630_880, false);
  const clean = (drift: number) =>
    reportsOfLife(
      {
        boot: seconds(START - 50_000),
        from: START,
        until: seconds(judge.span.end + TAIL_LENGTH),
        drift,
      },
      START,
    );

  it("credits a whole period of a node that never went down", () => {
    const run = clean(0);
    expect(run.count).toBe(Math.floor((2_630_880 + 97_200 - 400) / 2_400) + 1);
    const state = reportRun(openUptime(judge.span, null), run, judge);
    expect(closeUptime(state, judge, null)).toEqual({
      credited: 2_630_880,
      reported: true,
      violation: null,
      lateBoots: 0,
    });
  });

  it.each([
    [0, null],
    [1, "ClockSkew"],
    [-1, "ClockSkew"],
    [61, "UptimeTooHigh"],
    [-61, "UptimeTooLow"],
  ])("blames a clock that gains %i s an interval: %s", (drift, violation) => {
    const state = reportRun(openUptime(judge.span, null), clean(drift), judge);
    expect(state.violation).toBe(violation);
  });

  it("lets a drift of a second an interval pass for 119 intervals, and not for 120", () => {
    const run = (count: number) => ({ ...clean(-1), count });
    const blamed = (count: number) =>
      reportRun(openUptime(judge.span, null), run(count), judge).violation;
    expect([blamed(120), blamed(121)]).toEqual([null, "ClockSkew"]);
  });

  it("wakes a sleeper with the first report of the boot that was asked for", () => {
    const asleep = stateChanged(
      targetChanged(openUptime(judge.span, null), seconds(START + 5_000), "Down"),
      seconds(START + 5_006),
      "Down",
      judge,
    );
    const run = { at: seconds(START + 20_000), reported: seconds(60), every: seconds(2_400) };
    const life = { ...run, gain: seconds(2_400), count: 10 };
    expect(reportRun(asleep, life, judge)).toEqual(asleep);
    const asked = targetChanged(asleep, seconds(START + 19_500), "Up");
    const awake = reportRun(asked, life, judge);
    expect([awake.asleepSince, awake.credited]).toEqual([null, 14_994 + 9 * 2_400]);
  });
});
