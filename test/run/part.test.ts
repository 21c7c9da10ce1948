import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { PIECE_ROWS } from "../../src/metrics/summary.ts";
import { Part, readPart } from "../../src/run/part.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-part-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is dropped without a word where its folder is gone, so that what was wrong can be told", () => {
  const gone = join(folder, "gone");
  mkdirSync(gone);
  const part = new Part(join(gone, "0.part"), 0);
  part.add("nodes", { node: new Float64Array([1]) });
  rmSync(gone, { recursive: true });
  expect(() => part.drop()).not.toThrow();
});

it("leaves nothing behind when it is dropped", () => {
  const part = new Part(join(folder, "1.part"), 1);
  part.add("nodes", { node: new Float64Array([1]) });
  part.drop();
  expect(readdirSync(folder).filter((name) => name.startsWith("1."))).toEqual([]);
});

it("writes a full piece as a row group at once, under a name that says it is not whole", () => {
  const path = join(folder, "2.part");
  const part = new Part(path, 2);
  let size = 0;
  for (let piece = 0; piece < 3; piece++) {
    part.add("nodes", { node: new Float64Array(PIECE_ROWS).map((_, row) => Math.sqrt(row)) });
    const now = statSync(`${path}.tmp`).size;
    expect(now - size).toBeGreaterThan(PIECE_ROWS);
    size = now;
  }
  part.add("nodes", { node: new Float64Array([1]) });
  expect(readdirSync(folder)).not.toContain("2.part");
  expect(part.finish()).toHaveLength(64);
  const kinds = [...readPart(path)].map((piece) => ("group" in piece ? piece.group.rows : "rows"));
  expect(kinds).toEqual([PIECE_ROWS, PIECE_ROWS, PIECE_ROWS, "rows"]);
});
