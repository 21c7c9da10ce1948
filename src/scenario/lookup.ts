/**
 * The resolved values by key, and the files that they name.
 */
import { resolve } from "node:path";
import { assert } from "../units/index.ts";
import { readTable, type Table } from "./csv.ts";
import { declarations, defaultText } from "./declaration.ts";
import { draftText } from "./draft.ts";
import type { Place, ScenarioFault } from "./fault.ts";
import { wholeFile } from "./fault.ts";
import { type GivenValue, nameOf, packaged } from "./fragment.ts";
import type { PlainValue, SourceFile } from "./scenario.ts";

/** Reads values and the tables that they name; keeps what was wrong and which files were read. */
export class Lookup {
  readonly faults: ScenarioFault[] = [];
  readonly files: SourceFile[] = [];
  readonly #values: ReadonlyMap<string, PlainValue>;
  readonly #given: ReadonlyMap<string, GivenValue>;

  constructor(values: ReadonlyMap<string, PlainValue>, given: ReadonlyMap<string, GivenValue>) {
    this.#values = values;
    this.#given = given;
  }

  /** The value of a key in base units; every key asked for is declared. */
  value(key: string): PlainValue {
    const value = this.#values.get(key);
    assert(value !== undefined, `${key} is not declared`);
    return value;
  }

  /** The number a key has, in base units. */
  number(key: string): number {
    return Number(this.value(key));
  }

  /** The text a key has. */
  text(key: string): string {
    return String(this.value(key));
  }

  /** Where a key was given; the name of its default if it was not. */
  placeOf(key: string): Place {
    return this.#given.get(key)?.source.placeOf(key.split(".")) ?? wholeFile(key);
  }

  /** The value of a key as a scenario writes it. */
  written(key: string): string {
    const own = this.#given.get(key);
    if (own !== undefined) return draftText(own.draft);
    const declared = declarations.find((each) => each.key === key);
    return declared === undefined ? "" : defaultText(declared.parameter);
  }

  /** Whether the scenario gives the key a value of its own. */
  given(key: string): boolean {
    return this.#given.has(key);
  }

  /** The table in the file that a key names, beside the scenario that gives the key. */
  table(key: string, columns: readonly string[]): Table {
    const given = this.#given.get(key);
    const place = given === undefined ? undefined : this.placeOf(key);
    return this.tableIn(given?.folder ?? packaged, this.text(key), columns, { place, path: key });
  }

  /** The table in a file beside a folder; that it cannot be read is told where it is named. */
  tableIn(
    folder: string,
    name: string,
    columns: readonly string[],
    named: { readonly place: Place | undefined; readonly path: string },
  ): Table {
    const absolute = resolve(folder, name);
    const table = readTable(absolute, nameOf(absolute), columns);
    this.files.push(table.file);
    const { place, path } = named;
    if (table.file.hash !== "" || place === undefined) return table;
    const found = table.faults[0]?.found ?? "nothing";
    this.faults.push({ place, path, expected: "a file that can be read", found });
    return { ...table, faults: [] };
  }

  /** Adds what was found wrong in a table while it was read. */
  close(table: Table): void {
    this.faults.push(...table.faults);
  }
}
