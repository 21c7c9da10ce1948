/** Largest count that is kept in a double before it moves to the exact rest. */
const LIMIT = 4_503_599_627_370_496;

/** A sum of whole counts that stays exact beyond 2^53; adding costs no allocation. */
export class Total {
  #low = 0;
  #high = 0n;

  /** Adds a whole count of at most 2^52 either way. */
  add(count: number): void {
    this.#low += count;
    if (this.#low > LIMIT || this.#low < -LIMIT) {
      this.#high += BigInt(this.#low);
      this.#low = 0;
    }
  }

  /** The exact sum. */
  get value(): bigint {
    return this.#high + BigInt(this.#low);
  }

  /** The sum as the nearest double. */
  get approximate(): number {
    return Number(this.value);
  }
}
