/**
 * What a parameter is, and what value it has in a scenario.
 */
import { findDeclaration } from "./declaration.ts";
import { type Loaded, wholeFile } from "./fault.ts";
import { type ListedParameter, listed } from "./list.ts";
import type { PlainValue, Scenario } from "./scenario.ts";

/** A parameter's declaration with its value; `from` tells who gave the value. */
export interface Explanation extends ListedParameter {
  readonly text: string;
  /** In base units; null where no scenario was asked. */
  readonly value: PlainValue | null;
  readonly from: string;
}

/** Explains the parameter that a key means; a key that means none or several is a fault. */
export function explain(key: string, scenario: Scenario | undefined): Loaded<Explanation> {
  const found = findDeclaration(key);
  if (!found.ok) {
    const { ok, text, ...rest } = { text: "", ...found };
    return { ok, faults: [{ place: wholeFile("explain"), path: text, ...rest }] };
  }
  const declaration = listed(found.value);
  const given = scenario?.values.find(({ path }) => path === declaration.key);
  return {
    ok: true,
    value: {
      ...declaration,
      text: given?.text ?? declaration.default,
      value: given?.value ?? null,
      from: given?.from ?? "default",
    },
  };
}
