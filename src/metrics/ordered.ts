/**
 * Rows of numbers that come in any order and leave in that of their first number, with few of them
 * in memory at a time.
 *
 * The first numbers are 0, 1, 2, … without a gap, in any order. Rows are gathered until a piece is
 * full, which is sorted and written to scratch: a run. In the end the runs are read side by side,
 * each a few rows ahead, and every row has its place in the piece that it belongs to. Runs that are
 * many are read fewer rows at a time, so that what is held does not grow with what was written.
 */
import { assert } from "../units/index.ts";
import type { Scratch } from "./summary.ts";

/** A sorted stretch of scratch, and what was read of it. */
interface Run {
  /** The next row of scratch to be read, and where the run ends there. */
  from: number;
  readonly end: number;
  /** Rows read ahead, the next of which is at `at`; there are `length`. */
  readonly ahead: Float64Array;
  at: number;
  length: number;
}

/** What may be set of it. */
export interface OrderedPlan {
  /** Numbers of a row. */
  readonly step: number;
  /** Rows of a piece. */
  readonly rows: number;
  readonly scratch: Scratch;
}

/** Gathers rows and tells them in order. */
export class OrderedRows {
  readonly #step: number;
  readonly #rows: number;
  readonly #scratch: Scratch;
  readonly #gathered: Float64Array;
  readonly #ends: number[] = [0];
  #count = 0;
  #held = 0;

  constructor({ step, rows, scratch }: OrderedPlan) {
    this.#step = step;
    this.#rows = rows;
    this.#scratch = scratch;
    this.#gathered = new Float64Array(rows * step);
  }

  /** The most rows for which there was room in memory at a time. */
  get held(): number {
    return this.#held;
  }

  /** Takes rows, `step` numbers each; they are copied. */
  add(rows: Float64Array): void {
    const step = this.#step;
    for (let from = 0; from < rows.length; ) {
      const to = Math.min(rows.length, from + (this.#rows - this.#count) * step);
      this.#gathered.set(rows.subarray(from, to), this.#count * step);
      this.#count += (to - from) / step;
      from = to;
      if (this.#count === this.#rows) this.#spill();
    }
  }

  /** All rows in order, piece by piece; a piece is valid until the next is asked for. */
  *pieces(): Generator<Float64Array> {
    if (this.#count > 0) this.#spill();
    const step = this.#step;
    const total = this.#ends[this.#ends.length - 1];
    const runs = this.#runs();
    const piece = this.#gathered;
    for (let first = 0; first < total; first += this.#rows) {
      const last = Math.min(total, first + this.#rows);
      let placed = 0;
      for (const run of runs) placed += this.#place(run, { piece, first, last });
      assert(placed === last - first, "rows that are put in order have each number once");
      yield piece.subarray(0, placed * step);
    }
  }

  #runs(): Run[] {
    const ends = this.#ends;
    const count = ends.length - 1;
    const ahead = Math.max(1, Math.floor(this.#rows / Math.max(1, count)));
    this.#held = Math.max(this.#held, this.#rows + count * ahead);
    return Array.from({ length: count }, (_, run) => ({
      from: ends[run],
      end: ends[run + 1],
      ahead: new Float64Array(ahead * this.#step),
      at: 0,
      length: 0,
    }));
  }

  /** Puts the rows of a run that belong to a piece where they belong; how many they are. */
  #place(
    run: Run,
    into: { readonly piece: Float64Array; readonly first: number; readonly last: number },
  ): number {
    const step = this.#step;
    let placed = 0;
    for (;;) {
      if (run.at === run.length && !this.#read(run)) return placed;
      const from = run.at * step;
      const number = run.ahead[from];
      if (number >= into.last) return placed;
      const to = (number - into.first) * step;
      for (let k = 0; k < step; k++) into.piece[to + k] = run.ahead[from + k];
      run.at += 1;
      placed += 1;
    }
  }

  /** Reads on in a run; false where it is over. */
  #read(run: Run): boolean {
    const step = this.#step;
    run.length = Math.min(run.ahead.length / step, run.end - run.from);
    run.at = 0;
    if (run.length === 0) return false;
    this.#scratch.read(run.from * step, run.ahead.subarray(0, run.length * step));
    run.from += run.length;
    return true;
  }

  /** Writes what is gathered to scratch, sorted. */
  #spill(): void {
    const step = this.#step;
    const count = this.#count;
    const gathered = this.#gathered;
    this.#held = Math.max(this.#held, 2 * count);
    // A number and the place of its row in one: numbers differ, so places never decide.
    const keys = Float64Array.from(
      { length: count },
      (_, at) => gathered[at * step] * this.#rows + at,
    );
    const sorted = new Float64Array(count * step);
    for (const [to, key] of keys.sort().entries()) {
      const from = (key % this.#rows) * step;
      sorted.set(gathered.subarray(from, from + step), to * step);
    }
    this.#scratch.append(sorted);
    this.#ends.push(this.#ends[this.#ends.length - 1] + count);
    this.#count = 0;
  }
}
