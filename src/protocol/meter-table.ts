/**
 * What a meter reads and writes: the columns of contracts, a wallet, the terms, and its notes.
 *
 * The rules on them are in `meter.ts`.
 *
 * Source: none of its own; the columns are the records of `billing/reserve.ts`.
 */
import type { BillingQuirks } from "./billing/quirk.ts";

/** The kinds of contract, as small numbers for a column. */
export const Kind = { node: 0, rent: 1, name: 2 } as const;

/** The states of a contract, as small numbers for a column. */
export const MeterState = { created: 0, grace: 1, ended: 2 } as const;

/** What happened to a row in a bill. */
export const Change = { graceEntered: 0, graceLeft: 1, ended: 2 } as const;

/** Numbers by row, which may lie apart from each other. */
export type Column = Float64Array | Uint32Array | Int32Array | Uint8Array;

/** The columns of a table of contracts that a bill reads and writes; amounts in 1e-7 TFT. */
export interface Meter {
  readonly kind: Column;
  /** Resource class with traffic, and the class of the same resources without. */
  readonly busyClass: Column;
  readonly idleClass: Column;
  /** Block inside a billing cycle at which the contract is billed. */
  readonly phase: Column;
  /** Block of the last bill, or of the creation. */
  readonly lastBilled: Column;
  readonly state: Column;
  /** Block at which the grace period began. */
  readonly graceSince: Column;
  readonly reserve: Column;
  readonly extraReserve: Column;
  readonly overdraft: Column;
  readonly extraOverdraft: Column;
  /** Bills since the last payout. */
  readonly cycles: Column;
  /** Dense number of the node, -1 for a name. */
  readonly node: Column;
  /** Second from which traffic counts (the node's boot), Infinity while there is none. */
  readonly trafficFrom: Column;
  /** Grows: seconds of traffic billed, funds taken from the account, the farmer's share. */
  readonly trafficSeconds: Column;
  /** Traffic told under the legacy rules that the next bill charges, in 1e-7 USD; mostly 0. */
  readonly unbilled: Column;
  readonly charged: Column;
  readonly farmerShare: Column;
}

/** One account while its contracts are billed: what it has, and where its billing stands. */
export interface Wallet {
  /** Free balance, 1e-7 TFT. */
  free: number;
  /** What of it is frozen: by these bills' own lock up to spec 151, by other locks since then. */
  frozen: number;
  /** What its stash may use, which counts for the discount alone; it must stand still meanwhile. */
  stash: number;
  /** All bills up to and including this block are done. */
  done: number;
  /** Rows of its contracts in the order of their phase, then of their creation. */
  rows: Uint32Array;
  count: number;
}

/** What the chain's state says of billing, as the meter needs it. */
export interface Terms {
  /** Blocks of a billing cycle, bills of a payout, blocks of grace, units that must stay. */
  readonly frequency: number;
  readonly distributionCycles: number;
  readonly graceBlocks: number;
  readonly existentialDeposit: number;
  readonly secondsPerBlock: number;
  /** The quirks that are mended; those left out are as the chain has them. */
  readonly quirks?: Partial<BillingQuirks> | undefined;
  /** Shares of a payout in ten-thousandths. */
  readonly stakingShare: number;
  readonly foundationShare: number;
  /** Share of the staking pool in what a name pays; the foundation has the rest. */
  readonly nameStakingShare: number;
}

/** What an account may use under the reserve rules: all but the deposit, or what is frozen. */
export const usableNow = (wallet: Wallet, terms: Terms): number =>
  Math.max(wallet.free - keptNow(wallet, terms), 0);

/** What stays in an account under the reserve rules, whatever it owes. */
export const keptNow = (wallet: Wallet, terms: Terms): number =>
  Math.max(terms.existentialDeposit, wallet.frozen);

/** Where a bill reports: totals of a call, and a list of changes of state. */
export interface Takings {
  staking: number;
  foundation: number;
  /** Of the last bill: what was due and at which discount level. */
  standard: number;
  additional: number;
  level: number;
  /** True if the last bill was a whole cycle at a tariff of the table. */
  whole: boolean;
  changes: number;
  changeRow: Uint32Array;
  changeBlock: Float64Array;
  change: Uint8Array;
}

/** An empty list of takings. */
export const takings = (): Takings => ({
  staking: 0,
  foundation: 0,
  standard: 0,
  additional: 0,
  level: 0,
  whole: false,
  changes: 0,
  changeRow: new Uint32Array(64),
  changeBlock: new Float64Array(64),
  change: new Uint8Array(64),
});

/** Notes a change of a row's state at a block. */
export function note(out: Takings, row: number, block: number, change: number): void {
  if (out.changes === out.changeRow.length) grow(out);
  out.changeRow[out.changes] = row;
  out.changeBlock[out.changes] = block;
  out.change[out.changes] = change;
  out.changes += 1;
}

function grow(out: Takings): void {
  const rows = new Uint32Array(out.changes * 2);
  rows.set(out.changeRow);
  const blocks = new Float64Array(out.changes * 2);
  blocks.set(out.changeBlock);
  const changes = new Uint8Array(out.changes * 2);
  changes.set(out.change);
  out.changeRow = rows;
  out.changeBlock = blocks;
  out.change = changes;
}
