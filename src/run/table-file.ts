/**
 * A Parquet file that grows piece by piece, with the same bytes for the same pieces.
 *
 * Pieces are gathered until a row group is full, which is then written, so neither the order in
 * which replications finish nor the memory of the machine shapes the file, and at most two row
 * groups are held.
 */
import { fileWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";
import { PIECE_ROWS } from "../metrics/summary.ts";
import { assert } from "../units/index.ts";

/** Rows of a row group, at least; a piece is never split. */
const GROUP_ROWS = PIECE_ROWS;

/** The values of one column, all of one kind. */
type Column = Float64Array | Int32Array | readonly (string | bigint)[];

/** Columns by name, of equal length, in the order of the file. */
export type Columns = Readonly<Record<string, Column>>;

type ColumnType = "DOUBLE" | "INT32" | "INT64" | "STRING";

/** Writes one Parquet file; a column keeps its kind and its place. */
export class TableFile {
  readonly #path: string;
  readonly #chunks: Columns[] = [];
  #rows = 0;
  #held = 0;
  #writer: ParquetWriter | null = null;

  /** The file is written at `path`, over what is there. */
  constructor(path: string) {
    this.#path = path;
  }

  /** The most rows that waited for a row group at a time. */
  get held(): number {
    return this.#held;
  }

  /** Adds rows behind those already there. */
  add(columns: Columns): void {
    const lengths = Object.values(columns).map((column) => column.length);
    assert(new Set(lengths).size <= 1, `the columns of ${this.#path} differ in length`);
    this.#chunks.push(columns);
    this.#rows += lengths[0] ?? 0;
    this.#held = Math.max(this.#held, this.#rows);
    if (this.#rows >= GROUP_ROWS) this.#flush();
  }

  /** Writes what is left and closes the file. */
  finish(): void {
    if (this.#rows > 0 || this.#writer === null) this.#flush();
    this.#writer?.finish();
  }

  #flush(): void {
    const names = Object.keys(this.#chunks[0] ?? {});
    const columnData = names.map((name) => {
      const parts = this.#chunks.map((chunk) => chunk[name]);
      const type = typeOf(parts);
      // Measured values hardly repeat: looking for a dictionary of them is a fifth of the time.
      const plain: { encoding?: "PLAIN" } = name === "value" ? { encoding: "PLAIN" } : {};
      return { name, data: joined(parts), type, nullable: false, ...plain };
    });
    if (this.#writer === null) {
      const schema = schemaFromColumnData({ columnData });
      this.#writer = new ParquetWriter({
        writer: fileWriter(this.#path),
        schema,
        statistics: false,
      });
    }
    if (this.#rows > 0) this.#writer.write({ columnData, rowGroupSize: this.#rows });
    this.#chunks.length = 0;
    this.#rows = 0;
  }
}

/** The kind of a column, by its first value; an empty list is one of words. */
function typeOf(parts: readonly Column[]): ColumnType {
  const part = parts.find((some) => some.length > 0) ?? parts[0];
  if (part instanceof Float64Array) return "DOUBLE";
  if (part instanceof Int32Array) return "INT32";
  return typeof part[0] === "bigint" ? "INT64" : "STRING";
}

/** The parts of a column as one, of the kind of the first. */
export function joined(parts: readonly Column[]): Float64Array | Int32Array | (string | bigint)[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const numbers = parts[0] instanceof Float64Array ? new Float64Array(length) : null;
  const whole = parts[0] instanceof Int32Array ? new Int32Array(length) : null;
  const words: (string | bigint)[] = [];
  let place = 0;
  for (const part of parts) {
    if (part instanceof Float64Array) numbers?.set(part, place);
    else if (part instanceof Int32Array) whole?.set(part, place);
    else for (const value of part) words.push(value);
    place += part.length;
  }
  return numbers ?? whole ?? words;
}
