/**
 * Countries and their cities: which there are, how many farms, how reliable their power is.
 *
 * Four tables meet here: weights (who takes part), countries (where they lie), power, cities.
 */
import type { City, Country } from "../world/setup.ts";
import type { Row } from "./csv.ts";
import type { Lookup } from "./lookup.ts";

const KEY = "assumptions.geography";

const byCode = (rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row) => [row.text("iso2"), row]));

function readCities(lookup: Lookup, codes: ReadonlySet<string>): ReadonlyMap<string, City[]> {
  const columns = ["iso2", "city", "lat", "lon", "population"];
  const table = lookup.table(`${KEY}.cities`, columns);
  const cities = new Map<string, City[]>();
  for (const row of table.rows) {
    const code = row.text("iso2");
    if (!codes.has(code)) continue;
    const list = cities.get(code) ?? [];
    list.push({
      name: row.text("city"),
      latitude: row.number("lat"),
      longitude: row.number("lon"),
      population: row.number("population"),
    });
    cities.set(code, list);
  }
  lookup.close(table);
  return cities;
}

function readPower(
  lookup: Lookup,
): (code: string) => { readonly saifi: number; readonly caidiHours: number } {
  const columns = ["iso2", "sim_saifi_per_year", "sim_caidi_h"];
  const table = lookup.table(`${KEY}.power`, columns);
  const rows = byCode(table.rows);
  const power = new Map(
    [...rows].map(([code, row]) => [
      code,
      { saifi: row.number("sim_saifi_per_year"), caidiHours: row.number("sim_caidi_h") },
    ]),
  );
  lookup.close(table);
  const unknown = {
    saifi: lookup.number(`${KEY}.saifiDefault`),
    caidiHours: lookup.number(`${KEY}.caidiHoursDefault`),
  };
  return (code) => power.get(code) ?? unknown;
}

/** The countries in the order of the file of weights, whose weights are scaled to sum to 1. */
export function readCountries(lookup: Lookup): readonly Country[] {
  const weights = lookup.table(`${KEY}.weights`, ["iso2", "weight"]);
  const places = lookup.table(`${KEY}.countries`, [
    "iso2",
    "name",
    "continent",
    "lat",
    "lon",
    "utc_offset_min",
  ]);
  const place = byCode(places.rows);
  const power = readPower(lookup);
  const cities = readCities(lookup, new Set(weights.rows.map((row) => row.text("iso2"))));
  const developedMax = lookup.number(`${KEY}.developedSaifiMax`);
  let total = 0;
  for (const row of weights.rows) total += row.number("weight");
  const countries = weights.rows.flatMap((row): readonly Country[] => {
    const code = row.text("iso2");
    const where = place.get(code);
    if (where === undefined) {
      const expected = "a country that the table of countries holds";
      const fault = { place: row.placeOf("iso2"), path: "iso2", expected, found: `\`${code}\`` };
      if (places.rows.length > 0) weights.faults.push(fault);
      return [];
    }
    const { saifi, caidiHours } = power(code);
    const latitude = where.number("lat");
    const longitude = where.number("lon");
    const name = where.text("name");
    return [
      {
        code,
        name,
        continent: where.text("continent"),
        latitude,
        longitude,
        utcOffsetMinutes: where.number("utc_offset_min"),
        weight: row.number("weight") / total,
        saifi,
        caidiHours,
        developed: saifi <= developedMax,
        cities: cities.get(code) ?? [{ name, latitude, longitude, population: 1 }],
      },
    ];
  });
  lookup.close(weights);
  lookup.close(places);
  return countries;
}
