/**
 * The farming policy of gold farms, made by the first vote of the DAO, whose numbers are not known.
 *
 * Source: forum 3323 for its existence; grid_weblets, FarmingProfile.ts, for half above the
 * default; the tests of pallet-minting on tfchain's branch development_on_chain_minting for the
 * other.
 * A grid has no such policy unless it is told one of these, or its own.
 */
import { blocks, milliUsd } from "../units/index.ts";
import type { FarmingPolicy } from "./farming-policy.ts";

/** What the policy of gold farms pays, by two sources that disagree. */
const gold = (id: number, su: bigint, ipv4: bigint, minimalUptime: number): FarmingPolicy => ({
  id,
  cu: milliUsd(3_600n),
  su: milliUsd(su),
  nu: milliUsd(45n),
  ipv4: milliUsd(ipv4),
  minimalUptime,
  default: false,
  immutable: false,
  nodeCertification: "Certified",
  farmCertification: "Gold",
  created: blocks(1),
  end: blocks(0),
});

/**
 * The gold policy under a number: half above the default by the weblet's calculator for gold farms,
 * or what the never deployed pallet-minting is tested with. Neither is known to be the chain's.
 */
export const goldCandidates = (
  id: number,
): Readonly<Record<"weblet" | "pallet", FarmingPolicy>> => ({
  weblet: gold(id, 1_500n, 7n, 95),
  pallet: gold(id, 2_250n, 5n, 998),
});
