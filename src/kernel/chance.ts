/**
 * Addressed chance: a draw is a function of (seed, replication, stream, cause, number).
 *
 * Nothing is consumed. Whoever asks for the same address gets the same number, whatever was asked
 * before and by whom; so one more actor changes nobody else's luck.
 */
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
  readonly #block = new Uint32Array(4);
  readonly #key0: number;
  readonly #key1: number;

  /** The two words of the user's seed, and the number of the replication. */
  constructor(key: readonly [number, number], replication: number) {
    philox4x32(this.#block, replication, 0, 0, DERIVATION, key[0], key[1]);
    this.#key0 = this.#block[0] | 0;
    this.#key1 = this.#block[1] | 0;
  }

  /** A uniform number strictly inside (0, 1): a multiple of 2^-53, and so is its mirror 1 - u. */
  uniform(stream: number, causeHigh: number, causeLow: number, number: number): number {
    const block = this.#block;
    philox4x32(block, number, causeLow, causeHigh, stream, this.#key0, this.#key1);
    return ((block[0] >>> 6) * TWO_26 + (block[1] >>> 6) + 0.5) * UNIT_52;
  }

  /** A 32-bit word of the same address as `uniform`, from bits that `uniform` does not use. */
  word(stream: number, causeHigh: number, causeLow: number, number: number): number {
    philox4x32(this.#block, number, causeLow, causeHigh, stream, this.#key0, this.#key1);
    return this.#block[2];
  }

  /** True with the given probability, and for every greater probability at the same address. */
  bernoulli(
    probability: number,
    stream: number,
    causeHigh: number,
    causeLow: number,
    number: number,
  ): boolean {
    return this.uniform(stream, causeHigh, causeLow, number) < probability;
  }

  /** A whole number in 0 .. count - 1, each equally likely up to count / 2^52. */
  index(
    count: number,
    stream: number,
    causeHigh: number,
    causeLow: number,
    number: number,
  ): number {
    return Math.floor(this.uniform(stream, causeHigh, causeLow, number) * count);
  }

  /** A value of the distribution, by inversion of one uniform. */
  draw(
    distribution: Distribution,
    stream: number,
    causeHigh: number,
    causeLow: number,
    number: number,
  ): number {
    return distribution.quantile(this.uniform(stream, causeHigh, causeLow, number));
  }
}

/** The same chance seen in a mirror: each uniform u is 1 - u, for antithetic pairs. */
export class MirroredChance extends Chance {
  override uniform(stream: number, causeHigh: number, causeLow: number, number: number): number {
    return 1 - super.uniform(stream, causeHigh, causeLow, number);
  }

  override word(stream: number, causeHigh: number, causeLow: number, number: number): number {
    return ~super.word(stream, causeHigh, causeLow, number) >>> 0;
  }
}
