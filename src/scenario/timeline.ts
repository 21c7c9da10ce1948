/**
 * The timeline: things that are made to happen at a time, whatever else goes on.
 */

import { z } from "zod";
import { findEconomics } from "../protocol/index.ts";
import { type Seconds, seconds } from "../units/index.ts";
import type { Country, Target, TimelineEntry } from "../world/setup.ts";
import { proposal, proposalHappening } from "./dao.ts";
import { ECONOMICS, economicsValues } from "./economics.ts";
import type { Place } from "./fault.ts";
import { field, quantity } from "./field.ts";
import type { Happening } from "./happening.ts";
import { readMoment, secondsTo, writeInstant } from "./instant.ts";
import { type PolicyEntry, policy, readSwitch } from "./policy.ts";
import { describe, type Reading, readQuantity, writeQuantity } from "./quantity.ts";
import type { PlainValue } from "./scenario.ts";
import { type Before, type Placed, refuseSequence } from "./sequence.ts";

/** What can happen: the keys of an entry beside `at`. */
export const HAPPENINGS = ["outage", "leave", "price", "demand", "policy", "propose"] as const;

const at = field(readMoment, {
  type: "string",
  description: "When: a duration from the start (`90 d`) or a date.",
});

const lasting = quantity("duration", 0, Number.MAX_SAFE_INTEGER, "For how long, such as `12 h`.");

const share = field(
  (raw) => {
    const reading = readQuantity("share", raw);
    return !reading.ok || (reading.value > 0 && reading.value <= 1)
      ? reading
      : { ok: false, expected: "a share above 0 % and up to 100 %", found: describe(raw) };
  },
  {
    type: "string",
    description: "Share of the nodes that match, chosen by chance; all if absent.",
  },
);

const farm = quantity("count", 0, 4_294_967_295, "A farm by its number at the start.");

const factor = (low: number, high: number) =>
  quantity("number", low, high, "What it is multiplied by.");

const country = field(
  (raw): Reading<string> =>
    typeof raw === "string" && /^[A-Z]{2}$/.test(raw)
      ? { ok: true, text: raw, value: raw }
      : { ok: false, expected: "a country by its two letters such as `BE`", found: describe(raw) },
  { type: "string", pattern: "^[A-Z]{2}$", description: "Country, by its two letters." },
);

const price = z
  .strictObject({
    times: factor(1e-9, 1e9).optional(),
    to: quantity("money", 1e-9, 1e9, "USD of one TFT from then on, such as `0.02 USD`.").optional(),
  })
  .superRefine((value, context) => {
    if ((value.times === undefined) === (value.to === undefined)) {
      const params = { expected: "one of `times`, `to`", found: "both or neither" };
      context.addIssue({ code: "custom", message: "", params });
    }
  });

/** One entry of the timeline as a file writes it. */
export const timelineEntry = z
  .strictObject({
    at,
    outage: z
      .strictObject({
        country: country.optional(),
        farm: farm.optional(),
        share: share.optional(),
        for: lasting,
      })
      .optional()
      .meta({ description: "Nodes stop, and boot again afterwards." }),
    leave: z
      .strictObject({
        country: country.optional(),
        farm: farm.optional(),
        share: share.optional(),
        largest: quantity(
          "count",
          1,
          4_294_967_295,
          "So many of the farms that match, those with most nodes at the start; all if absent.",
        ).optional(),
      })
      .optional()
      .meta({ description: "Farms take all their nodes away for good. A share is one of farms." }),
    price: price.optional().meta({ description: "The price of the token changes." }),
    demand: z
      .strictObject({ times: factor(0, 1000), for: lasting.optional() })
      .optional()
      .meta({ description: "New deployments come more or less often, for a time or for good." }),
    policy: policy.optional(),
    propose: proposal.optional(),
  })
  .superRefine((entry, context) => {
    const named = HAPPENINGS.filter((key) => entry[key] !== undefined);
    if (named.length === 1) return;
    const expected = `exactly one of ${HAPPENINGS.map((key) => `\`${key}\``).join(", ")}`;
    const found = named.length === 0 ? "none" : named.map((key) => `\`${key}\``).join(" and ");
    context.addIssue({ code: "custom", message: "", params: { expected, found } });
  });

/** An entry that was read, and where it stands. */
export interface Written {
  readonly entry: z.output<typeof timelineEntry>;
  /** Where a part of it stands. */
  readonly placeOf: (...steps: readonly string[]) => Place;
  readonly path: string;
}

/** A policy entry in words; of an economy, its name stands for what it changes. */
function told({ economics, changes }: PolicyEntry): string {
  const set = economics === undefined ? undefined : findEconomics(economics);
  const named = economicsValues(set);
  const own = changes.filter(({ key, value }) => named.get(key)?.value !== value);
  const words = own.map(({ key, value }) => `${key} = ${value}`);
  return (set === undefined ? words : [`${ECONOMICS} = ${set.name}`, ...words]).join(", ");
}

