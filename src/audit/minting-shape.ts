/**
 * How a minting case is made smaller: steady reports as one run, runs towards a single report,
 * instants towards the start of their period.
 */
import { periodStart } from "../protocol/index.ts";
import { type Fields, isFields, type Json } from "./spot.ts";

/** The fields of a case that hold an instant, but for the ends of a run. */
const INSTANTS: ReadonlySet<string> = new Set([
  ...["ts", "boot", "now", "down_ts", "first_block_ts", "end_block_ts"],
]);

/** A run of more reports than that says it shorter than the reports would. */
const LOOSE_MAX = 3;

/** The same case with steady reports told as runs, so that each try is short to tell and read. */
export function withRuns(question: Fields): Fields {
  return withEvents(question, (events) => {
    const told: Json[] = [];
    for (let start = 0; start < events.length; ) {
      const length = steadyLength(events, start);
      if (length > LOOSE_MAX) told.push(runOf(events, start, length));
      else told.push(...events.slice(start, start + length));
      start += length;
    }
    return told;
  });
}

/** The case with its short runs written out, so that single reports can go; none if it has none. */
export function mintingLeaps(question: Fields): readonly Fields[] {
  let found = false;
  const loose = withEvents(question, (events) =>
    events.flatMap((event) => {
      const reports = reportsOf(event);
      found ||= reports !== null;
      return reports ?? [event];
    }),
  );
  return found ? [loose] : [];
}

function withEvents(question: Fields, change: (events: readonly Json[]) => Json[]): Fields {
  const { input } = question;
  if (!isFields(input) || !Array.isArray(input["events"])) return question;
  return { ...question, input: { ...input, events: change(input["events"]) } };
}

/** A report's instant and what it says, both whole; null of anything else. */
function reportAt(event: Json | undefined): { readonly ts: number; readonly told: number } | null {
  if (!isFields(event) || event["t"] !== "uptime" || Object.keys(event).length !== 3) return null;
  const { ts, uptime } = event;
  const isWhole = Number.isSafeInteger(ts) && Number.isSafeInteger(uptime);
  return isWhole ? { ts: Number(ts), told: Number(uptime) } : null;
}

/** How many events from a place on are reports at one distance, each saying as much more. */
function steadyLength(events: readonly Json[], start: number): number {
  const [first, second] = [reportAt(events[start]), reportAt(events[start + 1])];
  if (first === null || second === null || second.ts <= first.ts) return 1;
  const [every, more] = [second.ts - first.ts, second.told - first.told];
  let length = 2;
  for (let last = second; ; length++) {
    const next = reportAt(events[start + length]);
    if (next === null || next.ts - last.ts !== every || next.told - last.told !== more) break;
    last = next;
  }
  return length;
}

function runOf(events: readonly Json[], start: number, length: number): Json {
  const [first, second, last] = [start, start + 1, start + length - 1].map((place) =>
    reportAt(events[place]),
  );
  if (first === null || second === null || last === null) return null;
  const every = second.ts - first.ts;
  const drift = second.told - first.told - every;
  const run = { t: "run", from: first.ts, to: last.ts, every, boot: first.ts - first.told };
  return drift === 0 ? run : { ...run, drift };
}

/** The reports of a short run; null of a longer one, and of what is no run. */
function reportsOf(event: Json): readonly Json[] | null {
  if (!isFields(event) || event["t"] !== "run") return null;
  const { from, to, every, boot } = event;
  const drift = event["drift"] ?? 0;
  const numbers = [from, to, every, boot, drift].map(Number);
  const [first, last, step, started, gain] = numbers;
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  const isSound = numbers.every(Number.isFinite) && step > 0;
  if (!isSound || length > LOOSE_MAX) return null;
  return Array.from({ length }, (_, k) => {
    const ts = first + k * step;
    return { t: "uptime", ts, uptime: ts - started + k * gain };
  });
}

/** Where a number of a case tends to: an instant to the start of the period, that nowhere. */
export function mintingOrigin(question: Fields, name: string, holder: Fields): bigint | null {
  // A run tends to one report, wherever that is; closer reports would be more of them.
  if (holder["t"] === "run") {
    if (name === "every") return null;
    if (name === "from" || name === "to") return wholeOf(holder[name === "from" ? "to" : "from"]);
  }
  if (name === "period" || name === "period_start") return null;
  const { input } = question;
  const period = isFields(input) ? Number(input["period"]) : Number.NaN;
  const start = Number.isSafeInteger(period)
    ? periodStart(period)
    : Number(isFields(input) ? input["period_start"] : Number.NaN);
  return INSTANTS.has(name) && Number.isSafeInteger(start) ? BigInt(start) : 0n;
}

const wholeOf = (value: Json | undefined): bigint | null =>
  Number.isSafeInteger(value) ? BigInt(Number(value)) : null;
