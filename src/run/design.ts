/**
 * Where the points of an experiment lie: on a grid, in a Latin hypercube, on Sobol's sequence.
 *
 * The chance of a design is addressed by the run's seed in streams of its own, so that it is the
 * same wherever the design is made, in part or in whole.
 */
import { Chance, streamId } from "../kernel/index.ts";
import { latinHypercube, SOBOL_DIMENSIONS, sobolPoints } from "../stats/index.ts";
import { keyOf } from "./seed.ts";

/** The ways to place points. */
export const DESIGNS = ["grid", "lhs", "sobol"] as const;

/** One of them. */
export type Design = (typeof DESIGNS)[number];

/** How sensitivity can be asked for. */
export const METHODS = ["morris", "sobol", "both"] as const;

/** Replications of each draw of what is not known, where nobody says otherwise. */
export const INNER = 4;

const SHIFT = streamId("design.shift");
const CUBE = streamId("design.cube");
const PATH = streamId("design.path");
const RESAMPLE = streamId("design.resample");

/** Chance for designs and resamples, from the text of a seed. */
export function designChance(seed: string) {
  const chance = new Chance(keyOf(seed), 0);
  return {
    /** Words that shift Sobol's sequence, by dimension. */
    shift: (dimension: number): number => chance.word(SHIFT, 0, dimension, 0),
    /** Uniform numbers of a hypercube, by axis and number. */
    cube: (axis: number, number: number): number => chance.uniform(CUBE, axis, number, 0),
    /** Uniform numbers of trajectories, by trajectory and number. */
    path: (path: number, number: number): number => chance.uniform(PATH, path, number, 0),
    /** Uniform numbers of resamples, by address. */
    resample: (address: number): number => chance.uniform(RESAMPLE, 0, address, 0),
  };
}

/** Points as shares in [0, 1] of each axis; more axes than Sobol's sequence has are refused. */
export function spread(
  design: Exclude<Design, "grid">,
  points: number,
  axes: number,
  seed: string,
): readonly (readonly number[])[] | string {
  const { shift, cube } = designChance(seed);
  if (design === "lhs") return latinHypercube(points, axes, cube) ?? [];
  if (axes > SOBOL_DIMENSIONS) {
    return `--design: expected at most ${SOBOL_DIMENSIONS} axes for sobol, found ${axes}`;
  }
  return sobolPoints(points, axes, shift);
}

/** All combinations of lists, the last one changing fastest. */
export function combinations(
  lists: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (before, list) => before.flatMap((head) => list.map((value) => [...head, value])),
    [[]],
  );
}
