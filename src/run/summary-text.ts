/**
 * The few lines that a terminal shows of a run: metric, mean, 95 % interval, unit.
 */
import type { Results } from "./results.ts";

const HEADINGS = ["metric", "mean", "95 % interval", "unit"] as const;

/** The results as lines in aligned columns, in the order of the metrics' names. */
export function summaryText(results: Results): string {
  const rows = Object.entries(results.metrics).map(([name, { mean, ci95, unit }]) => [
    name,
    mean === null ? "not measured" : summaryNumber(mean),
    spanText(ci95),
    unit === "1" ? "" : unit,
  ]);
  return aligned([HEADINGS, ...rows]);
}

const spanText = (ends: readonly [number, number] | null): string =>
  ends === null ? "" : `${summaryNumber(ends[0])} .. ${summaryNumber(ends[1])}`;

/** Columns under one another: names and units to the left, numbers to the right. */
function aligned(table: readonly (readonly string[])[]): string {
  const widths = HEADINGS.map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 1 || i === 2 ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join("  ")
      .trimEnd();
  return table.map(line).join("\n");
}

/** Beyond it, twenty batches hang together: 1.96 over their root. */
const APART = 0.44;

/** What an interval of one run does not hold: fleet and users are drawn once, at its start. */
const ONE_GRID = "these intervals hold what changes within one grid, not what another would be";

/** What the daily series say beside the results, as lines; empty where they say nothing. */
export function seriesText({ metrics }: Results): string {
  const rows = Object.entries(metrics).flatMap(([name, { one_run, after_warm_up }]) => {
    const found = one_run ?? after_warm_up;
    if (found === undefined) return [];
    const { mean, ci95, warm_up_days } = found;
    const close = Math.abs(one_run?.correlation ?? 0) > APART ? ", batches hang together" : "";
    const first =
      warm_up_days === null ? "does not settle" : `${summaryNumber(warm_up_days)} d${close}`;
    return [[name, mean === null ? "" : summaryNumber(mean), spanText(ci95), first]];
  });
  if (rows.length === 0) return "";
  const isOne = Object.values(metrics).some(({ one_run }) => one_run !== undefined);
  const how = isOne ? "95 % of batch means" : "95 % interval";
  const told = aligned([["daily values", "mean", how, "warm-up left out"], ...rows]);
  return isOne ? `${told}\n${ONE_GRID}` : told;
}

/** Six significant digits, thousands apart where the number is large. */
export function summaryNumber(value: number): string {
  if (!Number.isFinite(value) || value === 0) return String(value);
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e15) return value.toExponential(4);
  const whole = Math.trunc(size).toString().length;
  const digits = Number.isInteger(value) ? 0 : size >= 1 ? Math.max(0, 6 - whole) : 6;
  const [integer, fraction] = value.toFixed(digits).split(".");
  const grouped = integer.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
