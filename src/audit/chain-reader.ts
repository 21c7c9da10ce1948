/**
 * Reader: takes typed values out of an object of a case, noting what is wrong at its place.
 *
 * Names are the chain's; where cases may use a shorter one, the first that is there is read.
 */
import { at, blame, isThere, list, type Spot, word } from "./spot.ts";

/** The fields of a JSON object. */
export type JsonFields = Readonly<Record<string, unknown>>;

/** True for a JSON object that is no list. */
export const isObject = (value: unknown): value is JsonFields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A whole number in JSON: a number, or decimal digits; null where it is none. */
function wholeOf(value: unknown): bigint | null {
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : null;
  if (typeof value === "string" && /^-?\d+$/.test(value)) return BigInt(value);
  return null;
}

/** Reads a count of any size; the chain has none below zero. */
export function bigAt(spot: Spot): bigint {
  const whole = wholeOf(spot.value);
  if (whole !== null && whole >= 0n) return whole;
  blame(spot, "a whole number from 0 on");
  return 0n;
}

/** Reads a name: a text, or a number that stands for one. */
export function nameAt(spot: Spot): string {
  const { value } = spot;
  if (typeof value === "string" || typeof value === "number") return String(value);
  blame(spot, "a text");
  return "";
}

/** Reads true or false, or 1 and 0 in their place; what is not there is false. */
function flagAt(spot: Spot): boolean {
  const { value } = spot;
  if (!isThere(spot) || value === false || value === 0) return false;
  if (value !== true && value !== 1) blame(spot, "true or false");
  return true;
}

function textAt(spot: Spot): string {
  if (typeof spot.value === "string") return spot.value;
  blame(spot, "a text");
  return "";
}

/** Reads the fields of one object. */
export interface Reader {
  readonly spot: Spot;
  readonly has: (name: string) => boolean;
  readonly text: (...names: readonly string[]) => string;
  readonly textOrNull: (...names: readonly string[]) => string | null;
  readonly big: (...names: readonly string[]) => bigint;
  readonly bigOrNull: (...names: readonly string[]) => bigint | null;
  readonly count: (...names: readonly string[]) => number;
  readonly countOrNull: (...names: readonly string[]) => number | null;
  readonly flag: (...names: readonly string[]) => boolean;
  readonly word: <const Word extends string>(name: string, words: readonly Word[]) => Word;
  /** What a list holds; one that is not there holds nothing. */
  readonly items: <T>(name: string, read: (spot: Spot) => T) => readonly T[];
  /** What a list of objects holds. */
  readonly rows: <T>(name: string, read: (row: Reader) => T) => readonly T[];
  /** The reader of an object within. */
  readonly inner: (...names: readonly string[]) => Reader;
}

/** A reader of an object; its faults are those of the spot. */
export function readerOf(spot: Spot): Reader {
  const present = (names: readonly string[]): Spot => {
    const all = names.map((name) => at(spot, name));
    return all.find(isThere) ?? all[0];
  };
  const maybe =
    <T>(read: (found: Spot) => T) =>
    (...names: readonly string[]): T | null => {
      const found = present(names);
      return isThere(found) ? read(found) : null;
    };
  const items = <T>(name: string, read: (item: Spot) => T): readonly T[] => {
    const found = at(spot, name);
    return isThere(found) ? list(found, read) : [];
  };
  const countAt = (found: Spot): number => Number(bigAt(found));
  return {
    spot,
    items,
    has: (name) => isThere(at(spot, name)),
    text: (...names) => textAt(present(names)),
    textOrNull: maybe(textAt),
    big: (...names) => bigAt(present(names)),
    bigOrNull: maybe(bigAt),
    count: (...names) => countAt(present(names)),
    countOrNull: maybe(countAt),
    flag: (...names) => flagAt(present(names)),
    word: (name, words) => word(at(spot, name), words),
    rows: (name, read) => items(name, (row) => read(readerOf(row))),
    inner: (...names) => readerOf(present(names)),
  };
}
