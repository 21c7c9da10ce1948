/**
 * A recorded trace of the token's price.
 */
import type { Seconds } from "../units/index.ts";
import { readInstant } from "./instant.ts";
import type { Lookup } from "./lookup.ts";

const KEY = "assumptions.price";

/** Samples as seconds from the start and USD, in time order; empty where no trace is used. */
export function readTrace(lookup: Lookup, start: Seconds): readonly (readonly [number, number])[] {
  if (lookup.text(`${KEY}.model`) !== "trace") return [];
  if (lookup.text(`${KEY}.file`) === "") {
    const fault = { expected: "a file with columns `date` and `usd`", found: "no `file`" };
    lookup.faults.push({ place: lookup.placeOf(`${KEY}.model`), path: `${KEY}.file`, ...fault });
    return [];
  }
  const table = lookup.table(`${KEY}.file`, ["date", "usd"]);
  const samples = table.rows.map((row): readonly [number, number] => {
    const when = readInstant(row.text("date"));
    const usd = row.number("usd");
    const { expected, found } = when.ok ? { expected: "", found: "" } : when;
    if (!when.ok) table.faults.push({ place: row.placeOf("date"), path: "date", expected, found });
    if (usd <= 0) {
      const fault = { expected: "a price above 0 USD", found: `\`${usd}\`` };
      table.faults.push({ place: row.placeOf("usd"), path: "usd", ...fault });
    }
    return [when.ok ? when.value - start : Number.NaN, usd];
  });
  lookup.close(table);
  return samples.sort(([a], [b]) => a - b);
}
