/**
 * Reads a Parquet table of a run's folder back, a row group at a time.
 */
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";

/** A row as it was written; numbers, words, or whole counts. */
export type TableRow = Readonly<Record<string, unknown>>;

/** Shows every row of a table, with the columns asked for, in the order of the file. */
export async function readTableFile(
  path: string,
  columns: readonly string[],
  see: (row: TableRow) => void,
): Promise<void> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await parquetReadObjects({
      file,
      metadata,
      columns: [...columns],
      rowStart,
      rowEnd,
    });
    for (const row of rows) see(row);
    rowStart = rowEnd;
  }
}
