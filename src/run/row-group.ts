/**
 * A Parquet row group apart from its file: encoded where its rows are told, put into the file
 * later, behind whatever stands there by then.
 */
import type { RowGroup as Description, SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter, schemaFromColumnData } from "hyparquet-writer";

/** The values of one column, all of one kind. */
type Column = Float64Array | Int32Array | readonly (string | bigint)[];

/** Columns by name, of equal length, in the order of the file. */
export type Columns = Readonly<Record<string, Column>>;

type ColumnType = "DOUBLE" | "INT32" | "INT64" | "STRING";

/** Plain data, so that it can be kept on disk and read back the same. */
export interface RowGroup {
  readonly rows: number;
  readonly schema: SchemaElement[];
  /** What a file's end tells of it; its places count from the first of its bytes. */
  readonly description: Description;
  /** Where the pages of its columns are, for those that have several. */
  readonly indexes: ParquetWriter["pendingIndexes"];
  readonly bytes: Uint8Array;
}

/** The columns of some pieces, one behind the other, as the writer takes them. */
export function columnDataOf(pieces: readonly Columns[]) {
  return Object.keys(pieces[0] ?? {}).map((name) => {
    const parts = pieces.map((piece) => piece[name]);
    const type = typeOf(parts);
    // Measured values hardly repeat: looking for a dictionary of them is a fifth of the time.
    const plain: { encoding?: "PLAIN" } = name === "value" ? { encoding: "PLAIN" } : {};
    return { name, data: joined(parts), type, nullable: false, ...plain };
  });
}

/** Encodes rows as one row group. */
export function rowGroupOf(columns: Columns): RowGroup {
  const columnData = columnDataOf([columns]);
  const rows = columnData[0]?.data.length ?? 0;
  const writer = new ByteWriter();
  const schema = schemaFromColumnData({ columnData });
  const parquet = new ParquetWriter({ writer, schema, statistics: false });
  const head = writer.offset;
  parquet.write({ columnData, rowGroupSize: rows });
  const [description] = parquet.row_groups;
  const indexes = parquet.pendingIndexes;
  move(indexes, -head);
  return { rows, schema, description, indexes, bytes: writer.getBytes().slice(head) };
}

/** Puts a row group where a file's writer is. */
export function appendRowGroup(to: ParquetWriter, group: RowGroup): void {
  move(group.indexes, to.writer.offset);
  to.writer.appendBytes(group.bytes);
  to.row_groups.push(group.description);
  to.pendingIndexes.push(...group.indexes);
  to.num_rows += BigInt(group.rows);
}

/** Moves every place that is told of columns; the description tells of the same columns. */
function move(indexes: RowGroup["indexes"], by: number): void {
  const bytes = BigInt(by);
  for (const { chunk, offsetIndex } of indexes) {
    chunk.file_offset += bytes;
    const { meta_data: told } = chunk;
    if (told !== undefined) {
      told.data_page_offset += bytes;
      if (told.dictionary_page_offset !== undefined) told.dictionary_page_offset += bytes;
    }
    for (const page of offsetIndex?.page_locations ?? []) page.offset += bytes;
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
