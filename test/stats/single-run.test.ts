import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Chance, normalQuantile, streamId } from "../../src/kernel/index.ts";
import { batchMeans, warmUp } from "../../src/stats/single-run.ts";

const STREAM = streamId("test.single");
const chance = new Chance([15, 16], 0);

/** A series of mean 10 that begins at `start`; correlation 0.8 from one to the next. */
function series(run: number, length: number, start: number): number[] {
  const values: number[] = [];
  let at = start;
  for (let i = 0; i < length; i += 1) {
    at = 10 + 0.8 * (at - 10) + normalQuantile(chance.uniform(STREAM, run, i, 0));
    values.push(at);
  }
  return values;
}

describe("the beginning of a long run", () => {
  it("is left out where it starts far off, and not where it starts at rest", () => {
    const cuts = Array.from({ length: 50 }, (_, run) => warmUp(series(run, 1000, 60)) ?? -1);
    // 50 above the mean, less than one deviation (1.7) off after ln(50 / 1.7) / ln(1 / 0.8) = 15.
    expect(Math.min(...cuts)).toBeGreaterThanOrEqual(10);
    expect(cuts.filter((cut) => cut <= 100).length).toBeGreaterThan(35);
    const steady = Array.from({ length: 50 }, (_, run) => warmUp(series(run, 1000, 10)) ?? -1);
    expect(steady.filter((cut) => cut === 0).length).toBeGreaterThan(15);
  });

  it("is where the hand-worked error is least", () => {
    // Means of five; leaving the first out gives 6 over 36, keeping it 48 over 49.
    const values = [9, 1, 3, 1, 3, 1, 3].flatMap((mean) => [mean - 1, mean, mean + 1, mean, mean]);
    expect(warmUp(values)).toBe(5);
  });

  it("is not told where the run never settles", () => {
    const late = Array.from({ length: 500 }, (_, i) => Math.min(i, 400));
    expect(warmUp(late)).toBeNull();
  });
});

describe("the interval of one long run", () => {
  it("covers the mean of a correlated series about as often as it says", () => {
    const runs = 400;
    let covered = 0;
    for (let run = 0; run < runs; run += 1) {
      const { low, high } = batchMeans(series(1000 + run, 2000, 10), 0.95);
      if (low <= 10 && 10 <= high) covered += 1;
    }
    // Batches of 100, correlation 0.8: a little below 95 %; four standard errors are 4.4 %.
    expect(covered / runs).toBeGreaterThan(0.9);
    expect(covered / runs).toBeLessThan(0.99);
  });

  it("is not there below two values a batch", () => {
    expect(batchMeans([1, 2, 3], 0.95)).toMatchObject({ mean: 2, low: Number.NaN });
  });
});

describe("the analytic cases", () => {
  it("hold the mean sojourn that a long M/M/1 comes to", () => {
    const file = new URL("../vectors/analytic/cases.json", import.meta.url);
    const { cases }: { cases: { id: string; value: number }[] } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    const known = cases.find(({ id }) => id === "mm1-0.9")?.value ?? Number.NaN;
    // Lindley's recurrence, one long run from empty: its warm-up is left out.
    const sojourns = new Float64Array(400_000);
    let wait = 0;
    for (let i = 0; i < sojourns.length; i += 1) {
      const service = -Math.log(chance.uniform(STREAM, 5000, i, 0));
      sojourns[i] = wait + service;
      wait = Math.max(0, sojourns[i] + Math.log(chance.uniform(STREAM, 5000, i, 1)) / 0.9);
    }
    const { low, high } = batchMeans(sojourns.subarray(warmUp(sojourns) ?? 0), 0.9999);
    expect(known).toBeGreaterThan(low);
    expect(known).toBeLessThan(high);
    expect(high - low).toBeLessThan(known);
  });
});
