/**
 * Geography: where farms are, and how reliable power and lines are there.
 *
 * The values name files of public figures; a scenario reads them into countries and cities.
 */
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on geography. */
export const geographyBlock = block("assumptions.geography", "Where farms and users are.", {
  weights: {
    kind: "text",
    default: "data/grid_country_weights_estimate.csv",
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "grid_country_weights_estimate.csv; A-22",
    doc: "File of countries and their shares of the fleet.",
  },
  countries: {
    kind: "text",
    default: "data/countries.csv",
    range: null,
    quality: "seen",
    date: "2018",
    source: "countries.csv (iso-codes, GeoNames)",
    doc: "File of countries with coordinates, time zone and continent.",
  },
  cities: {
    kind: "text",
    default: "data/cities.csv",
    range: null,
    quality: "seen",
    date: "2018",
    source: "cities.csv (GeoNames)",
    doc: "File of the largest cities with coordinates and population.",
  },
  power: {
    kind: "text",
    default: "data/power_reliability.csv",
    range: null,
    quality: "estimate",
    date: "2020",
    source: "power_reliability.csv (World Bank); A-05",
    doc: "File of power interruptions by country.",
  },
  saifiDefault: {
    kind: "number",
    default: "3",
    bounds: ["0", "10000"],
    range: ["1", "12"],
    quality: "estimate",
    date: "2020",
    source: "fitted.json power_outage.default_country; A-05",
    doc: "Interruptions a year where the file has no figure.",
  },
  caidiHoursDefault: {
    kind: "number",
    default: "2",
    bounds: ["0.01", "1000"],
    range: ["1", "4"],
    quality: "estimate",
    date: "2020",
    source: "fitted.json power_outage.default_country; A-05",
    doc: "Mean hours of one where the file has no figure.",
  },
  developedSaifiMax: {
    kind: "number",
    default: "10",
    bounds: ["0", "10000"],
    range: ["4", "30"],
    quality: "estimate",
    date: "2020",
    source: "A-04",
    doc: "A country of no more interruptions a year has home lines like a developed one.",
  },
});

/** Values of `assumptions.geography`. */
export type GeographyValues = Values<typeof geographyBlock>;
