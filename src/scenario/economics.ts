/**
 * Economics: the dated economy that a scenario names, at its start or from a date on.
 *
 * The set's values are defaults: what the file gives beside the name wins over them.
 */
import {
  type EconomicsSet,
  economicsNames,
  economicsSets,
  findEconomics,
  missingRules,
  policyTexts,
  runsOf,
  sharesText,
} from "../protocol/index.ts";
import { type Declaration, declarations, readParameter } from "./declaration.ts";
import { describe, type Reading } from "./quantity.ts";
import type { PlainValue } from "./scenario.ts";
import { nearest } from "./suggestion.ts";

/** The key under which a scenario names an economy. */
export const ECONOMICS = "policy.economics";

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** An economy as a reader who does not know its name is told of it: what users pay goes where. */
export function economicsText(name: string): string {
  const set = findEconomics(name);
  return set === undefined ? name : `${name} (of what users pay: ${sharesText(set.shares)} %)`;
}

/** Reads the name of an economy; refuses an unknown one, and one that a world cannot carry out. */
export function readEconomics(raw: unknown): Reading<EconomicsSet> {
  const set = typeof raw === "string" ? findEconomics(raw) : undefined;
  if (set === undefined) {
    const expected = `one of ${quoted(economicsNames)}`;
    const suggestion = typeof raw === "string" ? nearest(raw, economicsNames) : undefined;
    const refusal = { ok: false as const, expected, found: describe(raw) };
    return suggestion === undefined ? refusal : { ...refusal, suggestion };
  }
  if (runsOf(set) === "world") return { ok: true, text: set.name, value: set };
  const able = economicsSets.filter((each) => runsOf(each) === "world").map(({ name }) => name);
  const needs = missingRules(set).map(({ key, word }) => `\`${key}: ${word}\``);
  const why = needs.length === 0 ? "which is calculated only" : `which needs ${needs.join(", ")}`;
  const expected = `an economy that a world can carry out (${quoted(able)})`;
  return { ok: false, expected, found: `\`${set.name}\`, ${why}` };
}

/** Reads a value of a parameter; the name of an economy must be that of one that can be run. */
export function readValue({ key, parameter }: Declaration, raw: unknown): Reading<PlainValue> {
  if (key !== ECONOMICS) return readParameter(parameter, raw);
  const reading = readEconomics(raw);
  return reading.ok ? { ...reading, value: reading.text } : reading;
}

/** A value of a set as a scenario would hold it. */
export interface EconomicsValue {
  readonly text: string;
  readonly value: PlainValue;
}

/** The values that a set stands for, by key, in the order of the declarations; none of no set. */
export function economicsValues(
  set: EconomicsSet | undefined,
): ReadonlyMap<string, EconomicsValue> {
  const policy = set?.policy ?? null;
  const written = policy === null ? [] : policyTexts(policy);
  const texts = new Map(written.map(([key, text]) => [`policy.${key}`, text]));
  const values = new Map<string, EconomicsValue>();
  for (const { key, parameter } of declarations) {
    const reading = texts.has(key) ? readParameter(parameter, texts.get(key)) : undefined;
    if (reading?.ok) values.set(key, { text: reading.text, value: reading.value });
  }
  return values;
}
