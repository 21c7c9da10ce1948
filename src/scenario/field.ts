/**
 * Fields of a scenario file for zod: they read what is written into base units, and say in our own
 * words what was expected and what was found.
 */
import { z } from "zod";
import { describe, expectation, type NumberKind, type Reading, readQuantity } from "./quantity.ts";
import { nearest } from "./suggestion.ts";

/** What the JSON Schema says of a field. */
export type Note = Readonly<Record<string, unknown>> & { readonly description: string };

/** A field that `read` understands; `note` is its JSON Schema. */
export const field = <T>(read: (raw: unknown) => Reading<T>, note: Note) =>
  z
    .unknown()
    .transform((raw, context): T => {
      const reading = read(raw);
      if (reading.ok) return reading.value;
      const { ok, steps = [], ...params } = reading;
      context.addIssue({ code: "custom", message: String(ok), path: [...steps], params });
      return z.NEVER;
    })
    .meta({ ...note });

/** A number of a kind, within bounds. */
export function quantity(kind: NumberKind, low: number, high: number, description: string) {
  const bare = kind === "count" || kind === "number";
  return field(
    (raw) => {
      const reading = readQuantity(kind, raw);
      if (!reading.ok || (reading.value >= low && reading.value <= high)) return reading;
      const [name = ""] = expectation(kind).split(" such as");
      const negative = low === 0 && reading.value < 0;
      const limits = negative ? "that is not negative" : `from ${low} to ${high}`;
      return { ok: false, expected: `${name} ${limits}`, found: describe(raw) };
    },
    { type: bare ? "number" : "string", description },
  );
}

/** A text. */
export const text = (description: string) =>
  field(
    (raw) =>
      typeof raw === "string"
        ? { ok: true, text: raw, value: raw }
        : { ok: false, expected: "a text", found: describe(raw) },
    { type: "string", description },
  );

/** One of a few words. */
export const word = <const Word extends string>(words: readonly Word[], description: string) =>
  field(
    (raw): Reading<Word> => {
      const meant = words.find((known) => known === raw);
      if (meant !== undefined) return { ok: true, text: meant, value: meant };
      const expected = `one of ${words.map((known) => `\`${known}\``).join(", ")}`;
      const suggestion = nearest(String(raw), words);
      const refusal = { ok: false as const, expected, found: describe(raw) };
      return suggestion === undefined ? refusal : { ...refusal, suggestion };
    },
    { type: "string", enum: words, description },
  );

/** One text or a list of texts, always read as a list. */
export const texts = (description: string) =>
  field(
    (raw): Reading<readonly string[]> => {
      const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
      const value = list.filter((each) => typeof each === "string");
      return value.length === list.length
        ? { ok: true, text: value.join(", "), value }
        : { ok: false, expected: "a text or a list of texts", found: describe(raw) };
    },
    { anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }], description },
  );
