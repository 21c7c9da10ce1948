import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parquetMetadata } from "hyparquet";
import { afterAll, expect, test } from "vitest";
import { PIECE_ROWS } from "../../src/metrics/summary.ts";
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
