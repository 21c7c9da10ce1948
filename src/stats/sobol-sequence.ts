/**
 * Sobol's sequence: points that fill the unit cube evenly, so that averages over them converge
 * faster than over independent ones.
 *
 * Direction numbers: Joe and Kuo, Constructing Sobol sequences with better two-dimensional
 * projections, SIAM J. Sci. Comput. 30 (2008), the criterion D(6), first 53 dimensions. Points are
 * taken in the order of their numbers rather than of Gray's code: the first 2^m are the same set.
 */

/** How many dimensions there are direction numbers for. */
export const SOBOL_DIMENSIONS = 53;

const BITS = 32;
const TWO_32 = 4_294_967_296;

/**
 * For each dimension from the second on: the inner coefficients of its primitive polynomial, as
 * bits, and its first direction numbers, as many as the polynomial's degree.
 */
const DIRECTIONS: readonly (readonly [coefficients: number, ...first: readonly number[]])[] = [
  [0, 1],
  [1, 1, 3],
  [1, 1, 3, 1],
  [2, 1, 1, 1],
  [1, 1, 1, 3, 3],
  [4, 1, 3, 5, 13],
  [2, 1, 1, 5, 5, 17],
  [4, 1, 1, 5, 5, 5],
  [7, 1, 1, 7, 11, 19],
  [11, 1, 1, 5, 1, 1],
  [13, 1, 1, 1, 3, 11],
  [14, 1, 3, 5, 5, 31],
  [1, 1, 3, 3, 9, 7, 49],
  [13, 1, 1, 1, 15, 21, 21],
  [16, 1, 3, 1, 13, 27, 49],
  [19, 1, 1, 1, 15, 7, 5],
  [22, 1, 3, 1, 15, 13, 25],
  [25, 1, 1, 5, 5, 19, 61],
  [1, 1, 3, 7, 11, 23, 15, 103],
  [4, 1, 3, 7, 13, 13, 15, 69],
  [7, 1, 1, 3, 13, 7, 35, 63],
  [8, 1, 3, 5, 9, 1, 25, 53],
  [14, 1, 3, 1, 13, 9, 35, 107],
  [19, 1, 3, 1, 5, 27, 61, 31],
  [21, 1, 1, 5, 11, 19, 41, 61],
  [28, 1, 3, 5, 3, 3, 13, 69],
  [31, 1, 1, 7, 13, 1, 19, 1],
  [32, 1, 3, 7, 5, 13, 19, 59],
  [37, 1, 1, 3, 9, 25, 29, 41],
  [41, 1, 3, 5, 13, 23, 1, 55],
  [42, 1, 3, 7, 3, 13, 59, 17],
  [50, 1, 3, 1, 3, 5, 53, 69],
  [55, 1, 1, 5, 5, 23, 33, 13],
  [56, 1, 1, 7, 7, 1, 61, 123],
  [59, 1, 1, 7, 9, 13, 61, 49],
  [62, 1, 3, 3, 5, 3, 55, 33],
  [14, 1, 3, 1, 15, 31, 13, 49, 245],
  [21, 1, 3, 5, 15, 31, 59, 63, 97],
  [22, 1, 3, 1, 11, 11, 11, 77, 249],
  [38, 1, 3, 1, 11, 27, 43, 71, 9],
  [47, 1, 1, 7, 15, 21, 11, 81, 45],
  [49, 1, 3, 7, 3, 25, 31, 65, 79],
  [50, 1, 3, 1, 1, 19, 11, 3, 205],
  [52, 1, 1, 5, 9, 19, 21, 29, 157],
  [56, 1, 3, 7, 11, 1, 33, 89, 185],
  [67, 1, 3, 3, 3, 15, 9, 79, 71],
  [70, 1, 3, 7, 11, 15, 39, 119, 27],
  [84, 1, 1, 3, 1, 11, 31, 97, 225],
  [97, 1, 1, 1, 3, 23, 43, 57, 177],
  [103, 1, 3, 7, 7, 17, 17, 37, 71],
  [115, 1, 3, 1, 5, 27, 63, 123, 213],
  [122, 1, 1, 3, 5, 11, 43, 53, 133],
];

/** The polynomial of a dimension from the second on, as bits, the highest power first. */
export function polynomialOf(dimension: number): number {
  const [coefficients, ...first] = DIRECTIONS[dimension - 1];
  return (1 << first.length) + 2 * coefficients + 1;
}

/** The 32 direction numbers of a dimension, as fractions of 2^32. */
function directionsOf(dimension: number): Uint32Array {
  const v = new Uint32Array(BITS);
  if (dimension === 0) {
    for (let k = 0; k < BITS; k += 1) v[k] = 1 << (BITS - 1 - k);
    return v;
  }
  const [coefficients, ...first] = DIRECTIONS[dimension - 1];
  const degree = first.length;
  for (let k = 0; k < BITS; k += 1) {
    if (k < degree) {
      v[k] = first[k] << (BITS - 1 - k);
      continue;
    }
    let next = v[k - degree] ^ (v[k - degree] >>> degree);
    for (let j = 1; j < degree; j += 1) {
      if ((coefficients >>> (degree - 1 - j)) & 1) next ^= v[k - j];
    }
    v[k] = next;
  }
  return v;
}

/**
 * The points with these numbers in (0, 1) to the power `dimensions`, at most `SOBOL_DIMENSIONS`.
 * `shift` gives each dimension a 32-bit word that all its coordinates are changed by (a digital
 * shift): with words by chance every point is uniform, and the points stay as even as they were.
 */
export function sobolAt(
  numbers: readonly number[],
  dimensions: number,
  shift: (dimension: number) => number = () => 0,
): readonly (readonly number[])[] {
  const directions = Array.from({ length: dimensions }, (_, j) => directionsOf(j));
  const shifts = directions.map((_, j) => shift(j));
  return numbers.map((number) =>
    directions.map((v, j) => {
      let bits = shifts[j];
      for (let k = 0, rest = number; rest > 0; k += 1, rest >>>= 1) if (rest & 1) bits ^= v[k];
      return ((bits >>> 0) + 0.5) / TWO_32;
    }),
  );
}

/** The first `count` points. */
export const sobolPoints = (
  count: number,
  dimensions: number,
  shift?: (dimension: number) => number,
): readonly (readonly number[])[] =>
  sobolAt(
    Array.from({ length: count }, (_, i) => i),
    dimensions,
    shift,
  );
