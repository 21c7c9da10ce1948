/**
 * Contracts that have ended: what a table tells of each, as rows of numbers, until they are taken.
 *
 * A contract's row serves another one when it ends, so what shall be told of it is put aside here
 * by the order of its creation. Whoever takes the rows away from time to time bounds their number.
 */
import { lengthened } from "./column.ts";

/** The numbers of a contract that a table tells, in the order in which they lie. */
export const TOLD = [
  "kind",
  "state",
  "user",
  "node",
  "created",
  "endedAt",
  "cores",
  "memory",
  "ssd",
  "hdd",
  "ips",
] as const;

/** The columns of what is told. */
export type ToldColumns = Readonly<Record<(typeof TOLD)[number], Float64Array>>;

/** Numbers of a row: the contract's ordinal, counted from 0 as they are made, then `TOLD`. */
export const TOLD_STEP = 1 + TOLD.length;

const ROWS_LEAST = 1024;

/** Rows of contracts, those that have ended, in the order in which they were put aside. */
export class EndedContracts {
  /** Contracts put aside and not taken yet. */
  count = 0;
  #numbers = new Float64Array(ROWS_LEAST * TOLD_STEP);
  /** By row of the table divided by its step: the ordinal of the contract that lives there. */
  #ordinals = new Float64Array(ROWS_LEAST);
  readonly #step: number;

  /** `step` is the distance of two rows in the columns that it is shown. */
  constructor(step: number) {
    this.#step = step;
  }

  /** A contract begins to live in a row. */
  begin(row: number, ordinal: number): void {
    const at = row / this.#step;
    if (at >= this.#ordinals.length)
      this.#ordinals = lengthened(this.#ordinals, new Float64Array(2 * at));
    this.#ordinals[at] = ordinal;
  }

  /** Puts aside what stands in a row. */
  put(columns: ToldColumns, row: number): void {
    let at = this.count * TOLD_STEP;
    if (at === this.#numbers.length)
      this.#numbers = lengthened(this.#numbers, new Float64Array(2 * at));
    this.count += 1;
    this.#numbers[at] = this.#ordinals[row / this.#step];
    for (const name of TOLD) this.#numbers[++at] = columns[name][row];
  }

  /** Takes all rows that are there: `TOLD_STEP` numbers each, valid until the next is put aside. */
  take(): Float64Array {
    const taken = this.#numbers.subarray(0, this.count * TOLD_STEP);
    this.count = 0;
    return taken;
  }
}
