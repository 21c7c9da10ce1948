/**
 * Philox4x32-10: a block of four random words as a pure function of a counter and a key.
 *
 * Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011;
 * multipliers and Weyl constants as in their Random123 library, include/Random123/philox.h.
 */
const FIRST_LOW = 0x1f53;
const FIRST_HIGH = 0xd251;
const FIRST = 0xd2511f53;
const SECOND_LOW = 0x8d57;
const SECOND_HIGH = 0xcd9e;
const SECOND = 0xcd9e8d57;
const WEYL_FIRST = 0x9e3779b9;
const WEYL_SECOND = 0xbb67ae85;
const ROUNDS = 10;

/** Fills `out` with the four 32-bit words that belong to counter (c0..c3) and key (k0, k1). */
export function philox4x32(
  out: Uint32Array,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  k0: number,
  k1: number,
): void {
  let a = c0 | 0;
  let b = c1 | 0;
  let c = c2 | 0;
  let d = c3 | 0;
  let key0 = k0 | 0;
  let key1 = k1 | 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const highA = highOf(a & 0xffff, a >>> 16, FIRST_LOW, FIRST_HIGH);
    const highC = highOf(c & 0xffff, c >>> 16, SECOND_LOW, SECOND_HIGH);
    const lowA = Math.imul(a, FIRST);
    const lowC = Math.imul(c, SECOND);
    a = highC ^ b ^ key0;
    b = lowC;
    c = highA ^ d ^ key1;
    d = lowA;
    key0 = (key0 + WEYL_FIRST) | 0;
    key1 = (key1 + WEYL_SECOND) | 0;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

/** The high word of a 32 x 32 bit product, from the four products of 16-bit halves. */
function highOf(low: number, high: number, factorLow: number, factorHigh: number): number {
  const cross = (Math.imul(high, factorLow) + (Math.imul(low, factorLow) >>> 16)) | 0;
  const other = Math.imul(low, factorHigh);
  const carry = ((cross & 0xffff) + (other & 0xffff)) >>> 16;
  return (Math.imul(high, factorHigh) + (cross >>> 16) + (other >>> 16) + carry) | 0;
}
