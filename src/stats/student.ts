/**
 * Student's t for whole degrees of freedom, from + - * / and square root.
 *
 * With cos^2 = df / (df + t^2) the distribution is a finite sum of powers of the cosine
 * (Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4), so that no
 * incomplete beta function is needed.
 */
import { arctangent } from "../kernel/index.ts";

const HALF_PI = 1.5707963267948966;

/** The probability that |T| <= |t|, for `df` = 1, 2, ... degrees of freedom. */
export function studentWithin(t: number, df: number): number {
  const distance = Math.abs(t);
  if (distance === Number.POSITIVE_INFINITY) return 1;
  const root = Math.sqrt(df + distance * distance);
  const sine = distance / root;
  const square = df / (df + distance * distance);
  const odd = df % 2 === 1;
  let term = 1;
  let sum = df === 1 ? 0 : 1;
  for (let k = odd ? 2 : 1; k <= df - 3; k += 2) {
    term *= square * (k / (k + 1));
    sum += term;
  }
  if (!odd) return sine * sum;
  const cosine = Math.sqrt(square);
  return (arctangent(distance / Math.sqrt(df)) + sine * cosine * sum) / HALF_PI;
}

/** The probability that T <= t, for `df` = 1, 2, ... degrees of freedom. */
export function studentCdf(t: number, df: number): number {
  const within = studentWithin(t, df);
  return t < 0 ? (1 - within) / 2 : (1 + within) / 2;
}

/** The t whose |T| <= t has probability `level`, in (0, 1); 12.706 for 0.95 and one degree. */
export function studentBound(level: number, df: number): number {
  let low = 0;
  let high = 1;
  while (studentWithin(high, df) < level) {
    low = high;
    high *= 2;
  }
  // Halving until the two are neighbours: the same bits on every machine.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (studentWithin(middle, df) < level) low = middle;
    else high = middle;
  }
}

/** The quantile of T at `probability` in (0, 1). */
export function studentQuantile(probability: number, df: number): number {
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -studentQuantile(1 - probability, df);
  return studentBound(2 * probability - 1, df);
}
