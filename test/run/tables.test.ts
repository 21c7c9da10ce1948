import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadScenario, type RunOptions, runScenario } from "gridbench";
import { parquetMetadata } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = mkdtempSync(join(tmpdir(), "gridbench-tables-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const TABLES = ["contracts", "farms", "nodes", "payouts", "proposals"] as const;

/** Three replications of a small grid with every table, in a folder of its own. */
function options(name: string, more: Partial<RunOptions> = {}): RunOptions {
  const loaded = loadScenario("baseline", {
    run: { days: "35", replications: "3", seed: "tables" },
    set: ["fleet.nodes=100", "demand.users=0.5", "demand.live=2"],
  });
  if (!loaded.ok) throw new Error(loaded.faults.map(({ found }) => found).join());
  const scenario = { ...loaded.value, setup: { ...loaded.value.setup, tables: [...TABLES] } };
  return { scenario, out: join(root, name), version: "0", commit: null, workers: 0, ...more };
}

const bytesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith(".parquet"))
      .map((name) => [name, readFileSync(join(folder, name)).toString("hex")]),
  );

let alone: Record<string, string> = {};
beforeAll(async () => {
  const one = options("alone");
  expect(await runScenario(one)).toMatchObject({ kind: "finished", replications: 3 });
  alone = bytesOf(one.out);
});

it("every table that was asked for is written, and nothing else is left in the folder", () => {
  expect(Object.keys(alone)).toEqual([...TABLES, "series"].map((name) => `${name}.parquet`));
  expect(readdirSync(join(root, "alone")).filter((name) => name.startsWith("."))).toEqual([]);
});

it.each([1, 2])("tables of the world have the same bytes with %d workers", async (workers) => {
  const other = options(`workers-${workers}`, { workers });
  expect(await runScenario(other)).toMatchObject({ kind: "finished" });
  expect(bytesOf(other.out)).toEqual(alone);
});

it("tables of the world have the same bytes after an interruption", async () => {
  const stop = new AbortController();
  const other = options("interrupted");
  const first = await runScenario({
    ...other,
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done === 2) stop.abort();
    },
  });
  expect(first).toMatchObject({ kind: "interrupted", done: 2 });
  expect(readdirSync(join(other.out, ".replications"))).toContain("1.part");
  expect(await runScenario({ ...other, resume: true })).toMatchObject({ kind: "finished" });
  expect(bytesOf(other.out)).toEqual(alone);
});

describe("tables longer than a row group", () => {
  const engine = new URL("./long-engine.mjs", import.meta.url).href;
  const long = (name: string, more: Partial<RunOptions> = {}): RunOptions =>
    options(name, { engine, ...more });
  let one: Record<string, string> = {};
  beforeAll(async () => {
    expect(await runScenario(long("long"))).toMatchObject({ kind: "finished", replications: 3 });
    one = bytesOf(join(root, "long"));
  });

  it("are files of the row groups that replications wrote, their last rows between", () => {
    const groups = (name: string): readonly number[] => {
      const { buffer } = Uint8Array.from(Buffer.from(one[name] ?? "", "hex"));
      return parquetMetadata(buffer).row_groups.map((group) => Number(group.num_rows));
    };
    const full = 65_536;
    expect(groups("long.parquet")).toEqual([full, full, full, 100, full, full, 101, full, 102]);
    expect(groups("short.parquet")).toEqual([6]);
  });

  it.each([1, 2, 3])("have the same bytes with %d workers", async (workers) => {
    const other = long(`long-${workers}`, { workers });
    expect(await runScenario(other)).toMatchObject({ kind: "finished" });
    expect(bytesOf(other.out)).toEqual(one);
  });

  it("have the same bytes after an interruption, with no table before it", async () => {
    const stop = new AbortController();
    const other = long("long-interrupted");
    const first = await runScenario({
      ...other,
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done === 2) stop.abort();
      },
    });
    expect(first).toMatchObject({ kind: "interrupted", done: 2 });
    expect(bytesOf(other.out)).toEqual({});
    expect(await runScenario({ ...other, resume: true })).toMatchObject({ kind: "finished" });
    expect(bytesOf(other.out)).toEqual(one);
  });
});
