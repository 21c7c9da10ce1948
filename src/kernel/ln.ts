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

/** 2^k for k in -1024..1023, at k + 1024: reading one beats writing bits and reading them back. */
const POWERS = powersOfTwo();
const ZERO = 1024;
/** The exponent of a double is kept with this much added. */
const BIAS = 1023;

/** ln 2 in two parts: the first has 20 trailing zero bits, so that k * LN2_HIGH is exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const LN2_INVERSE = 1 / (LN2_HIGH + LN2_LOW);
const TWO_52 = 4_503_599_627_370_496;
const TWO_MINUS_100 = POWERS[ZERO - 100];
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** The natural logarithm of x, to 1e-15 relative; -Infinity at 0, NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let normal = x;
  let shift = BIAS;
  if (x < SMALLEST_NORMAL) {
    normal = x * TWO_52;
    shift += 52;
  }
  double[0] = normal;
  // The mantissa goes into [sqrt(1/2), sqrt(2)), so that the logarithm of a number near 1 keeps
  // its digits: adding the distance from sqrt(2) to 2 carries into the exponent.
  const raised = (word[HIGH] + 0x0009_5f62) >>> 20;
  const m = normal * POWERS[ZERO + BIAS - raised];
  const exponent = raised - shift;
  const s = (m - 1) / (m + 1);
  const z = s * s;
  // The series of 2 atanh(s), even and odd terms apart, so that the two can run side by side.
  const w = z * z;
  const even = 1 / 3 + w * (1 / 7 + w * (1 / 11 + w * (1 / 15 + w * (1 / 19 + w * (1 / 23)))));
  const odd = 1 / 5 + w * (1 / 9 + w * (1 / 13 + w * (1 / 17 + w * (1 / 21))));
  const series = even + z * odd;
  return exponent * LN2_HIGH + (2 * s + (2 * s * z * series + exponent * LN2_LOW));
}

/** The exponential of x, to 1e-15 relative; 0 below -745.2, Infinity above 709.79. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = Math.floor(x * LN2_INVERSE + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  const q = r * r;
  const even =
    1 / 2 +
    q * (1 / 24 + q * (1 / 720 + q * (1 / 40320 + q * (1 / 3628800 + q * (1 / 479001600)))));
  const odd =
    1 / 6 +
    q * (1 / 120 + q * (1 / 5040 + q * (1 / 362880 + q * (1 / 39916800 + q * (1 / 6227020800)))));
  const fraction = 1 + (r + q * (even + r * odd));
  if (k >= -1021 && k <= 1023) return fraction * POWERS[k + ZERO];
  // The two ends: 2^1024 is no double, and a subnormal is reached from a normal one.
  if (k > 0) return fraction * POWERS[k - 1 + ZERO] * 2;
  return fraction * POWERS[k + 100 + ZERO] * TWO_MINUS_100;
}

/** x to the power y for x >= 0; the relative error grows as 1e-16 |y ln x|. */
export function power(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  return exp(y * ln(x));
}

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2048);
  powers[1024] = 1;
  for (let i = 1025; i < 2048; i += 1) powers[i] = powers[i - 1] * 2;
  for (let i = 1023; i >= 0; i -= 1) powers[i] = powers[i + 1] / 2;
  return powers;
}

/** Coefficients of the Lanczos series with g = 7 and nine terms (Godfrey's table). */
const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;
const LN_SQRT_TWO_PI = 0.9189385332046728;

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
