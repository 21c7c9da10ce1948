/**
 * Numbers as a reader wants them: grouped, with the digits their interval allows, and a unit.
 */

/** An estimate with its 95 % interval; `low` and `high` are null where there is one replication. */
export interface Estimate {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** How a metric is written: its scale, its unit's text, and whether it is a share in percent. */
export interface Style {
  readonly scale: number;
  readonly unit: string;
}

const NARROW = "\u202f";
const WIDE_SPACE = "\u00a0";
const MINUS = "\u2212";
const DASH = "\u2013";
/** Metrics of unit 1 that are a share of a whole; other ratios and counts are plain numbers. */
const SHARE = /availability|utilization|survival|share/;
const WORDS: Readonly<Record<string, string>> = {
  permille: "\u2030",
  "1": "",
  "USD/month": "USD a month",
};

/** The way in which a metric of this name and unit is written; shares become percent. */
export function styleOf(name: string, unit: string): Style {
  if (unit === "1" && SHARE.test(name)) return { scale: 100, unit: "%" };
  return { scale: 1, unit: WORDS[unit] ?? unit };
}

/** The same style in millions where `value` is a million or more. */
export function scaledTo(value: number, style: Style): Style {
  const size = Math.abs(value * style.scale);
  return size >= 1e6 ? { scale: style.scale / 1e6, unit: `million ${style.unit}`.trim() } : style;
}

/** A number with `decimals` digits after the point and its thousands apart by commas. */
export function grouped(value: number, decimals: number): string {
  const [whole = "0", rest] = Math.abs(value).toFixed(decimals).split(".");
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = rest === undefined ? parts : `${parts}.${rest}`;
  return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text;
}

/** The decimals at which `value` shows `digits` significant digits; 0 for large numbers. */
export function decimalsFor(value: number, digits: number): number {
  let size = Math.abs(value);
  if (!(size > 0)) return 0;
  let decimals = digits - 1;
  while (size >= 10) {
    size /= 10;
    decimals -= 1;
  }
  while (size < 1 && decimals < 12) {
    size *= 10;
    decimals += 1;
  }
  return Math.max(0, decimals);
}

/** A number alone, with three significant digits, or all its whole digits below a million. */
export function plain(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "not measured";
  const size = Math.abs(value);
  if (size >= 1e9) return `${grouped(value / 1e9, decimalsFor(value / 1e9, digits))} billion`;
  if (size >= 1e6) return `${grouped(value / 1e6, decimalsFor(value / 1e6, digits))} million`;
  return grouped(value, Number.isInteger(value) ? 0 : decimalsFor(value, digits));
}

/** A standard deviation: two digits, and noughts for those it does not have. */
export function spreadText(value: number): string {
  if (!(value > 0)) return "0";
  const decimals = decimalsFor(value, 2);
  if (decimals > 0) return grouped(value, decimals);
  let step = 1;
  while (value / step >= 100) step *= 10;
  return grouped(Math.round(value / step) * step, 0);
}

/** The digits after the point that the interval allows: `own` of its half width, `most` in all. */
function decimalsOf(estimate: Estimate, scale: number, own: number, most: number): number {
  const { mean, low, high } = estimate;
  const half = low === null || high === null ? 0 : ((high - low) / 2) * scale;
  if (half > 0) return Math.min(decimalsFor(half, own), decimalsFor(mean * scale, most));
  return trimmed(mean * scale, decimalsFor(mean * scale, Math.min(4, most)));
}

/** The fewest decimals that write the same number. */
function trimmed(value: number, decimals: number): number {
  let fewest = decimals;
  while (fewest > 0 && Number(value.toFixed(fewest - 1)) === Number(value.toFixed(decimals))) {
    fewest -= 1;
  }
  return fewest;
}

/** The mean as its interval allows, with its unit. */
export function meanText(estimate: Estimate, style: Style): string {
  if (!Number.isFinite(estimate.mean)) return "not measured";
  return withUnit(stepped(estimate.mean, estimate, style.scale), style.unit);
}

/** The interval, `98.38-98.46 %`, or an empty text where there is none. */
export function intervalText(estimate: Estimate, style: Style): string {
  const { mean, low, high } = estimate;
  if (low === null || high === null || !Number.isFinite(mean)) return "";
  const [from, to] = [low, high].map((edge) => stepped(edge, estimate, style.scale));
  return from === to ? "no spread" : withUnit(`${from}${DASH}${to}`, style.unit);
}

/** The mean for a headline or a title: the few digits its interval allows, millions in words. */
export function roundText(estimate: Estimate, style: Style, digits = 3): string {
  if (!Number.isFinite(estimate.mean)) return "not measured";
  const { scale, unit } = scaledTo(estimate.mean, style);
  const decimals = decimalsOf(estimate, scale, 1, digits);
  // Whole numbers end where those of the interval do, so that one lies in the middle of the other.
  return withUnit(onStep(estimate.mean * scale, decimals, stepOf(estimate, scale)), unit);
}

/** A value as the interval's first two digits allow. */
function stepped(value: number, estimate: Estimate, scale: number): string {
  const decimals = decimalsOf(estimate, scale, 2, 6);
  return onStep(value * scale, decimals, stepOf(estimate, scale));
}

const onStep = (value: number, decimals: number, step: number): string =>
  grouped(decimals === 0 ? Math.round(value / step) * step : value, decimals);

/** The power of ten at the second digit of the interval's half width; at least 1. */
function stepOf({ low, high }: Estimate, scale: number): number {
  const half = low === null || high === null ? 0 : ((high - low) / 2) * scale;
  let step = 1;
  while (step * 100 <= half) step *= 10;
  return step;
}

/** The interval of such a mean, in the same unit. */
export const roundInterval = (estimate: Estimate, style: Style): string =>
  intervalText(estimate, scaledTo(estimate.mean, style));

/** A count with its noun, `1 node` or `2,761 nodes`. */
export const counted = (count: string, noun: string): string =>
  `${count} ${noun}${count === "1" ? "" : "s"}`;

/** A text and its unit, with a space that does not break. */
export function withUnit(text: string, unit: string): string {
  if (unit === "") return text;
  return `${text}${unit === "%" || unit === "\u2030" ? NARROW : WIDE_SPACE}${unit}`;
}
