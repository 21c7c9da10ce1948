/** The normal distribution's cumulative probability and its inverse. */
import { exp, ln } from "./ln.ts";

type Nine = readonly number[];

/** Hart's rational approximation of the tail as printed by West (Wilmott, May 2005), 1e-15. */
const TAIL_TOP: Nine = [
  220.206867912376, 221.213596169931, 112.079291497871, 33.912866078383, 6.37396220353165,
  0.700383064443688, 3.52624965998911e-2,
];
const TAIL_BOTTOM: Nine = [
  440.413735824752, 793.826512519948, 637.333633378831, 296.564248779674, 86.7807322029461,
  16.064177579207, 1.75566716318264, 8.83883476483184e-2,
];
const SQRT_TWO_PI = 2.5066282746310002;

/** The probability that a standard normal variable is at most x, to 1e-14 absolute. */
export function normalCdf(x: number): number {
  const a = Math.abs(x);
  const tail = a > 38.5 ? 0 : exp(-0.5 * a * a) * tailRatio(a);
  return x > 0 ? 1 - tail : tail;
}

/** The upper tail at a >= 0, divided by exp(-a^2 / 2). */
function tailRatio(a: number): number {
  if (a < 7.07106781186547) return polynomial(TAIL_TOP, a) / polynomial(TAIL_BOTTOM, a);
  const fraction = a + 1 / (a + 2 / (a + 3 / (a + 4 / (a + 0.65))));
  return 1 / (fraction * SQRT_TWO_PI);
}

/** Coefficients of PPND16 (Wichura, Applied Statistics 37, 1988, algorithm AS 241). */
const MIDDLE_TOP: Nine = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const MIDDLE_BOTTOM: Nine = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
];
const NEAR_TOP: Nine = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const NEAR_BOTTOM: Nine = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
  0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_TOP: Nine = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
  0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_BOTTOM: Nine = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];

/** The standard normal value that u in (0, 1) of all values stay below, to 1e-15 relative. */
export function normalQuantile(u: number): number {
  const q = u - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(MIDDLE_TOP, r)) / polynomial(MIDDLE_BOTTOM, r);
  }
  const edge = q < 0 ? u : 1 - u;
  if (!(edge > 0)) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-ln(edge));
  const value =
    r <= 5
      ? polynomial(NEAR_TOP, r - 1.6) / polynomial(NEAR_BOTTOM, r - 1.6)
      : polynomial(FAR_TOP, r - 5) / polynomial(FAR_BOTTOM, r - 5);
  return q < 0 ? -value : value;
}

function polynomial(coefficients: Nine, x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i -= 1) value = value * x + coefficients[i];
  return value;
}
