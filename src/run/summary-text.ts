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
    ci95 === null ? "" : `${summaryNumber(ci95[0])} .. ${summaryNumber(ci95[1])}`,
    unit === "1" ? "" : unit,
  ]);
  const table = [[...HEADINGS], ...rows];
  const widths = HEADINGS.map((_, i) => Math.max(...table.map((row) => row[i].length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 1 || i === 2 ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join("  ")
      .trimEnd();
  return table.map(line).join("\n");
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
