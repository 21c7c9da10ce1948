/** The billing vectors, and what our code answers to them. */
import { readFileSync } from "node:fs";
import { type BillingScenario, readScenario } from "../../src/audit/billing-scenario.ts";
import { type Fields, spotOf } from "../../src/audit/spot.ts";

export { discounts, splits } from "../../src/audit/billing-terms.ts";

export interface Case {
  readonly id: string;
  readonly fn: string;
  /** The test of the pallet that asserts the numbers, where one does. */
  readonly test?: string;
  readonly input: Fields;
  readonly expected: Fields;
}

/** The cases of a file of vectors. */
export function casesOf(file: string): readonly Case[] {
  const url = new URL(`../vectors/billing/${file}`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")).cases;
}

/** A scenario of the vectors, ready to be played. */
export function scenarioOf({ input }: Case): BillingScenario {
  const spot = spotOf(input);
  const scenario = readScenario(spot);
  if (spot.faults.length > 0) throw new Error(JSON.stringify(spot.faults));
  return scenario;
}
