/**
 * The fleet's totals at the start, and the kinds of machine that make it up.
 */
import type { FleetTotals, NodeClass } from "../world/setup.ts";
import type { Lookup } from "./lookup.ts";

const KEY = "assumptions.fleet";

/** The kinds of machine, whose weights are scaled to sum to 1. */
export function readClasses(lookup: Lookup): readonly NodeClass[] {
  const columns = ["class", "cru", "ram_gb", "ssd_gb", "hdd_gb", "weight"];
  const table = lookup.table(`${KEY}.classes`, columns);
  let total = 0;
  for (const row of table.rows) total += row.number("weight");
  const classes = table.rows.map((row) => ({
    name: row.text("class"),
    cores: row.number("cru"),
    memoryGb: row.number("ram_gb"),
    ssdGb: row.number("ssd_gb"),
    hddGb: row.number("hdd_gb"),
    weight: row.number("weight") / total,
  }));
  lookup.close(table);
  return classes;
}

/** The totals that the snapshot gives for a date: the rows of one date, one metric each. */
export function readTotals(lookup: Lookup): FleetTotals {
  const date = lookup.text(`${KEY}.date`);
  const table = lookup.table(`${KEY}.snapshot`, ["date", "metric", "value"]);
  const rows = new Map(
    table.rows.filter((row) => row.text("date") === date).map((row) => [row.text("metric"), row]),
  );
  const total = (metric: string): number => {
    const row = rows.get(metric);
    if (row !== undefined) return row.number("value");
    if (table.rows.length > 0) {
      const place = lookup.placeOf(`${KEY}.date`);
      const expected = `a date for which the snapshot has \`${metric}\``;
      table.faults.push({ place, path: `${KEY}.date`, expected, found: `\`${date}\`` });
    }
    return Number.NaN;
  };
  const totals = {
    date,
    nodes: total("nodes"),
    cores: total("cores_total"),
    memoryGb: total("ram_total"),
    ssdGb: total("ssd_total"),
    hddGb: total("hdd_total"),
  };
  lookup.close(table);
  return totals;
}
