/**
 * The use that was measured on the real grid, to be drawn beside the simulated one.
 */
import { resolve } from "node:path";
import { readTable } from "./csv.ts";
import { nameOf, packaged } from "./fragment.ts";
import type { Measured } from "./scenario.ts";

const RESOURCES: readonly (readonly [resource: string, metric: string])[] = [
  ["cores", "utilization.cru"],
  ["ram", "utilization.mru"],
  ["ssd", "utilization.sru"],
  ["hdd", "utilization.hru"],
];

/** The reserved share of each resource at each measured date, both networks together. */
export function readUtilization(): Measured["utilization"] {
  const absolute = resolve(packaged, "data/grid_utilization.csv");
  const columns = ["date", "resource", "used", "total"];
  const table = readTable(absolute, nameOf(absolute), columns);
  const rows = table.rows.map((row) => ({
    date: row.text("date"),
    resource: row.text("resource"),
    used: row.number("used"),
    total: row.number("total"),
  }));
  const dates = [...new Set(rows.map(({ date }) => date))];
  return RESOURCES.flatMap(([resource, metric]) =>
    dates.map((date) => {
      const here = rows.filter((row) => row.resource === resource && row.date === date);
      const used = here.reduce((sum, row) => sum + row.used, 0);
      const total = here.reduce((sum, row) => sum + row.total, 0);
      return { metric, date, fraction: used / total };
    }),
  );
}
