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

/** Doubles of one line of a processor's cache. */
const LINE = 8;
/** Where memory of an engine's own begins within a line, in doubles. */
const BEGINS = 2;

/** So many doubles in a memory, of which the first begins a line of a processor's cache. */
export function linedDoubles(count: number, memory: Memory = ownMemory): Float64Array {
  const lead = LINE - BEGINS;
  return new Float64Array(memory((lead + count) * 8), lead * 8, count);
}
