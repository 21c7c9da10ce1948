/**
 * Cloud units of a node, in the two contexts that look at its hardware: the minting, which pays
 * for them, and the chain's governance, which weighs votes and policy limits by them. What a user
 * is billed for is a third rule (`cost.ts`); the types keep the three apart.
 *
 * Sources: minting_v3 fc7e17d, minting/src/main.rs, cloud_units_permill; tfchain 33046d6,
 * support/src/resources.rs, get_cu and get_su.
 * Quirks: the minting multiplies before it divides, and memory below 1 GiB wraps around. In
 * governance a tie for the scarcest resource counts as nothing, and memory never binds.
 * Disagreements, each a word of `policy.minting.units` beside the default `current`: the runs of
 * January and February 2022 counted one CU a thread (`v3.0`, mended by v3.1.1); the draft of
 * December 2021 (ledger_chain issue 176) had no SSD in the CU and took 0.8 of an SSD's 300th for a
 * storage unit (`draft-2021`); the manual's gigabyte was decimal until March 2022 (`manual-2022`).
 * A fourth, the SSD less what the CU takes of it, stood in the manual for a month and in no
 * program.
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

/** The programs and papers that count: the one in force, and earlier ones. */
export const capacityRules = ["current", "v3.0", "draft-2021", "manual-2022"] as const;

/** Which program or paper counts. */
export type CapacityRule = (typeof capacityRules)[number];

/** What a rule counts with. */
interface CapacityTerms {
  /** Compute units that a thread is good for. */
  readonly perThread: bigint;
  /** Whether a compute unit needs its SSD. */
  readonly ssdBinds: boolean;
  /** Gigabytes of SSD in a storage unit. */
  readonly ssdPerSu: bigint;
  /** Bytes of a gigabyte. */
  readonly gigabyte: bigint;
}

const GIB_BYTES = BigInt(GIB);
const MILLION = 1_000_000n;
const CURRENT: CapacityTerms = {
  perThread: 2n,
  ssdBinds: true,
  ssdPerSu: 250n,
  gigabyte: GIB_BYTES,
};
const capacityTerms: Readonly<Record<CapacityRule, CapacityTerms>> = {
  current: CURRENT,
  "v3.0": { ...CURRENT, perThread: 1n },
  // 300 / 0.8
  "draft-2021": { ...CURRENT, ssdBinds: false, ssdPerSu: 375n },
  "manual-2022": { ...CURRENT, gigabyte: 1_000_000_000n },
};

/** The minting units of a node: `traffic` is the public traffic its contracts reported. */
export function mintUnits(
  node: Resources,
  traffic: Bytes = bytes(0n),
  rule: CapacityRule = "current",
): MintUnits {
  const { perThread, ssdBinds, ssdPerSu, gigabyte } = capacityTerms[rule];
  const byCores = node.cru * perThread * gigabyte * MILLION;
  const byMemory = BigInt.asUintN(128, (node.mru - gigabyte) * MILLION) / 4n;
  const bound = least(byCores, byMemory);
  const scarcest = ssdBinds ? least(bound, (node.sru * MILLION) / 50n) : bound;
  const storage = (node.hru * MILLION) / 1200n + (node.sru * MILLION) / ssdPerSu;
  return {
    cu: BigInt.asUintN(64, scarcest / gigabyte) as MintCu,
    su: BigInt.asUintN(64, storage / gigabyte) as MintSu,
    nu: BigInt.asUintN(64, (traffic * MILLION) / gigabyte) as MintNu,
  };
}

/** The bytes that are a gigabyte to a rule, and a unit of the network. */
export const gigabyteOf = (rule: CapacityRule): bigint => capacityTerms[rule].gigabyte;

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
