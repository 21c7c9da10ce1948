import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MintingEra, uptimeRules } from "../../src/protocol/uptime-rules.ts";
import {
  alreadyRunning,
  closePeriod,
  creditedSoFar,
  enrol,
  grownUptimeTable,
  lineCameBack,
  lineWentDown,
  nodeBooted,
  nodeWentDown,
  settledReported,
  settledUptime,
  settledViolation,
  settlementSecond,
  settlePeriod,
  type UptimeTable,
  uptimeTable,
} from "../../src/protocol/uptime-run.ts";
import { seconds } from "../../src/units/index.ts";
import {
  type Happening,
  type History,
  history,
  reportsOf,
  steppedVerdict,
} from "./uptime-histories.ts";

const NODE = 1;

function tell(table: UptimeTable, { at, kind }: Happening): void {
  const second = seconds(at);
  if (kind === "boots") nodeBooted(table, NODE, second);
  else if (kind === "stops") nodeWentDown(table, NODE, second);
  else if (kind === "line dies") lineWentDown(table, NODE, second);
  else lineCameBack(table, NODE, second);
}

/** Plays a life through the closed form; gives what each period was settled at. */
function settled(story: History, era: MintingEra) {
  const bounds = boundsOf(story);
  let table = uptimeTable(2, bounds[0], uptimeRules[era]);
  enrol(table, NODE, story.lineAtStart);
  if (story.bootBefore !== null) {
    alreadyRunning(table, NODE, seconds(story.bootBefore), seconds(0));
  }
  const due: { at: number; run: () => void }[] = [];
  const verdicts: object[] = [];
  bounds.slice(1).forEach((next) => {
    due.push({ at: next.start, run: () => closePeriod(table, 2, next) });
    due.push({
      at: settlementSecond(next.start),
      run: () => {
        settlePeriod(table, 2);
        verdicts.push({
          credited: settledUptime(table, NODE),
          reported: settledReported(table, NODE),
          violation: settledViolation(table, NODE),
        });
        table = grownUptimeTable(table, table.capacity + 1);
      },
    });
  });
  const last = due.length === 0 ? 0 : due[due.length - 1].at;
  for (const happening of story.happenings) {
    if (happening.at <= last) due.push({ at: happening.at, run: () => tell(table, happening) });
  }
  due.sort((a, b) => a.at - b.at);
  for (const { run } of due) run();
  return verdicts;
}

function boundsOf(story: History) {
  let start = 0;
  return story.periods.map((length) => {
    const bounds = { start: seconds(start), end: seconds(start + length) };
    start += length;
    return bounds;
  });
}

describe("uptime in closed form", () => {
  it.each(Object.keys(uptimeRules) as MintingEra[])(
    "credits every life as stepping through its reports does, rules %s",
    (era) => {
      fc.assert(
        fc.property(history, (story) => {
          const bounds = boundsOf(story);
          const reports = reportsOf(story, bounds[bounds.length - 1].end);
          const stepped = bounds.slice(0, -1).map(({ start, end }) => {
            const verdict = steppedVerdict(reports, start, end, uptimeRules[era]);
            const { credited, reported, violation } = verdict;
            return { credited, reported, violation };
          });
          expect(settled(story, era)).toEqual(stepped);
        }),
        { seed: 20_231_107, numRuns: 3_000 },
      );
    },
  );

  /** Lives that chance seldom meets, in which an interval between two reports means nothing. */
  const SELDOM: readonly (readonly [string, readonly Happening[]])[] = [
    [
      "two reports held back, an interval apart",
      [
        { at: 0, kind: "boots" },
        { at: 2_390, kind: "line dies" },
        { at: 2_500, kind: "line works" },
        { at: 4_790, kind: "line dies" },
        { at: 4_900, kind: "line works" },
      ],
    ],
    [
      "a first report of one whole interval, after one of none by another boot",
      [
        { at: 0, kind: "boots" },
        { at: 100, kind: "line dies" },
        { at: 200, kind: "stops" },
        { at: 500, kind: "boots" },
        { at: 2_900, kind: "line works" },
      ],
    ],
    [
      "the same, and one held back later, which tells when the one before it came",
      [
        { at: 6, kind: "boots" },
        { at: 100, kind: "line dies" },
        { at: 200, kind: "stops" },
        { at: 500, kind: "boots" },
        { at: 2_900, kind: "line works" },
        { at: 7_690, kind: "line dies" },
        { at: 7_900, kind: "line works" },
      ],
    ],
    [
      "a report an interval after one that tells of another boot",
      [
        { at: 0, kind: "boots" },
        { at: 4_801, kind: "line dies" },
        { at: 4_900, kind: "stops" },
        { at: 5_000, kind: "boots" },
        { at: 7_200, kind: "line works" },
      ],
    ],
    [
      "a boot that comes an interval after the last report of another",
      [
        { at: 0, kind: "boots" },
        { at: 4_900, kind: "stops" },
        { at: 7_200, kind: "boots" },
      ],
    ],
  ];

  it.each(SELDOM)("steps through %s", (_, happenings) => {
    for (const length of [102_000, 103_200, 106_854]) {
      const story = {
        periods: [length, 102_000],
        bootBefore: null,
        lineAtStart: true,
        happenings,
      };
      const reports = reportsOf(story, length + 102_000);
      const { credited, reported, violation } = steppedVerdict(
        reports,
        0,
        length,
        uptimeRules.current,
      );
      expect(settled(story, "current")).toEqual([{ credited, reported, violation }]);
    }
  });

  it("takes boots a minute apart behind a dead line for a drifting clock", () => {
    const quick = (boot: number, works: number): readonly Happening[] => [
      { at: boot - 1, kind: "line dies" },
      { at: boot - 1, kind: "stops" },
      { at: boot, kind: "boots" },
      { at: works, kind: "line works" },
    ];
    const life = (boot: number): History => ({
      periods: [102_000, 102_000],
      bootBefore: null,
      lineAtStart: true,
      happenings: [{ at: 6, kind: "boots" }, ...quick(66, 96), ...quick(boot, boot + 60)],
    });
    // The first report of every boot fits the one before it, so the boot instant does not move.
    expect(settled(life(120), "current")).toMatchObject([{ violation: null }]);
    expect(settled(life(126), "current")).toMatchObject([{ violation: "ClockSkew" }]);
  });

  it("knows at any second what the reports sent before it have earned", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: 0, max: 102_000 }), (story, now) => {
        const table = uptimeTable(2, { start: seconds(0), end: seconds(102_000) });
        enrol(table, NODE, story.lineAtStart);
        if (story.bootBefore !== null) {
          alreadyRunning(table, NODE, seconds(story.bootBefore), seconds(0));
        }
        for (const one of story.happenings) if (one.at < now) tell(table, one);
        const reports = reportsOf(story, now);
        const { credited } = steppedVerdict(reports, 0, 102_000, uptimeRules.current);
        expect(creditedSoFar(table, NODE, seconds(now))).toBe(credited);
      }),
      { seed: 20_231_107, numRuns: 1_000 },
    );
  });
});
