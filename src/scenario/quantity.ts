/**
 * Quantities as a scenario writes them, `60 d` or `0.08 USD`, to and from base units.
 *
 * A decimal is read exactly and rounded once, to the nearest double. An amount that the chain keeps
 * in whole units must be whole: the chain has no way to store another.
 */
import { MEAN_MONTH, type NumberParameter } from "../units/index.ts";
import { type Decimal, isWhole, readDecimal, scale, toNumber, writeDecimal } from "./decimal.ts";

/** The kinds of parameter that are one number. */
export type NumberKind = NumberParameter["kind"];

/** What was read, or what had been expected. */
export type Reading<T> =
  | { readonly ok: true; readonly text: string; readonly value: T }
  | {
      readonly ok: false;
      readonly expected: string;
      readonly found: string;
      readonly suggestion?: string;
      /** The steps from what was read to what is wrong in it. */
      readonly steps?: readonly string[];
    };

/** A unit stands for `factor` times ten to the `shift` base units. */
interface Unit {
  readonly factor: bigint;
  readonly shift: number;
}

const unit = (factor: number, shift = 0): Unit => ({ factor: BigInt(factor), shift });

const TIMES: Readonly<Record<string, Unit>> = {
  s: unit(1),
  min: unit(60),
  h: unit(3_600),
  d: unit(86_400),
  week: unit(604_800),
  /** A twelfth of a year. */
  month: unit(MEAN_MONTH),
  /** 365.25 days. */
  y: unit(31_557_600),
};

const SHARES: Readonly<Record<string, Unit>> = {
  "%": unit(1, -2),
  pp: unit(1, -2),
  "‰": unit(1, -3),
};

/** The units of each kind; a kind without units is written as a bare number. */
const UNITS: Readonly<Record<NumberKind, Readonly<Record<string, Unit>>>> = {
  duration: TIMES,
  count: {},
  number: {},
  share: SHARES,
  size: {
    B: unit(1),
    kB: unit(1, 3),
    MB: unit(1, 6),
    GB: unit(1, 9),
    TB: unit(1, 12),
    PB: unit(1, 15),
    KiB: unit(1_024),
    MiB: unit(1_048_576),
    GiB: unit(1_073_741_824),
    TiB: unit(1_099_511_627_776),
    PiB: unit(1_125_899_906_842_624),
  },
  money: { USD: unit(1), mUSD: unit(1, -3) },
  tokens: { TFT: unit(1) },
  chainUsd: { USD: unit(1, 7), mUSD: unit(1, 4) },
  chainMilliUsd: { USD: unit(1, 3), mUSD: unit(1) },
};

/** What each kind is called, and how one is written. */
const SAMPLES: Readonly<Record<NumberKind, readonly [string, string]>> = {
  duration: ["a duration", "60 d"],
  count: ["a whole number", "12"],
  number: ["a number", "0.75"],
  share: ["a share", "20 %"],
  size: ["a size", "16 GiB"],
  money: ["an amount of money", "0.08 USD"],
  tokens: ["an amount of tokens", "2 TFT"],
  chainUsd: ["a price", "0.005 USD"],
  chainMilliUsd: ["an amount of money", "0.08 USD"],
};

/** What a price that the chain stores must be a whole multiple of. */
const GRAINS: Readonly<Partial<Record<NumberKind, string>>> = {
  chainUsd: "0.0000001 USD",
  chainMilliUsd: "0.001 USD",
};

/** The base unit of a kind, as lists print it; `per` is what stands behind the bar, if anything. */
export function baseUnit(kind: NumberKind, per = ""): string {
  const units: Readonly<Record<NumberKind, string>> = {
    duration: "s",
    count: "1",
    number: "1",
    share: "1",
    size: "B",
    money: "USD",
    tokens: "TFT",
    chainUsd: "1e-7 USD",
    chainMilliUsd: "1e-3 USD",
  };
  return `${units[kind]}${per}`;
}

/** What is expected of a kind, in words: its name, an example, the units it knows. */
export function expectation(kind: NumberKind, per = ""): string {
  const [name, sample] = SAMPLES[kind];
  const words = Object.keys(UNITS[kind]).map((word) => `${word}${per}`);
  const units = words.length === 0 ? "" : ` (${words.join(", ")})`;
  return `${name} such as \`${sample}${per}\`${units}`;
}

