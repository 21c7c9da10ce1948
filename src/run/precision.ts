/**
 * When an ensemble is precise enough to stop, and what its interval is worth then.
 *
 * Looks are at numbers fixed before (stats/look.ts), each at a level at which all of them hold
 * together at 95 %: however often it was looked, and however lucky the look that ended the run,
 * the interval told at the end is one of them.
 */
import { interval, levelOfLook, looks } from "../stats/index.ts";
import type { RunOptions } from "./options.ts";
import { columnOf, type Row } from "./results.ts";

/** What a precision asks for. */
export type Precision = NonNullable<RunOptions["precision"]>;

/** The looks of an ensemble of at most `most` replications. */
export class Looks {
  readonly #precision: Precision | undefined;
  readonly #antithetic: boolean;
  readonly #at: ReadonlySet<number>;
  /** The level of each single look. */
  readonly level: number;

  constructor(precision: Precision | undefined, most: number, antithetic: boolean) {
    const at = looks(most, antithetic ? 2 : 1);
    this.#precision = precision;
    this.#antithetic = antithetic;
    this.#at = new Set(at);
    this.level = levelOfLook(0.95, at.length);
  }

  /** True where it is time to look, and the interval is within the asked share of the mean. */
  enough(rows: readonly Row[]): boolean {
    const precision = this.#precision;
    if (precision === undefined || !this.#at.has(rows.length)) return false;
    const column = columnOf(rows, precision.metric, this.#antithetic);
    if (column.length < 2) return false;
    const { mean, low, high } = interval(column, this.level);
    return (high - low) / 2 <= precision.relative * Math.abs(mean);
  }

  /** The levels of intervals that are not 95 %, by metric. */
  get levels(): ReadonlyMap<string, number> {
    const precision = this.#precision;
    return new Map(precision === undefined ? [] : [[precision.metric, this.level]]);
  }
}
