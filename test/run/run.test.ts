import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunOptions, runScenario } from "gridbench";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, it } from "vitest";
import { scenario } from "./scenario.ts";

const engine = new URL("./engine.mjs", import.meta.url).href;
const root = mkdtempSync(join(tmpdir(), "gridbench-run-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
const options = (more: Partial<RunOptions> = {}): RunOptions => {
  folders += 1;
  const out = join(root, String(folders));
  return { scenario: scenario(), out, version: "0", commit: null, engine, workers: 0, ...more };
};

/** Every file of a run's folder but the manifest, by name, as hexadecimal text. */
const bytesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name !== "manifest.json")
      .sort()
      .map((name) => [name, readFileSync(join(folder, name)).toString("hex")]),
  );

const manifestOf = (folder: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));

const reference = options();
const finished = runScenario(reference);

describe("an ensemble", () => {
  it("writes results, a row a replication, the series and the tables that there are", async () => {
    expect(await finished).toMatchObject({ kind: "finished", replications: 8, events: 108 });
    expect(readdirSync(reference.out).sort()).toEqual([
      "farms.parquet",
      "manifest.json",
      "nodes.parquet",
      "replications.csv",
      "results.json",
      "series.parquet",
    ]);
  });

  it.each([1, 2, 3])("gives the same bytes with %d workers as without", async (workers) => {
    await finished;
    const other = options({ workers });
    expect(await runScenario(other)).toMatchObject({ kind: "finished" });
    expect(bytesOf(other.out)).toEqual(bytesOf(reference.out));
  });

  it.each([0, 2])(
    "goes on after an interruption to the same bytes (%d workers)",
    async (workers) => {
      await finished;
      const stop = new AbortController();
      const other = options({ workers });
      const first = await runScenario({
        ...other,
        signal: stop.signal,
        onProgress: ({ done }) => {
          if (done === 3) stop.abort();
        },
      });
      expect(first).toMatchObject({ kind: "interrupted", done: 3, total: 8 });
      expect(readdirSync(other.out)).toEqual([".replications"]);
      const made: number[] = [];
      const second = await runScenario({
        ...other,
        resume: true,
        onProgress: ({ done }) => made.push(done),
      });
      expect(second).toMatchObject({ kind: "finished" });
      expect(made).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(bytesOf(other.out)).toEqual(bytesOf(reference.out));
    },
  );

  it("lets files grow under a name of its process, and drops what another left", async () => {
    const other = options();
    const kept = join(other.out, ".replications");
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    await runScenario({ ...other, signal: stop.signal, onProgress });
    mkdirSync(join(kept, "files.0"));
    const growing = new Set<string>();
    const look = (): void => {
      for (const name of readdirSync(kept)) if (name.startsWith("files")) growing.add(name);
    };
    await runScenario({ ...other, resume: true, onProgress: look });
    expect([...growing]).toEqual([`files.${process.pid}`]);
  });

  it("kills the replication that is under way when it is interrupted", async () => {
    const stop = new AbortController();
    const outcome = await runScenario(
      options({
        scenario: scenario("hang"),
        workers: 2,
        signal: stop.signal,
        onProgress: ({ done }) => {
          if (done === 7) stop.abort();
        },
      }),
    );
    expect(outcome).toMatchObject({ kind: "interrupted", done: 7, total: 8 });
  });

  it.each(["bin", "part"])(
    "makes a kept replication again when its .%s is damaged",
    async (end) => {
      await finished;
      const other = options({ keep: true });
      await runScenario(other);
      writeFileSync(join(other.out, ".replications", `5.${end}`), "half a fi");
      expect(await runScenario({ ...other, resume: true, keep: false })).toMatchObject({
        kind: "finished",
      });
      expect(bytesOf(other.out)).toEqual(bytesOf(reference.out));
    },
  );

  it("refuses to go on with what another seed left", async () => {
    const other = options({ keep: true, replications: 2 });
    await runScenario(other);
    const outcome = await runScenario({ ...other, resume: true, seed: "another" });
    expect(outcome).toMatchObject({
      kind: "refused",
      faults: [expect.stringContaining("belongs to another run")],
    });
  });

  it("replaces the files of an earlier run and removes tables it does not make", async () => {
    const other = options();
    await runScenario(other);
    writeFileSync(join(other.out, "contracts.parquet"), "old");
    writeFileSync(join(other.out, "notes.txt"), "mine");
    await runScenario({ ...other, seed: "another" });
    expect(readdirSync(other.out)).toContain("notes.txt");
    expect(readdirSync(other.out)).not.toContain("contracts.parquet");
    expect(bytesOf(other.out)["results.json"]).not.toBe(bytesOf(reference.out)["results.json"]);
  });

  it("stops when the interval of the asked metric is narrow enough, wherever it runs", async () => {
    const precision = { metric: "a.share", relative: 0.4 };
    const [here, there] = [options({ precision }), options({ precision, workers: 2 })];
    const [first, second] = [await runScenario(here), await runScenario(there)];
    expect(first).toMatchObject({ kind: "finished" });
    if (first.kind !== "finished" || second.kind !== "finished") return;
    const { mean, ci95 } = first.results.metrics["a.share"];
    expect(((ci95?.[1] ?? 0) - (ci95?.[0] ?? 0)) / 2).toBeLessThanOrEqual(0.4 * (mean ?? 0));
    // Looks are after 8, 12, 18, 27, ..., and the interval told is that of the last look.
    expect([8, 12, 18, 27, 41, 62, 93]).toContain(first.replications);
    const { precision: asked } = manifestOf(here.out);
    expect(asked).toMatchObject({ metric: "a.share", level: 1 - 0.05 / 13 });
    const plain = options({ replications: first.replications });
    const other = await runScenario(plain);
    if (other.kind !== "finished") throw new Error("not finished");
    const narrow = other.results.metrics["a.share"];
    expect(narrow.mean).toBe(mean);
    expect(narrow.ci95?.[1]).toBeLessThan(ci95?.[1] ?? 0);
    expect(bytesOf(there.out)).toEqual(bytesOf(here.out));
  });

  it("made in pairs takes the mean of a pair as its sample, and an even number", async () => {
    await finished;
    const pairs = options({ antithetic: true });
    const outcome = await runScenario(pairs);
    if (outcome.kind !== "finished") throw new Error("not finished");
    const rows = readFileSync(join(reference.out, "replications.csv"), "utf8").split("\n");
    const shares = rows.slice(1, 9).map((row) => Number(row.split(",")[1]));
    const means = [0, 1, 2, 3].map((k) => (shares[2 * k] + shares[2 * k + 1]) / 2);
    const { n, mean, sd } = outcome.results.metrics["a.share"];
    expect(n).toBe(4);
    expect(mean).toBeCloseTo(means.reduce((sum, one) => sum + one, 0) / 4, 14);
    const centre = mean ?? 0;
    const spread = means.reduce((sum, one) => sum + (one - centre) * (one - centre), 0) / 3;
    expect(sd).toBeCloseTo(Math.sqrt(spread), 14);
    expect(await runScenario(options({ antithetic: true, replications: 3 }))).toEqual({
      kind: "refused",
      faults: ["--antithetic: expected an even number of replications, found 3"],
    });
  });
});

