/**
 * The reward of a node for a minting period: capacity, traffic and addresses, times uptime.
 *
 * Source: minting_v3 fc7e17d, minting/src/main.rs, node_payout_musd, node_payout_tft_units,
 * scaled_payout; the carbon mint existed until commit d1536c0 (2025-01-22). All divisions floor.
 * Quirks: a certified node on policy 1 gets a quarter more, while policy 2 has its own rounded
 * values; policies 1 and 2 pay in proportion above a minimum that follows the node's certification
 * and not the policy, any other pays in full or not at all; the program treats policy 3 like them
 * where it is a plain one with the default minimum (a test network's).
 * Disagreements: which uptime is paid how has changed five times, each a row of `payRules` and a
 * word of `policy.minting.payment`, the default being `current`; the price was once a constant for
 * everybody (`pricePaid`, the word `policy.minting.pricePaid`); what a new node is measured against
 * was once its own part of the period (`ownPart`, the word `policy.minting.newNodes`); a run once
 * minted for carbon besides (`carbonReward`, the word `policy.minting.carbon`).
 */
import {
  assert,
  type MilliUsd,
  milliUsd,
  type Permille,
  permille,
  type Seconds,
  seconds,
  type Tft,
  type TftCount,
  tft,
  tftCount,
  UNITS_PER_TOKEN,
} from "../units/index.ts";
import type { MintUnits } from "./capacity.ts";
import type { FarmingPolicy, NodeCertification } from "./farming-policy.ts";
import type { MinimumUptime } from "./minting-policy.ts";
import { PERIOD_LENGTH, type Period } from "./period.ts";

/** What the reward of a node depends on besides its uptime. */
export interface MintedNode {
  readonly units: MintUnits;
  /** Seconds of public addresses in use, summed over addresses. */
  readonly ipSeconds: bigint;
  readonly certification: NodeCertification;
  readonly policy: FarmingPolicy;
  /** The price of a TFT at the node's registration. */
  readonly connectionPrice: MilliUsd;
  readonly virtualized: boolean;
  /** Any violation takes the whole reward. */
  readonly violated: boolean;
}

/** An amount in both currencies. */
export interface Amount {
  readonly usd: MilliUsd;
  readonly tft: Tft;
}

/** A node's reward: what a whole period would pay, the uptime, and what is paid. */
export interface Reward {
  readonly full: Amount;
  readonly permille: Permille;
  readonly paid: Amount;
}

const MILLION = 1_000_000n;

/** The reward at full uptime. */
export function fullReward(node: MintedNode): Amount {
  if (node.virtualized || node.violated) return amount(0n, node.connectionPrice);
  const { units, policy } = node;
  const capacity = units.cu * policy.cu + units.su * policy.su + units.nu * policy.nu;
  const base = capacity / MILLION + (node.ipSeconds * policy.ipv4) / 3600n;
  const bonus = node.certification === "Certified" && policy.id === 1;
  return amount(bonus ? (base * 5n) / 4n : base, node.connectionPrice);
}

const amount = (usd: bigint, price: MilliUsd): Amount => ({
  usd: milliUsd(usd),
  tft: tft((usd * BigInt(UNITS_PER_TOKEN)) / price),
});

/** Uptime in whole thousandths of a period, at most all of it; every second counts for 1000. */
export const uptimePermille = (credited: Seconds, length: Seconds = PERIOD_LENGTH): Permille =>
  permille(Math.min(1000, Math.floor((credited * 1000) / length)));

/** The length of a node's own part of a period, for the runs that measured a new node by it. */
export const ownPart = (period: Pick<Period, "start" | "end">, registered: Seconds): Seconds =>
  seconds(period.end - Math.max(period.start, registered));

/** The runs of August to October 2022, which paid everybody at one price. */
const ONE_PRICE_FROM = 52;
const ONE_PRICE_TO = 54;

/** The price at which a period's run paid a node whose own price it is given. */
export const pricePaid = (offset: number, own: MilliUsd): MilliUsd =>
  offset >= ONE_PRICE_FROM && offset <= ONE_PRICE_TO ? PRINTED_PRICE : own;

/** The price printed in every receipt since August 2022, whatever the node's own is. */
export const PRINTED_PRICE: MilliUsd = milliUsd(80n);

