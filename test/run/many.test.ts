import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunOptions, runMany, runScenario } from "gridbench";
import { afterAll, describe, expect, it } from "vitest";
import { scenario } from "./scenario.ts";

const engine = new URL("./engine.mjs", import.meta.url).href;
const root = mkdtempSync(join(tmpdir(), "gridbench-many-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Ensembles of unequal size, as an arm here and a point there. */
const SIZES = [5, 1, 3, 2];

const ensembles = (name: string, more: Partial<RunOptions> = {}): RunOptions[] =>
  SIZES.map((replications, i) => ({
    scenario: scenario(`arm-${i}`),
    out: join(root, name, String(i)),
    version: "0",
    commit: null,
    engine,
    seed: `seed ${i}`,
    replications,
    ...more,
  }));

const bytesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name !== "manifest.json")
      .sort()
      .map((name) => [name, readFileSync(join(folder, name)).toString("hex")]),
  );

const alone = ensembles("alone", { workers: 0 });
const bytes = (async () => {
  for (const options of alone) await runScenario(options);
  return alone.map(({ out }) => bytesOf(out));
})();

describe("several ensembles over one pool", () => {
  it.each([0, 2, 3])("give each the bytes that it has alone (%d workers)", async (workers) => {
    const all = ensembles(`workers-${workers}`, { workers });
    const outcomes = await runMany(all);
    expect(outcomes.map(({ kind }) => kind)).toEqual(SIZES.map(() => "finished"));
    expect(outcomes).toMatchObject(SIZES.map((replications) => ({ replications })));
    expect(all.map(({ out }) => bytesOf(out))).toEqual(await bytes);
  });

  it("leave no replication behind when one of them is precise enough early", async () => {
    const precision = { metric: "a.share", relative: 0.4 };
    const [first, ...others] = ensembles("precise", { workers: 2 });
    const outcomes = await runMany([{ ...first, replications: 40, precision }, ...others]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(SIZES.map(() => "finished"));
    expect(readdirSync(first.out)).not.toContain(".replications");
    expect(others.map(({ out }) => bytesOf(out))).toEqual((await bytes).slice(1));
  });

  it.each([0, 2])("go on after an interruption to the same bytes (%d workers)", async (workers) => {
    const stop = new AbortController();
    let made = 0;
    const all = ensembles(`stopped-${workers}`, {
      workers,
      signal: stop.signal,
      onProgress: () => {
        made += 1;
        if (made === 7) stop.abort();
      },
    });
    const first = await runMany(all);
    expect(first).toHaveLength(SIZES.length);
    expect(first.map(({ kind }) => kind)).toContain("interrupted");
    expect(first.map(({ kind }) => kind)).toContain("finished");
    const told: number[] = [];
    const again = all.map((options) => ({
      ...options,
      signal: undefined,
      resume: true,
      onProgress: () => told.push(1),
    }));
    const second = await runMany(again);
    expect(second.map(({ kind }) => kind)).toEqual(SIZES.map(() => "finished"));
    expect(all.map(({ out }) => bytesOf(out))).toEqual(await bytes);
    // What a finished folder holds is read back as it was measured.
    told.length = 0;
    expect(await runMany(again)).toEqual(second);
    expect(told).toEqual([]);
  });

  it("make a finished folder again when one of its files was changed", async () => {
    const all = ensembles("changed", { workers: 0 });
    await runMany(all);
    writeFileSync(join(all[2].out, "replications.csv"), "replication\n0\n");
    await runMany(all.map((options) => ({ ...options, resume: true })));
    expect(bytesOf(all[2].out)).toEqual((await bytes)[2]);
  });

  it("stop when one of them crashes, and tell which", async () => {
    const all = ensembles("crash", { workers: 2 });
    all[2] = { ...all[2], scenario: scenario("crash") };
    expect((await runMany(all))[2]).toMatchObject({
      kind: "failed",
      failure: { replication: 2, message: "entity 7 is not there" },
    });
  });

  it("are refused together where two want one folder, before anything is run", async () => {
    const [first, ...others] = ensembles("twice", { workers: 0 });
    const outcomes = await runMany([first, { ...others[0], out: first.out }, others[1]]);
    expect(outcomes).toEqual([
      { kind: "refused", faults: [expect.stringContaining("expected a folder a run")] },
    ]);
    expect(existsSync(join(first.out, "results.json"))).toBe(false);
  });
});
