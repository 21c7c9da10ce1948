/** The chance of one replication, the same in every thread that asks for it. */
import { type Batch, Chance } from "../kernel/index.ts";
import { heldChance } from "../world/held.ts";
import type { Setup } from "../world/setup.ts";
import type { Key } from "./engine.ts";

/** The same chance seen in a mirror: each uniform u is 1 - u, for antithetic pairs. */
export class MirroredChance extends Chance {
  /** Every bit is turned, which makes exactly 1 - u of each uniform. */
  override block(stream: number, high: number, low: number, number: number): Uint32Array {
    const words = super.block(stream, high, low, number);
    for (let i = 0; i < 4; i += 1) words[i] = ~words[i];
    return words;
  }

  override pairs(batch: Batch, count: number, stream: number, causeHigh: number): void {
    super.pairs(batch, count, stream, causeHigh);
    if (batch.plain) return;
    for (let i = 0; i < count; i += 1) {
      batch.first[i] = 1 - batch.first[i];
      batch.second[i] = 1 - batch.second[i];
    }
  }
}

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