const ZERO: Decimal = { mantissa: 0n, exponent: 0 };

const SHAPE = /^([+-]?[\d_.]+(?:[eE][+-]?\d+)?)\s*([^\s\d/]*)\s*(?:\/\s*(\S.*))?$/u;

/** The part of a written quantity behind its bar, with the bar: `/h` of `0.005 USD/h`. */
export const perOf = (text: string): string => {
  const match = SHAPE.exec(text.trim());
  return match?.[3] === undefined ? "" : `/${match[3].trim()}`;
};

/** How a value that is no quantity is told to a reader. */
export function describe(raw: unknown): string {
  if (raw === null || raw === undefined) return "nothing";
  if (typeof raw === "string") return `\`${raw}\``;
  if (Array.isArray(raw)) return "a list";
  return typeof raw === "object" ? "a block of keys" : `\`${String(raw)}\``;
}

function wholeNumber(kind: NumberKind, value: Decimal, text: string): Reading<number> {
  if (isWhole(value)) return { ok: true, text, value: toNumber(value) };
  const grain = GRAINS[kind];
  const expected = grain === undefined ? expectation(kind) : `whole chain units of ${grain}`;
  return { ok: false, expected, found: `\`${text}\`` };
}

/**
 * Reads a number of a kind from what a file holds, into base units; `per` is what the declaration
 * divides by. Refuses a bare number where a unit is due, and a unit where none is.
 */
export function readQuantity(kind: NumberKind, raw: unknown, per = ""): Reading<number> {
  const refuse: Reading<number> = {
    ok: false,
    expected: expectation(kind, per),
    found: describe(raw),
  };
  if (typeof raw !== "string" && typeof raw !== "number") return refuse;
  const text = String(raw).trim();
  const [, digits = "", word = "", over] = SHAPE.exec(text) ?? [];
  const decimal = readDecimal(digits);
  if (decimal === undefined) return refuse;
  const units = UNITS[kind];
  if ((over === undefined ? "" : `/${over.trim()}`) !== per) return refuse;
  const bare = Object.keys(units).length === 0;
  const factor = bare && word === "" ? unit(1) : units[word];
  if (factor === undefined) return refuse;
  const value = scale(decimal, factor.factor, factor.shift);
  const whole = kind === "count" || kind === "chainUsd" || kind === "chainMilliUsd";
  return whole ? wholeNumber(kind, value, text) : { ok: true, text, value: toNumber(value) };
}

/** The units a length of time is told in; a week, a month and a year are for writing only. */
const TOLD_TIMES: Readonly<Record<string, Unit>> = {
  s: unit(1),
  min: unit(60),
  h: unit(3_600),
  d: unit(86_400),
};

/** The count and the largest unit in which a value comes out whole; else the smallest unit. */
function inBestUnit(value: number, units: Readonly<Record<string, Unit>>): string {
  let best = `${writeDecimal(readDecimal(String(value)) ?? ZERO)} ${Object.keys(units)[0] ?? ""}`;
  for (const [word, { factor, shift }] of Object.entries(units)) {
    const count = value / toNumber({ mantissa: factor, exponent: shift });
    if (value !== 0 && Number.isSafeInteger(value) && Number.isSafeInteger(count))
      best = `${count} ${word}`;
  }
  return best;
}

/** Writes base units as a scenario would; reading it again gives the same value. */
export function writeQuantity(kind: NumberKind, value: number, per = ""): string {
  const decimal = readDecimal(String(value)) ?? ZERO;
  switch (kind) {
    case "count":
    case "number":
      return writeDecimal(decimal);
    case "share":
      return `${writeDecimal(scale(decimal, 1n, 2))} %`;
    case "money":
      return `${writeDecimal(decimal)} USD${per}`;
    case "tokens":
      return `${writeDecimal(decimal)} TFT${per}`;
    case "chainUsd":
      return `${writeDecimal(scale(decimal, 1n, -7))} USD${per}`;
    case "chainMilliUsd":
      return `${writeDecimal(scale(decimal, 1n, -3))} USD${per}`;
    case "duration":
      return inBestUnit(value, TOLD_TIMES);
    case "size":
      return inBestUnit(value, UNITS.size);
  }
}
