import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Chance, normalQuantile, streamId } from "../../src/kernel/index.ts";
import { batchMeans, longRun, warmUp } from "../../src/stats/single-run.ts";

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

  it("has the variance of the mean that theory gives such a series", () => {
    // Correlation 0.8, innovations of variance 1: the mean of n has the variance
    // (25 - 2 * 0.8 * 2.7778 / (0.04 n)) / n, so 0.012472 for 2000 and 0.23889 for a batch of 100.
    // Twenty batch means around their own mean: 20 / 19 * (0.23889 - 0.012472) / 20 = 0.011917.
    const runs = 400;
    const bound = 2.093024;
    let sum = 0;
    let hung = 0;
    for (let run = 0; run < runs; run += 1) {
      const found = longRun(series(3000 + run, 2000, 10), 0.95, 0);
      if (found === null) throw new Error("long enough");
      const error = (found.high - found.low) / 2 / bound;
      sum += error * error;
      if (Math.abs(found.correlation) > 0.44) hung += 1;
    }
    // A variance of 19 degrees is off by 32 %: four standard errors of 400 are 6.5 %.
    expect(Math.abs(sum / runs / 0.011917 - 1)).toBeLessThan(0.065);
    // One in twenty batches of independent means; four standard errors are 4.4 %.
    expect(hung / runs).toBeLessThan(0.094);
    // Batches of two hang together where neighbours do.
    const short = Array.from({ length: 50 }, (_, run) => longRun(series(run, 40, 10), 0.95, 0));
    expect(short.filter((one) => (one?.correlation ?? 0) > 0.44).length).toBeGreaterThan(15);
  });

  it("leaves out what it finds, or what is given, if enough is left", () => {
    const values = series(7, 1000, 60);
    const found = longRun(values, 0.95);
    expect(found?.warmUp).toBe(warmUp(values));
    expect(found?.n).toBe(1000 - (found?.warmUp ?? 0));
    const given = longRun(values, 0.95, 100);
    expect(given).toMatchObject({ warmUp: 100, n: 900 });
    expect(given?.mean).toBe(batchMeans(values.slice(100), 0.95).mean);
    expect(longRun(values, 0.95, 961)).toBeNull();
    expect(longRun(values.slice(0, 39), 0.95)).toBeNull();
    const late = Array.from({ length: 500 }, (_, i) => Math.min(i, 400));
    expect(longRun(late, 0.95)).toMatchObject({ warmUp: null, n: 0, mean: Number.NaN });
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
