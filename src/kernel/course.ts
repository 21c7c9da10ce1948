/**
 * A course: a mean waiting time that changes in steps, and when a wait is over under it.
 *
 * Time is scaled: a wait is drawn in units of the mean, and each unit takes as long as the mean of
 * the time in which it is spent. So whatever is over before the first step is over at the same
 * time with and without it, and a later step stretches only the part of a wait that is left.
 */

/** Means that hold from certain times on; the first also before it. Infinity lets nothing pass. */
export class Course {
  readonly #times: Float64Array;
  readonly #means: Float64Array;

  /** Rising times, and the mean from each on; as many of these, and at least one. */
  constructor(times: readonly number[], means: readonly number[]) {
    if (times.length === 0 || times.length !== means.length)
      throw new RangeError(`a course of ${times.length} times and ${means.length} means`);
    this.#times = Float64Array.from(times);
    this.#means = Float64Array.from(means);
  }

  /** The mean that holds at a time. */
  at(time: number): number {
    return this.#means[this.#stepOf(time)];
  }

  /** When a wait of so many units is over that begins at a time; Infinity if never. */
  after(from: number, units: number): number {
    let left = units;
    let since = from;
    for (let step = this.#stepOf(from); ; step += 1) {
      const mean = this.#means[step];
      const over = left === 0 ? since : since + left * mean;
      if (step + 1 === this.#times.length || over <= this.#times[step + 1]) return over;
      const next = this.#times[step + 1];
      left = Math.max(0, left - (next - since) / mean);
      since = next;
    }
  }

  #stepOf(time: number): number {
    let low = 0;
    let high = this.#times.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (this.#times[middle] <= time) low = middle;
      else high = middle;
    }
    return low;
  }
}
