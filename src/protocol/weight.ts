/**
 * Weight: how much a farm counts in a vote, the running sum over its nodes.
 *
 * Source: tfchain 33046d6, pallet-dao/src/dao.rs, `node_changed`, `node_deleted`.
 * Quirks: a node counts whether it is up, certified, or neither; what is taken away stops at zero,
 * what is added wraps at 64 bits.
 */
import { voteWeight, weightUnits } from "./capacity.ts";
import type { FarmId } from "./contract/state.ts";
import type { Resources } from "./cost.ts";
import { withEntry } from "./entry.ts";

/** The weight of every farm that ever had a node. */
export type FarmWeights = ReadonlyMap<FarmId, bigint>;

/** A node, as its farm's weight sees it. */
export interface WeighedNode {
  readonly farm: FarmId;
  readonly resources: Resources;
}

/** What a farm weighs; nothing for one that never had a node. */
export const weightOf = (weights: FarmWeights, farm: FarmId): bigint => weights.get(farm) ?? 0n;

const weigh = (node: WeighedNode): bigint => voteWeight(weightUnits(node.resources));

/** The weights after a node came. */
export const addWeight = (weights: FarmWeights, node: WeighedNode): FarmWeights =>
  withEntry(weights, node.farm, BigInt.asUintN(64, weightOf(weights, node.farm) + weigh(node)));

/** The weights after a node went. */
export function takeWeight(weights: FarmWeights, node: WeighedNode): FarmWeights {
  const before = weightOf(weights, node.farm);
  const less = weigh(node);
  return withEntry(weights, node.farm, before > less ? before - less : 0n);
}
