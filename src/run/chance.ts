/** The chance of one replication, the same in every thread that asks for it. */
import { Chance, MirroredChance } from "../kernel/index.ts";
import { heldChance } from "../world/held.ts";
import type { Setup } from "../world/setup.ts";
import type { Key } from "./engine.ts";

/** The chance of a replication; of an antithetic pair the second has it mirrored. */
export function chanceOf(
  setup: Setup,
  key: Key,
  replication: number,
  antithetic: boolean | undefined,
): Chance {
  if (setup.held === true) return heldChance(setup, key, replication);
  if (antithetic !== true) return new Chance(key, replication);
  const pair = Math.floor(replication / 2);
  return replication % 2 === 0 ? new Chance(key, pair) : new MirroredChance(key, pair);
}
