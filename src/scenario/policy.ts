/**
 * Policies as the timeline writes them: keys under `policy`, nested or with dots, and the values
 * that they have from then on. The name of an economy stands for all its values.
 */
import { declarations, readParameter } from "./declaration.ts";
import { ECONOMICS, economicsValues, readEconomics } from "./economics.ts";
import { field } from "./field.ts";
import { describe, type Reading } from "./quantity.ts";
import { nearest } from "./suggestion.ts";

/** One policy and the value that it has from then on. */
export type PolicyChange = { readonly key: string; readonly value: number | string | boolean };
/** What a policy entry changes, and the economy that it names, if it does. */
export interface PolicyEntry {
  readonly economics: string | undefined;
  readonly changes: readonly PolicyChange[];
}

type Leaf = readonly [steps: readonly string[], raw: unknown];

/** The values in a block of keys, each with the steps that lead to it. */
export function flatten(steps: readonly string[], raw: unknown): readonly Leaf[] {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) return [[steps, raw]];
  return Object.entries(raw).flatMap(([key, value]) => flatten([...steps, key], value));
}

/** The changes that one key stands for: an economy's name for many, any other for one. */
export function readChange(key: string, raw: unknown): Reading<PolicyEntry> {
  const policies = declarations.filter((declaration) => declaration.key.startsWith("policy."));
  const meant = policies.find(
    (declaration) => declaration.key === key || declaration.short === key,
  );
  if (meant === undefined) {
    const suggestion = nearest(
      key,
      policies.map(({ short }) => short),
    );
    const refusal = { ok: false as const, expected: "the key of a policy", found: `\`${key}\`` };
    return suggestion === undefined ? refusal : { ...refusal, suggestion };
  }
  if (meant.key === ECONOMICS) return readSwitch(raw);
  const reading = readParameter(meant.parameter, raw);
  if (!reading.ok) return reading;
  if (typeof reading.value === "object") {
    return { ok: false, expected: "a policy that is one value", found: `the list \`${key}\`` };
  }
  const changes = [{ key: meant.key, value: reading.value }];
  return { ok: true, text: reading.text, value: { economics: undefined, changes } };
}

/** The changes that the name of an economy stands for. */
export function readSwitch(raw: unknown): Reading<PolicyEntry> {
  const reading = readEconomics(raw);
  if (!reading.ok) return reading;
  const changes = [...economicsValues(reading.value)].flatMap(([key, { value }]) =>
    typeof value === "object" ? [] : [{ key, value }],
  );
  return { ok: true, text: reading.text, value: { economics: reading.text, changes } };
}

/** What a policy entry changes. */
export const policy = field(
  (raw): Reading<PolicyEntry> => {
    if (raw === null || typeof raw !== "object" || Array.isArray(raw)) {
      return { ok: false, expected: "a block of keys", found: describe(raw) };
    }
    const given: PolicyChange[] = [];
    let set: PolicyEntry | undefined;
    for (const [steps, value] of flatten([], raw)) {
      const reading = readChange(steps.join("."), value);
      if (!reading.ok) return { ...reading, steps };
      if (reading.value.economics === undefined) given.push(...reading.value.changes);
      else set = reading.value;
    }
    // What the entry gives beside the name of an economy wins over its values.
    const under = (set?.changes ?? []).filter((each) => given.every(({ key }) => key !== each.key));
    const value = { economics: set?.economics, changes: [...under, ...given] };
    return { ok: true, text: value.changes.map(({ key }) => key).join(", "), value };
  },
  { type: "object", description: "Policies and the values they have from then on." },
);
