/**
 * Vacant rows: those of what has ended, the last of which serves first.
 */
import { lengthened } from "./column.ts";

/** The rows of one table that may serve another. */
export class VacantRows {
  #rows = new Uint32Array(256);
  #count = 0;

  /** Adds a row that nothing refers to any more. */
  add(row: number): void {
    if (this.#count === this.#rows.length)
      this.#rows = lengthened(this.#rows, new Uint32Array(this.#count * 2));
    this.#rows[this.#count++] = row;
  }

  /** Takes a row; -1 where none is vacant. */
  take(): number {
    return this.#count === 0 ? -1 : this.#rows[--this.#count];
  }
}
