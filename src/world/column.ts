/** Longer copies of a table's columns, for when it grows. */

/** The same doubles with room for `rows`. */
export function longerDoubles(column: Float64Array, rows: number): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(rows);
  longer.set(column);
  return longer;
}

/** The same 32-bit whole numbers with room for `rows`. */
export function longerWords(column: Uint32Array, rows: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(rows);
  longer.set(column);
  return longer;
}

/** The same signed 32-bit whole numbers with room for `rows`; new rows hold -1, no reference. */
export function longerReferences(column: Int32Array, rows: number): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(rows).fill(-1);
  longer.set(column);
  return longer;
}

/** The same 16-bit whole numbers with room for `rows`. */
export function longerShorts(column: Uint16Array, rows: number): Uint16Array<ArrayBuffer> {
  const longer = new Uint16Array(rows);
  longer.set(column);
  return longer;
}

/** The same 8-bit whole numbers with room for `rows`. */
export function longerBytes(column: Uint8Array, rows: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(rows);
  longer.set(column);
  return longer;
}
