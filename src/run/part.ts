/**
 * The part of a replication: the rows of its tables, on disk while it runs.
 *
 * A part is a list of pieces behind their lengths in bytes. A piece that is full is a Parquet row
 * group at once, which the table's file takes as it is; a shorter one waits as rows for those of
 * other replications. A part grows under another name and is renamed when it is whole; its SHA-256
 * stands in the replication's summary. The pieces of one table are in its order; tables may take
 * turns.
 */
import { createHash, type Hash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import { PIECE_ROWS, type Table, type TableSink } from "../metrics/summary.ts";
import { type Columns, type RowGroup, rowGroupOf } from "./row-group.ts";

/** The next rows of a table, as rows or encoded; their first column is the replication. */
export type Piece =
  | { readonly name: string; readonly columns: Columns }
  | { readonly name: string; readonly group: RowGroup };

const LENGTH_BYTES = 4;

/** Writes a part; files are made when there is something to write. */
export class Part implements TableSink {
  readonly #path: string;
  readonly #sum: Hash = createHash("sha256");
  readonly #replication: number;
  #file: number | null = null;

  /** The part of a replication at `path`, over what is there. */
  constructor(path: string, replication: number) {
    this.#path = path;
    this.#replication = replication;
  }

  add(name: string, table: Table): void {
    this.#file ??= openSync(this.#growing, "w");
    const rows = Object.values(table)[0]?.length ?? 0;
    const columns = { replication: new Int32Array(rows).fill(this.#replication), ...table };
    const full = rows >= PIECE_ROWS;
    const piece: Piece = full ? { name, group: rowGroupOf(columns) } : { name, columns };
    const body = serialize(piece);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(body.length);
    for (const bytes of [length, body]) {
      this.#sum.update(bytes);
      writeAll(this.#file, bytes);
    }
  }

  /** Ends the part: the SHA-256 of its bytes, or null where nothing was written. */
  finish(): string | null {
    if (this.#file === null) return null;
    fsyncSync(this.#file);
    closeSync(this.#file);
    this.#file = null;
    renameSync(this.#growing, this.#path);
    return this.#sum.digest("hex");
  }

  /** Leaves nothing behind: the replication came to no end. */
  drop(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    rmSync(this.#growing, { force: true });
  }

  get #growing(): string {
    return `${this.#path}.tmp`;
  }
}

/** The pieces of a part, one by one. */
export function* readPart(path: string): Generator<Piece> {
  const file = openSync(path, "r");
  try {
    const length = Buffer.alloc(LENGTH_BYTES);
    for (let place = 0; readAll(file, length, place); ) {
      const body = Buffer.alloc(length.readUInt32LE());
      readAll(file, body, place + LENGTH_BYTES);
      place += LENGTH_BYTES + body.length;
      const piece: Piece = deserialize(body);
      yield piece;
    }
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** Fills `into` with the bytes from a place on; false where the file ends before. */
function readAll(file: number, into: Uint8Array, place: number): boolean {
  for (let done = 0; done < into.length; ) {
    const read = readSync(file, into, done, into.length - done, place + done);
    if (read === 0) return false;
    done += read;
  }
  return true;
}
