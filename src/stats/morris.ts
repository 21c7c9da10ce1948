/**
 * Morris's screening: which inputs matter at all, from few evaluations.
 *
 * A trajectory changes one input at a time, by two thirds of its range, on a grid of four levels;
 * each change gives one elementary effect. Source: Morris, Factorial sampling plans for preliminary
 * computational experiments, Technometrics 33 (1991); mu* from Campolongo, Cariboni and Saltelli,
 * An effective screening design, Environmental Modelling and Software 22 (2007).
 */
import { type BootstrapPlan, bootstrap } from "./bootstrap.ts";
import type { Addressed } from "./latin-hypercube.ts";
import { deviation, mean } from "./moments.ts";

const LEVELS = 4;
const STEP = LEVELS / 2 / (LEVELS - 1);

/** One trajectory: its points, and which input each step changes. */
export interface Trajectory {
  /** One more than there are inputs, each in [0, 1]. */
  readonly points: readonly (readonly number[])[];
  /** `order[i]` is the input that differs between points i and i + 1. */
  readonly order: readonly number[];
}

/** What the elementary effects of one input say, each with its 95 % bootstrap interval. */
export interface Screening {
  /** The mean effect of crossing the whole range: its sign is a direction. */
  readonly mu: number;
  /** The mean size of the effect: how much the input matters. */
  readonly muStar: number;
  readonly muStarInterval: readonly [number, number];
  /** The spread of the effect: above mu*, it depends on the other inputs or is bent. */
  readonly sigma: number;
  readonly sigmaInterval: readonly [number, number];
}

/** Trajectories over `inputs`; `uniform` is asked by trajectory and number. */
export function trajectories(
  count: number,
  inputs: number,
  uniform: Addressed,
): readonly Trajectory[] {
  return Array.from({ length: count }, (_, t) => {
    const order = Array.from({ length: inputs }, (_, i) => i);
    for (let i = inputs - 1; i > 0; i -= 1) {
      const other = Math.floor(uniform(t, inputs + i) * (i + 1));
      [order[i], order[other]] = [order[other], order[i]];
    }
    let at: readonly number[] = order.map(
      (_, i) => Math.floor(uniform(t, i) * LEVELS) / (LEVELS - 1),
    );
    const points = [at];
    for (const input of order) {
      at = at.map((x, i) => (i === input ? (x < 0.5 ? x + STEP : x - STEP) : x));
      points.push(at);
    }
    return { points, order };
  });
}

/** The screening of each input; `values[t][i]` is the output at point i of trajectory t. */
export function screen(
  all: readonly Trajectory[],
  values: readonly (readonly number[])[],
  plan: BootstrapPlan,
): readonly Screening[] {
  const inputs = all[0]?.order.length ?? 0;
  const effects = Array.from({ length: inputs }, () => new Array<number>(all.length));
  all.forEach(({ points, order }, t) => {
    order.forEach((input, i) => {
      const rise = points[i + 1][input] - points[i][input];
      effects[input][t] = (values[t][i + 1] - values[t][i]) / rise;
    });
  });
  return effects.map((own) => {
    const sizes = own.map(Math.abs);
    return {
      mu: mean(own),
      muStar: mean(sizes),
      muStarInterval: bootstrap(sizes, (sample) => mean([...sample]), plan),
      sigma: deviation(own),
      sigmaInterval: bootstrap(own, (sample) => deviation([...sample]), plan),
    };
  });
}
