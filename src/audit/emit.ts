/**
 * New files of cases from a seed: the rules of each format in turn, inputs at their edges, and what
 * our rules answer as the expected value.
 *
 * The input of a case is a function of seed, schema, rule and number alone, so that asking for more
 * cases, or for fewer rules, changes none of those that stay.
 */

import { assert } from "../units/index.ts";
import { billingFunctions } from "./billing-case.ts";
import { caseFormats } from "./case-file.ts";
import type { CaseFormat } from "./case-format.ts";
import { chainKinds } from "./chain-format.ts";
import { type Draws, drawsFrom } from "./draw.ts";
import { mintingKinds } from "./minting-case.ts";
import { newBillingInput } from "./new-billing.ts";
import { newChainFields } from "./new-chain.ts";
import { newMintingInput } from "./new-minting.ts";
import { type Fields, type Json, plain } from "./spot.ts";

/** How new cases of a format are drawn, and for which of its rules. */
interface Recipe {
  readonly rules: readonly string[];
  /** What a case asks beside its name and its rule. */
  readonly draw: (rule: string, draws: Draws) => Fields;
}

/** Rules whose cases hold their input in one field. */
const asInput =
  (draw: (rule: string, draws: Draws) => Fields): Recipe["draw"] =>
  (rule, draws) => ({ input: draw(rule, draws) });

const RECIPES: Readonly<Record<string, Recipe>> = {
  "tfgrid-billing-vectors/1": { rules: billingFunctions, draw: asInput(newBillingInput) },
  "tfgrid-minting-cases/1": { rules: mintingKinds, draw: asInput(newMintingInput) },
  "tfgrid-chain-cases/1": { rules: chainKinds, draw: newChainFields },
};

/** The rules of which new cases can be made, by schema; of formats that are known. */
export const emittedRules: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(RECIPES)
    .filter(([schema]) => Object.hasOwn(caseFormats, schema))
    .map(([schema, { rules }]) => [schema, rules]),
);

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
  const rules = rule === null ? RECIPES[schema].rules : [rule];
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
  const question = { id, [format.tag]: rule, ...RECIPES[schema].draw(rule, draws) };
  const answer = format.result(question);
  assert(answer.ok, `the new case ${id} has the form that its rule reads`);
  return format.expecting(question, plain(answer.value));
}
