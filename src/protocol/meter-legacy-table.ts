/**
 * What the meter of the lock based bills reads and writes: contracts, an account, terms, notes.
 *
 * The rules on them are in `meter-legacy.ts`.
 *
 * Source: none of its own; the columns are the records of `billing/legacy.ts`.
 */
import type { BillingQuirks } from "./billing/quirk.ts";
import { type Column, type Takings, takings, type Wallet } from "./meter-table.ts";

/** The states of a row, as small numbers. */
export const LegacyState = { created: 0, grace: 1, ended: 2, deleted: 3 } as const;

/** The columns of contracts under the legacy rules; amounts in 1e-7 TFT. */
export interface LegacyMeter {
  readonly kind: Column;
  readonly busyClass: Column;
  readonly idleClass: Column;
  readonly phase: Column;
  /** Block of the last bill that counted, of the creation, or of the node's waking. */
  readonly lastBilled: Column;
  readonly state: Column;
  readonly graceSince: Column;
  readonly locked: Column;
  readonly extraLocked: Column;
  readonly cycles: Column;
  readonly node: Column;
  /** 1 for a rent whose node sleeps. */
  readonly asleep: Column;
  /** Number of the solution provider in the terms, -1 without one. */
  readonly provider: Column;
  readonly trafficFrom: Column;
  readonly trafficSeconds: Column;
  /** Traffic that was told and not charged for good, in 1e-7 USD. */
  readonly unbilled: Column;
  /** Grows: the extra fees that reached the farmer. */
  readonly farmerShare: Column;
}

/** One account; what is frozen of it is the one lock of all its contracts. */
export type LegacyWallet = Wallet;

/** What the chain's state says of bills, as this meter needs it; shares in ten-thousandths. */
export interface LegacyTerms {
  readonly frequency: number;
  readonly distributionCycles: number;
  readonly graceBlocks: number;
  readonly existentialDeposit: number;
  readonly secondsPerBlock: number;
  readonly foundationShare: number;
  readonly stakingShare: number;
  readonly salesShare: number;
  /** The quirks that are mended; those left out are as the chain has them. */
  readonly quirks?: Partial<BillingQuirks> | undefined;
  /** The shares of each provider. */
  readonly takes: readonly (readonly number[])[];
}

/** Where bills report: what beneficiaries had, and by how much the closest decision was safe. */
export interface LegacyTakings extends Takings {
  sales: number;
  burned: number;
  /** What was locked for contracts and no payout or end could take. */
  unpaid: number;
  /** By provider and share. */
  provided: number[][];
  slack: number;
}

/** An empty report for the shares of so many providers. */
export const legacyTakings = (takes: LegacyTerms["takes"]): LegacyTakings => ({
  ...takings(),
  sales: 0,
  burned: 0,
  unpaid: 0,
  provided: takes.map((shares) => shares.map(() => 0)),
  slack: Number.POSITIVE_INFINITY,
});

/** What an account may use: the deposit stays once anything is frozen. */
export function usableOf(free: number, frozen: number, terms: LegacyTerms): number {
  const held = frozen > 0 ? Math.max(frozen, terms.existentialDeposit) : 0;
  return Math.max(free - held, 0);
}
