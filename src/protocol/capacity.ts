/**
 * Cloud units of a node, in the two contexts that look at its hardware: the minting, which pays
 * for them, and the chain's governance, which weighs votes and policy limits by them. What a user
 * is billed for is a third rule (`cost.ts`); the types keep the three apart.
 *
 * Sources: minting_v3 fc7e17d, minting/src/main.rs, cloud_units_permill; tfchain 33046d6,
 * support/src/resources.rs, get_cu and get_su.
 * Quirks: the minting multiplies before it divides, and memory below 1 GiB wraps around. In
 * governance a tie for the scarcest resource counts as nothing, and memory never binds.
 */
import { type Bytes, bytes, GIB, type Of } from "../units/index.ts";
import type { Resources } from "./cost.ts";

/** Millionths of a minting compute unit. */
export type MintCu = Of<bigint, "1e-6 minting CU">;
/** Millionths of a minting storage unit. */
export type MintSu = Of<bigint, "1e-6 minting SU">;
/** Millionths of a minting network unit, a GiB of public traffic. */
export type MintNu = Of<bigint, "1e-6 minting NU">;

/** What the minting pays a node for, in millionths. */
export interface MintUnits {
  readonly cu: MintCu;
  readonly su: MintSu;
  readonly nu: MintNu;
}

/** Which program counts: the one in force, or 3.0 of early 2022 with one CU per thread. */
export type CapacityRule = "current" | "v3.0";

const GIB_BYTES = BigInt(GIB);
const MILLION = 1_000_000n;

/** The minting units of a node: `traffic` is the public traffic its contracts reported. */
export function mintUnits(
  node: Resources,
  traffic: Bytes = bytes(0n),
  rule: CapacityRule = "current",
): MintUnits {
  const perThread = rule === "v3.0" ? 1n : 2n;
  const byCores = node.cru * perThread * GIB_BYTES * MILLION;
  const byMemory = BigInt.asUintN(128, (node.mru - GIB_BYTES) * MILLION) / 4n;
  const bySsd = (node.sru * MILLION) / 50n;
  const scarcest = least(byCores, least(byMemory, bySsd));
  const storage = (node.hru * MILLION) / 1200n + (node.sru * MILLION) / 250n;
  return {
    cu: BigInt.asUintN(64, scarcest / GIB_BYTES) as MintCu,
    su: BigInt.asUintN(64, storage / GIB_BYTES) as MintSu,
    nu: BigInt.asUintN(64, (traffic * MILLION) / GIB_BYTES) as MintNu,
  };
}

/** Whole compute units as governance counts them. */
export type WeightCu = Of<bigint, "governance CU">;
/** Whole storage units as governance counts them. */
export type WeightSu = Of<bigint, "governance SU">;

/** A node's units for policy limits and votes. */
export interface WeightUnits {
  readonly cu: WeightCu;
  readonly su: WeightSu;
}

/** The governance units of a node; a tie for the scarcest of cores, memory and SSD gives no CU. */
export function weightUnits(node: Resources): WeightUnits {
  const byCores = node.cru * 2n * GIB_BYTES * 1000n;
  const byMemory = ((node.mru > 1n ? node.mru - 1n : 0n) * GIB_BYTES * 1000n) / 4n;
  const bySsd = (node.sru * 1000n) / 50n;
  const scarcest = BigInt.asUintN(64, strictlyLeast(byCores, byMemory, bySsd));
  const storage = ((node.hru * 1000n) / 1200n + (node.sru * 1000n) / 250n) / GIB_BYTES / 1000n;
  return {
    cu: ((scarcest / GIB_BYTES / 1000n) * 2n) as WeightCu,
    su: BigInt.asUintN(64, storage) as WeightSu,
  };
}

/** A node's weight in a vote of farmers: two for a compute unit, one for a storage unit. */
export const voteWeight = (units: WeightUnits): bigint => 2n * units.cu + units.su;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function strictlyLeast(a: bigint, b: bigint, c: bigint): bigint {
  if (a < b && a < c) return a;
  if (b < a && b < c) return b;
  if (c < a && c < b) return c;
  return 0n;
}
