/**
 * The seed a user types becomes the key of all chance.
 */
import seedrandom from "seedrandom";
import type { Key } from "./engine.ts";
import type { RunOptions } from "./options.ts";

/** The two 32-bit words that a seed's text stands for: the first two draws of seedrandom's ARC4. */
export function keyOf(seed: string): Key {
  const draw = seedrandom(seed);
  return [draw.int32() >>> 0, draw.int32() >>> 0];
}

/** The text of the seed of a run. */
export const seedOf = ({ seed, scenario }: RunOptions): string => seed ?? scenario.run.seed;
