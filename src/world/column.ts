/** A table's columns: longer copies of them for when it grows, and where they lie. */

/** Copies a column into the beginning of a longer one, and returns that. */
export function lengthened<Column extends { set(from: ArrayLike<number>): void }>(
  column: ArrayLike<number>,
  longer: Column,
): Column {
  longer.set(column);
  return longer;
}

/** Where a table's columns lie: gives memory of so many bytes. */
export type Memory = (bytes: number) => ArrayBufferLike;

/** Memory of this thread alone. */
export const ownMemory: Memory = (bytes) => new ArrayBuffer(bytes);

/** Memory that threads share. */
export const sharedMemory: Memory = (bytes) => new SharedArrayBuffer(bytes);
