/** Longer copies of a table's columns, for when it grows. */

/** Copies a column into the beginning of a longer one, and returns that. */
export function lengthened<Column extends { set(from: ArrayLike<number>): void }>(
  column: ArrayLike<number>,
  longer: Column,
): Column {
  longer.set(column);
  return longer;
}
