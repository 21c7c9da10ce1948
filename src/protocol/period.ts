/**
 * Minting periods: equal slices of five years, counted from the genesis of the first chain.
 *
 * Source: minting_v3 fc7e17d, minting/src/period.rs. A period is called by the month in which its
 * middle lies. Quirk: an instant on a boundary belongs to both periods, and the program never asks.
 * Disagreement: the table of the 2025 manual is a day early from the end of September to the end
 * of December; the formula is right and the default, `manualBoundary` is the table.
 */
import { type Seconds, seconds } from "../units/index.ts";

/** The length of every period: a sixtieth of three common years and two leap years. */
export const PERIOD_LENGTH: Seconds = seconds(2_630_880);

/** The instant at which period 0 begins, 2018-03-31 12:56:40 UTC. */
export const PERIOD_ORIGIN: Seconds = seconds(1_522_501_000);

/** A calendar month, January being 1. */
export interface Month {
  readonly year: number;
  readonly month: number;
}

/** A period: its number, its bounds as instants, and the month it is called by. */
export interface Period {
  readonly offset: number;
  readonly start: Seconds;
  readonly end: Seconds;
  readonly month: Month;
}

/** The instant at which a period begins, which is also the end of the one before. */
export const periodStart = (offset: number): Seconds =>
  seconds(PERIOD_ORIGIN + offset * PERIOD_LENGTH);

/** Periods whose beginning the manual of 2025 printed a day early, October 2025 to January 2026. */
const EARLY_FROM = 90;
const EARLY_TO = 93;
const DAY = 86_400;

/** The beginning of a period as the manual of 2025 prints it. */
export const manualBoundary = (offset: number): Seconds =>
  seconds(periodStart(offset) - (offset >= EARLY_FROM && offset <= EARLY_TO ? DAY : 0));

/** The number of the period that holds an instant; an instant on a boundary opens its period. */
export const periodOf = (instant: Seconds): number =>
  Math.floor((instant - PERIOD_ORIGIN) / PERIOD_LENGTH);

/** A period by its number, which may be negative. */
export function periodAt(offset: number): Period {
  const start = periodStart(offset);
  return {
    offset,
    start,
    end: periodStart(offset + 1),
    month: monthOf(seconds(start + PERIOD_LENGTH / 2)),
  };
}

/** The calendar month (UTC) of an instant. */
export function monthOf(instant: Seconds): Month {
  // Years are taken from March, so that the day of the leap year is the last of its year; the
  // 146,097 days of a 400 year era are divided from there (proleptic Gregorian calendar).
  const day = Math.floor(instant / 86_400) + 719_468;
  const era = Math.floor(day / 146_097);
  const inEra = day - era * 146_097;
  const leapDays =
    Math.floor(inEra / 1_460) - Math.floor(inEra / 36_524) + Math.floor(inEra / 146_096);
  const year = Math.floor((inEra - leapDays) / 365);
  const inYear = inEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const fromMarch = Math.floor((5 * inYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return { year: year + era * 400 + (month <= 2 ? 1 : 0), month };
}
