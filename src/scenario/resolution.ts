/**
 * From drafts to values: every country and node class is one that there is, every trace is read,
 * and moments are seconds from the start.
 */
import { meanOver } from "../models/index.ts";
import {
  type Dimension,
  isDrawn,
  isSplit,
  isSteps,
  type Seconds,
  seconds,
  simplest,
  stepAt,
  type Varied,
} from "../units/index.ts";
import type { Country, NodeClass } from "../world/setup.ts";
import type { Declaration } from "./declaration.ts";
import { type Draft, type DraftKey, faultAt, type Spot } from "./draft.ts";
import type { Happening } from "./happening.ts";
import { secondsTo } from "./instant.ts";
import type { Lookup } from "./lookup.ts";
import type { PlainValue } from "./scenario.ts";
import { nearest } from "./suggestion.ts";
import { policyChange } from "./timeline.ts";
import { readTrace } from "./trace.ts";
import { keysExpected, sameFor, waysOf, wordsOf } from "./way.ts";

/** What a value is judged against. */
export interface Grounds {
  readonly countries: readonly Country[];
  readonly classes: readonly NodeClass[];
  readonly start: Seconds;
  readonly lookup: Lookup;
}

/** A value over time: from each second on, counted from the start. */
export interface Sequence {
  readonly seconds: readonly number[];
  readonly values: readonly PlainValue[];
}

/** The steps or the trace of a draft, in order of time, from the start or before it. */
function sequenceOf(
  of: Declaration,
  draft: Extract<Draft, { readonly kind: "steps" | "trace" }>,
  { start, lookup }: Grounds,
): Sequence | undefined {
  const steps = draft.kind === "steps" ? draft.steps : readTrace(of, draft, lookup);
  const placed = steps.map((one) => ({ ...one, second: secondsTo(one.at, start) }));
  placed.sort((a, b) => a.second - b.second);
  const twice = placed.find((one, i) => i > 0 && one.second === placed[i - 1].second);
  if (twice !== undefined) {
    const found = `\`${twice.atText}\` a second time`;
    lookup.faults.push(faultAt(twice.spot, "key", { expected: "each moment once", found }));
    return undefined;
  }
  if (placed.length === 0) return undefined;
  if (placed[0].second > 0) {
    const expected = "a value from the start on, at `0 d`";
    const found = `none before \`${placed[0].atText}\``;
    lookup.faults.push(faultAt(draft.spot, "key", { expected, found }));
    return undefined;
  }
  return {
    seconds: placed.map(({ second }) => Math.ceil(second)),
    values: placed.map(({ value }) => value),
  };
}

/** The value of an assumption; undefined where something is wrong, which is told to the lookup. */
export function resolveVaried(of: Declaration, draft: Draft, grounds: Grounds): Varied | undefined {
  const varied = resolve(of, draft, grounds);
  return varied === undefined ? undefined : simplest(varied);
}

function resolve(of: Declaration, draft: Draft, grounds: Grounds): Varied | undefined {
  switch (draft.kind) {
    case "one":
      return variedOf(draft.value);
    case "drawn":
      return draft.drawn;
    case "steps":
    case "trace": {
      const found = sequenceOf(of, draft, grounds);
      return found && { kind: "steps", seconds: found.seconds, values: found.values.map(Number) };
    }
    case "keyed":
      return resolveKeyed(of, draft, grounds);
  }
}

const variedOf = (value: PlainValue): Varied => (typeof value === "object" ? value : Number(value));

function resolveKeyed(
  of: Declaration,
  draft: Extract<Draft, { readonly kind: "keyed" }>,
  grounds: Grounds,
): Varied | undefined {
  const rest = draft.rest === undefined ? undefined : resolve(of, draft.rest, grounds);
  const by: Dimension = draft.by === "name" ? "nodeClass" : draft.by;
  const each: Record<string, Varied> = {};
  for (const [key, one] of draft.each) {
    const known = checkKey(of, key, one, by, grounds);
    const value = resolve(of, one.draft, grounds);
    if (!known || value === undefined) continue;
    if (sameLength(value, rest, one.spot, grounds)) each[key] = value;
  }
  return rest === undefined ? undefined : { kind: "split", by, each, rest };
}

