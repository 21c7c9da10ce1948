/**
 * Means and spreads that do not depend on the machine: one order, and no engine-dependent `Math`.
 *
 * Sums are those of simple-statistics, which carry a correction term (Neumaier); of that package
 * only functions that stay with + - * / and square root are used.
 */
import { max, min, sum } from "simple-statistics";

/**
 * The mean of a column in its own order; NaN for an empty one. Rounding never takes it out of the
 * column's range, so that equal values have themselves as their mean.
 */
export function mean(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const column = [...values];
  return Math.min(max(column), Math.max(min(column), sum(column) / column.length));
}

/** The sample standard deviation (n - 1); NaN below two values. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  const squares = values.map((value) => (value - centre) * (value - centre));
  return Math.sqrt(sum(squares) / (values.length - 1));
}

/** Mean and spread of values that come one by one and are not kept (Welford's recurrence). */
export class Moments {
  count = 0;
  mean = 0;
  #squares = 0;

  /** Takes one more value into account. */
  add(value: number): void {
    this.count += 1;
    const before = value - this.mean;
    this.mean += before / this.count;
    this.#squares += before * (value - this.mean);
  }

  /** The sample variance (n - 1); NaN below two values. */
  get variance(): number {
    return this.count < 2 ? Number.NaN : this.#squares / (this.count - 1);
  }

  /** The sample standard deviation (n - 1); NaN below two values. */
  get deviation(): number {
    return Math.sqrt(this.variance);
  }
}
