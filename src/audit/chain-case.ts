/**
 * Chain cases: the format `tfgrid-chain-cases/1`, of single rules and of scenarios.
 *
 * Source: the description that comes with the public chain cases.
 */
import { chainKinds } from "./chain-format.ts";
import { chainRules, ruleResult } from "./chain-rule.ts";
import { playScenario, readScenario } from "./chain-scenario.ts";
import { guess } from "./guess.ts";
import { type Answer, at, type Json, type Spot, spotOf, text } from "./spot.ts";
import { blameStrays, knows } from "./stray.ts";

/** What the rules answer to a case of the chain, in the form of what it expects. */
export function chainResult(one: Json): Answer {
  const whole = spotOf(one);
  knows(whole, ["id", "kind", "preset", "config", "steps", "input", "expect"]);
  const kind = text(at(whole, "kind"));
  if (whole.faults.length > 0) return { ok: false, faults: whole.faults };
  if (!chainKinds.includes(kind)) {
    const meant = guess(kind, chainKinds);
    return { ok: true, value: { unsupported: `there is no rule ${kind} of the chain${meant}` } };
  }
  const compute = computing(kind, whole);
  blameStrays(whole);
  // What a scenario has wrong may show only when it is played.
  const value = whole.faults.length === 0 ? compute() : null;
  return whole.faults.length === 0 ? { ok: true, value } : { ok: false, faults: whole.faults };
}

function computing(kind: string, whole: Spot): () => unknown {
  if (chainRules.includes(kind)) {
    const result = ruleResult(kind, at(whole, "input"));
    return () => result;
  }
  const scenario = readScenario(whole);
  return () => playScenario(scenario);
}
