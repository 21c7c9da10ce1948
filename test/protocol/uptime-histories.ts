/** Random lives of one node, told twice: to the closed form, and as every single report. */
import fc from "fast-check";
import {
  closeUptime,
  openUptime,
  report,
  type UptimeReport,
  type UptimeVerdict,
} from "../../src/protocol/uptime.ts";
import { REPORT_INTERVAL, TAIL_LENGTH, type UptimeRules } from "../../src/protocol/uptime-rules.ts";
import { seconds } from "../../src/units/index.ts";

/** What happens to a node, in order of time. */
export interface Happening {
  readonly at: number;
  readonly kind: "boots" | "stops" | "line dies" | "line works";
}

export interface History {
  /** Lengths of the periods in seconds, whole blocks each. */
  readonly periods: readonly number[];
  /** The boot before the start, null where the node is new. */
  readonly bootBefore: number | null;
  readonly lineAtStart: boolean;
  readonly happenings: readonly Happening[];
}

/** How far to the next happening: a wait, or an edge of a period (its end, or its tail's). */
type Step = number | { readonly period: number; readonly tail: boolean; readonly off: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 0, max: 12 }),
  fc.constantFrom(54, 60, 66, 120),
  fc.integer({ min: 0, max: 7_300 }),
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: -8, max: 8 }))
    .map(([k, off]) => k * REPORT_INTERVAL + off),
  fc.integer({ min: 0, max: 150_000 }),
  fc.record({
    period: fc.integer({ min: 1, max: 3 }),
    tail: fc.boolean(),
    off: fc.integer({ min: -2, max: 8 }),
  }),
);

/** Lives with short and long gaps; periods are short so that many boundaries are met. */
export const history: fc.Arbitrary<History> = fc
  .record({
    periods: fc.array(
      fc.integer({ min: 17_000, max: 60_000 }).map((n) => n * 6),
      { minLength: 2, maxLength: 4 },
    ),
    bootBefore: fc.option(fc.integer({ min: -100_000, max: 0 })),
    lineAtStart: fc.boolean(),
    steps: fc.array(fc.tuple(step, fc.boolean()), { maxLength: 40 }),
  })
  .map(({ steps, ...life }) => ({ ...life, happenings: happenings(life, steps) }));

function happenings(
  life: Omit<History, "happenings">,
  steps: readonly (readonly [Step, boolean])[],
): readonly Happening[] {
  let runs = life.bootBefore !== null;
  let line = life.lineAtStart;
  let at = 0;
  return steps.map(([wait, ofLine]): Happening => {
    at = typeof wait === "number" ? at + wait : Math.max(at, edge(life.periods, wait));
    if (ofLine) {
      line = !line;
      return { at, kind: line ? "line works" : "line dies" };
    }
    runs = !runs;
    return { at, kind: runs ? "boots" : "stops" };
  });
}

function edge(lengths: readonly number[], { period, tail, off }: Exclude<Step, number>): number {
  const end = lengths.slice(0, period).reduce((sum, length) => sum + length, 0);
  return end + (tail ? 6 + TAIL_LENGTH : 0) + off;
}

/** Intervals [from, to) in which something holds. */
function spans(
  story: History,
  first: number | null,
  begins: Happening["kind"],
  ends: Happening["kind"],
): readonly (readonly [number, number])[] {
  const out: [number, number][] = [];
  let from = first;
  for (const { at, kind } of story.happenings) {
    if (kind === begins) from = at;
    if (kind === ends && from !== null) {
      out.push([from, at]);
      from = null;
    }
  }
  if (from !== null) out.push([from, Number.POSITIVE_INFINITY]);
  return out;
}

/** Every report of a life before `until`, at the second it leaves the node. */
export function reportsOf(story: History, until: number): readonly (UptimeReport & Sent)[] {
  const lines = spans(story, story.lineAtStart ? 0 : null, "line works", "line dies");
  const out: (UptimeReport & Sent)[] = [];
  for (const [boot, down] of spans(story, story.bootBefore, "boots", "stops")) {
    let previous = Number.NEGATIVE_INFINITY;
    for (let due = boot; due < Math.min(down, until); due += REPORT_INTERVAL) {
      if (due < 0) continue;
      const line = lines.find(([works, dead]) => dead > Math.max(due, works));
      const sent = line === undefined ? Number.POSITIVE_INFINITY : Math.max(due, line[0]);
      if (sent >= Math.min(down, until) || sent === previous) continue;
      previous = sent;
      const at = Math.ceil(sent / 6) * 6;
      out.push({ at: seconds(at), reported: seconds(sent - boot), sent });
    }
  }
  return out;
}

/** The second in which a report leaves its node. */
export interface Sent {
  readonly sent: number;
}

/** A period's verdict by the reference, given every report. */
export function steppedVerdict(
  reports: readonly UptimeReport[],
  start: number,
  end: number,
  rules: UptimeRules,
): UptimeVerdict {
  const span = {
    start: seconds(start),
    end: seconds(end),
    firstBlock: seconds(start + 6),
    endBlock: seconds(end + 6),
  };
  const judge = { span, rules, waiver: null };
  let state = openUptime(span, null);
  for (const one of reports) if (one.at > start) state = report(state, one, judge);
  return closeUptime(state, judge, null);
}
