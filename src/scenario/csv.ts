/**
 * Tables of comma-separated values (RFC 4180) with a header, and the place of every cell.
 */

import { readText, sha256, unreadable } from "./document.ts";
import { type Place, placeAt, type ScenarioFault, wholeFile } from "./fault.ts";
import type { SourceFile } from "./scenario.ts";
import { nearest } from "./suggestion.ts";

interface Cell {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** One row of a table, by the names of its columns. */
export interface Row {
  /** The text of a cell; empty where the row is short. */
  readonly text: (column: string) => string;
  /** The number in a cell; NaN, and a fault in the table's list, where there is none. */
  readonly number: (column: string) => number;
  readonly placeOf: (column: string) => Place;
}

/** A table with the file that it came from, and what is wrong in it. */
export interface Table {
  readonly rows: readonly Row[];
  readonly faults: ScenarioFault[];
  readonly file: SourceFile;
}

function endOfField(text: string, from: number): number {
  if (text[from] !== '"') {
    const end = /[,\r\n]/g;
    end.lastIndex = from;
    return end.exec(text)?.index ?? text.length;
  }
  let at = from + 1;
  while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) {
    at += text[at] === '"' ? 2 : 1;
  }
  return Math.min(at + 1, text.length);
}

function splitLines(text: string): Cell[][] {
  const lines: Cell[][] = [];
  let line: Cell[] = [];
  let at = 0;
  while (at < text.length) {
    const to = endOfField(text, at);
    const written = text.slice(at, to);
    const plain = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
    line.push({ text: plain, from: at, to });
    at = to;
    if (text[at] === ",") {
      at++;
      if (at < text.length && text[at] !== "\n" && text[at] !== "\r") continue;
      line.push({ text: "", from: at, to: at });
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    if (line.length > 1 || line[0]?.text !== "") lines.push(line);
    line = [];
  }
  return lines;
}

/** Reads a table that must have certain columns. */
export function parseTable(name: string, text: string, columns: readonly string[]): Table {
  const [header = [], ...body] = splitLines(text);
  const names = header.map((cell) => cell.text.replace(/^\uFEFF/, ""));
  const faults = columns
    .filter((column) => !names.includes(column))
    .map((column): ScenarioFault => {
      const suggestion = nearest(column, names);
      const fault = {
        place: placeAt(name, text, 0, header.at(-1)?.to ?? 1),
        path: "",
        expected: `a column \`${column}\``,
        found: names.length === 0 ? "nothing" : names.map((known) => `\`${known}\``).join(", "),
      };
      return suggestion === undefined ? fault : { ...fault, suggestion };
    });
  const rows = body.map((cells): Row => {
    const cellOf = (column: string): Cell | undefined => cells[names.indexOf(column)];
    const placeOf = (column: string): Place => {
      const cell = cellOf(column) ?? cells.at(-1);
      return cell === undefined ? wholeFile(name) : placeAt(name, text, cell.from, cell.to);
    };
    return {
      text: (column) => cellOf(column)?.text.trim() ?? "",
      number: (column) => {
        const written = cellOf(column)?.text.trim() ?? "";
        const value = written === "" ? Number.NaN : Number(written);
        if (Number.isFinite(value)) return value;
        const found = written === "" ? "nothing" : `\`${written}\``;
        faults.push({ place: placeOf(column), path: column, expected: "a number", found });
        return Number.NaN;
      },
      placeOf,
    };
  });
  const usable = faults.length === 0 ? rows : [];
  return { rows: usable, faults, file: { name, hash: sha256(text) } };
}

/** Reads a table from a file; a file that cannot be read is a fault. */
export function readTable(absolute: string, name: string, columns: readonly string[]): Table {
  const content = readText(absolute);
  return content.ok
    ? parseTable(name, content.text, columns)
    : { rows: [], faults: [unreadable(name, content.found)], file: { name, hash: "" } };
}
