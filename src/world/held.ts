/**
 * Held: a world whose farms, nodes and users are the same in every replication.
 *
 * Where a replication draws its fleet anew, its farm of a cause has nothing but the number in
 * common with the farm of that cause in another one. Who asks what becomes of one farm over many
 * replications holds what a farm, a node and a user are, and draws only what happens to them.
 */
import { type Batch, Chance, streamId } from "../kernel/index.ts";
import type { Setup } from "./setup.ts";

/** The streams that say who there is; all others say what happens. */
const WHO = [
  "farm.size",
  "farm.country",
  "farm.place",
  "farm.kind",
  "farm.addresses",
  "machine.class",
  "machine.spec",
  "node.traits",
  "node.age",
  "user.country",
  "user.habit",
  "user.careless",
  "user.appetite",
] as const;

/**
 * The chance of one replication, with held streams that all replications share: what is drawn from
 * one does not depend on the replication's number, and everything else is drawn as ever.
 */
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

/** The chance of a replication of a setup on a fleet that all replications share. */
export function heldChance(
  { varied }: Setup,
  key: readonly [number, number],
  replication: number,
): HeldChance {
  const own = Object.keys(varied ?? {}).map((name) => `own.${name}`);
  return new HeldChance(key, replication, new Set([...WHO, ...own].map(streamId)));
}
