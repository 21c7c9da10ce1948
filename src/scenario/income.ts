/**
 * Income groups of countries, by which farms are told apart in a comparison; no world needs them.
 */
import { resolve } from "node:path";
import { readTable } from "./csv.ts";
import { nameOf, packaged } from "./fragment.ts";

/** The income group of each country that the table has, by its two letters. */
export function readIncomeGroups(): ReadonlyMap<string, string> {
  const absolute = resolve(packaged, "data/country_income_groups.csv");
  const table = readTable(absolute, nameOf(absolute), ["iso2", "group"]);
  return new Map(table.rows.map((row) => [row.text("iso2"), row.text("group")]));
}
