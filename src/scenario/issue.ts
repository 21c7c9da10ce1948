/**
 * From zod's issues to faults: each with its place, in our own words, with a suggestion.
 */
import type { z } from "zod";
import type { Path, Source } from "./document.ts";
import { writePath } from "./document.ts";
import type { ScenarioFault } from "./fault.ts";
import { describe } from "./quantity.ts";
import { jsonSchema } from "./schema.ts";
import { nearest } from "./suggestion.ts";

type Issue = z.core.$ZodIssue;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const inner = (value: unknown, key: PropertyKey): unknown => {
  if (Array.isArray(value)) return value[Number(key)];
  return isRecord(value) ? value[String(key)] : undefined;
};

/** Answers the JSON Schema by which a document is judged. */
type SchemaOf = () => unknown;

/** The keys that may stand in the block at a path. */
function knownKeys(path: Path, schemaOf: SchemaOf): readonly string[] {
  let schema: unknown = schemaOf();
  for (const step of path) {
    schema =
      typeof step === "number" ? inner(schema, "items") : inner(inner(schema, "properties"), step);
  }
  const properties = inner(schema, "properties");
  return isRecord(properties) ? Object.keys(properties) : [];
}

const quoted = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ");

/** At most so many keys are listed; a longer list helps nobody. */
const LISTED = 12;

function unknownKey(source: Source, path: Path, key: string, schemaOf: SchemaOf): ScenarioFault {
  const known = knownKeys(path, schemaOf);
  const short = known.length <= LISTED;
  const fault = {
    place: source.placeOfKey([...path, key]),
    path: writePath([...path, key]),
    expected: short ? `one of ${quoted(known)}` : "a known key",
    found: `\`${key}\``,
  };
  const suggestion = nearest(key, known);
  return suggestion === undefined ? fault : { ...fault, suggestion };
}

const KINDS: Readonly<Record<string, string>> = { object: "a block of keys", array: "a list" };

/** The faults that zod's issues stand for; a block with an unknown key is not judged as a whole. */
export function faultsOf(
  issues: readonly Issue[],
  source: Source,
  schemaOf: SchemaOf = jsonSchema,
): readonly ScenarioFault[] {
  const blurred = new Set(
    issues.filter(({ code }) => code === "unrecognized_keys").map(({ path }) => writePath(path)),
  );
  return issues
    .filter(({ code, path }) => code !== "custom" || !blurred.has(writePath(path)))
    .flatMap((issue) => faultsOfOne(issue, source, schemaOf));
}

function faultsOfOne(issue: Issue, source: Source, schemaOf: SchemaOf): readonly ScenarioFault[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(source, issue.path, key, schemaOf));
  }
  const path = writePath(issue.path);
  const place = source.placeOf(issue.path);
  if (issue.code === "invalid_type") {
    const raw = issue.path.reduce<unknown>(inner, source.value);
    const expected = KINDS[issue.expected] ?? `a value of type ${issue.expected}`;
    return [{ place, path, expected, found: describe(raw) }];
  }
  const params = issue.code === "custom" ? (issue.params ?? {}) : {};
  const fault = {
    place: params["key"] === true ? source.placeOfKey(issue.path) : place,
    path,
    expected: String(params["expected"] ?? "another value"),
    found: String(params["found"] ?? issue.message),
  };
  const suggestion: unknown = params["suggestion"];
  return [suggestion === undefined ? fault : { ...fault, suggestion: String(suggestion) }];
}
