/**
 * Chain cases: the format `tfgrid-chain-cases/1`, of single rules and of scenarios.
 *
 * Source: the description that comes with the public chain cases.
 */
import { isObject } from "./chain-reader.ts";
import { ruleResult } from "./chain-rule.ts";
import { type ScenarioCase, scenarioResult } from "./chain-scenario.ts";

/** A case as its file has it; what it expects is not looked at. */
export interface ChainCase extends ScenarioCase {
  readonly kind?: unknown;
  readonly input?: unknown;
}

/** The result of a case in the form of what it expects, or why it cannot be computed. */
export function chainResult(chainCase: ChainCase): unknown {
  const { kind, input } = chainCase;
  const result =
    kind === "scenario"
      ? scenarioResult(chainCase)
      : ruleResult(String(kind), isObject(input) ? input : { text: input });
  return result.ok ? result.value : { unsupported: result.error };
}
