import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, expect, test } from "vitest";
import { PIECE_ROWS } from "../../src/metrics/summary.ts";
import { type Columns, rowGroupOf } from "../../src/run/row-group.ts";
import { TableFile } from "../../src/run/table-file.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-table-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Rows of each row group of a file made of pieces of so many rows, and the most that waited. */
function written(pieces: readonly number[]): { groups: readonly number[]; held: number } {
  const path = join(folder, `${pieces.length}.parquet`);
  const file = new TableFile(path);
  for (const rows of pieces) file.add({ value: new Float64Array(rows).fill(rows) });
  file.finish();
  const { buffer } = new Uint8Array(readFileSync(path));
  const groups = parquetMetadata(buffer).row_groups.map((group) => Number(group.num_rows));
  return { groups, held: file.held };
}

test("a row group is written as soon as it is full, and no more than two are held", () => {
  const full = Array.from({ length: 12 }, () => PIECE_ROWS);
  expect(written([...full, 5])).toEqual({ groups: [...full, 5], held: PIECE_ROWS });
  const uneven = Array.from({ length: 9 }, () => 40_000);
  expect(written(uneven)).toEqual({
    groups: [80_000, 80_000, 80_000, 80_000, 40_000],
    held: 80_000,
  });
});

/** Rows with every kind of column; words that repeat get a dictionary, long ones several pages. */
const rowsOf = (first: number, rows: number): Columns => {
  const number = Int32Array.from({ length: rows }, (_, row) => first + row);
  return {
    number,
    root: Float64Array.from(number, Math.sqrt),
    word: Array.from(number, (row) => ["BE", "US", "FR"][row % 3]),
    long: Array.from(number, (row) => `${row} `.repeat(4)),
    count: Array.from(number, (row) => BigInt(row) * 10n ** 12n),
  };
};

const textOf = (rows: readonly Record<string, unknown>[]): string =>
  rows.map((row) => Object.values(row).join()).join("\n");

test("a row group that was encoded elsewhere reads like rows that were added", async () => {
  const added = join(folder, "added.parquet");
  const appended = join(folder, "appended.parquet");
  const lengths = [3, PIECE_ROWS, PIECE_ROWS, 7];
  const one = new TableFile(added);
  const other = new TableFile(appended);
  let first = 0;
  for (const rows of lengths) {
    one.add(rowsOf(first, rows));
    if (rows < PIECE_ROWS) other.add(rowsOf(first, rows));
    else other.append(rowGroupOf(rowsOf(first, rows)));
    first += rows;
  }
  one.finish();
  other.finish();
  const [expected, found] = await Promise.all(
    [added, appended].map(async (path) => {
      const { buffer } = new Uint8Array(readFileSync(path));
      const metadata = parquetMetadata(buffer);
      const groups = metadata.row_groups.map((group) => Number(group.num_rows));
      // A filter makes the reader follow the places of pages.
      const filter = { number: { $gt: PIECE_ROWS - 2, $lte: first } };
      const some = await parquetReadObjects({
        file: buffer,
        metadata,
        filter,
        useOffsetIndex: true,
      });
      return { groups, rows: textOf(await parquetReadObjects({ file: buffer, metadata })), some };
    }),
  );
  expect(found.groups).toEqual(lengths);
  expect(expected.groups).toEqual([PIECE_ROWS + 3, PIECE_ROWS, 7]);
  expect(found.rows).toBe(expected.rows);
  expect(found.some).toEqual(expected.some);
  expect(found.some.at(-1)).toMatchObject({ number: first - 1, word: "FR" });
});
