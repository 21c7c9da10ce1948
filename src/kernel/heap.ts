/** A binary heap of records, for those that come too late for a bucket or are too many for one. */
import type { Pool } from "./pool.ts";

/** The records of a pool, the earliest on top. */
export class Heap {
  readonly #pool: Pool;
  #ids = new Int32Array(64);
  /** How many records it holds. */
  size = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The earliest record; only where there is one. */
  get top(): number {
    return this.#ids[0];
  }

  /** Appends its records to a list from a place on; the place after the last. */
  list(into: Int32Array, from: number): number {
    into.set(this.#ids.subarray(0, this.size), from);
    return from + this.size;
  }

  /** Takes a record in. */
  add(id: number): void {
    if (this.size === this.#ids.length) {
      const ids = new Int32Array(this.size * 2);
      ids.set(this.#ids);
      this.#ids = ids;
    }
    const ids = this.#ids;
    let place = this.size;
    this.size += 1;
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      if (!this.#pool.before(id, ids[parent])) break;
      ids[place] = ids[parent];
      place = parent;
    }
    ids[place] = id;
  }

  /** Takes the earliest record off. */
  drop(): void {
    const ids = this.#ids;
    this.size -= 1;
    const size = this.size;
    const id = ids[size];
    let place = 0;
    for (let child = 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && this.#pool.before(ids[child + 1], ids[child])) child += 1;
      if (!this.#pool.before(ids[child], id)) break;
      ids[place] = ids[child];
      place = child;
    }
    ids[place] = id;
  }
}
