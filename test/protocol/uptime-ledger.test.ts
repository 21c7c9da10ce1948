/** The judgement of one report in plain numbers, against `report` of `uptime.ts`. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openUptime, report, type UptimeJudge } from "../../src/protocol/uptime.ts";
import {
  cleared,
  count,
  creditedIn,
  isKnown,
  isOpen,
  ledger,
  ROW,
  violationOf,
} from "../../src/protocol/uptime-ledger.ts";
import { type MintingEra, TAIL_LENGTH, uptimeRules } from "../../src/protocol/uptime-rules.ts";
import { seconds } from "../../src/units/index.ts";

const NODE = 2;
const LENGTH = 60_000;

/** How a report differs from the one before it: in time, and in what uptime grew otherwise. */
interface Step {
  readonly passed: number;
  readonly off: number;
  /** The uptime itself, where it does not follow from the one before. */
  readonly reported: number | null;
}

const step: fc.Arbitrary<Step> = fc.record({
  passed: fc
    .oneof(fc.constantFrom(0, 1, 60, 400, 401, 16_100, 16_201), fc.nat(500), fc.nat(11_000))
    .map((blocks) => blocks * 6),
  off: fc.oneof(
    fc.constantFrom(-301, -300, -299, -120, -61, -60, -59, 0, 0, 0, 59, 60, 61, 119, 120, 300, 301),
    fc.integer({ min: -9_000, max: 9_000 }),
  ),
  reported: fc.option(fc.oneof(fc.constantFrom(0, 1, 2_400), fc.nat(9_000)), { freq: 3 }),
});

/** Reports of a cheat, a drifting clock, or an honest node: in order of time, never below zero. */
function reportsOf(steps: readonly Step[]) {
  let at = 0;
  let reported = 0;
  return steps.map(({ passed, off, reported: own }) => {
    at += passed;
    reported = Math.max(0, own ?? reported + passed + off);
    return { at: seconds(at), reported: seconds(reported) };
  });
}

describe("a report to the ledger", () => {
  it.each(Object.keys(uptimeRules) as MintingEra[])(
    "is judged as the reference judges it, honest or not, rules %s",
    (era) => {
      const rules = uptimeRules[era];
      const span = { start: seconds(0), end: seconds(LENGTH) };
      const judge: UptimeJudge = {
        span: { ...span, firstBlock: seconds(6), endBlock: seconds(LENGTH + 6) },
        rules,
        waiver: null,
      };
      fc.assert(
        fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
          const period = ledger(NODE + 1, span, rules);
          let state = openUptime(judge.span, null);
          for (const one of reportsOf(steps)) {
            state = report(state, one, judge);
            if (isOpen(period, NODE, one.at)) count(period, NODE, one.at, one.reported);
          }
          const found = {
            credited: creditedIn(period, NODE),
            known: isKnown(period, NODE),
            violation: violationOf(period, NODE),
          };
          const { credited, last, violation } = state;
          expect(found).toEqual({ credited, known: last !== null, violation });
        }),
        { seed: 20_231_107, numRuns: 2_000 },
      );
    },
  );

  const bounds = { start: seconds(0), end: seconds(LENGTH) };
  const rules = uptimeRules.current;

  it("belongs to one row, and is forgotten with it", () => {
    const period = ledger(NODE + 1, bounds, rules);
    for (const node of [0, 1, 2]) {
      count(period, node, 600, 600 + node);
      count(period, node, 600, 9_000);
    }
    const rows = () => Array.from({ length: 3 }, (_, node) => creditedIn(period, node));
    expect(rows()).toEqual([600, 600, 600]);
    cleared(period, 1);
    expect(rows()).toEqual([600, 0, 600]);
    expect([0, 1, 2].map((node) => isKnown(period, node))).toEqual([true, false, true]);
    expect([0, 1, 2].map((node) => violationOf(period, node))).toEqual([
      "UptimeTooHigh",
      null,
      "UptimeTooHigh",
    ]);
    expect(period.rows).toHaveLength(3 * ROW);
  });

  it("after the end is taken once, up to 27 hours after the last block", () => {
    const last = LENGTH + 6 + TAIL_LENGTH;
    const period = ledger(1, bounds, rules);
    expect([isOpen(period, 0, LENGTH + 6), isOpen(period, 0, LENGTH + 12)]).toEqual([true, false]);
    count(period, 0, LENGTH - 6, 100);
    expect([isOpen(period, 0, last), isOpen(period, 0, last + 1)]).toEqual([true, false]);
    count(period, 0, LENGTH, 106);
    expect(isOpen(period, 0, LENGTH + 12)).toBe(false);
  });

  it("is worth an interval at least, or a run of reports could not be added up", () => {
    const cap = (least: number) => () => ledger(1, bounds, { ...rules, cap: seconds(least) });
    expect(cap(2_400)).not.toThrow();
    expect(cap(2_399)).toThrow("a run of reports is credited in full");
  });
});
