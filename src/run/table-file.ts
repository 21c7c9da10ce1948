/**
 * A Parquet file that grows piece by piece, with the same bytes for the same pieces.
 *
 * Pieces are gathered until a row group is full, which is then written, so neither the order in
 * which replications finish nor the memory of the machine shapes the file, and at most two row
 * groups are held. A row group that was encoded elsewhere is put behind what was gathered.
 */
import {
  fileWriter,
  ParquetWriter,
  type SchemaElement,
  schemaFromColumnData,
} from "hyparquet-writer";
import { PIECE_ROWS } from "../metrics/summary.ts";
import { assert } from "../units/index.ts";
import { appendRowGroup, type Columns, columnDataOf, type RowGroup } from "./row-group.ts";

/** Rows of a row group, at least; a piece is never split. */
const GROUP_ROWS = PIECE_ROWS;

/** Writes one Parquet file; a column keeps its kind and its place. */
export class TableFile {
  readonly #path: string;
  readonly #pieces: Columns[] = [];
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
    this.#pieces.push(columns);
    this.#rows += lengths[0] ?? 0;
    this.#held = Math.max(this.#held, this.#rows);
    if (this.#rows >= GROUP_ROWS) this.#flush();
  }

  /** Adds a row group behind the rows already there. */
  append(group: RowGroup): void {
    if (this.#rows > 0) this.#flush();
    this.#pieces.length = 0;
    appendRowGroup(this.#open(group.schema), group);
  }

  /** Writes what is left and closes the file. */
  finish(): void {
    if (this.#rows > 0 || this.#writer === null) this.#flush();
    this.#writer?.finish();
  }

  #open(schema: SchemaElement[]): ParquetWriter {
    const writer = () => fileWriter(this.#path);
    this.#writer ??= new ParquetWriter({ writer: writer(), schema, statistics: false });
    return this.#writer;
  }

  #flush(): void {
    const columnData = columnDataOf(this.#pieces);
    const writer = this.#open(schemaFromColumnData({ columnData }));
    if (this.#rows > 0) writer.write({ columnData, rowGroupSize: this.#rows });
    this.#pieces.length = 0;
    this.#rows = 0;
  }
}
