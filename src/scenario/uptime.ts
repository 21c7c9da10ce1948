/**
 * The uptimes that were measured on the real grid, to be drawn beside the simulated ones.
 */
import { resolve } from "node:path";
import { readTable } from "./csv.ts";
import { nameOf, packaged } from "./fragment.ts";
import type { Measured } from "./scenario.ts";

/** The twelve measured points: the share of nodes that had been up for longer than so many days. */
export function readUptimeAge(): Measured["uptimeAge"] {
  const absolute = resolve(packaged, "data/grid_node_uptime_age.csv");
  const table = readTable(absolute, nameOf(absolute), ["date", "days", "fraction"]);
  return table.rows.map((row) => ({
    days: row.number("days"),
    fraction: row.number("fraction"),
    date: row.text("date"),
  }));
}
