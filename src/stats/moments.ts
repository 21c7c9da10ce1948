/**
 * Means and spreads that do not depend on the machine: one order, and no engine-dependent `Math`.
 *
 * Whole columns use simple-statistics, whose sum carries a correction term (Neumaier); only its
 * functions that stay with + - * / and square root are used.
 */
import { mean as correctedMean, sampleStandardDeviation } from "simple-statistics";

/** The mean of a column in its own order; NaN for an empty one. */
export const mean = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : correctedMean([...values]);

/** The sample standard deviation (n - 1); NaN below two values. */
export const deviation = (values: readonly number[]): number =>
  values.length < 2 ? Number.NaN : sampleStandardDeviation([...values]);

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
