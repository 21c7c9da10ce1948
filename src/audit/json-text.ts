/**
 * Where things stand in a JSON text: the place of a value by its path, or of what is no JSON.
 *
 * Source: RFC 8259. `JSON.parse` reads the files, since it is fast; the rest is asked only when
 * something is wrong in them, because an error has to name a line and a column.
 */
import type { Json, Path } from "./spot.ts";

/** A string, which is passed over, or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Reads a JSON text; a whole number that no double holds becomes its digits in a string. */
export function parseExactly(text: string): Json {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const isHeld = (token: string): boolean =>
    !/^-?[1-9]\d{15,}$/.test(token) || Number.isSafeInteger(Number(token));
  return JSON.parse(text.replace(TOKEN, (token) => (isHeld(token) ? token : `"${token}"`)));
}

/** A stretch of a text. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is wrong with a text that is no JSON, and where. */
export interface SyntaxFault extends Stretch {
  readonly expected: string;
  readonly found: string;
}

/** Deeper than any case goes, and not too deep for a recursive reader. */
const DEPTH_MAX = 500;

interface Scan {
  readonly text: string;
  at: number;
  /** The path that is looked for; null while the text is only checked. */
  readonly wanted: Path | null;
  found: Stretch | null;
  /** The name in front of what was found; null of an item of a list. */
  name: Stretch | null;
  /** The name that was read last. */
  latest: Stretch | null;
  /** Takes the names that stand twice in an object; null where nobody wants them. */
  readonly twice: NameTwice[] | null;
  /** The way to where the scan is, while such names are wanted. */
  readonly here: (string | number)[];
}

/** A name that an object has already, where it stands again. */
export interface NameTwice extends Stretch {
  readonly path: Path;
}

const scanOf = (text: string, wanted: Path | null, twice: NameTwice[] | null = null): Scan => ({
  ...{ text, at: 0, wanted, twice },
  ...{ found: null, name: null, latest: null, here: [] },
});

class Unreadable extends Error {
  readonly fault: SyntaxFault;
  constructor(fault: SyntaxFault) {
    super(fault.expected);
    this.fault = fault;
  }
}

/** What keeps a text from being JSON; null where it is. */
export const syntaxFault = (text: string): SyntaxFault | null => faultOf(scanOf(text, null));

/** The names that stand twice in an object of a text that is JSON, where they stand again. */
export function namesTwice(text: string): readonly NameTwice[] {
  const twice: NameTwice[] = [];
  faultOf(scanOf(text, null, twice));
  return twice;
}

function faultOf(scan: Scan): SyntaxFault | null {
  try {
    scanAll(scan);
    return null;
  } catch (thrown) {
    if (thrown instanceof Unreadable) return thrown.fault;
    throw thrown;
  }
}

/**
 * The stretch of the value at a path in a text that is JSON, or of its name; where it is missing,
 * that of the object or list that should hold it, so far as there is one. Of an object or a list,
 * its first character.
 */
export function stretchOf(text: string, path: Path, part: "value" | "name" = "value"): Stretch {
  for (let length = path.length; length >= 0; length--) {
    const scan = scanOf(text, path.slice(0, length));
    if (faultOf(scan) !== null) break;
    if (part === "name" && length === path.length && scan.name !== null) return scan.name;
    if (scan.found !== null) return scan.found;
  }
  return { from: 0, to: Math.min(1, text.length) };
}

function scanAll(scan: Scan): void {
  space(scan);
  value(scan, 0, true);
  space(scan);
  if (scan.at < scan.text.length) fail(scan, "the end of the file");
}

function fail(scan: Scan, expected: string): never {
  const character = scan.text[scan.at];
  const found = character === undefined ? "the end of the file" : JSON.stringify(character);
  throw new Unreadable({ from: scan.at, to: scan.at + 1, expected, found });
}

const BLANKS: ReadonlySet<string> = new Set([" ", "\t", "\n", "\r"]);

function space(scan: Scan): void {
  while (BLANKS.has(scan.text[scan.at] ?? "")) scan.at += 1;
}

/** Reads a value; `onPath` tells whether all steps down to it were those of the path. */
function value(scan: Scan, depth: number, onPath: boolean): void {
  const from = scan.at;
  const character = scan.text[from];
  if (depth > DEPTH_MAX) fail(scan, `at most ${DEPTH_MAX} values inside each other`);
  if (character === "{") entries(scan, depth, onPath, "}");
  else if (character === "[") entries(scan, depth, onPath, "]");
  else if (character === '"') string(scan);
  else token(scan, /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y, "a value");
  if (onPath && scan.wanted?.length === depth) {
    scan.found = { from, to: character === "{" || character === "[" ? from + 1 : scan.at };
  }
}

function token(scan: Scan, pattern: RegExp, expected: string): void {
  pattern.lastIndex = scan.at;
  const match = pattern.exec(scan.text);
  if (match === null) fail(scan, expected);
  scan.at += match[0].length;
}

const string = (scan: Scan): void =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string.
  token(scan, /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y, "a string");

function entries(scan: Scan, depth: number, onPath: boolean, close: "}" | "]"): void {
  scan.at += 1;
  space(scan);
  if (scan.text[scan.at] === close) {
    scan.at += 1;
    return;
  }
  const names = scan.twice === null ? null : new Set<string>();
  for (let index = 0; ; index++) {
    const step = close === "}" ? nameOf(scan, names) : index;
    const isNext = onPath && scan.wanted?.[depth] === step;
    if (isNext && scan.wanted?.length === depth + 1) {
      scan.name = typeof step === "string" ? scan.latest : null;
    }
    if (names !== null) scan.here.push(step);
    value(scan, depth + 1, isNext);
    if (names !== null) scan.here.pop();
    space(scan);
    if (scan.text[scan.at] === close) break;
    token(scan, /,/y, `a comma or ${close}`);
    space(scan);
  }
  scan.at += 1;
}

/** Reads the name of a field and its colon; notes one that the object has already. */
function nameOf(scan: Scan, names: Set<string> | null): string {
  const from = scan.at;
  if (scan.text[from] !== '"') fail(scan, "the name of a field in quotes");
  string(scan);
  const to = scan.at;
  const name: string = JSON.parse(scan.text.slice(from, to));
  if (names?.has(name) === true) scan.twice?.push({ from, to, path: [...scan.here, name] });
  names?.add(name);
  scan.latest = { from, to };
  space(scan);
  token(scan, /:/y, "a colon");
  space(scan);
  return name;
}