/** Lists that differ are equally long: their numbers belong to the same things everywhere. */
function sameLength(
  value: Varied,
  rest: Varied | undefined,
  spot: Spot,
  { lookup }: Grounds,
): boolean {
  const [own, other] = [value, rest].map((one) => (Array.isArray(one) ? one.length : undefined));
  if (own === undefined || other === undefined || own === other) return true;
  const expected = `a list of ${other} numbers, as elsewhere`;
  lookup.faults.push(faultAt(spot, "value", { expected, found: `${own}` }));
  return false;
}

/** Whether a key is a country or a class that there is; if not, that is told. */
function checkKey(
  of: Declaration,
  key: string,
  { spot }: DraftKey,
  by: Dimension,
  { countries, classes, lookup }: Grounds,
): boolean {
  const ways = waysOf(of);
  const names = classes.map(({ name }) => name);
  if (by === "farmKind" || by === "workload") return true;
  if (by === "country" && countries.some(({ code }) => code === key)) return true;
  const isClass = names.includes(key);
  if (by === "nodeClass" && isClass && ways.includes("nodeClass")) return true;
  // Without the files that name them, nothing can be said of a country or a class.
  if ((by === "country" ? countries : classes).length === 0) return true;
  const found = `\`${key}\``;
  if (isClass && !ways.includes("nodeClass")) {
    const expected = sameFor("nodeClass", ways);
    lookup.faults.push(faultAt(spot, "key", { expected, found }));
    return false;
  }
  const code = ways.includes("country") ? countryLike(key, countries) : undefined;
  const words = [...wordsOf(ways), ...(ways.includes("nodeClass") ? names : [])];
  const suggestion = code ?? (/^[A-Z]{2}$/.test(key) ? undefined : nearest(key, words));
  const expected =
    by === "country" ? "a country in which there are farms" : keysExpected(ways, names[0]);
  const fault = { expected, found, ...(suggestion === undefined ? {} : { suggestion }) };
  lookup.faults.push(faultAt(spot, "key", fault));
  return false;
}

/** The code of the country that a key may mean: its name, or its letters in another case. */
function countryLike(key: string, countries: readonly Country[]): string | undefined {
  const upper = key.toUpperCase();
  if (key !== upper && countries.some(({ code }) => code === upper)) return upper;
  if (key.length < 4) return undefined;
  const name = nearest(
    key,
    countries.map((country) => country.name),
  );
  return countries.find((country) => country.name === name)?.code;
}

/** A policy over time: its value at the start, and what changes it later. */
export interface PolicyCourse {
  readonly value: PlainValue;
  readonly happenings: readonly Happening[];
}

/** The course of a policy that has steps or a trace; undefined where something is wrong. */
export function resolvePolicy(
  of: Declaration,
  draft: Draft,
  grounds: Grounds,
): PolicyCourse | undefined {
  if (draft.kind === "one") return { value: draft.value, happenings: [] };
  if (draft.kind === "keyed")
    return draft.rest === undefined ? undefined : resolvePolicy(of, draft.rest, grounds);
  const found = draft.kind === "drawn" ? undefined : sequenceOf(of, draft, grounds);
  if (found === undefined) return undefined;
  const { seconds: times, values } = found;
  const first = times.findLastIndex((second) => second <= 0);
  const happenings: Happening[] = [];
  for (let i = first + 1; i < times.length; i++) {
    if (values[i] === values[i - 1]) continue;
    const change = policyChange(seconds(times[i]), of.key, values[i]);
    if (change !== undefined) happenings.push(change);
  }
  return { value: values[first], happenings };
}

/** One number, or list, that stands for a value where no place and time are asked for. */
export function typical(value: Varied): number | readonly number[] {
  if (isSplit(value)) return typical(value.rest);
  if (isSteps(value)) return stepAt(value, 0);
  return isDrawn(value) ? meanOver(value) : value;
}
