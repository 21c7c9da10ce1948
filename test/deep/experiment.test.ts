import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { gridbench } from "../cli/gridbench.ts";

const root = mkdtempSync(join(tmpdir(), "gridbench-experiment-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const short = ["--replications", "2", "--days", "1", "--set", "fleet.nodes=30", "--workers", "0"];
const vary = [
  "--vary",
  "failure.stableMean=100 d,120 d",
  "--vary",
  "pricing.cu=0.01 USD/h,0.02 USD/h",
];

describe("sweep, gather and sensitivity", () => {
  it("sweep tells a row a point, and its shards gather to the same table", async () => {
    const all = ["sweep", "baseline", ...vary, ...short, "--no-report"];
    const whole = await gridbench([...all, "--out", join(root, "whole")]);
    expect(whole.code).toBe(0);
    expect(whole.out).toContain("4 points, 2 replications each, seed baseline");
    expect(whole.out).toMatch(/^3 +120 d +0.02 USD\/h +0\.\d+ ± /m);
    expect(whole.err).toContain("8/8 replications");
    for (const index of [0, 1]) {
      const out = join(root, `s${index}`);
      const json = await gridbench([...all, "--shard", `${index}/2`, "--out", out, "--json"]);
      const table: { points: { point: number }[] } = JSON.parse(json.out);
      expect(table.points.map(({ point }) => point)).toEqual([index, index + 2]);
    }
    const half = await gridbench(["gather", join(root, "s1"), "--out", join(root, "half")]);
    expect([half.code, half.err]).toEqual([
      2,
      "gridbench: expected 4 points, missing 0, 2: run --shard 0/2\n",
    ]);
    const folders = [0, 1].map((index) => join(root, `s${index}`));
    const joined = await gridbench(["gather", ...folders, "--out", join(root, "joined")]);
    expect([joined.code, joined.out]).toEqual([0, expect.stringContaining("4 points from 2")]);
    expect(readFileSync(join(root, "joined", "points.csv"), "utf8")).toBe(
      readFileSync(join(root, "whole", "points.csv"), "utf8"),
    );
    const page = readFileSync(join(root, "joined", "report.html"), "utf8");
    expect(page).toContain("npx gridbench sweep baseline");
    expect(page).toContain("contract.live over failure.stableMean, by pricing.cu");
    // A page is made again from the tables alone.
    rmSync(join(root, "joined", "report.html"));
    expect((await gridbench(["report", join(root, "joined")])).code).toBe(0);
    expect(readFileSync(join(root, "joined", "report.html"), "utf8")).toBe(page);
  });

  it("sensitivity tells shares and effects, and draws them", async () => {
    const out = join(root, "sensitivity");
    const words = ["sensitivity", "baseline", "--vary", "churn.departure", "--vary", "fleet.gpu"];
    const size = ["--trajectories", "2", "--points", "2", "--metric", "node.count"];
    const { code, out: text } = await gridbench([...words, ...size, ...short, "--out", out]);
    expect(code).toBe(0);
    expect(text).toMatch(/^node\.count: mean [\d.]+, spread over the points/m);
    expect(text).toMatch(/^input +mu\* +95 % interval +sigma +first/m);
    const { metrics } = JSON.parse(readFileSync(join(out, "sensitivity.json"), "utf8"));
    expect(metrics["node.count"].sobol).toHaveLength(2);
    const page = readFileSync(join(out, "report.html"), "utf8");
    expect(page).toContain("How far each input moves node.count");
    expect(existsSync(join(out, "charts", "node-count-shares.svg"))).toBe(true);
  });

  it("run --uncertainty tells both intervals, and a plain run takes the draws away", async () => {
    const out = join(root, "uncertain");
    const words = ["run", "baseline", ...short, "--no-report", "--out", out];
    const drawn = await gridbench([...words, "--uncertainty", "8", "--inner", "2"]);
    expect(drawn.code).toBe(0);
    expect(drawn.out).toMatch(/^metric +mean +95 % by chance +95 % by assumptions/m);
    expect(drawn.out).toContain("fewer draws than inputs");
    const plain = readFileSync(join(out, "results.json"), "utf8");
    await gridbench(words);
    expect(readFileSync(join(out, "results.json"), "utf8")).toBe(plain);
    expect(existsSync(join(out, "uncertainty.json"))).toBe(false);
  });
});
