/**
 * The daily rhythm of demand: a factor for each local hour, weekdays first.
 */
import type { Lookup } from "./lookup.ts";

const HOURS = 24;

/** 24 factors of a weekday, then 24 of a weekend day. */
export function readRhythm(lookup: Lookup): readonly number[] {
  const columns = ["local_hour", "weekday_factor", "weekend_factor"];
  const table = lookup.table("assumptions.demand.rhythm", columns);
  const rhythm = Array.from({ length: 2 * HOURS }, () => Number.NaN);
  for (const row of table.rows) {
    const hour = row.number("local_hour");
    if (Number.isInteger(hour) && hour >= 0 && hour < HOURS) {
      rhythm[hour] = row.number("weekday_factor");
      rhythm[HOURS + hour] = row.number("weekend_factor");
      continue;
    }
    const place = row.placeOf("local_hour");
    table.faults.push({
      place,
      path: "local_hour",
      expected: "an hour from 0 to 23",
      found: `\`${hour}\``,
    });
  }
  if (
    table.rows.length > 0 &&
    table.faults.length === 0 &&
    rhythm.some((each) => Number.isNaN(each))
  ) {
    const place = lookup.placeOf("assumptions.demand.rhythm");
    const found = `${table.rows.length} rows`;
    table.faults.push({ place, path: "assumptions.demand.rhythm", expected: "24 hours", found });
  }
  lookup.close(table);
  return rhythm;
}
