/**
 * Files of cases as a command names them: read, their faults placed, their results written.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import {
  type CaseFault,
  type CaseFile,
  type FiledCase,
  type FileFault,
  type Judged,
  pathText,
  readCases,
  type Stretch,
  stretchOf,
} from "../audit/index.ts";
import { placeAt, type ScenarioFault, wholeFile } from "../scenario/fault.ts";
import { Exit, type ExitCode, print, refuseWith } from "./exit.ts";

/** A file with its cases, or new cases in place of one. */
export interface CaseSource extends CaseFile {
  readonly name: string;
  readonly text: string;
}

/** A case and where it comes from. */
export interface SourcedCase {
  readonly source: CaseSource;
  readonly one: FiledCase;
}

/** The cases of a text under a name. */
export const sourceOf = (name: string, text: string): CaseSource => ({
  name,
  text,
  ...readCases(text),
});

/** A text without the byte order mark that some editors put first; RFC 8259 lets it be ignored. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, "");

/** Reads files; those that cannot be read are faults. */
export function readSources(files: readonly string[]): {
  readonly sources: readonly CaseSource[];
  readonly faults: readonly ScenarioFault[];
} {
  const sources: CaseSource[] = [];
  const faults: ScenarioFault[] = [];
  for (const file of files) {
    try {
      sources.push(sourceOf(file, withoutMark(readFileSync(file, "utf8"))));
    } catch (thrown) {
      const found = reasonOf(thrown);
      faults.push({ place: wholeFile(file), path: "", expected: "a file of cases", found });
    }
  }
  const inside = sources.flatMap((source) => source.faults.map((one) => placed(source, one)));
  return { sources, faults: [...faults, ...inside] };
}

function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : null;
  if (code === "ENOENT") return "no such file or folder";
  if (code === "EISDIR") return "a folder";
  if (code === "EACCES") return "that it may not be opened";
  if (typeof code === "string") return `the error ${code}`;
  throw thrown;
}

/** What is wrong with single cases of a source. */
export const slipsIn = (source: CaseSource): readonly ScenarioFault[] =>
  source.slips.map((slip) => placed(source, slip));

const placed = (source: CaseSource, fault: FileFault): ScenarioFault =>
  fault.kind === "content" ? placedFault(source, fault) : faultAt(source, fault, fault);

/** A fault of what a source says, with its line and column. */
export const placedFault = (source: CaseSource, fault: CaseFault): ScenarioFault =>
  faultAt(source, fault, stretchOf(source.text, fault.path, fault.key ? "name" : "value"));

function faultAt(
  { name, text }: CaseSource,
  { path, expected, found }: CaseFault,
  { from, to }: Stretch,
): ScenarioFault {
  return { place: placeAt(name, text, from, to), path: pathText(path), expected, found };
}

/** The file, line and column at which a case begins. */
export function caseWhere({ name, text }: CaseSource, { path }: FiledCase): string {
  const { from, to } = stretchOf(text, path);
  const { line, column } = placeAt(name, text, from, to);
  return `${name}:${line}:${column}`;
}

/** Results as JSON, one case a line. */
export const resultsText = (judged: readonly Judged[]): string =>
  `[\n${judged.map(({ id, result }) => JSON.stringify({ id, result })).join(",\n")}\n]\n`;

/** Prints a text where the name is `-`; else writes the file, whole or not at all. */
export function deliver(name: string, text: string, flag = "--json"): ExitCode {
  if (name === "-") {
    print(text);
    return Exit.done;
  }
  const temporary = `${name}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, name);
    return Exit.done;
  } catch (thrown) {
    rmSync(temporary, { force: true });
    return refuseWith(
      `${flag} ${name}: expected a file that can be written, found ${reasonOf(thrown)}`,
    );
  }
}
