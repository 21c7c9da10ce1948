/**
 * Blake2b with 256 bits: the hash of a minting receipt, and the memo of its payment.
 *
 * Source: RFC 7693, sections 2 and 3. Written out here since the protocol depends on nothing.
 */

const IV: readonly bigint[] = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];

/** The order of message words in each of the twelve rounds; the last two repeat the first. */
const SIGMA: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
];

const BLOCK = 128;
const WORDS = 16;

/** The 32 bytes of the hash. */
export function blake2b256(message: Uint8Array): Uint8Array {
  const state = BigUint64Array.from(IV);
  // One parameter block: 32 bytes of digest, no key, one leaf.
  state[0] ^= 0x01010020n;
  const blocks = Math.max(1, Math.ceil(message.length / BLOCK));
  for (let block = 0; block < blocks; block++) {
    const end = Math.min(message.length, (block + 1) * BLOCK);
    compress(state, words(message, block * BLOCK, end), BigInt(end), block === blocks - 1);
  }
  const digest = new Uint8Array(32);
  for (let k = 0; k < 32; k++) {
    digest[k] = Number((state[k >> 3] >> BigInt(8 * (k & 7))) & 255n);
  }
  return digest;
}

/** The bytes as lower case hexadecimal digits. */
export const hexadecimal = (digits: Uint8Array): string =>
  Array.from(digits, (byte) => byte.toString(16).padStart(2, "0")).join("");

function words(message: Uint8Array, start: number, end: number): BigUint64Array {
  const block = new BigUint64Array(WORDS);
  for (let k = start; k < end; k++) {
    block[(k - start) >> 3] |= BigInt(message[k]) << BigInt(8 * ((k - start) & 7));
  }
  return block;
}

function compress(
  state: BigUint64Array,
  message: BigUint64Array,
  length: bigint,
  last: boolean,
): void {
  const v = new BigUint64Array(WORDS);
  v.set(state);
  for (let k = 0; k < 8; k++) v[8 + k] = IV[k];
  v[12] ^= length;
  if (last) v[14] ^= 0xffffffffffffffffn;
  for (const order of SIGMA) {
    const mixes = (k: number, a: number, b: number, c: number, d: number): void =>
      mix(v, [a, b, c, d], message[order[2 * k]], message[order[2 * k + 1]]);
    mixes(0, 0, 4, 8, 12);
    mixes(1, 1, 5, 9, 13);
    mixes(2, 2, 6, 10, 14);
    mixes(3, 3, 7, 11, 15);
    mixes(4, 0, 5, 10, 15);
    mixes(5, 1, 6, 11, 12);
    mixes(6, 2, 7, 8, 13);
    mixes(7, 3, 4, 9, 14);
  }
  for (let k = 0; k < 8; k++) state[k] ^= v[k] ^ v[k + 8];
}

function mix(
  v: BigUint64Array,
  [a, b, c, d]: readonly [number, number, number, number],
  x: bigint,
  y: bigint,
): void {
  v[a] = v[a] + v[b] + x;
  v[d] = rotated(v[d] ^ v[a], 32n);
  v[c] = v[c] + v[d];
  v[b] = rotated(v[b] ^ v[c], 24n);
  v[a] = v[a] + v[b] + y;
  v[d] = rotated(v[d] ^ v[a], 16n);
  v[c] = v[c] + v[d];
  v[b] = rotated(v[b] ^ v[c], 63n);
}

const rotated = (word: bigint, right: bigint): bigint =>
  BigInt.asUintN(64, (word >> right) | (word << (64n - right)));
