/** A setup from the declared defaults and the files of figures, for tests of the world. */
import { readFileSync } from "node:fs";
import { type Assumptions, assumptionBlocks } from "../../src/models/index.ts";
import type { Policy } from "../../src/protocol/index.ts";
import { policyBlocks } from "../../src/protocol/index.ts";
import { readQuantity } from "../../src/scenario/quantity.ts";
import { type Block, type Parameter, seconds } from "../../src/units/index.ts";
import type { Country, Setup } from "../../src/world/setup.ts";

const folder = new URL("../../scenarios/data/", import.meta.url);

/** The rows of a file of figures, by the names in its first line. */
export function rowsOf(file: string): Record<string, string>[] {
  const lines = readFileSync(new URL(file, folder), "utf8").trim().split("\n");
  const cells = (line: string): string[] =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((m) => m[1].replace(/^"|"$/g, ""));
  const names = cells(lines[0]);
  return lines.slice(1).map((line) => {
    const values = cells(line);
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? ""]));
  });
}

function defaultOf(parameter: Parameter): unknown {
  switch (parameter.kind) {
    case "choice":
    case "text":
    case "flag":
    case "numbers":
      return parameter.default;
    default: {
      const per = parameter.default.match(/\/.*$/)?.[0] ?? "";
      const reading = readQuantity(parameter.kind, parameter.default, per);
      if (!reading.ok) throw new Error(`${parameter.default}: ${reading.expected}`);
      return reading.value;
    }
  }
}

/** All blocks of a family at their defaults, by the last word of their path. */
function defaultsOf(blocks: readonly Block[]): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    blocks.map((one) => [
      one.path.slice(one.path.lastIndexOf(".") + 1),
      Object.fromEntries(Object.entries(one.fields).map(([name, p]) => [name, defaultOf(p)])),
    ]),
  );
}

/** Countries as a scenario reads them. */
export function countriesOf(): Country[] {
  const known = new Map(rowsOf("countries.csv").map((row) => [row.iso2, row]));
  const power = new Map(rowsOf("power_reliability.csv").map((row) => [row.iso2, row]));
  const cities = rowsOf("cities.csv");
  return rowsOf("grid_country_weights_estimate.csv").map(({ iso2, weight }) => {
    const row = known.get(iso2) ?? {};
    const saifi = Number(power.get(iso2)?.sim_saifi_per_year ?? 3);
    return {
      code: iso2,
      name: row.name,
      continent: row.continent,
      latitude: Number(row.lat),
      longitude: Number(row.lon),
      utcOffsetMinutes: Number(row.utc_offset_min),
      weight: Number(weight),
      saifi,
      caidiHours: Number(power.get(iso2)?.sim_caidi_h ?? 2),
      developed: saifi <= 10,
      cities: cities
        .filter((city) => city.iso2 === iso2)
        .map((city) => ({
          name: city.city,
          latitude: Number(city.lat),
          longitude: Number(city.lon),
          population: Number(city.population),
        })),
    };
  });
}

/** Assumptions of the outside, with some values changed. */
type Changes = { readonly [B in keyof Assumptions]?: Partial<Assumptions[B]> };

const DAY = 86_400;
const base = defaultsOf(assumptionBlocks);
const countries = countriesOf();
const classes = rowsOf("grid_node_classes_estimate.csv").map((row) => ({
  name: row.class,
  cores: Number(row.cru),
  memoryGb: Number(row.ram_gb),
  ssdGb: Number(row.ssd_gb),
  hddGb: Number(row.hdd_gb),
  weight: Number(row.weight),
}));

/** A year of the grid of April 2023, with changes. */
export function setting(changes: Changes = {}, rest: Partial<Setup> = {}): Setup {
  const names = Object.keys(base) as (keyof Assumptions)[];
  const assumptions = Object.fromEntries(
    names.map((name) => [name, { ...base[name], ...changes[name] }]),
  ) as unknown as Assumptions;
  return {
    start: seconds(1_680_353_800),
    length: seconds(365 * DAY),
    periods: 12,
    window: seconds(3600),
    policy: defaultsOf(policyBlocks) as unknown as Policy,
    assumptions,
    countries,
    classes,
    totals: {
      date: "2023-04-03",
      nodes: 2761,
      cores: 65_469,
      memoryGb: 422_911,
      ssdGb: 10_001_202,
      hddGb: 33_971_888,
    },
    priceTrace: [],
    rhythm: new Array(48).fill(1),
    timeline: [],
    tables: [],
    ...rest,
  };
}
