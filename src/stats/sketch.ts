/**
 * A sketch of many values from which every quantile can be told to a relative error, whatever the
 * order of the values and however they were split among sketches that are merged.
 *
 * Positive values are counted in buckets whose bounds grow by a constant factor, so any value of a
 * bucket is within the relative error of its representative; negative values in a mirror of them,
 * zeros apart. Counts add up, so merging loses nothing and is exact in any order. The memory
 * grows with the logarithm of largest over smallest: about 690 counts from 1 to 10^6 at 1 %, and
 * 73,000 from the least double to the largest.
 *
 * Source: Masson, Rim and Lee, "DDSketch: a fast and fully-mergeable quantile sketch with
 * relative-error guarantees", PVLDB 12 (12), 2019; here without their limit on buckets.
 */
import { exp, ln } from "../kernel/index.ts";

/** A growing row of counts over whole bucket numbers, which may be negative. */
class Counts {
  #first = 0;
  #counts = new Float64Array(0);

  add(bucket: number, count: number): void {
    if (bucket < this.#first || bucket >= this.#first + this.#counts.length) this.#cover(bucket);
    this.#counts[bucket - this.#first] += count;
  }

  /** Walks over buckets that hold values, from the lowest or from the highest on. */
  each(rising: boolean, see: (bucket: number, count: number) => void): void {
    const { length } = this.#counts;
    for (let i = 0; i < length; i += 1) {
      const at = rising ? i : length - 1 - i;
      if (this.#counts[at] > 0) see(this.#first + at, this.#counts[at]);
    }
  }

  #cover(bucket: number): void {
    const { length } = this.#counts;
    const first = length === 0 ? bucket : Math.min(this.#first, bucket);
    const end = length === 0 ? bucket + 1 : Math.max(this.#first + length, bucket + 1);
    // Half as much again on the side that grew, so that growing step by step stays cheap.
    const spare = (end - first) >> 1;
    const low = length > 0 && first < this.#first ? first - spare : first;
    const counts = new Float64Array(
      end - low + (first === this.#first || length === 0 ? spare : 0),
    );
    counts.set(this.#counts, length === 0 ? 0 : this.#first - low);
    this.#first = low;
    this.#counts = counts;
  }
}

/** A sketch as plain numbers: pairs of bucket and count, rising. */
export interface SketchCopy {
  readonly error: number;
  readonly zeros: number;
  readonly positive: readonly (readonly [bucket: number, count: number])[];
  readonly negative: readonly (readonly [bucket: number, count: number])[];
  readonly min: number;
  readonly max: number;
}

/** Quantiles of values that are not kept, each within a relative error of the true one. */
export class Sketch {
  /** Relative error of every quantile, such as 0.01. */
  readonly error: number;
  /** How many values there are. */
  count = 0;
  /** The least and the largest, exactly; NaN where there is none. */
  min = Number.NaN;
  max = Number.NaN;

  readonly #positive = new Counts();
  readonly #negative = new Counts();
  #zeros = 0;
  /** The logarithm of the factor between bounds, and its inverse. */
  readonly #step: number;
  readonly #scale: number;
  /** The logarithm of a bucket's representative over its upper bound. */
  readonly #shift: number;

  /** An empty one; refuses an error that is not between 1e-6 and 1, both not included. */
  constructor(error: number) {
    if (!(error > 1e-6 && error < 1)) throw new RangeError(`a sketch to ${error} tells nothing`);
    this.error = error;
    this.#step = ln((1 + error) / (1 - error));
    this.#scale = 1 / this.#step;
    this.#shift = ln(1 - error);
  }

  /** Takes a value into account, `times` times; refuses one that is not finite. */
  add(value: number, times = 1): void {
    if (value - value !== 0) throw new RangeError(`${value} has no place in a sketch`);
    if (!(times >= 1)) return;
    if (value > 0) this.#positive.add(this.#bucketOf(value), times);
    else if (value < 0) this.#negative.add(this.#bucketOf(-value), times);
    else this.#zeros += times;
    // A zero below zero becomes one.
    this.#extend(value + 0, value + 0);
    this.count += times;
  }

  /** Takes all values of another into account; refuses one with another error. */
  merge(other: Sketch): void {
    if (other.error !== this.error)
      throw new RangeError(`sketches to ${this.error} and ${other.error} do not merge`);
    if (other.count === 0) return;
    const { positive, negative, zeros, min, max } = other.copy();
    for (const [bucket, count] of positive) this.#positive.add(bucket, count);
    for (const [bucket, count] of negative) this.#negative.add(bucket, count);
    this.#zeros += zeros;
    this.#extend(min, max);
    this.count += other.count;
  }

  /**
   * The value of rank floor(share (n - 1)), from 0 on, of all in ascending order, to the relative
   * error; the least and the largest are exact; NaN if empty.
   */
  quantile(share: number): number {
    if (this.count === 0) return Number.NaN;
    const rank = Math.floor(Math.min(1, Math.max(0, share)) * (this.count - 1));
    if (rank === 0) return this.min;
    if (rank === this.count - 1) return this.max;
    let passed = 0;
    let found = this.max;
    let open = true;
    const see = (value: () => number) => (count: number) => {
      passed += count;
      if (open && passed > rank) {
        found = value();
        open = false;
      }
    };
    this.#negative.each(false, (bucket, count) => see(() => -this.#middleOf(bucket))(count));
    see(() => 0)(this.#zeros);
    this.#positive.each(true, (bucket, count) => see(() => this.#middleOf(bucket))(count));
    return Math.min(this.max, Math.max(this.min, found));
  }

  /** All that it knows; two sketches of the same values have equal copies, however made. */
  copy(): SketchCopy {
    const list = (counts: Counts): (readonly [number, number])[] => {
      const pairs: (readonly [number, number])[] = [];
      counts.each(true, (bucket, count) => pairs.push([bucket, count]));
      return pairs;
    };
    return {
      error: this.error,
      zeros: this.#zeros,
      positive: list(this.#positive),
      negative: list(this.#negative),
      min: this.min,
      max: this.max,
    };
  }

  /** A sketch that goes on where a copy was made. */
  static restore(copy: SketchCopy): Sketch {
    const sketch = new Sketch(copy.error);
    const { positive, negative, zeros, min, max } = copy;
    for (const [bucket, count] of positive) sketch.#positive.add(bucket, count);
    for (const [bucket, count] of negative) sketch.#negative.add(bucket, count);
    sketch.#zeros = zeros;
    sketch.count = zeros;
    for (const [, count] of [...positive, ...negative]) sketch.count += count;
    sketch.min = min;
    sketch.max = max;
    return sketch;
  }

  /** Bucket b holds values from one bound, not included, to the next: e^((b - 1) s) to e^(b s). */
  #bucketOf(value: number): number {
    return Math.ceil(ln(value) * this.#scale);
  }

  /** The value as far, in relative terms, from both bounds of a bucket. */
  #middleOf(bucket: number): number {
    return exp(bucket * this.#step + this.#shift);
  }

  #extend(min: number, max: number): void {
    this.min = this.count === 0 ? min : Math.min(this.min, min);
    this.max = this.count === 0 ? max : Math.max(this.max, max);
  }
}
