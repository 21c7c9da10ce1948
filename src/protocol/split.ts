/**
 * Split: who receives what a contract paid.
 *
 * Lifecycle: asked when a contract's payout is due, every 24 bills or when it ends.
 * Source: tfchain ADR 0023 and pallet-smart-contract/src/billing.rs of 2025, `distribute_rewards`
 * (reserve, since spec 152); tfchain 33046d6, pallet-smart-contract/src/billing.rs,
 * `_distribute_cultivation_rewards` (legacy, with burning).
 * Quirks: the reserve split gives the remainder of the rounding to the farmer, or to the foundation
 * where there is no node; it burns nothing and pays no solution provider. The legacy split rounds
 * half the amount down on a tie, so a unit stays with the payer, and providers can overdraw it; it
 * adds up what providers take in 8 bits, as their creation does, so of 260 percent it sees 4.
 */
import {
  block,
  perbillPercentOf,
  type Tft,
  tft,
  type Values,
  wholePercent,
} from "../units/index.ts";

const RESERVE = {
  quality: "seen",
  source: "tfchain ADR 0023, pallet-smart-contract/src/billing.rs of 2025, distribute_rewards",
  date: "2025-06",
} as const;
const LEGACY = {
  quality: "seen",
  source: "tfchain 33046d6, pallet-smart-contract/src/billing.rs, burning",
  date: "2024-03",
} as const;

/** The shares of what contracts pay. */
export const splitBlock = block("policy.split", "Who receives what contracts pay.", {
  staking: {
    kind: "share",
    default: "10 %",
    bounds: ["0 %", "100 %"],
    range: ["0 %", "20 %"],
    ...RESERVE,
    doc: "Share of a node or rent contract's payment for the staking pool.",
  },
  foundation: {
    kind: "share",
    default: "40 %",
    bounds: ["0 %", "100 %"],
    range: ["20 %", "60 %"],
    ...RESERVE,
    doc: "Share of a node or rent contract's payment for the foundation; the farmer has the rest.",
  },
  nameStaking: {
    kind: "share",
    default: "10 %",
    bounds: ["0 %", "100 %"],
    range: ["0 %", "20 %"],
    ...RESERVE,
    doc: "Share of a name contract's payment for the staking pool; the foundation has the rest.",
  },
  legacyStaking: {
    kind: "share",
    default: "5 %",
    bounds: ["0 %", "50 %"],
    range: null,
    ...LEGACY,
    doc: "Share for the staking pool under the legacy rules.",
  },
  legacyFoundation: {
    kind: "share",
    default: "10 %",
    bounds: ["0 %", "50 %"],
    range: null,
    ...LEGACY,
    doc: "Share for the foundation under the legacy rules.",
  },
  legacySales: {
    kind: "share",
    default: "50 %",
    bounds: ["0 %", "100 %"],
    range: null,
    ...LEGACY,
    doc: "Share for sales and providers under the legacy rules; the rest is split or burned.",
  },
});

/** The shares in whole percent, as the chain holds them. */
export interface SplitPolicy {
  readonly staking: bigint;
  readonly foundation: bigint;
  readonly nameStaking: bigint;
  readonly legacyStaking: bigint;
  readonly legacyFoundation: bigint;
  readonly legacySales: bigint;
}

/** The shares from a scenario's values; asserts that they are whole percent. */
export const splitPolicy = (values: Values<typeof splitBlock>): SplitPolicy => ({
  staking: wholePercent(values.staking),
  foundation: wholePercent(values.foundation),
  nameStaking: wholePercent(values.nameStaking),
  legacyStaking: wholePercent(values.legacyStaking),
  legacyFoundation: wholePercent(values.legacyFoundation),
  legacySales: wholePercent(values.legacySales),
});

/** Who receives what of a payment since spec 152, in 1e-7 TFT; the parts sum to the payment. */
export interface ReserveSplit {
  readonly staking: Tft;
  readonly foundation: Tft;
  readonly farmer: Tft;
}

/** Splits a payment since spec 152; a name contract has no node and no farmer. */
export function splitReserve(amount: Tft, hasNode: boolean, policy: SplitPolicy): ReserveSplit {
  if (!hasNode) {
    const staking = perbillPercentOf(policy.nameStaking, amount);
    return { staking: tft(staking), foundation: tft(amount - staking), farmer: tft(0n) };
  }
  const staking = perbillPercentOf(policy.staking, amount);
  const foundation = perbillPercentOf(policy.foundation, amount);
  return {
    staking: tft(staking),
    foundation: tft(foundation),
    farmer: tft(amount - staking - foundation),
  };
}

/** Who receives what of a payment up to spec 151, in 1e-7 TFT. */
export interface LegacySplit {
  readonly foundation: Tft;
  readonly staking: Tft;
  readonly providers: readonly Tft[];
  readonly sales: Tft;
  readonly burn: Tft;
  /** What the rounding leaves with the payer; below zero where the parts exceed the payment. */
  readonly left: Tft;
}

/** Splits a payment up to spec 151; `takes` are the provider's percentages, empty without one. */
export function splitLegacy(
  amount: Tft,
  takes: readonly bigint[],
  policy: SplitPolicy,
): LegacySplit {
  const part = (percent: bigint): bigint => perbillPercentOf(percent, amount);
  const foundation = part(policy.legacyFoundation);
  const staking = part(policy.legacyStaking);
  const providers = takes.map(part);
  const taken = BigInt.asUintN(
    8,
    takes.reduce((sum, take) => sum + take, 0n),
  );
  const sales = taken < policy.legacySales ? part(policy.legacySales - taken) : 0n;
  const burn = part(100n - policy.legacySales) - foundation - staking;
  const paid = providers.reduce((sum, share) => sum + share, foundation + staking + sales + burn);
  return {
    foundation: tft(foundation),
    staking: tft(staking),
    providers: providers.map(tft),
    sales: tft(sales),
    burn: tft(burn),
    left: tft(amount - paid),
  };
}
