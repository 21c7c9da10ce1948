/** Copies of a table's columns: longer ones for when it grows, and ones that threads share. */

/** Copies a column into the beginning of a longer one, and returns that. */
export function lengthened<Column extends { set(from: ArrayLike<number>): void }>(
  column: ArrayLike<number>,
  longer: Column,
): Column {
  longer.set(column);
  return longer;
}

/** Memory that threads share and that holds a column; the column's own if it is such already. */
export function sharedMemory(column: ArrayBufferView): ArrayBufferLike {
  const { buffer, byteOffset, byteLength } = column;
  if (buffer instanceof SharedArrayBuffer && buffer.byteLength === byteLength) return buffer;
  const memory = new SharedArrayBuffer(byteLength);
  new Uint8Array(memory).set(new Uint8Array(buffer, byteOffset, byteLength));
  return memory;
}
