/**
 * From resolved values to the setup of a world: groups of values, tables read, time laid out.
 */
import type { Assumptions } from "../models/index.ts";
import { PERIOD_LENGTH, type Policy, periodOf, periodStart } from "../protocol/index.ts";
import { type Seconds, seconds, type Variations } from "../units/index.ts";
import type { Setup, TimelineEntry } from "../world/setup.ts";
import { readRhythm } from "./demand.ts";
import type { NamedEconomics } from "./era.ts";
import { readClasses, readTotals } from "./fleet.ts";
import type { GivenValue } from "./fragment.ts";
import { readCountries } from "./geography.ts";
import type { Lookup } from "./lookup.ts";
import { readTrace } from "./price.ts";
import type { PlainValue, ResolvedValue } from "./scenario.ts";
import { placeInTime, type Written } from "./timeline.ts";
import { resolveValues } from "./value.ts";

/** When and how long, as a scenario says it; the length is in periods unless days are given. */
export interface Span {
  readonly start: Seconds;
  readonly periods: number;
  readonly days: number | undefined;
  readonly window: Seconds;
  readonly tables: readonly string[];
}

const DAY = 86_400;

/** The values of one root, `assumptions` or `policy`, in a group for each noun. */
function groups(values: readonly ResolvedValue[], root: string): unknown {
  const grouped: Record<string, Record<string, PlainValue>> = {};
  for (const { path, value } of values) {
    const [head, noun = "", name = ""] = path.split(".");
    // The name of an economy is no value of a world; what it stands for is.
    if (head !== root || name === "") continue;
    const group = grouped[noun] ?? {};
    group[name] = value;
    grouped[noun] = group;
  }
  return grouped;
}

/** The first period that starts at the instant or later. */
const nextPeriod = (instant: Seconds): number => {
  const now = periodOf(instant);
  return periodStart(now) === instant ? now : now + 1;
};

/** The length of what is measured, and the whole minting periods in it. */
export function spanOf({ start, periods, days }: Span): {
  readonly length: Seconds;
  readonly periods: number;
} {
  const first = nextPeriod(start);
  if (days === undefined) {
    return { length: seconds(periodStart(first + periods) - start), periods };
  }
  const length = Math.round(days * DAY);
  const whole = Math.floor((start + length - periodStart(first)) / PERIOD_LENGTH);
  return { length: seconds(length), periods: Math.max(0, whole) };
}

/** How the assumptions vary, by key without its first word; empty where nothing does. */
function variationsOf(values: readonly ResolvedValue[]): { readonly varied?: Variations } {
  const varied = values.flatMap(({ path, varied: one }) =>
    one === undefined ? [] : [[path.slice(path.indexOf(".") + 1), one] as const],
  );
  return varied.length === 0 ? {} : { varied: Object.fromEntries(varied) };
}

/** Where the pool makes the price, nothing on the timeline can. */
function refuseShocks(
  { price }: Assumptions,
  entries: readonly TimelineEntry[],
  lookup: Lookup,
): void {
  if (price.model !== "pool") return;
  for (const { kind } of entries) {
    if (kind !== "priceTimes" && kind !== "priceTo") continue;
    lookup.faults.push({
      place: lookup.placeOf("assumptions.price.model"),
      path: "assumptions.price.model",
      expected: "a price from outside, since the timeline changes the price",
      found: "`pool`, in which trades alone make it",
    });
  }
}

/** Bills are done block by block under the reserve based rules alone. */
function refuseLocks({ billing }: Assumptions, policy: Policy, lookup: Lookup): void {
  if (billing.overflow === "none" || policy.billing.rules === "reserve") return;
  lookup.faults.push({
    place: lookup.placeOf("assumptions.billing.overflow"),
    path: "assumptions.billing.overflow",
    expected: "`none`, since the lock based rules are not billed block by block",
    found: `\`${billing.overflow}\``,
  });
}

/** A setup with all values that it was made of, and a sentence for each thing that happens. */
export interface BuiltSetup {
  readonly setup: Setup;
  readonly values: readonly ResolvedValue[];
  readonly timeline: readonly string[];
  /** The economies that the scenario names as a policy, at the start and later. */
  readonly economics: readonly NamedEconomics[];
}

/** Builds the setup; what is wrong in the files it reads is in the lookup's list of faults. */
export function buildSetup(
  given: ReadonlyMap<string, GivenValue>,
  lookup: Lookup,
  span: Span,
  written: readonly Written[],
): BuiltSetup {
  const { start } = span;
  const { faults } = lookup;
  const countries = readCountries(lookup);
  const classes = readClasses(lookup);
  const resolved = resolveValues(given, { countries, classes, start, lookup });
  const { values, happenings, economics } = resolved;
  // The groups were read by the very declarations that the two types are made of.
  const policy = groups(values, "policy") as Policy;
  const placeOf = (key: string) => lookup.placeOf(key);
  const placing = { start, countries, besides: happenings, policy, placeOf, faults };
  const { entries, sentences } = placeInTime(written, placing);
  const assumptions = groups(values, "assumptions") as Assumptions;
  refuseShocks(assumptions, entries, lookup);
  refuseLocks(assumptions, policy, lookup);
  const setup: Setup = {
    start,
    ...spanOf(span),
    window: span.window,
    policy,
    assumptions,
    ...variationsOf(values),
    countries,
    classes,
    totals: readTotals(lookup),
    priceTrace: readTrace(lookup, start),
    rhythm: readRhythm(lookup),
    timeline: entries,
    tables: span.tables,
  };
  return { setup, values, timeline: sentences, economics };
}
