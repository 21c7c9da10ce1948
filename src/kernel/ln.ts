/**
 * Logarithm and exponential from + - * / and the bits of a double.
 *
 * The built-in ones may differ in the last bit between engines and versions, and a run must give
 * the same bytes everywhere. Both series are plain Taylor series on a reduced argument.
 */
const double = new Float64Array(1);
const word = new Int32Array(double.buffer);
/** Which of the two words carries sign and exponent on this machine. */
double[0] = 1;
const HIGH = word[1] === 0 ? 0 : 1;
const LOW = 1 - HIGH;

/** ln 2 in two parts: the first has 20 trailing zero bits, so that k * LN2_HIGH is exact. */
const LN2_HIGH = 0.693147180369123816490;
const LN2_LOW = 1.90821492927058770002e-10;
const LN2_INVERSE = 1.4426950408889634;
const TWO_52 = 4_503_599_627_370_496;

/** The natural logarithm of x, to 1e-15 relative; -Infinity at 0, NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  double[0] = x;
  let high = word[HIGH];
  let exponent = -1023;
  if (high < 0x0010_0000) {
    double[0] = x * TWO_52;
    high = word[HIGH];
    exponent -= 52;
  }
  // Take the mantissa into [sqrt(1/2), sqrt(2)), so that the logarithm of a number near 1 keeps
  // its digits: adding the distance from sqrt(2) to 2 carries into the exponent.
  high += 0x0009_5f62;
  exponent += high >>> 20;
  word[HIGH] = (high & 0x000f_ffff) + 0x3fe6_a09e;
  const m = double[0];
  const s = (m - 1) / (m + 1);
  const z = s * s;
  const odd =
    1 / 3 + z * (1 / 5 + z * (1 / 7 + z * (1 / 9 + z * (1 / 11 + z * (1 / 13 + z * (1 / 15 +
    z * (1 / 17 + z * (1 / 19 + z * (1 / 21 + z * (1 / 23))))))))));
  return exponent * LN2_HIGH + (2 * s + (2 * s * z * odd + exponent * LN2_LOW));
}

/** The exponential of x, to 1e-15 relative; 0 below -745.2, Infinity above 709.79. */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = Math.floor(x * LN2_INVERSE + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const tail =
    1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 +
    r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 +
    r * (1 / 479001600 + r * (1 / 6227020800)))))))))));
  const fraction = 1 + (r + r * r * tail);
  if (k >= -1021 && k <= 1023) return fraction * powerOfTwo(k);
  // The two ends: 2^1024 is no double, and a subnormal is reached from a normal one.
  return k > 0 ? fraction * powerOfTwo(k - 1) * 2 : fraction * powerOfTwo(k + 100) * powerOfTwo(-100);
}

/** x to the power y for x >= 0; the relative error grows as 1e-16 |y ln x|. */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  return exp(y * ln(x));
}

/** 2^k as a double, for k in -1022..1023. */
function powerOfTwo(k: number): number {
  word[HIGH] = (k + 1023) << 20;
  word[LOW] = 0;
  return double[0];
}

/** Coefficients of the Lanczos series with g = 7 and nine terms (Godfrey's table). */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
] as const;
const LN_SQRT_TWO_PI = 0.91893853320467274178;

/** The logarithm of the gamma function of x > 0, to about 1e-14. */
export function lnGamma(x: number): number {
  if (x < 0.5) return lnGamma(x + 1) - ln(x);
  const y = x - 1;
  let sum: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i += 1) sum += LANCZOS[i] / (y + i);
  const t = y + 7.5;
  return LN_SQRT_TWO_PI + (y + 0.5) * ln(t) - t + ln(sum);
}

/** The gamma function of x > 0, to about 1e-13 relative. */
export const gamma = (x: number): number => exp(lnGamma(x));
