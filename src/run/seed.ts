/**
 * The seed a user types becomes the key of all chance.
 */
import seedrandom from "seedrandom";
import type { Key } from "./engine.ts";

/** The two 32-bit words that a seed's text stands for: the first two draws of seedrandom's ARC4. */
export function keyOf(seed: string): Key {
  const draw = seedrandom(seed);
  return [draw.int32() >>> 0, draw.int32() >>> 0];
}
