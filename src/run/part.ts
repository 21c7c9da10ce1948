/**
 * The part of a replication: the rows of its tables, on disk while it runs.
 *
 * A part is a list of pieces, each as long as a row group of a table's file or shorter, behind its
 * length in bytes. It grows under another name and is renamed when it is whole; its SHA-256 stands
 * in the replication's summary. The pieces of one table are in its order; tables may take turns.
 */
import { createHash, type Hash } from "node:crypto";
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import type { Scratch, Table, TableSink } from "../metrics/summary.ts";

/** The next rows of a table. */
export interface Piece {
  readonly name: string;
  readonly table: Table;
}

const LENGTH_BYTES = 4;

/** Writes a part; files are made when there is something to write. */
export class Part implements TableSink {
  readonly #path: string;
  readonly #sum: Hash = createHash("sha256");
  readonly #scratches: { readonly path: string; readonly file: number }[] = [];
  #file: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  add(name: string, table: Table): void {
    this.#file ??= openSync(this.#growing, "w");
    const piece: Piece = { name, table };
    const body = serialize(piece);
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(body.length);
    for (const bytes of [length, body]) {
      this.#sum.update(bytes);
      writeAll(this.#file, bytes);
    }
  }

  scratch(): Scratch {
    const path = `${this.#path}.${this.#scratches.length}.tmp`;
    const file = openSync(path, "w+");
    this.#scratches.push({ path, file });
    return {
      append: (numbers) => writeAll(file, bytesOf(numbers)),
      read(place, into) {
        readAll(file, bytesOf(into), place * Float64Array.BYTES_PER_ELEMENT);
      },
    };
  }

  /** Ends the part: the SHA-256 of its bytes, or null where nothing was written. */
  finish(): string | null {
    this.#dropScratches();
    if (this.#file === null) return null;
    fsyncSync(this.#file);
    closeSync(this.#file);
    this.#file = null;
    renameSync(this.#growing, this.#path);
    return this.#sum.digest("hex");
  }

  /** Leaves nothing behind: the replication came to no end. */
  drop(): void {
    this.#dropScratches();
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    rmSync(this.#growing, { force: true });
  }

  get #growing(): string {
    return `${this.#path}.tmp`;
  }

  #dropScratches(): void {
    for (const { path, file } of this.#scratches.splice(0)) {
      closeSync(file);
      // Who drops a part tells why; that its folder is gone would hide it.
      rmSync(path, { force: true });
    }
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

const bytesOf = (numbers: Float64Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

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
