/**
 * Chance for new cases, addressed by a text: the same text always gives the same draws.
 *
 * The stream is the concatenation of Blake2b-256 hashes of the text and a count. The kernel's
 * generator is not asked, since this layer stands on the protocol alone, and the protocol brings
 * this hash along for its receipts. Speed does not matter here: a case takes some dozens of draws.
 */
import { blake2b256 } from "../protocol/blake2b.ts";

/** A stream of draws. */
export interface Draws {
  /** A whole number from `least` to `most`, both included, each as likely. */
  readonly whole: (least: bigint, most: bigint) => bigint;
  /** The same for numbers that a double holds exactly. */
  readonly count: (least: number, most: number) => number;
  /** A whole number of any length in bits up to that of `most`, each length as likely. */
  readonly sized: (most: bigint) => bigint;
  /** True with a chance of `parts` in `of`. */
  readonly chance: (parts: number, of: number) => boolean;
  /** One of the items, each as likely. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** One of the marks, or up to `slack` off it on either side, from 0 on. */
  readonly near: (marks: readonly bigint[], slack?: bigint) => bigint;
}

/** The draws of an address. */
export function drawsFrom(address: string): Draws {
  const encoder = new TextEncoder();
  let bytes = new Uint8Array(0);
  let at = 0;
  let blocks = 0;
  const next = (): bigint => {
    if (at >= bytes.length) {
      bytes = blake2b256(encoder.encode(`${address}#${blocks++}`)) as Uint8Array<ArrayBuffer>;
      at = 0;
    }
    return BigInt(bytes[at++]);
  };
  const whole = (least: bigint, most: bigint): bigint => {
    const width = most - least + 1n;
    // Eight bytes more than needed leave a bias that no one can see.
    const length = Math.ceil(width.toString(2).length / 8) + 8;
    let value = 0n;
    for (let k = 0; k < length; k++) value = (value << 8n) | next();
    return least + ((value * width) >> BigInt(8 * length));
  };
  const count = (least: number, most: number): number => Number(whole(BigInt(least), BigInt(most)));
  return {
    whole,
    count,
    sized: (most) => {
      const bits = count(0, most.toString(2).length);
      const value = bits === 0 ? 0n : whole(1n << BigInt(bits - 1), (1n << BigInt(bits)) - 1n);
      return value > most ? most : value;
    },
    chance: (parts, of) => count(1, of) <= parts,
    pick: (items) => items[count(0, items.length - 1)],
    near: (marks, slack = 1n) => {
      const value = marks[count(0, marks.length - 1)] + whole(-slack, slack);
      return value < 0n ? 0n : value;
    },
  };
}