describe("replication R alone", () => {
  it("has the row that it has in the ensemble, and no interval", async () => {
    await finished;
    const alone = options({ replication: 5, replications: 1 });
    const outcome = await runScenario(alone);
    const rows = readFileSync(join(reference.out, "replications.csv"), "utf8").split("\n");
    expect(readFileSync(join(alone.out, "replications.csv"), "utf8").split("\n")).toEqual([
      rows[0],
      rows[6],
      "",
    ]);
    expect(outcome).toMatchObject({
      results: { metrics: { "a.share": { n: 1, sd: null, ci95: null } } },
    });
  });
});

describe("a run's folder", () => {
  it("tells exact totals, and how many replications measured a metric", async () => {
    await finished;
    const { metrics } = JSON.parse(readFileSync(join(reference.out, "results.json"), "utf8"));
    expect(Object.keys(metrics)).toEqual(["a.share", "b.money", "c.rare"]);
    expect(metrics["c.rare"]).toMatchObject({ unit: "s", n: 4, exact: null });
    expect(metrics["c.rare"].mean).toBeCloseTo(0.4, 14);
    expect(metrics["b.money"].exact).toHaveLength(8);
    expect(metrics["b.money"].exact[0]).toMatch(/^1000000\d{11}$/);
  });

  it("leaves the cell of what was not measured empty", async () => {
    await finished;
    const [head, first] = readFileSync(join(reference.out, "replications.csv"), "utf8").split("\n");
    expect(head).toBe("replication,a.share,b.money,c.rare");
    expect(first).toMatch(/^0,[\d.e-]+,[\d.e+]+,$/);
  });

  it("keeps series and tables in order of replication", async () => {
    await finished;
    const read = async (name: string) =>
      parquetReadObjects({ file: await asyncBufferFromFile(join(reference.out, name)) });
    const series = await read("series.parquet");
    expect(Object.keys(series[0])).toEqual(["metric", "dimension", "replication", "time", "value"]);
    expect(series).toHaveLength(8 * 2 * 500);
    expect(series[500]).toMatchObject({
      dimension: "country=BE",
      replication: 0,
      time: 1_680_353_800,
    });
    const nodes = await read("nodes.parquet");
    expect(nodes.map(({ replication }) => replication)).toEqual(
      Array.from({ length: 24 }, (_, row) => Math.floor(row / 3)),
    );
    expect(nodes[1]).toEqual({ replication: 0, node: 1, country: "US", minted: -1n });
    expect(await read("farms.parquet")).toEqual([]);
  });

  it("has a manifest with the sums of all other files and only times handed in", async () => {
    await finished;
    const manifest = manifestOf(reference.out);
    expect(manifest).toMatchObject({
      seed: "fixture",
      replications: 8,
      seconds: null,
      started: null,
    });
    expect(manifest.outputs).toHaveLength(5);
    let tick = 1000;
    const timed = options({ clock: () => (tick += 2500), started: "2026-11-23T00:00:00Z" });
    await runScenario(timed);
    expect(manifestOf(timed.out)).toMatchObject({ seconds: 2.5, started: "2026-11-23T00:00:00Z" });
  });
});

