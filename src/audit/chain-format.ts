/**
 * The format `tfgrid-chain-cases/1`: single rules, or steps that each may expect something.
 *
 * A step that calls expects fields of `{ok, pays}` or an error; one that queries expects its
 * value, or another than one, or some fields of it; a step of the world expects nothing.
 */
import type { CaseFormat } from "./case-format.ts";
import { chainLeaps } from "./chain-leap.ts";
import { type Difference, differencesOf } from "./difference.ts";
import { type Answer, type Fields, isFields, type Json, type Path } from "./spot.ts";

/** The kinds of case of the chain. */
export const chainKinds: readonly string[] = [
  ...["node_units", "resources_changed", "policy_select", "policy_order", "price_average"],
  ...["price_billing", "price_parse", "price_unit", "council_close", "ip4_valid", "ip6_valid"],
  ...["public_config_valid", "latitude_valid", "longitude_valid", "stellar_key", "scenario"],
];

/** The fields in which a case or a step says what it expects. */
const EXPECTATIONS: ReadonlySet<string> = new Set(["expect", "expect_not", "expect_fields"]);

const withoutExpectations = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !EXPECTATIONS.has(name)));

/** The case without what it and its steps expect. */
export function chainQuestion(one: Fields): Fields {
  const question = withoutExpectations(one);
  const { steps } = question;
  if (!Array.isArray(steps)) return question;
  const bare = steps.map((step: Json) => (isFields(step) ? withoutExpectations(step) : step));
  return { ...question, steps: bare };
}

/** The case that asks a question and expects a result, a scenario step by step. */
export function chainExpecting(question: Fields, result: Json): Fields {
  const { steps } = question;
  const results = isFields(result) ? result["steps"] : undefined;
  if (!Array.isArray(steps) || !Array.isArray(results)) return { ...question, expect: result };
  const expecting = steps.map((step: Json, index: number): Json => {
    const told: Json = results[index];
    // A step that moves the world has no result.
    if (!isFields(step) || !isFields(told)) return step;
    return { ...step, expect: Object.hasOwn(step, "query") ? told["value"] : told };
  });
  return { ...question, steps: expecting };
}

/** Where a result is not what a case of the chain expects; null where it expects nothing. */
export function chainDifferences(one: Fields, result: Json): readonly Difference[] | null {
  const { steps } = one;
  if (!Array.isArray(steps)) {
    return one["expect"] === undefined ? null : differencesOf(one["expect"], result);
  }
  const results = isFields(result) ? result["steps"] : undefined;
  const told: readonly Json[] = Array.isArray(results) ? results : [];
  const found = steps.map((step: Json, index: number) =>
    isFields(step) ? stepDifferences(step, told[index], ["steps", index]) : null,
  );
  if (found.every((each) => each === null)) return null;
  const excess = differencesOf(steps.length, told.length, ["steps", "length"]);
  return [...excess, ...found.flatMap((each) => each ?? [])];
}

function stepDifferences(
  step: Fields,
  result: Json | undefined,
  path: Path,
): readonly Difference[] | null {
  if (![...EXPECTATIONS].some((name) => Object.hasOwn(step, name))) return null;
  const isQuery = Object.hasOwn(step, "query");
  const value = isQuery && isFields(result) ? result["value"] : result;
  const where = isQuery ? [...path, "value"] : path;
  const found: Difference[] = [];
  if (Object.hasOwn(step, "expect")) {
    // A call may leave out who pays.
    found.push(
      ...(isQuery
        ? differencesOf(step["expect"], value, where)
        : partDifferences(step["expect"], value, where)),
    );
  }
  if (Object.hasOwn(step, "expect_fields")) {
    found.push(...partDifferences(step["expect_fields"], value, where));
  }
  const unwanted = step["expect_not"];
  if (unwanted !== undefined && differencesOf(unwanted, value).length === 0) {
    found.push({ path: where, expected: { not: unwanted }, computed: value });
  }
  return found;
}

/** Differences in the fields that are expected; whatever else was computed is let be. */
function partDifferences(
  expected: Json,
  computed: Json | undefined,
  path: Path,
): readonly Difference[] {
  if (!isFields(expected) || !isFields(computed)) return differencesOf(expected, computed, path);
  return Object.keys(expected).flatMap((name) =>
    partDifferences(expected[name], Object.hasOwn(computed, name) ? computed[name] : undefined, [
      ...path,
      name,
    ]),
  );
}

/** The format, given what computes the result of a case. */
export const chainFormat = (result: (one: Json) => Answer): CaseFormat => ({
  tag: "kind",
  names: chainKinds,
  result,
  question: chainQuestion,
  expecting: chainExpecting,
  briefly: (question) => question,
  leaps: chainLeaps,
  origin: () => 0n,
  differences: chainDifferences,
});
