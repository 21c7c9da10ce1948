/**
 * Held: a world whose farms, nodes and users are the same in every replication.
 *
 * Where a replication draws its fleet anew, its farm of a cause has nothing but the number in
 * common with the farm of that cause in another one. Who asks what becomes of one farm over many
 * replications holds what a farm, a node and a user are, and draws only what happens to them.
 */
import { HeldChance, streamId } from "../kernel/index.ts";
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

/** The chance of a replication of a setup on a fleet that all replications share. */
export function heldChance(
  { varied }: Setup,
  key: readonly [number, number],
  replication: number,
): HeldChance {
  const own = Object.keys(varied ?? {}).map((name) => `own.${name}`);
  return new HeldChance(key, replication, new Set([...WHO, ...own].map(streamId)));
}
