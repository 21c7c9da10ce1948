/**
 * Vesting: how tokens that somebody owns become free with time, price and use.
 *
 * Sources: info_tfgrid projectinca/tokens/inca.md 5e633c1 (2024-04-25, steps), 258871c (2024-04-26)
 * and 92b5e8e (2024-04-30, in proportion); tokens/tft.md 763bd22 (2024-04-26, farmed TFT above the
 * cap); docs_tfgrid4 tokenomics.md 669d485 (2024-12, 18 months); commit 3c0082a (generator tokens).
 * Disagreement: a summary of the first draft has 50 % at half a franc and all at one (`at`, the
 * default, since the page itself was not to be had); read as a price to be exceeded (`above`),
 * exactly half a franc frees nothing.
 * Months are counted from 1. Every amount is in its token's smallest unit and is rounded down.
 */
import { assert } from "../../units/index.ts";
import { least } from "./share.ts";

/** Months of the dated vesting promises. */
export const vestingMonths = { team: 24, convertedTft: 18 } as const;

/** How the price sped up vesting, by the draft that said so. */
export type AccelerationRule = "2024-04-25" | "2024-04-26";

/** Whether a step holds above its price, or at it too. */
export type AccelerationBegin = "above" | "at";

/**
 * The acceleration at a price in thousandths of a Swiss franc for one INCA, in percent. The first
 * draft has steps of 10 %; the later ones follow the price.
 */
export function accelerationAt(
  milliChf: bigint,
  rule: AccelerationRule,
  begin: AccelerationBegin = "at",
): bigint {
  // What has to be exceeded is reached by one unit less.
  const reached = begin === "at" ? milliChf : milliChf - 1n;
  if (reached < 500n) return 0n;
  return least(rule === "2024-04-25" ? (reached / 100n) * 10n : milliChf / 10n, 100n);
}

/**
 * What an acceleration does, which no draft says: it frees that share of what is still bound, or it
 * makes the month count for that much more.
 */
export type AccelerationReading = "share" | "pace";

/** A vesting: an amount over months, with the acceleration of each month in percent. */
export interface Vesting {
  readonly total: bigint;
  readonly months: number;
  readonly accelerations: readonly bigint[];
  readonly reading: AccelerationReading;
}

/** What is free by the end of a month; it never sinks, and without acceleration grows evenly. */
export function vestedBy(
  { total, months, accelerations, reading }: Vesting,
  month: number,
): bigint {
  assert(months > 0, "a vesting takes at least a month");
  const whole = BigInt(months);
  if (reading === "pace") {
    let hundredths = 0n;
    for (let now = 0; now < month; now++) hundredths += 100n + (accelerations[now] ?? 0n);
    const paced = (total * hundredths) / (whole * 100n);
    return paced < total ? paced : total;
  }
  let vested = 0n;
  for (let now = 1; now <= month; now++) {
    const even = now >= months ? total : (total * BigInt(now)) / whole;
    const freed = even + ((total - even) * (accelerations[now - 1] ?? 0n)) / 100n;
    if (freed > vested) vested = freed;
  }
  return vested;
}

/** The lock on TFT farmed above the cap, or from 2025 on: never in force. */
export const farmedLock = {
  months: 24,
  /** Months before use can end it. */
  least: 6,
  /** Use that counts, in percent, and the months in a row that it has to be exceeded. */
  usedPercent: 30n,
  usedMonths: 3,
} as const;

/**
 * The month after which farmed TFT is free: two years, or as soon as six months are over and a node
 * was used for more than three months in a row; `used` has one value a month.
 */
export function freeAfter(used: readonly boolean[]): number {
  let run = 0;
  for (let month = 1; month <= farmedLock.months; month++) {
    run = used[month - 1] === true ? run + 1 : 0;
    if (month >= farmedLock.least && run > farmedLock.usedMonths) return month;
  }
  return farmedLock.months;
}

/** A token that makes others: an idea of April 2024, given up later. */
export interface Generator {
  readonly name: string;
  /** Whole INCA that one makes, and over how many months. */
  readonly makes: bigint;
  readonly months: number;
  /** What one costs, in whole francs and in whole TFT; null where it was not said. */
  readonly chf: bigint | null;
  readonly tft: bigint | null;
  readonly soldMost: bigint | null;
}

/** The generator tokens. */
export const generators: readonly Generator[] = [
  { name: "INCA-G", makes: 15_000n, months: 48, chf: 500n, tft: 10_000n, soldMost: 5_000n },
  { name: "INCA-G AA", makes: 10_000n, months: 48, chf: null, tft: null, soldMost: null },
];
