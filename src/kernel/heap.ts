/** A 4-ary heap of records, for those that come too late for a bucket or are too many for one. */
import type { Pool } from "./pool.ts";

/** The records of a pool, the earliest on top; their times lie beside them, to be compared. */
export class Heap {
  readonly #pool: Pool;
  #ids = new Int32Array(64);
  #times = new Float64Array(64);
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

  /** Takes a record in, due at `time`. */
  add(id: number, time: number): void {
    if (this.size === this.#ids.length) this.#grow();
    const ids = this.#ids;
    const times = this.#times;
    const pool = this.#pool;
    let place = this.size;
    this.size += 1;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const at = times[parent];
      if (at < time || (at === time && pool.tieBefore(ids[parent], id))) break;
      times[place] = at;
      ids[place] = ids[parent];
      place = parent;
    }
    times[place] = time;
    ids[place] = id;
  }

  /** Takes the earliest record off. */
  drop(): void {
    const ids = this.#ids;
    const times = this.#times;
    const pool = this.#pool;
    this.size -= 1;
    const size = this.size;
    const id = ids[size];
    const time = times[size];
    let place = 0;
    for (let first = 1; first < size; first = 4 * place + 1) {
      const end = Math.min(first + 4, size);
      let least = first;
      let at = times[first];
      for (let child = first + 1; child < end; child += 1) {
        const other = times[child];
        if (other < at || (other === at && pool.tieBefore(ids[child], ids[least]))) {
          least = child;
          at = other;
        }
      }
      if (time < at || (time === at && pool.tieBefore(id, ids[least]))) break;
      times[place] = at;
      ids[place] = ids[least];
      place = least;
    }
    times[place] = time;
    ids[place] = id;
  }

  #grow(): void {
    const ids = new Int32Array(this.size * 2);
    ids.set(this.#ids);
    this.#ids = ids;
    const times = new Float64Array(this.size * 2);
    times.set(this.#times);
    this.#times = times;
  }
}
