/**
 * Location: where a node says that it stands.
 *
 * Source: tfchain 33046d6, pallet-tfgrid/src/node.rs, `Location`, `CityName`, `CountryName`,
 * `validate_latitude_input`; Rust's `f32::from_str`.
 * Quirks: city and country are any text; a degree is rounded to a 32-bit float before it is
 * compared, so one that exceeds the bound by less than half a step of that float passes; what
 * Rust reads as a float passes too, such as `+.5e1`.
 */
import { accepted, type Outcome, refused } from "../units/index.ts";
import { lengthFault } from "./text.ts";

/** What a node says, as texts. */
export interface Location {
  readonly city: string;
  readonly country: string;
  readonly latitude: string;
  readonly longitude: string;
}

/** Why a location is refused. */
export type LocationFault =
  | "CityNameTooShort"
  | "CityNameTooLong"
  | "CountryNameTooShort"
  | "CountryNameTooLong"
  | "LatitudeInputTooShort"
  | "LatitudeInputTooLong"
  | "InvalidLatitudeInput"
  | "LongitudeInputTooShort"
  | "LongitudeInputTooLong"
  | "InvalidLongitudeInput";

const CITY = { least: 1, most: 58 } as const;
/** Two letters are enough for the code of a country. */
const COUNTRY = { least: 2, most: 56 } as const;
const DEGREES = { least: 1, most: 50 } as const;
const UNKNOWN = "Unknown";
const FLOAT = /^[+-]?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;

/** The bounds, each with half the step to the next 32-bit float, as counts of 2^-18 degrees. */
const LATITUDE_MAX = 90n * 262_144n + 1n;
const LONGITUDE_MAX = 180n * 262_144n + 2n;
const STEPS_A_DEGREE = 262_144n;

/** Whether a text is a latitude. */
export const isLatitude = (text: string): boolean => text === UNKNOWN || within(text, LATITUDE_MAX);

/** Whether a text is a longitude. */
export const isLongitude = (text: string): boolean =>
  text === UNKNOWN || within(text, LONGITUDE_MAX);

/** Whether a decimal number, whatever its sign, rounds to a 32-bit float within the bound. */
function within(text: string, stepsMax: bigint): boolean {
  const parts = FLOAT.exec(text);
  if (parts === null) return false;
  const [, whole = "", fraction = "", bare = "", exponent = "0"] = parts;
  const digits = `${whole}${fraction}${bare}`.replace(/^0+/, "");
  if (digits === "") return true;
  const power = BigInt(exponent) - BigInt(fraction.length + bare.length);
  const magnitude = power + BigInt(digits.length);
  if (magnitude > 3n) return false;
  if (magnitude < 0n) return true;
  const steps = BigInt(digits) * STEPS_A_DEGREE;
  // A number of at most three places before the point has an exponent below three.
  return power >= 0n ? steps * ten(power) <= stepsMax : steps <= stepsMax * ten(-power);
}

const ten = (power: bigint): bigint => BigInt(`1${"0".repeat(Number(power))}`);

/** Why the name of a city is refused, or null. */
export function checkCity(city: string): "CityNameTooShort" | "CityNameTooLong" | null {
  const length = lengthFault(city, CITY);
  if (length === null) return null;
  return length === "short" ? "CityNameTooShort" : "CityNameTooLong";
}

/** Why the name of a country is refused, or null. */
export function checkCountry(country: string): "CountryNameTooShort" | "CountryNameTooLong" | null {
  const length = lengthFault(country, COUNTRY);
  if (length === null) return null;
  return length === "short" ? "CountryNameTooShort" : "CountryNameTooLong";
}

/** Refuses a location with the first fault that the chain finds. */
export function checkLocation(location: Location): Outcome<Location, LocationFault> {
  const place = checkCity(location.city) ?? checkCountry(location.country);
  if (place !== null) return refused(place);
  const latitude = lengthFault(location.latitude, DEGREES);
  if (latitude !== null) {
    return refused(latitude === "short" ? "LatitudeInputTooShort" : "LatitudeInputTooLong");
  }
  if (!isLatitude(location.latitude)) return refused("InvalidLatitudeInput");
  const longitude = lengthFault(location.longitude, DEGREES);
  if (longitude !== null) {
    return refused(longitude === "short" ? "LongitudeInputTooShort" : "LongitudeInputTooLong");
  }
  if (!isLongitude(location.longitude)) return refused("InvalidLongitudeInput");
  return accepted(location);
}