const policyHappening = (at: Seconds, entry: PolicyEntry): Happening => ({
  entry: { kind: "policy", at, changes: entry.changes },
  sentence: told(entry),
  economics: entry.economics,
});

/** What happens when a policy gets another value at a second; one that cannot, does nothing. */
export function policyChange(at: Seconds, key: string, value: PlainValue): Happening | undefined {
  const reading = key === ECONOMICS ? readSwitch(value) : undefined;
  if (reading?.ok) return policyHappening(at, reading.value);
  if (reading !== undefined || typeof value === "object") return undefined;
  return policyHappening(at, { economics: undefined, changes: [{ key, value }] });
}

const length = (count: number): string => writeQuantity("duration", count);

type Named = NonNullable<Written["entry"]["outage"] | Written["entry"]["leave"]>;

const targetOf = ({ country: code, farm: number, share: part }: Named): Target => ({
  share: part ?? 1,
  ...(code === undefined ? {} : { country: code }),
  ...(number === undefined ? {} : { farm: number }),
});

/** A target in words: `50 % of BE, farm 3`. */
function placeIn({ country: code, farm: number, share: part }: Target): string {
  const where = [code, number === undefined ? undefined : `farm ${number}`];
  const place = where.filter((each) => each !== undefined).join(", ") || "the whole grid";
  return `${writeQuantity("share", part)} of ${place}`;
}

/** What strikes nodes or farms, if the entry is of that kind. */
function striking({ outage, leave }: Written["entry"], when: Seconds): Happening | undefined {
  if (outage !== undefined) {
    const target = targetOf(outage);
    const sentence = `outage of ${placeIn(target)} for ${length(outage.for)}`;
    return { entry: { kind: "outage", at: when, target, lasts: seconds(outage.for) }, sentence };
  }
  if (leave === undefined) return undefined;
  const target = targetOf(leave);
  const { largest = null } = leave;
  const many = largest === null ? "farms" : `the ${largest} largest farms`;
  const sentence = `${many} leave: ${placeIn(target)}`;
  return { entry: { kind: "leave", at: when, target, largest }, sentence };
}

function happening(entry: Written["entry"], when: Seconds): Happening | undefined {
  const { price: cost, demand, policy: changes, propose } = entry;
  const strike = striking(entry, when);
  if (strike !== undefined) return strike;
  if (cost?.times !== undefined) {
    const sentence = `price times ${cost.times}`;
    return { entry: { kind: "priceTimes", at: when, factor: cost.times }, sentence };
  }
  if (cost?.to !== undefined) {
    return {
      entry: { kind: "priceTo", at: when, usd: cost.to },
      sentence: `price to ${cost.to} USD`,
    };
  }
  if (demand !== undefined) {
    const lasts = seconds(demand.for ?? Number.POSITIVE_INFINITY);
    const span = demand.for === undefined ? "" : ` for ${length(demand.for)}`;
    const sentence = `demand times ${demand.times}${span}`;
    return { entry: { kind: "demand", at: when, factor: demand.times, lasts }, sentence };
  }
  if (propose !== undefined) return proposalHappening(when, propose);
  return changes === undefined ? undefined : policyHappening(when, changes);
}

/** What a timeline is placed in. */
interface Placing extends Before {
  readonly start: Seconds;
  readonly countries: readonly Country[];
  /** What happens beside the timeline: policies that change over time. */
  readonly besides: readonly Happening[];
}

/** The entries in the order in which they happen, from the start, with a sentence for each. */
export function placeInTime(
  written: readonly Written[],
  placing: Placing,
): { readonly entries: readonly TimelineEntry[]; readonly sentences: readonly string[] } {
  const { start, countries, besides, faults } = placing;
  const found: (Happening & Placed)[] = [...besides];
  const codes = countries.map(({ code }) => code);
  for (const of of written) {
    const { entry, placeOf, path } = of;
    const when = secondsTo(entry.at, start);
    if (when < 0) {
      const expected = `a date from the start on (${writeInstant(start)})`;
      const late = writeInstant(seconds(entry.at.seconds));
      faults.push({ place: placeOf("at"), path: `${path}.at`, expected, found: `\`${late}\`` });
    }
    for (const key of ["outage", "leave"] as const) {
      const code = entry[key]?.country;
      if (code === undefined || codes.length === 0 || codes.includes(code)) continue;
      const place = placeOf(key, "country");
      const expected = "a country in which there are farms";
      faults.push({ place, path: `${path}.${key}.country`, expected, found: `\`${code}\`` });
    }
    const each = happening(entry, seconds(Math.ceil(when)));
    if (each !== undefined) found.push({ ...each, of });
  }
  found.sort((a, b) => a.entry.at - b.entry.at);
  refuseSequence(found, placing);
  return {
    entries: found.map((each) => each.entry),
    sentences: found.map((each) => `${writeQuantity("duration", each.entry.at)}: ${each.sentence}`),
  };
}
