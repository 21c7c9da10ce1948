/**
 * Keys of Stellar as new cases need them: the text of given bytes, with its checksum.
 *
 * Written apart from the rule that reads such texts, so that the two check each other.
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The remainder of the bytes, bit by bit, by the polynomial x^16 + x^12 + x^5 + 1. */
function remainder(bytes: readonly number[]): number {
  let rest = 0;
  for (const byte of [...bytes, 0, 0]) {
    for (let place = 7; place >= 0; place--) {
      const out = rest >> 15;
      rest = ((rest << 1) & 0xffff) | ((byte >> place) & 1);
      if (out === 1) rest ^= 0x1021;
    }
  }
  return rest;
}

/** The text of a version byte and the bytes of a key. */
export function stellarKeyOf(bytes: readonly number[]): string {
  const check = remainder(bytes);
  const all = [...bytes, check & 0xff, check >> 8];
  let value = all.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = "";
  for (let k = 0; k < (all.length * 8) / 5; k++) {
    text = LETTERS[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return text;
}
