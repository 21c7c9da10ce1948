/**
 * A fault of a scenario: where it stands, what was expected there, what was found.
 */

/** A place in a text; line and column count from 1, and 0 means that there is no such place. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line itself, and how many characters of it are meant. */
  readonly text: string;
  readonly width: number;
}

/** One thing that is wrong with what the user wrote. */
export interface ScenarioFault {
  readonly place: Place;
  /** The path inside the file, such as `assumptions.failure.mtbf`; empty for the file itself. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  /** A name that may have been meant. */
  readonly suggestion?: string;
}

/** Everything that is wrong, thrown to nobody: a list. */
export type Loaded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly ScenarioFault[] };

/** The place of a whole file. */
export const wholeFile = (file: string): Place => ({
  file,
  line: 0,
  column: 0,
  text: "",
  width: 0,
});

/** The line, column and text of an offset in a text. */
export function placeAt(file: string, text: string, from: number, to: number): Place {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const end = text.indexOf("\n", from);
  const line = text.slice(start, end === -1 ? text.length : end).replace(/\r$/, "");
  const before = text.slice(0, start);
  return {
    file,
    line: before.split("\n").length,
    column: from - start + 1,
    text: line,
    width: Math.max(1, Math.min(to, start + line.length) - from),
  };
}

/** The fault as `file:line:column: path: expected …, found …`, then its line with a caret below. */
export function writeFault({ place, path, expected, found, suggestion }: ScenarioFault): string {
  const where = place.line === 0 ? place.file : `${place.file}:${place.line}:${place.column}`;
  const hint = suggestion === undefined ? "" : ` (did you mean \`${suggestion}\`?)`;
  const which = path === "" ? "" : `${path}: `;
  const head = `${where}: ${which}expected ${expected}, found ${found}${hint}`;
  if (place.line === 0) return head;
  const number = `${place.line}`;
  const { text, before, width } = excerpt(place);
  const caret = `${" ".repeat(before)}${"^".repeat(width)}`;
  return `${head}\n  ${number} | ${text}\n  ${" ".repeat(number.length)} | ${caret}`;
}

/** The most characters of a line that are shown: a whole file may stand on one. */
const SHOWN_MAX = 160;
/** Where a line is cut, what is meant stands after so many characters. */
const SHOWN_BEFORE = 60;

/** What is shown of a line, how much of that stands before what is meant, and how wide that is. */
function excerpt({ text, column, width }: Place): { text: string; before: number; width: number } {
  const before = column - 1;
  if (text.length <= SHOWN_MAX) return { text, before, width };
  const from = Math.max(0, before - SHOWN_BEFORE);
  const to = Math.min(text.length, from + SHOWN_MAX);
  const head = from > 0 ? "..." : "";
  const shown = `${head}${text.slice(from, to)}${to < text.length ? "..." : ""}`;
  return { text: shown, before: head.length + before - from, width: Math.min(width, to - before) };
}

/** Faults in the order of their places: by file as first met, then line, then column. */
export function inOrder(faults: readonly ScenarioFault[]): readonly ScenarioFault[] {
  const files = [...new Set(faults.map(({ place }) => place.file))];
  return [...faults].sort(
    (a, b) =>
      files.indexOf(a.place.file) - files.indexOf(b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column,
  );
}
