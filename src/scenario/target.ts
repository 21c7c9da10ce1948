/**
 * What a key on the command line means: a parameter, or a part of its value.
 */
import { type Declaration, findDeclaration } from "./declaration.ts";
import type { Reading } from "./quantity.ts";
import { editDistance } from "./suggestion.ts";

/** A parameter, and the keys from its value to the part that is meant, such as `BE`. */
export interface Target {
  readonly declaration: Declaration;
  readonly steps: readonly string[];
}

/** What a key means: the parameter that its beginning names, and where in its value. */
export function findTarget(key: string): Reading<Target> {
  const parts = key.split(".");
  const whole = findDeclaration(key);
  if (whole.ok) return { ok: true, text: key, value: { declaration: whole.value, steps: [] } };
  let refusal = whole;
  for (let count = parts.length - 1; count > 0; count--) {
    const steps = parts.slice(count);
    const found = findDeclaration(parts.slice(0, count).join("."));
    if (found.ok) return { ok: true, text: key, value: { declaration: found.value, steps } };
    // One word alone is too little to guess from.
    if (count < 2 || found.suggestion === undefined) continue;
    const suggestion = [found.suggestion, ...steps].join(".");
    const before = refusal.suggestion;
    if (before === undefined || editDistance(key, suggestion) < editDistance(key, before))
      refusal = { ...whole, suggestion };
  }
  return refusal;
}
