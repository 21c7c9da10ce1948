/**
 * The values of a scenario: what its files and flags say of each parameter, one over the other.
 */
import type { Varied } from "../units/index.ts";
import {
  type Declaration,
  declarations,
  defaultText,
  readParameter,
  unitOf,
} from "./declaration.ts";
import { type Draft, draftText, overlay } from "./draft.ts";
import type { GivenValue } from "./fragment.ts";
import { type Grounds, resolvePolicy, resolveVaried, typical } from "./resolution.ts";
import type { PlainValue, ResolvedValue } from "./scenario.ts";
import type { Happening } from "./timeline.ts";

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
}

/** Resolves every parameter; what is wrong is told to the lookup of the grounds. */
export function resolveValues(given: ReadonlyMap<string, GivenValue>, grounds: Grounds): Resolved {
  const happenings: Happening[] = [];
  const values = declarations.map((each): ResolvedValue => {
    const { key, parameter } = each;
    const written = given.get(key);
    const draft = written?.draft ?? standard(each);
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
      source: parameter.source,
      date: parameter.date,
      doc: parameter.doc,
      from: written?.from ?? "default",
    };
  });
  return { values, happenings };
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
