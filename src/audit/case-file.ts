/**
 * Files of cases: which formats there are, and the cases of a file.
 */

import { billingFunctions, billingResult } from "./billing-case.ts";
import type { CaseFormat } from "./case-format.ts";
import { chainResult } from "./chain-case.ts";
import { chainFormat } from "./chain-format.ts";
import { type Difference, differencesOf } from "./difference.ts";
import { guess } from "./guess.ts";
import { namesTwice, parseExactly, type Stretch, syntaxFault } from "./json-text.ts";
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
  pathText,
  type Spot,
  spotOf,
} from "./spot.ts";
import { blameStrays } from "./stray.ts";

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
  | (CaseFault & Stretch & { readonly kind: "text" });

/** The cases of a file that can be told apart. */
export interface CaseFile {
  readonly cases: readonly FiledCase[];
  /** What keeps the file from being read: it is no JSON, or no set of cases. */
  readonly faults: readonly FileFault[];
  /** What is wrong with single cases, while the others can be read all the same. */
  readonly slips: readonly FileFault[];
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
    return { cases: [], faults: [{ kind: "text", path: [], ...fault }], slips: [] };
  }
  const root = spotOf(value);
  const sets = setsOf(root);
  // What is wrong with single cases is kept apart from what is wrong with the file.
  const { faults: slips } = spotOf(value);
  const cases = sets.flatMap((set) => casesAt(set, slips));
  blameStrays(root);
  const told = (fault: CaseFault): FileFault => ({ kind: "content", ...fault });
  const twice = namesTwice(text).map(
    (name): FileFault => ({ kind: "text", ...name, ...ONCE, found: nameTold(name.path) }),
  );
  return { cases, faults: root.faults.map(told), slips: [...slips.map(told), ...twice] };
}

/** The sets of a file; of a list that holds none, the list is wrong and not each of its items. */
function setsOf(root: Spot): readonly Spot[] {
  const { value } = root;
  if (!Array.isArray(value)) return [root];
  const sets = value.map((_, index) => item(root, index));
  if (sets.some((set) => isFields(set.value))) return sets;
  blame(root, "an object with schema and cases, or a list of such");
  return [];
}

const ONCE = { expected: "each name once in an object" };
const nameTold = (path: Path): string => `\`${path.at(-1)}\` a second time`;

function casesAt(set: Spot, slips: CaseFault[]): readonly FiledCase[] {
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
  const found = cases.value.flatMap(
    (_, index) => caseAt({ ...item(cases, index), faults: slips, asked: new Map() }, of) ?? [],
  );
  blameNamesakes(found, slips);
  return found;
}

/** Blames the cases that have the name of one before them: results could not be told apart. */
function blameNamesakes(cases: readonly FiledCase[], slips: CaseFault[]): void {
  const first = new Map<string, FiledCase>();
  for (const one of cases) {
    const before = first.get(one.id);
    if (before === undefined) first.set(one.id, one);
    else {
      const found = `${JSON.stringify(one.id)}, which ${pathText(before.path)} has already`;
      slips.push({ path: [...one.path, "id"], expected: "a name that no other case has", found });
    }
  }
}

const told = ({ value }: Spot, known: readonly string[]): string =>
  `${described(value)}${typeof value === "string" ? guess(value, known) : ""}`;

function caseAt(spot: Spot, of: Pick<FiledCase, "schema" | "format">): FiledCase | null {
  if (!isFields(spot.value)) {
    blame(spot, "a case: an object");
    return null;
  }
  const id = at(spot, "id");
  const isNamed = typeof id.value === "string" || typeof id.value === "number";
  if (!isNamed) blame(id, "a name of the case, a text or a number");
  // One without a name is called by its place, so that what else is wrong with it is told.
  const name = isNamed ? String(id.value) : pathText(spot.path);
  return { id: name, ...of, fields: spot.value, path: spot.path };
}
