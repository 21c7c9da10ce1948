import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Part } from "../../src/run/part.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-part-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is dropped without a word where its folder is gone, so that what was wrong can be told", () => {
  const gone = join(folder, "gone");
  mkdirSync(gone);
  const part = new Part(join(gone, "0.part"));
  part.scratch().append(new Float64Array([1, 2]));
  part.add("nodes", { node: new Float64Array([1]) });
  rmSync(gone, { recursive: true });
  expect(() => part.drop()).not.toThrow();
});

it("leaves nothing behind when it is dropped", () => {
  const part = new Part(join(folder, "1.part"));
  part.scratch().append(new Float64Array([1]));
  part.add("nodes", { node: new Float64Array([1]) });
  part.drop();
  expect(readdirSync(folder).filter((name) => name.startsWith("1."))).toEqual([]);
});
