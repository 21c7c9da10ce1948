/**
 * Chance of which some streams are the same in every replication.
 *
 * What is drawn from a held stream does not depend on the replication's number; everything else is
 * drawn as ever. So the same actors can be met again and again while their fate differs.
 */
import type { Batch } from "./batch.ts";
import { Chance } from "./chance.ts";

/** The chance of one replication, with held streams that all replications share. */
export class HeldChance extends Chance {
  readonly #held: Chance;
  readonly #streams: ReadonlySet<number>;

  /** The user's seed, the number of the replication, and the streams that do not depend on it. */
  constructor(key: readonly [number, number], replication: number, streams: ReadonlySet<number>) {
    super(key, replication);
    this.#held = new Chance(key, 0);
    this.#streams = streams;
  }

  /** As `Chance.block`; a held stream answers as it does in replication 0. */
  override block(stream: number, high: number, low: number, number: number): Uint32Array {
    return this.#streams.has(stream)
      ? this.#held.block(stream, high, low, number)
      : super.block(stream, high, low, number);
  }

  override pairs(batch: Batch, count: number, stream: number, causeHigh: number): void {
    if (this.#streams.has(stream)) this.#held.pairs(batch, count, stream, causeHigh);
    else super.pairs(batch, count, stream, causeHigh);
  }
}
