/**
 * The values of a scenario: what its files and flags say of each parameter, one over the other.
 */
import { findEconomics } from "../protocol/index.ts";
import { seconds, type Varied } from "../units/index.ts";
import {
  type Declaration,
  declarations,
  defaultText,
  readParameter,
  unitOf,
} from "./declaration.ts";
import { type Draft, draftText, overlay } from "./draft.ts";
import { ECONOMICS, economicsValues } from "./economics.ts";
import { monthText, type NamedEconomics } from "./era.ts";
import type { GivenValue } from "./fragment.ts";
import type { Happening } from "./happening.ts";
import { Lookup } from "./lookup.ts";
import {
  type Grounds,
  type PolicyCourse,
  resolvePolicy,
  resolveVaried,
  typical,
} from "./resolution.ts";
import type { PlainValue, ResolvedValue } from "./scenario.ts";

/** A parameter's default as a draft. */
function standard({ parameter }: Declaration): Draft {
  const reading = readParameter(parameter, parameter.default);
  const value = reading.ok ? reading.value : Number.NaN;
  return { kind: "one", value, text: defaultText(parameter) };
}

/** The values that are given, later ones laid over earlier ones. */
export function layered(
  fragments: readonly { readonly values: ReadonlyMap<string, GivenValue> }[],
): ReadonlyMap<string, GivenValue> {
  const defaults = new Map(declarations.map((each) => [each.key, each]));
  const given = new Map<string, GivenValue>();
  for (const { values } of fragments) {
    for (const [key, value] of values) {
      const declaration = defaults.get(key);
      const before = given.get(key)?.draft ?? (declaration && standard(declaration));
      const draft = before === undefined ? value.draft : overlay(before, value.draft);
      given.set(key, { ...value, draft });
    }
  }
  return given;
}

/** The values that are one value each, by key; NaN stands for those that vary. */
export const plainValues = (
  given: ReadonlyMap<string, GivenValue>,
): ReadonlyMap<string, PlainValue> =>
  new Map(
    declarations.map((each) => {
      const draft = given.get(each.key)?.draft ?? standard(each);
      return [each.key, draft.kind === "one" ? draft.value : Number.NaN];
    }),
  );

/** All parameters with what they are in a run, and what policies become in its course. */
export interface Resolved {
  readonly values: readonly ResolvedValue[];
  readonly happenings: readonly Happening[];
  /** The economy that the scenario names for its start, and those that follow it. */
  readonly economics: readonly NamedEconomics[];
}

/**
 * Resolves every parameter: what is given, else what the named economy says, else the default.
 * What is wrong is told to the lookup of the grounds.
 */
export function resolveValues(given: ReadonlyMap<string, GivenValue>, grounds: Grounds): Resolved {
  const { draft: name } = given.get(ECONOMICS) ?? {};
  const named = declarations.find(({ key }) => key === ECONOMICS);
  const course = name && named && resolvePolicy(named, name, { ...grounds, lookup: silent() });
  const set = course === undefined ? undefined : findEconomics(String(course.value));
  const texts = economicsValues(set);
  const happenings: Happening[] = [];
  const values = declarations.map((each): ResolvedValue => {
    const { key, parameter } = each;
    const written = given.get(key);
    const under = written === undefined ? texts.get(key) : undefined;
    const other: Draft = under === undefined ? standard(each) : { kind: "one", ...under };
    const draft = written?.draft ?? other;
    const found = meant(each, draft, grounds);
    happenings.push(...found.happenings);
    return {
      path: key,
      kind: parameter.kind,
      text: draftText(draft),
      value: found.value,
      ...(found.varied === undefined ? {} : { varied: found.varied }),
      unit: unitOf(parameter),
      default: defaultText(parameter),
      range: parameter.range,
      quality: parameter.quality,
      source: under === undefined ? parameter.source : (set?.source ?? ""),
      date: under === undefined ? parameter.date : monthText(set?.from ?? seconds(0)),
      doc: parameter.doc,
      from: written?.from ?? (under === undefined ? "default" : ECONOMICS),
    };
  });
  return { values, happenings, economics: course === undefined ? [] : switches(course, grounds) };
}

/** Where the second look at a value's faults goes: they have been told. */
const silent = (): Lookup => new Lookup(new Map(), new Map());

/** The economies of a course, each with the instant from which it holds. */
function switches(course: PolicyCourse, { start }: Grounds): readonly NamedEconomics[] {
  const later = course.happenings.flatMap(({ entry, economics }) =>
    economics === undefined ? [] : [{ name: economics, at: seconds(start + entry.at) }],
  );
  return [{ name: String(course.value), at: start }, ...later];
}

/** What a draft comes to: one value, and how it varies, if it does. */
function meant(
  of: Declaration,
  draft: Draft,
  grounds: Grounds,
): {
  readonly value: PlainValue;
  readonly varied?: Varied;
  readonly happenings: readonly Happening[];
} {
  if (draft.kind === "one") return { value: draft.value, happenings: [] };
  if (of.key.startsWith("policy."))
    return resolvePolicy(of, draft, grounds) ?? { value: Number.NaN, happenings: [] };
  const varied = resolveVaried(of, draft, grounds) ?? Number.NaN;
  const value = typical(varied);
  const same = typeof varied === "number" || Array.isArray(varied);
  return { value, ...(same ? {} : { varied }), happenings: [] };
}