/** What share of the full reward is paid, in thousandths. */
export function paidPermille(
  uptime: Permille,
  policy: FarmingPolicy,
  certification: NodeCertification,
  minimum: MinimumUptime,
): Permille {
  if (!isJudgedByUptime(policy, minimum)) {
    return permille(uptime >= policy.minimalUptime ? 1000 : 0);
  }
  const least = certification === "Certified" ? minimum.certified : minimum.diy;
  if (uptime < least) return permille(0);
  return minimum.whole === true ? permille(1000) : uptime;
}

const isJudgedByUptime = (policy: FarmingPolicy, { policies }: MinimumUptime): boolean =>
  policies === undefined ? isPlain(policy) : policies.includes(policy.id);

const isPlain = (policy: FarmingPolicy): boolean =>
  policy.id === 1 ||
  policy.id === 2 ||
  (policy.id === 3 && !policy.default && !policy.immutable && policy.minimalUptime === 95);

/** The reward of a period; `credited` is null where the node never reported. */
export function reward(
  node: MintedNode,
  credited: Seconds | null,
  minimum: MinimumUptime,
  length: Seconds = PERIOD_LENGTH,
): Reward {
  const full = fullReward(node);
  if (credited === null) {
    return { full, permille: permille(0), paid: amount(0n, node.connectionPrice) };
  }
  const uptime = uptimePermille(credited, length);
  const paid = BigInt(paidPermille(uptime, node.policy, node.certification, minimum));
  return {
    full,
    permille: uptime,
    paid: {
      usd: milliUsd((full.usd * paid) / 1000n),
      tft: tft((full.tft * paid) / 1000n),
    },
  };
}

/** The rates of a policy in plain numbers, for tables; `quarterMore` is the bonus of policy 1. */
export interface RewardRates {
  readonly cu: number;
  readonly su: number;
  readonly nu: number;
  readonly ipv4: number;
  readonly quarterMore: boolean;
}

/** The rates at which a node of a certification earns under a policy. */
export const rewardRates = (
  policy: FarmingPolicy,
  certification: NodeCertification,
): RewardRates => ({
  cu: Number(policy.cu),
  su: Number(policy.su),
  nu: Number(policy.nu),
  ipv4: Number(policy.ipv4),
  quarterMore: certification === "Certified" && policy.id === 1,
});

/**
 * The full reward in whole 1e-3 USD, in plain numbers for tables: `cu`, `su` and `nu` in
 * millionths. Equal to `fullReward` while the products stay exact, which it asserts.
 */
export function fullCount(
  cu: number,
  su: number,
  nu: number,
  ipSeconds: number,
  rates: RewardRates,
): number {
  const capacity = cu * rates.cu + su * rates.su + nu * rates.nu;
  const addresses = ipSeconds * rates.ipv4;
  assert(
    capacity <= Number.MAX_SAFE_INTEGER && addresses <= Number.MAX_SAFE_INTEGER,
    "a reward is no exact number in a double",
  );
  const base = Math.floor(capacity / 1_000_000) + Math.floor(addresses / 3_600);
  return rates.quarterMore ? Math.floor((base * 5) / 4) : base;
}

/**
 * The TFT paid on a full reward of `usd` whole 1e-3 USD, in plain numbers for tables. Equal to
 * `reward` while the products stay exact, which it asserts.
 */
export function paidCount(usd: number, price: number, paid: Permille): TftCount {
  const units = usd * UNITS_PER_TOKEN;
  assert(units <= Number.MAX_SAFE_INTEGER, "a reward is exact in a double");
  const full = Math.floor(units / price);
  const thousands = Math.floor(full / 1_000);
  // Thousands apart, since the whole amount times the share would pass 2^53.
  return tftCount(thousands * paid + Math.floor(((full - thousands * 1_000) * paid) / 1_000));
}

const CARBON_CU = 354n;
const CARBON_SU = 122n;

/** What the carbon mint of a node depends on: neither its certification nor its policy. */
export type CarbonNode = Omit<MintedNode, "certification" | "policy" | "ipSeconds">;

/** The carbon mint of a node for a period, in proportion to its uptime; until January 2025. */
export function carbonReward(node: CarbonNode, credited: Seconds): Amount {
  const units =
    node.virtualized || node.violated
      ? 0n
      : (node.units.cu * CARBON_CU + node.units.su * CARBON_SU) / MILLION;
  const full = amount(units, node.connectionPrice);
  const time = BigInt(Math.min(credited, PERIOD_LENGTH));
  const period = BigInt(PERIOD_LENGTH);
  return { usd: milliUsd((full.usd * time) / period), tft: tft((full.tft * time) / period) };
}
