/** One world over several threads: the same bytes, and a thread's fault is told as its own. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadScenario, type RunOptions, runScenario } from "gridbench";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "gridbench-shards-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function optionsOf(shards: number): RunOptions {
  // Two months with a payday in between, so that periods close and are settled ahead of the chain.
  const set = ["fleet.nodes=150", "demand.users=0.5"];
  const settings = { days: "70", replications: "1", seed: "shards" };
  const loaded = loadScenario("baseline", { run: settings, set });
  if (!loaded.ok) throw new Error(loaded.faults.map(({ found }) => found).join());
  const out = join(folder, String(shards));
  return { scenario: loaded.value, out, version: "0", commit: null, workers: 0, shards };
}

async function bytesOf(shards: number): Promise<string> {
  const options = optionsOf(shards);
  expect(await runScenario(options)).toMatchObject({ kind: "finished", replications: 1 });
  const hash = createHash("sha256");
  for (const name of ["replications.csv", "results.json", "series.parquet"])
    hash.update(readFileSync(join(options.out, name)));
  return hash.digest("hex");
}

it("a run gives the same bytes with no, one, two or three shards", async () => {
  const alone = await bytesOf(0);
  for (const shards of [1, 2, 3]) expect(await bytesOf(shards)).toBe(alone);
});

it("a number of shards that is none is refused", async () => {
  expect(await runScenario(optionsOf(-1))).toEqual({
    kind: "refused",
    faults: ["--shards: expected a whole number of at least 0, found -1"],
  });
});

it("what a thread throws is thrown here, with its own story", async () => {
  const { ThreadCrew } = await import(new URL("../../dist/run/shard.js", import.meta.url).href);
  const { setup } = optionsOf(0).scenario;
  const crew = new ThreadCrew({ setup, key: [1, 2], replication: 0 }, 1);
  crew.begin([{ outline: { start: 0 }, tables: { farms: {}, nodes: {} }, from: 0, to: 0 }]);
  let stack = "";
  try {
    crew.end();
  } catch (thrown) {
    stack = thrown instanceof Error ? (thrown.stack ?? "") : "";
  } finally {
    crew.dismiss();
  }
  expect(stack).toMatch(/shard-worker/);
});

describe("a thread that ends without a word", () => {
  const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
  const killer = new URL("./shard-killer.mjs", import.meta.url).href;
  const words = "run baseline --set fleet.nodes=50 --days 40 --replications 1 --no-report";

  it.each([
    ["start", "its exit code is 7"],
    ["fault", "a fault before the first line"],
    ["exit", "its exit code is 7"],
    ["memory", "reaching memory limit"],
  ])(
    "by %s is told at once, and no result is written",
    (how, why) => {
      const out = join(folder, how);
      const flags = ["--workers", "0", "--shards", "2", "--out", out];
      // Little memory for each thread, so that none of the machine's is taken away.
      const node = ["--max-old-space-size=150", "--import", killer, main];
      const { status, stderr } = spawnSync(
        process.execPath,
        [...node, ...words.split(" "), ...flags],
        {
          encoding: "utf8",
          env: { ...process.env, KILLER: how },
          timeout: 60_000,
        },
      );
      expect(stderr).toContain("a thread that lives shards of the fleet has ended: ");
      expect(stderr).toContain(why);
      expect(status).toBe(3);
      expect(readdirSync(out)).toEqual([".replications"]);
    },
    70_000,
  );
});
