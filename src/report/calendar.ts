/**
 * Dates from seconds since 1970-01-01 UTC, without a clock or a locale.
 */

const MONTHS =
  "January February March April May June July August September October November December";

/** The year, month (1 to 12) and day of an instant, in UTC. */
export function civil(seconds: number): { year: number; month: number; day: number } {
  // Days since 0000-03-01, so that a leap day ends its year; four-hundred-year eras.
  const days = Math.floor(seconds / 86_400) + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear =
    ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** The first second of a day written as `2023-04-01`, UTC; NaN where it is not written so. */
export function instantOf(text: string): number {
  const [year, month, day] = text.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return Number.NaN;
  // January and February count as months 13 and 14 of the year before, so that a leap day ends it.
  const shifted = month > 2 ? month : month + 12;
  const ofYear = month > 2 ? year : year - 1;
  const leaps = Math.floor(ofYear / 4) - Math.floor(ofYear / 100) + Math.floor(ofYear / 400);
  const days = 365 * ofYear + leaps + Math.floor((153 * (shifted - 3) + 2) / 5) + day - 1;
  return (days - 719_468) * 86_400;
}

/** An instant as `1 April 2023`, in UTC. */
export function dateText(seconds: number): string {
  const { year, month, day } = civil(seconds);
  return `${day} ${MONTHS.split(" ")[month - 1] ?? ""} ${year}`;
}

/** An instant as `2023-04-01`, in UTC. */
export function isoDay(seconds: number): string {
  const { year, month, day } = civil(seconds);
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}
