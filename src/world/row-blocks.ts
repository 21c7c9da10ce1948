/**
 * Blocks of rows: what belongs together lies together, in room that grows by doubling.
 *
 * Each owner has one block, known by where it begins, whose size follows from how many rows are in
 * it.
 */

/** Room of the smallest block, in rows; each further size has twice as much. */
const LEAST = 4;

/** Blocks of rows, each as long as a power of two. */
export class RowBlocks {
  /** The rows of all blocks; made anew where it grows. */
  rows = new Int32Array(LEAST);
  #used = 0;
  /** Blocks that nobody uses, by size. */
  readonly #vacant: number[][] = [];

  /** A block of a size: where it begins. */
  take(size: number): number {
    const vacant = this.#vacant[size]?.pop();
    if (vacant !== undefined) return vacant;
    const block = this.#used;
    this.#used += LEAST << size;
    if (this.#used > this.rows.length) {
      const longer = new Int32Array(Math.max(this.#used, this.rows.length * 2));
      longer.set(this.rows);
      this.rows = longer;
    }
    return block;
  }

  /** A block that is not used any more. */
  give(block: number, size: number): void {
    while (this.#vacant.length <= size) this.#vacant.push([]);
    this.#vacant[size].push(block);
  }
}

/** The size of a block for so many rows; below 0 for none. */
export function sizeOf(count: number): number {
  if (count === 0) return -1;
  let size = 0;
  while (LEAST << size < count) size += 1;
  return size;
}
