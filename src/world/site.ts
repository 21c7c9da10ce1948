/** Sites: where in its country a farm stands, on the map and on the power grid. */
import type { Country } from "./setup.ts";

/** A country's cities around its centre, with the share of people up to and with each. */
export interface CityRing {
  /** Index in the country's cities, in the order of the angle around the centre. */
  readonly order: readonly number[];
  readonly upTo: readonly number[];
}

/** Where a farm stands. */
export interface Place {
  /** Index in the country's cities; -1 where it has none. */
  readonly city: number;
  readonly latitude: number;
  readonly longitude: number;
  /** In [0, 1), near for places that are near; it chooses the city. */
  readonly gridPosition: number;
}

/** Degrees that a farm stands off the centre of its city, at most, either way. */
const SUBURB = 0.15;

/**
 * Orders the cities of a country as seen from its centre, so that neighbours on the ring are
 * neighbours on the map.
 */
export function cityRing(country: Country): CityRing {
  const { cities } = country;
  const turn = cities.map((city) =>
    turnOf(city.longitude - country.longitude, city.latitude - country.latitude),
  );
  const order = cities.map((_, i) => i).sort((a, b) => turn[a] - turn[b] || a - b);
  const people = cities.reduce((sum, city) => sum + city.population, 0);
  let sum = 0;
  const upTo = order.map((i) => {
    sum += cities[i].population / people;
    return sum;
  });
  return { order, upTo };
}

/** The place that belongs to a position on the ring; two more uniform numbers set the suburb. */
export function placeAt(
  country: Country,
  ring: CityRing,
  at: { readonly position: number; readonly north: number; readonly east: number },
): Place {
  const found = ring.upTo.findIndex((share) => at.position < share);
  const last = ring.order.length - 1;
  const city = last < 0 ? -1 : ring.order[found < 0 ? last : found];
  const centre = city < 0 ? country : country.cities[city];
  return {
    city,
    latitude: centre.latitude + SUBURB * (2 * at.north - 1),
    longitude: centre.longitude + SUBURB * (2 * at.east - 1),
    gridPosition: at.position,
  };
}

/** Grows with the angle of a direction, from 0 to below 4: an angle without trigonometry. */
function turnOf(x: number, y: number): number {
  const length = Math.abs(x) + Math.abs(y);
  if (length === 0) return 0;
  const part = y / length;
  return x < 0 ? 2 - part : y < 0 ? 4 + part : part;
}
