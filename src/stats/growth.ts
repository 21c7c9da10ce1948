/**
 * How one quantity grows with another: the exponent of a power law, by ordinary least squares of
 * the logarithms (every point counts the same in relative terms).
 */
import { ln } from "../kernel/index.ts";

/** A fitted exponent, and its standard error: NaN below three points. */
export interface Growth {
  readonly exponent: number;
  readonly error: number;
}

/** The growth of positive values with positive sizes, one value a size; NaN below two sizes. */
export function growthOf(sizes: readonly number[], values: readonly number[]): Growth {
  const n = sizes.length;
  const xs = sizes.map(ln);
  const ys = values.map(ln);
  const x = meanOf(xs);
  const y = meanOf(ys);
  const spread = sumOf(xs.map((each) => (each - x) * (each - x)));
  const exponent = sumOf(xs.map((each, i) => (each - x) * (ys[i] - y))) / spread;
  const squares = sumOf(
    xs.map((each, i) => {
      const off = ys[i] - y - exponent * (each - x);
      return off * off;
    }),
  );
  return { exponent, error: n < 3 ? Number.NaN : Math.sqrt(squares / (n - 2) / spread) };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const meanOf = (values: readonly number[]): number => sumOf(values) / values.length;
