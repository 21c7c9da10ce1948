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
    // The high half of a 32 x 32 bit product, from four products of 16-bit halves.
    const aLow = a & 0xffff;
    const aHigh = a >>> 16;
    const aCross = Math.imul(aHigh, FIRST_LOW) + (Math.imul(aLow, FIRST_LOW) >>> 16);
    const highOfA = high(aLow, aHigh, aCross, FIRST_HIGH);
    const cLow = c & 0xffff;
    const cHigh = c >>> 16;
    const cCross = Math.imul(cHigh, SECOND_LOW) + (Math.imul(cLow, SECOND_LOW) >>> 16);
    const highOfC = high(cLow, cHigh, cCross, SECOND_HIGH);
    const lowOfA = Math.imul(a, FIRST);
    const lowOfC = Math.imul(c, SECOND);
    a = highOfC ^ b ^ key0;
    b = lowOfC;
    c = highOfA ^ d ^ key1;
    d = lowOfA;
    key0 = (key0 + WEYL_FIRST) | 0;
    key1 = (key1 + WEYL_SECOND) | 0;
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

/** The high word of (xHigh:xLow) * (factorHigh:factorLow), given its carry over the low factor. */
function high(xLow: number, xHigh: number, cross: number, factorHigh: number): number {
  const carried = cross >>> 0;
  const middle = ((Math.imul(xLow, factorHigh) >>> 0) + (carried & 0xffff)) >>> 16;
  return (Math.imul(xHigh, factorHigh) + (carried >>> 16) + middle) | 0;
}
