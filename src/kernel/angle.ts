/** Sine, cosine and their inverses from + - * / and square root, for distances on a sphere. */

/** Half of pi in two parts, so that k * HALF_PI_HIGH is exact for small k. */
const HALF_PI_HIGH = 1.5707963267341256;
const HALF_PI_LOW = 6.077100506506192e-11;
const HALF_PI_INVERSE = 0.6366197723675814;
const HALF_PI = 1.5707963267948966;

/** The sine of an angle in radians, to 1e-15 for angles of a few turns. */
export function sine(x: number): number {
  const k = Math.floor(x * HALF_PI_INVERSE + 0.5);
  return quarter(x - k * HALF_PI_HIGH - k * HALF_PI_LOW, k);
}

/** The cosine of an angle in radians, to 1e-15 for angles of a few turns. */
export function cosine(x: number): number {
  const k = Math.floor(x * HALF_PI_INVERSE + 0.5);
  return quarter(x - k * HALF_PI_HIGH - k * HALF_PI_LOW, k + 1);
}

/** The angle in [-pi/2, pi/2] radians whose sine is x; the ends for x beyond -1 and 1. */
export function arcsine(x: number): number {
  if (x >= 1) return HALF_PI;
  if (x <= -1) return -HALF_PI;
  return arctangent(x / Math.sqrt((1 - x) * (1 + x)));
}

/** The angle in (-pi/2, pi/2) radians whose tangent is x. */
export function arctangent(x: number): number {
  if (x < 0) return -arctangent(-x);
  if (x > 1) return HALF_PI - arctangent(1 / x);
  // Halving the angle three times takes the series' argument below 0.1.
  let t = x;
  for (let i = 0; i < 3; i += 1) t /= 1 + Math.sqrt(1 + t * t);
  const z = t * t;
  let sum = 0;
  for (let n = 19; n >= 1; n -= 2) sum = 1 / n - z * sum;
  return 8 * t * sum;
}

/** The sine of r + quadrant quarter turns, for |r| up to an eighth of a turn. */
function quarter(r: number, quadrant: number): number {
  const z = r * r;
  const turn = quadrant - 4 * Math.floor(quadrant / 4);
  const value =
    turn === 1 || turn === 3
      ? 1 -
        z *
          (1 / 2 -
            z *
              (1 / 24 -
                z *
                  (1 / 720 -
                    z *
                      (1 / 40320 -
                        z * (1 / 3628800 - z * (1 / 479001600 - z * (1 / 87178291200)))))))
      : r *
        (1 -
          z *
            (1 / 6 -
              z *
                (1 / 120 -
                  z *
                    (1 / 5040 -
                      z *
                        (1 / 362880 -
                          z * (1 / 39916800 - z * (1 / 6227020800 - z * (1 / 1307674368000))))))));
  return turn >= 2 ? -value : value;
}