describe("a crash", () => {
  it.each([0, 2])("comes back as plain data with its place (%d workers)", async (workers) => {
    const outcome = await runScenario(options({ scenario: scenario("crash"), workers }));
    expect(outcome).toMatchObject({
      kind: "failed",
      failure: {
        replication: 2,
        code: "TypeError",
        message: "entity 7 is not there",
        time: 3600,
        event: "node.fail 7",
        scenarioHash: "hash-of-crash",
        seed: "fixture",
      },
    });
  });
});

describe("a wish that makes no sense", () => {
  it("is refused with all its faults at once", async () => {
    const precision = { metric: "a.shore", relative: 0 };
    expect(await runScenario(options({ replications: 0, workers: -1, precision }))).toEqual({
      kind: "refused",
      faults: [
        "--replications: expected a whole number of at least 1, found 0",
        "--workers: expected a whole number of at least 0, found -1",
        "--precision: expected the name of a metric, found `a.shore` (did you mean `a.share`?)",
        "--precision: expected a share above 0, found 0",
      ],
    });
  });

  it("is refused when the folder is a file", async () => {
    const out = join(root, "file");
    writeFileSync(out, "");
    expect(await runScenario(options({ out }))).toMatchObject({
      kind: "refused",
      faults: [expect.stringContaining("--out: expected a folder that can be written")],
    });
  });
});
