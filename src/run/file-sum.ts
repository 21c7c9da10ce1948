/** What identifies the content of a file, read piece by piece. */
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

const PIECE_BYTES = 1 << 20;

/** The SHA-256 of a file in hexadecimal digits, and its length in bytes. */
export function fileSum(path: string): { readonly sha256: string; readonly bytes: number } {
  const sum = createHash("sha256");
  const piece = Buffer.alloc(PIECE_BYTES);
  const file = openSync(path, "r");
  try {
    let bytes = 0;
    for (let read = 1; read > 0; ) {
      read = readSync(file, piece, 0, piece.length, null);
      sum.update(piece.subarray(0, read));
      bytes += read;
    }
    return { sha256: sum.digest("hex"), bytes };
  } finally {
    closeSync(file);
  }
}
