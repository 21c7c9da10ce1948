/**
 * New files of cases from a seed: the rules of each format in turn, inputs at their edges, and what
 * our rules answer as the expected value.
 *
 * The input of a case is a function of seed, schema, rule and number alone, so that asking for more
 * cases, or for fewer rules, changes none of those that stay.
 */

import { assert } from "../units/index.ts";
import { caseFormats } from "./case-file.ts";
import type { CaseFormat } from "./case-format.ts";
import { type Draws, drawsFrom } from "./draw.ts";
import { newBillingInput } from "./new-billing.ts";
import { newChainFields } from "./new-chain.ts";
import { newMintingInput } from "./new-minting.ts";
import { type Fields, type Json, plain } from "./spot.ts";

/** Draws what a new case of a rule asks, beside its name and its rule. */
type Recipe = (rule: string, draws: Draws) => Fields;

/** The recipe of rules whose cases hold their input in one field. */
const asInput =
  (draw: Recipe): Recipe =>
  (rule, draws) => ({ input: draw(rule, draws) });

/** Each format makes new cases of every rule that it names. */
const RECIPES: Readonly<Record<string, Recipe>> = {
  "tfgrid-billing-vectors/1": asInput(newBillingInput),
  "tfgrid-minting-cases/1": asInput(newMintingInput),
  "tfgrid-chain-cases/1": newChainFields,
};

/** What new cases are wanted. */
export interface Order {
  readonly schema: string;
  /** How many, in turn over the rules. */
  readonly count: number;
  readonly seed: string;
  /** This rule alone; all rules of the format in turn where it is null. */
  readonly rule: string | null;
}

/** A file of new cases, with the expected values that our rules compute. */
export function newCases({ schema, count, seed, rule }: Order): Fields {
  const format = caseFormats[schema];
  const rules = rule === null ? format.names : [rule];
  const cases = Array.from({ length: count }, (_, index): Json => {
    const name = rules[index % rules.length];
    return newCase(format, schema, name, seed, Math.floor(index / rules.length));
  });
  return { schema, note: `made by gridbench conform --emit, seed ${seed}`, count, cases };
}

function newCase(
  format: CaseFormat,
  schema: string,
  rule: string,
  seed: string,
  number: number,
): Json {
  const draws = drawsFrom([seed, schema, rule, number].join(" "));
  const id = `${seed}-${rule}-${number}`;
  const question = { id, [format.tag]: rule, ...RECIPES[schema](rule, draws) };
  const answer = format.result(question);
  assert(answer.ok, `the new case ${id} has the form that its rule reads`);
  return format.expecting(question, plain(answer.value));
}
