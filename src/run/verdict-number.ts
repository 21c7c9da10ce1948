/**
 * Numbers of a verdict's sentences.
 */

const MINUS = "\u2212";

/**
 * A share as percent, with a sign and the digits that three significant ones need; where it is not
 * known better than within `half`, no more than show two digits of that.
 */
export function percent(share: number, half = 0): string {
  const value = share * 100;
  const size = Math.abs(value);
  const own = size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4;
  const text = size.toFixed(Math.min(own, decimalsWithin(half * 100)));
  const told = /[1-9]/.test(text);
  const sign = value < 0 && told ? MINUS : value > 0 && (told || half === 0) ? "+" : "";
  return `${sign}${text} %`;
}

/** An amount with its unit, with the decimals that show two digits of what it is known within. */
export function amount(value: number, unit: string, half: number): string {
  const text = Math.abs(value).toFixed(decimalsWithin(half, 9));
  const [integer, fraction] = text.split(".");
  const sign = value < 0 && /[1-9]/.test(text) ? MINUS : "";
  const size = `${whole(Number(integer))}${fraction === undefined ? "" : `.${fraction}`}`;
  return `${sign}${size}${unit === "1" ? "" : ` ${unit}`}`;
}

/** The decimals that show two digits of a half width, at most so many; all where it is nothing. */
function decimalsWithin(half: number, most = 4): number {
  if (!(half > 0)) return most;
  for (let decimals = 0, size = half; ; decimals += 1, size *= 10) {
    if (size >= 10 || decimals === most) return decimals;
  }
}

/** Whole numbers with their thousands apart. */
export const whole = (count: number): string =>
  String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ",");
