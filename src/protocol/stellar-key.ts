/**
 * Stellar key: the text of a public key on the other side of the bridge.
 *
 * Source: the crate substrate-stellar-sdk 0.3.0, src/utils/key_encoding.rs, `decode_stellar_key`
 * with the version of a public key; the checksum is CRC-16/XMODEM, low byte first.
 */

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LENGTH = 56;
/** Version byte of a public key, which makes its text begin with a G. */
const VERSION = 6 << 3;
const POLYNOMIAL = 0x1021;

/** Whether a text is a public key with a valid checksum, in capitals as Stellar writes it. */
export function isStellarKey(text: string): boolean {
  const bytes = decode(text);
  if (bytes === null || bytes[0] !== VERSION) return false;
  const body = bytes.slice(0, -2);
  const [low, high] = bytes.slice(-2);
  return checksum(body) === ((high << 8) | low);
}

/** The 35 bytes of 56 letters of base 32, or null. */
function decode(text: string): readonly number[] | null {
  if (text.length !== LENGTH) return null;
  const bytes: number[] = [];
  let carry = 0;
  let bits = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    carry = (carry << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((carry >> bits) & 0xff);
      carry &= (1 << bits) - 1;
    }
  }
  return bytes;
}

function checksum(bytes: readonly number[]): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc & 0x8000 ? (crc << 1) ^ POLYNOMIAL : crc << 1) & 0xffff;
    }
  }
  return crc;
}
