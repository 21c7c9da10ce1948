/**
 * The inverse of a cumulative probability that has none in closed form.
 *
 * A table of brackets, even in u and halving the rest towards 1, is filled once; a draw then
 * starts in a narrow bracket and closes it by interpolation, with bisection as the safeguard.
 */

/** Even brackets below the tail. */
const BRACKETS = 1024;
/** Halvings of the last even bracket: down to 2^-54, the least distance of a uniform from 1. */
const HALVINGS = 44;
/** How closely a value's share meets the uniform it was asked for. */
const PRECISION = 1e-13;
/** A first guess as close as this needs one step along the curve's slope and no second look. */
const NEAR = 1e-8;
/** A bracket whose curve is that close at three points in it is trusted between them. */
const TRUSTED = 1e-11;
/** More rounds than any bracket of doubles needs, three of four of them wasted. */
const ROUNDS_MAX = 400;

/** The inverse of `cdf` on [low, high]; high may be Infinity where the probability nears 1. */
export function inverseOf(
  cdf: (x: number) => number,
  low: number,
  high: number,
): (u: number) => number {
  const at = new Float64Array(BRACKETS + HALVINGS + 1);
  const share = new Float64Array(BRACKETS + HALVINGS + 1);
  at[0] = low;
  share[0] = cdf(low);
  const last = BRACKETS + HALVINGS;
  for (let k = 1; k <= last; k += 1) {
    const u = level(k);
    const floor = at[k - 1];
    const ceiling = ceilingOf(cdf, u, floor, high);
    at[k] = ceiling === floor ? floor : close(cdf, u, floor, ceiling, cdf(floor), cdf(ceiling));
    share[k] = cdf(at[k]);
  }
  const slope = slopesOf(at);
  const trusted = trustedOf(cdf, at, slope);
  return (u) => {
    if (u <= share[0]) return low;
    let k = Math.floor(u * BRACKETS);
    if (k >= BRACKETS - 1) {
      k = BRACKETS - 1;
      while (k < last && level(k + 1) < u) k += 1;
    }
    if (k >= last) return at[last];
    const a = at[k];
    const b = at[k + 1];
    if (a === b) return a;
    if (k === 0 || k >= BRACKETS - 2) return close(cdf, u, a, b, share[k], share[k + 1]);
    // A cubic through the bracket's ends with the slopes that its neighbours suggest.
    const t = u * BRACKETS - k;
    const first = slope[k];
    const second = slope[k + 1];
    const square = 3 * (b - a) - 2 * first - second;
    const cube = first + second - 2 * (b - a);
    const x = a + t * (first + t * (square + t * cube));
    if (trusted[k] === 1) return x;
    if (!(x > a && x < b)) return close(cdf, u, a, b, share[k], share[k + 1]);
    const off = cdf(x) - u;
    if (Math.abs(off) <= NEAR) {
      const better = x - off * BRACKETS * (first + t * (2 * square + 3 * t * cube));
      return Math.min(Math.max(better, a), b);
    }
    return off < 0
      ? close(cdf, u, x, b, off + u, share[k + 1])
      : close(cdf, u, a, x, share[k], off + u);
  };
}

/** The same inverse without a table: for a law of which only few values are drawn. */
export function inverseOnce(
  cdf: (x: number) => number,
  low: number,
  high: number,
): (u: number) => number {
  const least = cdf(low);
  return (u) => {
    if (u <= least) return low;
    const ceiling = ceilingOf(cdf, u, low, high);
    return ceiling === low ? low : close(cdf, u, low, ceiling, least, cdf(ceiling));
  };
}

/** How much the value grows over a bracket, at each even level, as its neighbours have it. */
function slopesOf(at: Float64Array): Float64Array {
  const slope = new Float64Array(BRACKETS);
  for (let k = 1; k < BRACKETS - 1; k += 1) {
    const near = at[k + 1] - at[k - 1];
    const inner = k > 1 && k < BRACKETS - 2;
    slope[k] = inner ? (8 * near - (at[k + 2] - at[k - 2])) / 12 : near / 2;
  }
  return slope;
}

/** 1 for each bracket in which the cubic never falls and meets the law without a second look. */
function trustedOf(cdf: (x: number) => number, at: Float64Array, slope: Float64Array): Uint8Array {
  const trusted = new Uint8Array(BRACKETS);
  for (let k = 2; k < BRACKETS - 3; k += 1) {
    const rise = at[k + 1] - at[k];
    const first = slope[k];
    const second = slope[k + 1];
    // Slopes of up to thrice the mean one keep a cubic from turning (Fritsch and Carlson, 1980).
    let meets = rise > 0 && Math.min(first, second) >= 0 && Math.max(first, second) <= 3 * rise;
    for (let quarter = 1; meets && quarter < 4; quarter += 1) {
      const t = quarter / 4;
      const square = 3 * rise - 2 * first - second;
      const x = at[k] + t * (first + t * (square + t * (first + second - 2 * rise)));
      meets = Math.abs(cdf(x) - (k + t) / BRACKETS) <= TRUSTED;
    }
    if (meets) trusted[k] = 1;
  }
  return trusted;
}

/** The share below which the first k brackets lie. */
function level(k: number): number {
  if (k < BRACKETS) return k / BRACKETS;
  let rest = 1 / BRACKETS;
  for (let j = BRACKETS; j < k; j += 1) rest /= 2;
  return 1 - rest / 2;
}

/** A value that at least a share u does not exceed, found by doubling the step from `floor`. */
function ceilingOf(cdf: (x: number) => number, u: number, floor: number, high: number): number {
  if (cdf(floor) >= u) return floor;
  let step = Math.max(Math.abs(floor), 1) / BRACKETS;
  let ceiling = floor + step;
  while (ceiling < high && cdf(ceiling) < u) {
    step *= 2;
    ceiling = floor + step;
  }
  return Math.min(ceiling, high);
}

/** Closes [low, high], whose shares are below and at least u, to the least value that reaches u. */
function close(
  cdf: (x: number) => number,
  u: number,
  low: number,
  high: number,
  shareLow: number,
  shareHigh: number,
): number {
  let a = low;
  let b = high;
  let fa = shareLow - u;
  let fb = shareHigh - u;
  let missing = fb;
  for (let round = 1; round <= ROUNDS_MAX && missing > PRECISION; round += 1) {
    // A line through the ends, where the end that stays counts half the next time (Illinois), so
    // that both move. Every fourth round halves, so that a jump costs no more than bisection.
    const halves = round % 4 === 0 || !(fa < 0);
    const x = halves ? a + (b - a) / 2 : a + ((b - a) * fa) / (fa - fb);
    if (!(x > a && x < b)) {
      const middle = a + (b - a) / 2;
      if (!(middle > a && middle < b)) break;
      continue;
    }
    const fx = cdf(x) - u;
    if (fx >= 0) {
      b = x;
      fb = fx;
      missing = fx;
      fa /= 2;
    } else {
      a = x;
      fa = fx;
      fb /= 2;
    }
  }
  return b;
}
