/**
 * Which inputs decide the sign of an effect: the mean effect of the draws in which an input lies at
 * one end of its range, all others left to chance (a conditional mean, as in the first step of a
 * regional sensitivity analysis: Saltelli and others, Global Sensitivity Analysis, 2008, 5.3).
 *
 * A mean of draws bends with the effect, which a line through all of them would not: an effect that
 * is positive everywhere and grows by a factor has a line that ends below 0. The price is that a
 * slice holds few draws.
 */
import { deviation, mean } from "./moments.ts";
import { studentBound } from "./student.ts";

/** Draws of an effect, and at which end of each input they lie. */
export interface EndPlan {
  /** The effect, one value a draw. */
  readonly effects: readonly number[];
  /** By input: the number of the end that each draw lies at, or null where it lies at none. */
  readonly ends: readonly (readonly (number | null)[])[];
  /** The standard error of what all draws share, such as their chance. */
  readonly shared: number;
  readonly level: number;
}

/** The mean effect with one input held at one of its ends. */
export interface EndMean {
  readonly input: number;
  readonly end: number;
  /** The draws that lie there. */
  readonly n: number;
  readonly mean: number;
  /** Its interval alone, and one of a family that holds for all ends at once (Bonferroni). */
  readonly alone: readonly [low: number, high: number];
  readonly together: readonly [low: number, high: number];
}

/** Fewer draws at an end have no interval worth telling, and are left out. */
const DRAWS_LEAST = 3;

/** The means at all ends, by input and end. */
export function endMeans({ effects, ends, shared, level }: EndPlan): readonly EndMean[] {
  const groups = ends.flatMap((column, input) => {
    const found = new Map<number, number[]>();
    column.forEach((end, draw) => {
      if (end === null) return;
      const group = found.get(end) ?? [];
      if (group.length === 0) found.set(end, group);
      group.push(effects[draw]);
    });
    return [...found]
      .sort(([a], [b]) => a - b)
      .flatMap(([end, values]) => (values.length < DRAWS_LEAST ? [] : [{ input, end, values }]));
  });
  const each = 1 - (1 - level) / groups.length;
  return groups.map(({ input, end, values }): EndMean => {
    const n = values.length;
    const centre = mean(values);
    const spread = deviation(values);
    const error = Math.sqrt((spread * spread) / n + shared * shared);
    const around = (at: number): readonly [number, number] => {
      const half = studentBound(at, n - 1) * error;
      return [centre - half, centre + half];
    };
    return { input, end, n, mean: centre, alone: around(level), together: around(each) };
  });
}

/** The sign that an interval settles: 1, -1, or 0 where it holds 0 or is no interval. */
export const settledSign = ([low, high]: readonly [number, number]): -1 | 0 | 1 =>
  low > 0 ? 1 : high < 0 ? -1 : 0;
