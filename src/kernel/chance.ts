/**
 * Addressed chance: a draw is a function of (seed, replication, stream, cause, number).
 *
 * Nothing is consumed. Whoever asks for the same address gets the same number, whatever was asked
 * before and by whom; so one more actor changes nobody else's luck.
 */
import type { Batch } from "./batch.ts";
import type { Distribution } from "./distribution.ts";
import { philox4x32 } from "./philox.ts";

const TWO_26 = 67_108_864;
const UNIT_52 = 1 / 4_503_599_627_370_496;
/** Keeps the block that derives a replication's key apart from every block that is drawn. */
const DERIVATION = 0x5eed;

/** The 32-bit number of a stream's name (FNV-1a over its UTF-16 units). */
export function streamId(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** The chance of one replication of one seed; the four coordinates of a draw are 32-bit. */
export class Chance {
  readonly #words = new Uint32Array(4);
  readonly #key0: number;
  readonly #key1: number;

  /** The two words of the user's seed, and the number of the replication. */
  constructor(key: readonly [number, number], replication: number) {
    philox4x32(this.#words, replication, 0, 0, DERIVATION, key[0], key[1]);
    this.#key0 = this.#words[0] | 0;
    this.#key1 = this.#words[1] | 0;
  }

  /** The four words of an address, which all is drawn from; valid until the next are asked for. */
  block(stream: number, causeHigh: number, causeLow: number, number: number): Uint32Array {
    philox4x32(this.#words, number, causeLow, causeHigh, stream, this.#key0, this.#key1);
    return this.#words;
  }

  /** A uniform number strictly inside (0, 1): a multiple of 2^-53, and so is its mirror 1 - u. */
  uniform(stream: number, causeHigh: number, causeLow: number, number: number): number {
    const words = this.block(stream, causeHigh, causeLow, number);
    return uniformOf(words[0], words[1]);
  }

  /** Two independent numbers like `uniform`'s at the cost of one; the first is `uniform` itself. */
  pair(out: Float64Array, stream: number, high: number, low: number, number: number): void {
    const words = this.block(stream, high, low, number);
    out[0] = uniformOf(words[0], words[1]);
    out[1] = uniformOf(words[2], words[3]);
  }

  /** Fills `first` and `second` of a batch with what `pair` gives for its causes and numbers. */
  pairs(batch: Batch, count: number, stream: number, causeHigh: number): void {
    const { causes, numbers, first, second } = batch;
    if (batch.drawn(count, stream, causeHigh, { first: this.#key0, second: this.#key1 })) return;
    for (let i = 0; i < count; i += 1) {
      const words = this.block(stream, causeHigh, causes[i], numbers[i]);
      first[i] = uniformOf(words[0], words[1]);
      second[i] = uniformOf(words[2], words[3]);
    }
  }

  /** A 32-bit word of the same address as `uniform`, from bits that `uniform` does not use. */
  word(stream: number, causeHigh: number, causeLow: number, number: number): number {
    return this.block(stream, causeHigh, causeLow, number)[2];
  }

  /** A whole number in 0 .. count - 1, each equally likely up to count / 2^52. */
  index(count: number, stream: number, high: number, low: number, number: number): number {
    return Math.floor(this.uniform(stream, high, low, number) * count);
  }

  /** A value of the distribution, by inversion of one uniform. */
  draw(of: Distribution, stream: number, high: number, low: number, number: number): number {
    return of.quantile(this.uniform(stream, high, low, number));
  }
}

/** A uniform number from the higher bits of two words. */
const uniformOf = (high: number, low: number): number =>
  ((high >>> 6) * TWO_26 + (low >>> 6) + 0.5) * UNIT_52;
