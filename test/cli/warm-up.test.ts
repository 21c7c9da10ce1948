import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readTableFile } from "../../src/run/table-reader.ts";
import { root } from "../house/source.ts";
import { gridbench } from "./gridbench.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-warm-up-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small = join(folder, "small.yaml");
writeFileSync(
  small,
  `format: 1
extends: ${join(root, "scenarios", "baseline.yaml")}
question: Small?
assumptions: { fleet: { nodes: 24 }, demand: { users: 0.5, live: 1 } }
run: { days: 50, replications: 1 }
`,
);
const words = ["run", small, "--workers", "0", "--no-report", "--out"];

async function seriesIn(out: string, name: string): Promise<readonly number[][]> {
  const runs: number[][] = [];
  const columns = ["metric", "dimension", "replication", "value"];
  await readTableFile(join(folder, out, "series.parquet"), columns, (row) => {
    if (row["metric"] !== name || row["dimension"] !== "") return;
    const at = Number(row["replication"]);
    runs[at] = [...(runs[at] ?? []), Number(row["value"])];
  });
  return runs;
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const metricIn = (out: string, name: string) =>
  JSON.parse(readFileSync(join(folder, out, "results.json"), "utf8")).metrics[name];

describe("one long run", () => {
  it("has the interval of its batch means beside results that have none", async () => {
    const { code, out } = await gridbench([...words, join(folder, "one"), "--warm-up", "5"]);
    expect(code).toBe(0);
    expect(out).toContain("95 % of batch means");
    expect(out).toContain("hold what changes within one grid, not what another would be");
    const told = metricIn("one", "contract.live");
    expect(told).toMatchObject({ sd: null, ci95: null, n: 1 });
    // Days 0 to 50 without the first five: 46 values, of which twenty pairs are the last forty.
    expect(told.one_run).toMatchObject({ warm_up_days: 5, values: 46, batches: 20 });
    const [values = []] = await seriesIn("one", "contract.live");
    expect(values).toHaveLength(51);
    const means = Array.from({ length: 20 }, (_, at) => {
      return meanOf(values.slice(11 + 2 * at, 13 + 2 * at));
    });
    const centre = meanOf(means);
    const squares = means.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
    // Student's 2.093024 for nineteen degrees.
    const half = 2.093024 * Math.sqrt(squares / 19 / 20);
    expect(told.one_run.mean).toBeCloseTo(centre, 9);
    expect(told.one_run.ci95[0]).toBeCloseTo(centre - half, 4);
    expect(told.one_run.ci95[1]).toBeCloseTo(centre + half, 4);
    // What is told once a month has no days.
    expect(metricIn("one", "mint.tft").one_run).toBeUndefined();
  });

  it("finds its warm-up by itself, and says nothing where it is short", async () => {
    await gridbench([...words, join(folder, "auto")]);
    const { one_run } = metricIn("auto", "capacity.cru");
    expect(one_run.warm_up_days % 5 === 0 || one_run.warm_up_days === null).toBe(true);
    const { out } = await gridbench([...words, join(folder, "short"), "--days", "30"]);
    expect(out).not.toContain("batch means");
    expect(metricIn("short", "contract.live")).toEqual({
      ...metricIn("short", "contract.live"),
      one_run: undefined,
    });
  });
});

describe("several runs", () => {
  it("leave the same first days out of all where it is asked for, and else tell none", async () => {
    const three = ["--replications", "3"];
    await gridbench([...words, join(folder, "plain"), ...three]);
    await gridbench([...words, join(folder, "warm"), ...three, "--warm-up", "10"]);
    const plain = metricIn("plain", "contract.live");
    const { after_warm_up, ...rest } = metricIn("warm", "contract.live");
    expect(rest).toEqual(plain);
    const means = (await seriesIn("warm", "contract.live")).map((run) => meanOf(run.slice(10)));
    const centre = meanOf(means);
    const squares = means.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
    const sd = Math.sqrt(squares / 2);
    expect(after_warm_up).toMatchObject({ warm_up_days: 10, n: 3 });
    expect(after_warm_up.mean).toBeCloseTo(centre, 9);
    expect(after_warm_up.sd).toBeCloseTo(sd, 9);
    // Student's 4.302653 for two degrees.
    expect(after_warm_up.ci95[1]).toBeCloseTo(centre + (4.302653 * sd) / Math.sqrt(3), 4);
    // What was finished without is not taken for it.
    const again = [...words, join(folder, "plain"), ...three, "--warm-up", "10", "--resume"];
    await gridbench(again);
    expect(metricIn("plain", "contract.live").after_warm_up).toEqual(after_warm_up);
  });

  it.each([
    [["--warm-up", "soon"], "--warm-up: expected auto or a whole number of days, found `soon`"],
    [["--warm-up", "auto", "--days", "39"], "expected a run of 40 days, found 39 in all"],
    [["--warm-up", "11"], "expected a run of 40 days beyond the 11 that are left out, found 50"],
  ])("are refused %j", async (flags, sentence) => {
    const { code, err } = await gridbench([...words, join(folder, "refused"), ...flags]);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});
