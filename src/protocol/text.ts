/**
 * Texts as the chain holds them: bytes of UTF-8, with a length and a set of characters.
 *
 * Source: Rust, `Vec<u8>` and substrate's `BoundedVec`, which count bytes.
 */

/** The bytes that a text takes in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** How a text misses its bounds, or null. */
export function lengthFault(
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): "short" | "long" | null {
  const bytes = byteLength(text);
  return bytes < least ? "short" : bytes > most ? "long" : null;
}
