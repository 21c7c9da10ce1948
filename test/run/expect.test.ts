import { describe, expect, it } from "vitest";
import { judge, pairText } from "../../src/run/expect.ts";
import type { MetricResult } from "../../src/run/results.ts";
import { wholeFile } from "../../src/scenario/fault.ts";
import type { Expectation } from "../../src/scenario/index.ts";

const place = wholeFile("a.yaml");
const wish = (more: Partial<Expectation>): Expectation => ({
  metric: "a.share",
  bound: "mean",
  place,
  ...more,
});
const golden = (exact: readonly string[] | null, mean: number | null = null) => ({
  equals: "golden/a.json",
  golden: { file: "golden/a.json", hash: "", mean, exact },
});

/** A mean of 0.5 whose standard error is 0.01, from 16 replications. */
const share: MetricResult = {
  unit: "1",
  mean: 0.5,
  sd: 0.04,
  ci95: [0.478, 0.522],
  n: 16,
  exact: null,
};
const money = (exact: readonly (string | null)[]): MetricResult => {
  const values = exact.map((total) => Number(total) / 1e7);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { unit: "TFT", mean, sd: null, ci95: null, n: exact.length, exact };
};

type Row = readonly [string, Partial<Expectation>, boolean, boolean];

describe("a limit", () => {
  // Standard error 0.01: near is what lies within 0.03 of the mean, or of the interval's bound.
  it.each<Row>([
    ["is kept with room to spare", { min: 0.469 }, true, false],
    ["is kept, within three standard errors", { min: 0.471 }, true, true],
    ["is missed, within three standard errors", { min: 0.529 }, false, true],
    ["is missed by far", { min: 0.531 }, false, false],
    ["is kept at equality", { max: 0.5 }, true, true],
    ["holds the nearer of two sides", { min: 0.1, max: 0.52 }, true, true],
    ["is missed on one of two sides", { min: 0.55, max: 0.9 }, false, false],
    ["is kept by the whole interval", { min: 0.44, bound: "ci" }, true, false],
    ["is kept by the mean and not by the interval", { min: 0.48, bound: "ci" }, false, true],
    ["is held against the upper bound, too", { max: 0.521, bound: "ci" }, false, true],
    ["lies around a value", { equals: 0.45, within: 0.1 }, true, false],
    ["lies too far from a value", { equals: 0.4, within: 0.05 }, false, false],
    ["lies around a golden mean", { ...golden(null, 0.49), within: 0.02 }, true, true],
  ])("%s", (_, more, ok, fragile) => {
    expect(judge(wish(more), share)).toMatchObject({ ok, fragile });
  });

  it("is never kept by what was not measured, nor fragile by one replication", () => {
    const nothing = { ...share, mean: null, sd: null, ci95: null, n: 0 };
    const one = { ...share, sd: null, ci95: null, n: 1 };
    expect(judge(wish({ min: 0 }), nothing)).toMatchObject({ ok: false, actual: null });
    expect(judge(wish({ min: 0 }), one)).toMatchObject({ ok: true, fragile: null });
  });

  it("is told beside the figure that was held against it", () => {
    expect(judge(wish({ max: 0.6, bound: "ci" }), share)).toMatchObject({
      expected: "the 95 % interval <= 0.6",
      actual: 0.522,
      ci95: [0.478, 0.522],
      n: 16,
    });
  });
});

describe("an exact value", () => {
  it.each<readonly [string, readonly string[], readonly (string | null)[], boolean]>([
    ["the same total", ["24597000000"], ["24597000000"], true],
    ["one unit more", ["24597000000"], ["24597000001"], false],
    ["beyond what a double can tell apart", ["90071992547409930"], ["90071992547409931"], false],
    ["every replication the same", ["1", "2"], ["1", "2"], true],
    ["equal means of other totals", ["1", "3"], ["2", "2"], false],
    ["fewer replications", ["1", "2"], ["1"], false],
    ["a total that was not measured", ["1"], [null], false],
  ])("%s", (_, expected, found, ok) => {
    const judged = judge(
      wish({ metric: "mint.tft", ...golden(expected), within: 0 }),
      money(found),
    );
    expect(judged).toMatchObject({ ok, fragile: false });
  });

  it("may be a number, in whole units of money", () => {
    const equals = 2459.7000001;
    expect(judge(wish({ equals }), money(["24597000001"])).ok).toBe(true);
    expect(judge(wish({ equals }), money(["24597000002"])).ok).toBe(false);
    expect(judge(wish({ equals: 0.5 }), share).ok).toBe(true);
    expect(judge(wish({ equals: 0.5000000000000001 }), share).ok).toBe(false);
  });

  it("is told by the first replication that differs", () => {
    const judged = judge(wish(golden(["1", "2", "3", "4"])), money(["1", "2", "7", "8"]));
    expect(pairText(judged)).toEqual(["3 in replication 2", "7 (and 1 more differ)"]);
  });
});
