/**
 * Reading a case field by field: what is wrong is noted with its path and a stand-in is answered,
 * so that all faults of a case are told at once. Who reads looks at the faults before computing.
 *
 * Whole numbers come as numbers or, above 2^53 - 1, as decimal strings; both are accepted
 * everywhere.
 */

import { type Seconds, seconds } from "../units/index.ts";
import { guess } from "./guess.ts";

/** What JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

/** Fields by name. */
export type Fields = { readonly [name: string]: Json };

/** The way to a value inside a file: names of fields and places in lists, from 0. */
export type Path = readonly (string | number)[];

/** One thing that is wrong in a case. */
export interface CaseFault {
  readonly path: Path;
  readonly expected: string;
  readonly found: string;
  /** True where the name is wrong, and not what it stands for. */
  readonly key?: true;
}

/** The names that were asked of each object of a case, so that all others can be told. */
export type Asked = Map<
  Fields,
  {
    readonly path: Path;
    readonly names: Set<string>;
    /** No other name may be there. */
    readonly closed?: true;
  }
>;

/** A value of a case, where it stands, and the list that takes its faults. */
export interface Spot {
  readonly value: Json | undefined;
  readonly path: Path;
  readonly faults: CaseFault[];
  readonly asked: Asked;
  /** True where something above is wrong already, so that nothing below is told. */
  readonly muted?: true;
}

/** What was computed, or what is wrong with the input. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly faults: readonly CaseFault[] };

/** The spot of a whole value; its faults begin empty. */
export const spotOf = (value: Json | undefined, path: Path = []): Spot => ({
  value,
  path,
  faults: [],
  asked: new Map(),
});

/** A path as `steps[2].amount`. */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`,
    "",
  );

/** A fault as `path: expected this, found that`. */
export const faultSentence = ({ path, expected, found }: CaseFault): string =>
  `${pathText(path)}: expected ${expected}, found ${found}`;

/** True of an object with fields, which a list is not. */
export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as a reader is told of it, shortened where it is long. */
export function described(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isFields(value)) return "an object";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Notes that a spot holds something else than it should; once a spot, however often it is read. */
export function blame(spot: Spot, expected: string, found = described(spot.value)): void {
  const { path, faults, muted } = spot;
  const where = pathText(path);
  if (muted === true || faults.some((fault) => pathText(fault.path) === where)) return;
  faults.push({ path, expected, found });
}

/** The same spot, whose faults and those of all below it are not told. */
export const mute = (spot: Spot): Spot => ({ ...spot, muted: true });

/** A field of a spot, which is blamed if it has no fields; a missing one is read as nothing. */
export function at(spot: Spot, name: string): Spot {
  const { value, faults, asked, muted } = spot;
  const path = [...spot.path, name];
  if (!isFields(value)) {
    blame(spot, "an object");
    return mute({ value: undefined, path, faults, asked });
  }
  const field = {
    value: Object.hasOwn(value, name) ? value[name] : undefined,
    path,
    faults,
    asked,
  };
  if (muted === true) return mute(field);
  const before = asked.get(value);
  if (before === undefined) asked.set(value, { path: spot.path, names: new Set([name]) });
  else before.names.add(name);
  return field;
}

/** An item of a spot that holds a list. */
export const item = (spot: Spot, index: number): Spot => ({
  ...spot,
  value: Array.isArray(spot.value) ? spot.value[index] : undefined,
  path: [...spot.path, index],
});

/** True if the spot holds something other than null. */
export const isThere = (spot: Spot): boolean => spot.value !== undefined && spot.value !== null;

/** What `read` makes of a spot, or `otherwise` where it holds nothing or null. */
export const maybe = <T, U>(spot: Spot, read: (spot: Spot) => T, otherwise: U): T | U =>
  isThere(spot) ? read(spot) : otherwise;

/** Reads a whole number of any size, by default from 0 on. */
export function whole(spot: Spot, least = 0n): bigint {
  const { value } = spot;
  let count: bigint | null = null;
  if (typeof value === "number" && Number.isSafeInteger(value)) count = BigInt(value);
  if (typeof value === "string" && /^-?\d+$/.test(value)) count = BigInt(value);
  if (count !== null && count >= least) return count;
  const bounded = least > -MOST ? ` from ${least} on` : "";
  const inexact = typeof value === "number" && Math.abs(value) >= Number.MAX_SAFE_INTEGER;
  blame(spot, `a whole number${bounded}${inexact ? ", as a string from 2^53 on" : ""}`);
  return least > 0n ? least : 0n;
}

const MOST = BigInt(Number.MAX_SAFE_INTEGER);

/** Reads a whole number that is exact in a double, by default from 0 on. */
export function count(spot: Spot, least = 0): number {
  const value = Number(whole(spot, BigInt(least)));
  if (Number.isSafeInteger(value)) return value;
  blame(spot, "a whole number below 2^53");
  return Math.max(least, 0);
}

/** Reads an instant, or another whole number that may be below zero. */
export const integer = (spot: Spot): number => count(spot, -Number.MAX_SAFE_INTEGER);

/** Reads an instant or a length in whole seconds, of either sign. */
export const secondsAt = (spot: Spot): Seconds => seconds(integer(spot));

/** Reads any finite number. */
export function decimal(spot: Spot): number {
  const { value } = spot;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  blame(spot, "a number");
  return 0;
}

/** Reads a text. */
export function text(spot: Spot): string {
  if (typeof spot.value === "string") return spot.value;
  blame(spot, "a text");
  return "";
}

/** Reads true or false. */
export function flag(spot: Spot): boolean {
  if (typeof spot.value === "boolean") return spot.value;
  blame(spot, "true or false");
  return false;
}

/** Reads true or false where 1 and 0 stand for them too. */
export const loose = (spot: Spot): boolean =>
  typeof spot.value === "number" ? spot.value !== 0 : flag(spot);

/** Reads one of a few words; the first of them stands in for any other. */
export function word<const Word extends string>(spot: Spot, words: readonly Word[]): Word {
  const found = words.find((each) => each === spot.value);
  if (found !== undefined) return found;
  const meant = typeof spot.value === "string" ? guess(spot.value, words) : "";
  blame(spot, `one of ${words.join(", ")}`, `${described(spot.value)}${meant}`);
  return words[0] as Word;
}

/** Reads a list, one spot an item. */
export function list<T>(spot: Spot, read: (spot: Spot) => T): readonly T[] {
  if (Array.isArray(spot.value)) return spot.value.map((_, index) => read(item(spot, index)));
  blame(spot, "a list");
  return [];
}

/** Reads an object whose names are numbers, in its order. */
export function numbered<T>(
  spot: Spot,
  read: (row: Spot, number: number) => T,
): readonly (readonly [number, T])[] {
  return named(spot, (row, name) => {
    if (/^\d{1,15}$/.test(name)) return [Number(name), read(row, Number(name))] as const;
    blame(row, "a number as its name", `\`${name}\``);
    return [0, read(mute(row), 0)] as const;
  });
}

/** Reads an object of things by name, in its order. */
export function named<T>(spot: Spot, read: (row: Spot, name: string) => T): readonly T[] {
  const { value } = spot;
  if (isFields(value)) return Object.keys(value).map((name) => read(at(spot, name), name));
  blame(spot, "an object");
  return [];
}

/** Whole numbers as numbers where a double is exact, else as digits; what is no number as null. */
export function plain(value: unknown): Json {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
  }
  return typeof value === "boolean" ? value : String(value);
}
