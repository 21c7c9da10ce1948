/**
 * What minting cases say of nodes, policies and the program that judges them.
 */
import {
  type FarmCertification,
  type FarmingPolicy,
  type MintingEra,
  type NodeCertification,
  type PolicyLimits,
  uptimeRules,
} from "../protocol/index.ts";
import { blocks, type MilliUsd, milliUsd, seconds } from "../units/index.ts";
import { milliUsdAt } from "./billing-terms.ts";
import { at, count, flag, integer, maybe, type Spot, whole, word } from "./spot.ts";

const ERAS = Object.keys(uptimeRules) as readonly MintingEra[];
const NODE_CERTIFICATIONS: readonly NodeCertification[] = ["Diy", "Certified"];
const FARM_CERTIFICATIONS: readonly FarmCertification[] = ["NotCertified", "Gold"];

/** Reads the era of the minting program; the current one where none is named. */
export const eraAt = (spot: Spot): MintingEra =>
  maybe(spot, (named) => word(named, ERAS), "current");

/** Reads whether a node is certified. */
export const nodeCertificationAt = (spot: Spot): NodeCertification =>
  word(spot, NODE_CERTIFICATIONS);

/** Reads whether a farm is certified. */
export const farmCertificationAt = (spot: Spot): FarmCertification =>
  word(spot, FARM_CERTIFICATIONS);

/** Reads the price of a TFT at a node's registration, which rewards are divided by. */
export const connectionPriceAt = (spot: Spot): MilliUsd => milliUsd(whole(spot, 1n));

/** Reads a farming policy; its number stands in it or, in an object of policies, before it. */
export const policyAt = (spot: Spot, id = count(at(spot, "id"))): FarmingPolicy => ({
  id,
  cu: milliUsdAt(at(spot, "cu")),
  su: milliUsdAt(at(spot, "su")),
  nu: milliUsdAt(at(spot, "nu")),
  ipv4: milliUsdAt(at(spot, "ipv4")),
  minimalUptime: count(at(spot, "minimal_uptime")),
  default: flag(at(spot, "default")),
  immutable: flag(at(spot, "immutable")),
  nodeCertification: nodeCertificationAt(at(spot, "node_certification")),
  farmCertification: farmCertificationAt(at(spot, "farm_certification")),
  created: blocks(0),
  end: blocks(0),
});

/** Reads the limits of a policy that is attached to a farm; what is absent has no limit. */
export const limitsAt = (spot: Spot): PolicyLimits => ({
  policy: count(at(spot, "farming_policy_id")),
  cu: maybe(at(spot, "cu"), whole, null),
  su: maybe(at(spot, "su"), whole, null),
  end: maybe(at(spot, "end"), (end) => seconds(integer(end)), null),
  nodes: maybe(at(spot, "node_count"), (nodes) => count(nodes), null),
});
