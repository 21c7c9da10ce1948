/**
 * What a parameter is, and what value it has in a scenario, or in one country or class of it.
 */
import type { Varied } from "../units/index.ts";
import { type Loaded, wholeFile } from "./fault.ts";
import { type ListedParameter, listed } from "./list.ts";
import { keyFault, partOf, variedText } from "./part.ts";
import type { PlainValue, Scenario } from "./scenario.ts";
import { findTarget } from "./target.ts";

/** A parameter's declaration with its value; `from` tells who gave the value. */
export interface Explanation extends ListedParameter {
  readonly text: string;
  /** In base units, and as it varies if it does; null where no scenario was asked. */
  readonly value: PlainValue | Varied | null;
  readonly from: string;
}

/** Explains the parameter that a key means; a key that means none or several is a fault. */
export function explain(key: string, scenario: Scenario | undefined): Loaded<Explanation> {
  const found = findTarget(key);
  if (!found.ok) {
    const { ok, text, ...rest } = { text: "", ...found };
    return { ok, faults: [{ place: wholeFile("explain"), path: text, ...rest }] };
  }
  const { declaration, steps } = found.value;
  const wrong = keyFault(declaration, steps, scenario?.setup);
  if (wrong !== undefined)
    return { ok: false, faults: [{ place: wholeFile("explain"), path: key, ...wrong }] };
  const told = listed(declaration);
  const given = scenario?.values.find(({ path }) => path === declaration.key);
  const whole = given?.varied;
  const part = whole === undefined || steps.length === 0 ? undefined : partOf(whole, steps);
  return {
    ok: true,
    value: {
      ...told,
      key: [declaration.key, ...steps].join("."),
      text: part === undefined ? (given?.text ?? told.default) : variedText(declaration, part),
      value: part ?? whole ?? given?.value ?? null,
      from: given?.from ?? "default",
    },
  };
}
