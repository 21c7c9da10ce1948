/**
 * Reader: takes typed values out of a case, and remembers what it could not read.
 *
 * What cannot be read gets a stand-in, so that reading goes on; whoever asked looks at `missing`
 * before using anything.
 */

/** The fields of a JSON object. */
export type JsonFields = Readonly<Record<string, unknown>>;

/** True for a JSON object that is no list. */
export const isObject = (value: unknown): value is JsonFields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A whole number in JSON: a number, a big number, or decimal digits; null where it is none. */
export function wholeOf(value: unknown): bigint | null {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : null;
  if (typeof value === "string" && /^-?\d+$/.test(value)) return BigInt(value);
  return null;
}

/** A value in short, for a sentence. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
}

/** Reads the fields of one object. */
export interface Reader {
  readonly fields: JsonFields;
  /** Names of what was asked for and not there in that form. */
  readonly missing: readonly string[];
  readonly has: (name: string) => boolean;
  readonly text: (...names: readonly string[]) => string;
  readonly textOrNull: (...names: readonly string[]) => string | null;
  readonly big: (...names: readonly string[]) => bigint;
  readonly bigOrNull: (...names: readonly string[]) => bigint | null;
  readonly count: (...names: readonly string[]) => number;
  readonly countOrNull: (...names: readonly string[]) => number | null;
  readonly flag: (...names: readonly string[]) => boolean;
  readonly word: <Word extends string>(name: string, words: readonly Word[]) => Word;
  readonly list: (...names: readonly string[]) => readonly unknown[];
  /** The reader of an object within, which reports to this one. */
  readonly inner: (...names: readonly string[]) => Reader;
  /** Reads a value as an object, which reports to this reader. */
  readonly each: (value: unknown, name: string) => Reader;
}

/** A reader of an object; the first of several names that is there is read. */
export function readerOf(fields: JsonFields, missing: string[] = []): Reader {
  const present = (names: readonly string[]): string =>
    names.find((name) => fields[name] !== undefined && fields[name] !== null) ?? names[0];
  /** Notes what is not there, or there in another form. */
  const lacks = (name: string, value?: unknown): void => {
    const isThere = value !== undefined && value !== null;
    missing.push(isThere ? `${name} that can be read (found ${shown(value)})` : name);
  };
  const absent = (names: readonly string[]): boolean => {
    const value = fields[present(names)];
    return value === undefined || value === null;
  };
  const text = (...names: readonly string[]): string => {
    const value = fields[present(names)];
    if (typeof value === "string") return value;
    lacks(names[0], value);
    return "";
  };
  const big = (...names: readonly string[]): bigint => {
    const value = fields[present(names)];
    const whole = wholeOf(value);
    if (whole === null) lacks(names[0], value);
    return whole ?? 0n;
  };
  const each = (value: unknown, name: string): Reader => {
    if (!isObject(value)) lacks(name, value);
    return readerOf(isObject(value) ? value : {}, missing);
  };
  return {
    fields,
    missing,
    has: (name) => fields[name] !== undefined && fields[name] !== null,
    text,
    textOrNull: (...names) => (absent(names) ? null : text(...names)),
    big,
    bigOrNull: (...names) => (absent(names) ? null : big(...names)),
    count: (...names) => Number(big(...names)),
    countOrNull: (...names) => (absent(names) ? null : Number(big(...names))),
    flag: (...names) => fields[present(names)] === true,
    word: (name, words) => {
      const found = words.find((word) => word === fields[name]);
      if (found === undefined) lacks(name, fields[name]);
      return found ?? words[0];
    },
    list: (...names) => {
      const value = fields[present(names)];
      if (Array.isArray(value)) return value;
      if (!absent(names)) lacks(names[0], value);
      return [];
    },
    inner: (...names) => each(fields[present(names)], names[0]),
    each,
  };
}
