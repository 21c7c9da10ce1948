/**
 * Instants in a scenario: an ISO 8601 date in UTC, to and from seconds since 1970.
 */
import { type Seconds, seconds } from "../units/index.ts";
import { describe, type Reading, readQuantity } from "./quantity.ts";

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:Z|\+00:00)?)?$/;
const DAY = 86_400;

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
function daysTo(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * 146_097 + yearOfEra * 365 + leaps + dayOfYear - 719_468;
}

/** Reads a date such as `2023-04-01T12:56:40Z`; a day alone is its midnight; UTC only. */
export function readInstant(raw: unknown): Reading<Seconds> {
  const expected = "a date such as `2023-04-01T12:56:40Z`, in UTC";
  const match = typeof raw === "string" ? ISO.exec(raw) : null;
  if (match === null) return { ok: false, expected, found: describe(raw) };
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((digits) => (digits === undefined ? 0 : Number(digits)));
  const count = daysTo(year, month, day) * DAY + hour * 3_600 + minute * 60 + second;
  const text = writeInstant(seconds(count));
  const said = String(raw).replace(" ", "T");
  if (!text.startsWith(said.slice(0, 16))) return { ok: false, expected, found: describe(raw) };
  return { ok: true, text, value: seconds(count) };
}

/** A time of a run: seconds from its start, or since 1970. */
export interface Moment {
  readonly from: "start" | "epoch";
  readonly seconds: number;
}

/** Reads a moment: a duration from the start, or a date. */
export function readMoment(raw: unknown): Reading<Moment> {
  const instant = readInstant(raw);
  if (instant.ok) return { ...instant, value: { from: "epoch", seconds: instant.value } };
  const length = readQuantity("duration", raw);
  const expected = "a duration from the start such as `90 d`, or a date such as `2023-07-01`";
  if (!length.ok || length.value < 0) return { ok: false, expected, found: describe(raw) };
  return { ...length, value: { from: "start", seconds: length.value } };
}

/** Seconds from the start of a run to a moment. */
export const secondsTo = (moment: Moment, start: Seconds): number =>
  moment.from === "start" ? moment.seconds : moment.seconds - start;

/** Writes an instant as `2023-04-01T12:56:40Z`. */
export function writeInstant(instant: Seconds): string {
  const days = Math.floor(instant / DAY);
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const leaps = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - (365 * yearOfEra + leaps);
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const rest = instant - days * DAY;
  const two = (count: number): string => String(Math.floor(count)).padStart(2, "0");
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  return `${date}T${two(rest / 3_600)}:${two((rest % 3_600) / 60)}:${two(rest % 60)}Z`;
}
