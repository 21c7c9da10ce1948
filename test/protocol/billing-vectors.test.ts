import { describe, expect, it } from "vitest";
import { answer, type Case, canonical, casesOf } from "./billing-cases.ts";
import { playScenario } from "./billing-scenario.ts";

const FILES = ["from-tests.json", "generated-public.json"];

/** The names that the token layer gives its refusals, which are not compared. */
const TOKEN_ERRORS = new Set([
  "FundsUnavailable",
  "InsufficientBalance",
  "Frozen",
  "LiquidityRestrictions",
  "NotExpendable",
  "OnlyProvider",
  "Expendability",
  "BelowMinimum",
]);

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === "error" && TOKEN_ERRORS.has(String(inner)) ? "token" : comparable(inner),
      ]),
    );
  }
  return value;
}

const rows = (cases: readonly Case[], scenario: boolean) =>
  cases
    .filter((example) => (example.fn === "scenario") === scenario)
    .map((example) => {
      const { profile, topic } = example.input;
      return [example.id, scenario ? `${profile} ${topic}` : example.fn, example] as const;
    });

describe.each(FILES)("the billing vectors of %s", (file) => {
  it.each(rows(casesOf(file), false))(
    "%s %s is computed to the last unit",
    (_id, fn, { input, expected }) => {
      expect(canonical(answer(fn, input))).toEqual(canonical(expected));
    },
  );
});

describe("the billing scenarios", () => {
  it.each(rows(casesOf("generated-public.json"), true))(
    "%s %s ends as the chain does, bill by bill",
    (_id, _topic, { input, expected }) => {
      const played = comparable(canonical(playScenario(input)));
      expect(played).toEqual(comparable(canonical(expected)));
    },
  );
});
