import { describe, expect, it } from "vitest";
import { answer, type Case, canonical, casesOf } from "./billing-cases.ts";

const FILES = ["from-tests.json", "generated-public.json"];

/** The results of token-layer refusals are not compared by name. */
function plain(file: string): readonly Case[] {
  return casesOf(file).filter((example) => example.fn !== "scenario");
}

describe.each(FILES)("the billing vectors of %s", (file) => {
  it.each(plain(file).map((example) => [example.id, example.fn, example] as const))(
    "%s %s is computed to the last unit",
    (_id, fn, { input, expected }) => {
      expect(canonical(answer(fn, input))).toEqual(canonical(expected));
    },
  );
});
