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
  3.387132872796366608, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
  4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4,
  2.5090809287301226727e3,
];
const MIDDLE_BOTTOM: Nine = [
  1, 4.2313330701600911252e1, 6.871870074920579083e2, 5.3941960214247511077e3,
  2.1213794301586595867e4, 3.930789580009271061e4, 2.8729085735721942674e4, 5.226495278852854561e3,
];
const NEAR_TOP: Nine = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 2.4178072517745061177e-1, 2.27238449892691845833e-2,
  7.7454501427834140764e-4,
];
const NEAR_BOTTOM: Nine = [
  1, 2.05319162663775882187, 1.6763848301838038494, 6.8976733498510000455e-1,
  1.4810397642748007459e-1, 1.51986665636164571966e-2, 5.475938084995344946e-4,
  1.05075007164441684324e-9,
];
const FAR_TOP: Nine = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 2.9656057182850489123e-1,
  2.6532189526576123093e-2, 1.2426609473880784386e-3, 2.71155556874348757815e-5,
  2.01033439929228813265e-7,
];
const FAR_BOTTOM: Nine = [
  1, 5.9983220655588793769e-1, 1.3692988092273580531e-1, 1.48753612908506148525e-2,
  7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7,
  2.04426310338993978564e-15,
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
