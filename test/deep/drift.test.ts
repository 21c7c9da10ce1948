import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../house/source.ts";

interface Row {
  readonly name: string;
  readonly share: number;
  readonly looks: boolean;
  readonly drifts: boolean;
}

/** `planet` at 20,000 nodes and 30 days; `node test/bench/drift.mjs` does 100,000. */
describe("windows of a quarter of an hour beside windows of an hour", () => {
  let rows: readonly Row[] = [];
  beforeAll(() => {
    const script = join(root, "test/bench/drift.mjs");
    const flags = ["--nodes", "20000", "--days", "30", "--json"];
    const { stdout } = spawnSync(process.execPath, [script, ...flags], { encoding: "utf8" });
    rows = JSON.parse(stdout);
  }, 300_000);

  it("move no metric by more than 0.1 % of its value", () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.filter(({ drifts }) => drifts)).toEqual([]);
  });

  it("move nothing at all but what the manifest names as means of looks", () => {
    const moved = rows.filter(({ share }) => share !== 0);
    expect(moved.filter(({ looks }) => !looks)).toEqual([]);
    // The means of looks do differ: the comparison can see something.
    expect(moved.length).toBeGreaterThan(0);
  });
});
