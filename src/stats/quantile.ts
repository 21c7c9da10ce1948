/**
 * Quantiles, and how unequal a distribution is; exact, from all the values.
 */

/** The values in ascending order, as a new typed array. */
export const ascending = (values: ArrayLike<number>): Float64Array =>
  Float64Array.from(values).sort();

/**
 * The quantile at `share` in [0, 1] of values in ascending order, linear between neighbours
 * (type 7 of Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996); NaN if empty.
 */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const place = (n - 1) * Math.min(1, Math.max(0, share));
  const below = Math.floor(place);
  const low = sorted[below];
  if (below === n - 1 || place === below) return low;
  return low + (place - below) * (sorted[below + 1] - low);
}

/** The quantile at `share` in [0, 1] of values in any order (type 7); NaN if empty. */
export const quantile = (values: ArrayLike<number>, share: number): number =>
  quantileOf(ascending(values), share);

/**
 * The Gini coefficient of amounts >= 0: 0 where all have the same, (n - 1) / n where one has it
 * all; 0 where nobody has anything, NaN if empty.
 */
export function gini(values: ArrayLike<number>): number {
  const sorted = ascending(values);
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  let total = 0;
  let ranked = 0;
  for (let i = 0; i < n; i += 1) {
    total += sorted[i];
    ranked += (2 * (i + 1) - n - 1) * sorted[i];
  }
  return total === 0 ? 0 : ranked / (n * total);
}

/**
 * The Lorenz curve of amounts >= 0: what part of the total the poorest `share` have, one value a
 * share, linear between the holders; the diagonal where nobody has anything.
 */
export function lorenz(values: ArrayLike<number>, shares: readonly number[]): Float64Array {
  const sorted = ascending(values);
  const n = sorted.length;
  const held = new Float64Array(n + 1);
  for (let i = 0; i < n; i += 1) held[i + 1] = held[i] + sorted[i];
  const total = held[n];
  return Float64Array.from(shares, (share) => {
    if (total === 0) return share;
    const place = n * Math.min(1, Math.max(0, share));
    const below = Math.min(n - 1, Math.floor(place));
    return (held[below] + (place - below) * sorted[below]) / total;
  });
}
