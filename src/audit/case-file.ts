/**
 * Files of cases: which formats there are, and the cases of a file.
 */

import { billingFunctions, billingResult } from "./billing-case.ts";
import type { CaseFormat } from "./case-format.ts";
import { chainResult } from "./chain-case.ts";
import { chainFormat } from "./chain-format.ts";
import { type Difference, differencesOf } from "./difference.ts";
import { guess } from "./guess.ts";
import { parseExactly, syntaxFault } from "./json-text.ts";
import { mintingKinds, mintingResult } from "./minting-case.ts";
import { mintingLeaps, mintingOrigin, withRuns } from "./minting-shape.ts";
import {
  at,
  blame,
  type CaseFault,
  described,
  type Fields,
  isFields,
  item,
  type Json,
  type Path,
  type Spot,
  spotOf,
} from "./spot.ts";

const questionOf = ({ expected: _, ...question }: Fields): Fields => question;

const expectedDifferences = (one: Fields, result: Json): readonly Difference[] | null =>
  one["expected"] === undefined ? null : differencesOf(one["expected"], result);

/** Each format by its schema; whoever adds one adds a line here. */
export const caseFormats: Readonly<Record<string, CaseFormat>> = {
  "tfgrid-billing-vectors/1": {
    tag: "fn",
    names: billingFunctions,
    result: billingResult,
    question: questionOf,
    expecting: (question, expected) => ({ ...question, expected }),
    briefly: (question) => question,
    origin: () => 0n,
    leaps: () => [],
    differences: expectedDifferences,
  },
  "tfgrid-minting-cases/1": {
    tag: "kind",
    names: mintingKinds,
    result: mintingResult,
    question: questionOf,
    expecting: (question, expected) => ({ ...question, expected }),
    briefly: withRuns,
    origin: mintingOrigin,
    leaps: mintingLeaps,
    differences: expectedDifferences,
  },
  "tfgrid-chain-cases/1": chainFormat(chainResult),
};

/** One case of a file. */
export interface FiledCase {
  readonly id: string;
  readonly schema: string;
  readonly format: CaseFormat;
  readonly fields: Fields;
  /** Where it stands in its file. */
  readonly path: Path;
}

/** A fault of a file: of its text, with the stretch, or of what the text says, with the path. */
export type FileFault =
  | (CaseFault & { readonly kind: "content" })
  | {
      readonly kind: "syntax";
      readonly from: number;
      readonly to: number;
      readonly expected: string;
      readonly found: string;
    };

/** The cases of a file that can be told apart, and what is wrong with the rest. */
export interface CaseFile {
  readonly cases: readonly FiledCase[];
  readonly faults: readonly FileFault[];
}

/** Reads the cases of a text: one set of cases, or a list of sets. */
export function readCases(text: string): CaseFile {
  let value: Json;
  try {
    value = parseExactly(text);
  } catch {
    const fault = syntaxFault(text) ?? {
      from: 0,
      to: 1,
      expected: "JSON",
      found: "something else",
    };
    return { cases: [], faults: [{ kind: "syntax", ...fault }] };
  }
  const root = spotOf(value);
  const sets = Array.isArray(value) ? value.map((_, index) => item(root, index)) : [root];
  const cases = sets.flatMap(casesAt);
  return { cases, faults: root.faults.map((fault) => ({ kind: "content", ...fault })) };
}

function casesAt(set: Spot): readonly FiledCase[] {
  if (!isFields(set.value)) {
    blame(set, "an object with schema and cases");
    return [];
  }
  const schema = at(set, "schema");
  const known = Object.keys(caseFormats);
  const format = known.includes(String(schema.value)) ? caseFormats[String(schema.value)] : null;
  if (format === null) blame(schema, `one of ${known.join(", ")}`, told(schema, known));
  const cases = at(set, "cases");
  if (!Array.isArray(cases.value)) {
    blame(cases, "a list of cases");
    return [];
  }
  if (format === null) return [];
  const of = { schema: String(schema.value), format };
  return cases.value.flatMap((_, index) => caseAt(item(cases, index), of) ?? []);
}

const told = ({ value }: Spot, known: readonly string[]): string =>
  `${described(value)}${typeof value === "string" ? guess(value, known) : ""}`;

function caseAt(spot: Spot, of: Pick<FiledCase, "schema" | "format">): FiledCase | null {
  if (!isFields(spot.value)) {
    blame(spot, "a case: an object");
    return null;
  }
  const id = at(spot, "id");
  if (typeof id.value === "string" || typeof id.value === "number") {
    return { id: String(id.value), ...of, fields: spot.value, path: spot.path };
  }
  blame(id, "the name of the case");
  return null;
}
