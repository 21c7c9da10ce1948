/**
 * Meter: one bill of the reserve rule set, on rows of a table instead of on immutable states.
 *
 * A million contracts cannot each be an object, so the rule stands here a second time, written for
 * whole numbers in typed arrays. `billing.ts` is the same rule on exact integers, one state at a
 * time; tests hold the two together to the last unit, bill by bill and over whole histories.
 *
 * Life of a row: created -> grace (usable funds do not cover what is due) -> created again, or
 * ended when the grace period is over. A bill moves funds into the row's reserve; every
 * `distributionCycles` bills the reserve is paid out.
 *
 * Source: tfchain, ADR 0023 and pallet-smart-contract/src/billing.rs as of 2026-02 (spec >= 152),
 * functions `bill_contract`, `manage_contract_state`, `reserve_funds`, `distribute_cultivation`.
 * Quirk: a bill of nothing leaves the time of the last bill alone.
 * Quirk: in grace the whole usable balance is taken, the additional overdraft before the standard.
 * Quirk: a rent contract in grace holds back its node's contracts even where those are covered.
 *
 * Unlike the rest of this layer, these functions change the rows they are given: the caller lends
 * its own table, and nothing is allocated for a bill.
 */
import { assert } from "../units/index.ts";
import type { Tariff } from "./tariff.ts";

/** The kinds of contract, as small numbers for a column. */
export const Kind = { node: 0, rent: 1, name: 2 } as const;

/** The states of a contract, as small numbers for a column. */
export const MeterState = { created: 0, grace: 1, ended: 2 } as const;

/** What happened to a row in a bill. */
export const Change = { graceEntered: 0, graceLeft: 1, ended: 2 } as const;

/** The columns of a table of contracts that a bill reads and writes; amounts in 1e-7 TFT. */
export interface Meter {
  readonly kind: Uint8Array;
  /** Resource class with traffic, and the class of the same resources without. */
  readonly busyClass: Uint32Array;
  readonly idleClass: Uint32Array;
  /** Block inside a billing cycle at which the contract is billed. */
  readonly phase: Uint32Array;
  /** Block of the last bill, or of the creation. */
  readonly lastBilled: Float64Array;
  readonly state: Uint8Array;
  /** Block at which the grace period began. */
  readonly graceSince: Float64Array;
  readonly reserve: Float64Array;
  readonly extraReserve: Float64Array;
  readonly overdraft: Float64Array;
  readonly extraOverdraft: Float64Array;
  /** Bills since the last payout. */
  readonly cycles: Uint32Array;
  /** Dense number of the node, -1 for a name. */
  readonly node: Int32Array;
  /** Second from which traffic counts (the node's boot), Infinity while there is none. */
  readonly trafficFrom: Float64Array;
  /** Grows: seconds of traffic billed, funds taken from the account, the farmer's share. */
  readonly trafficSeconds: Float64Array;
  readonly charged: Float64Array;
  readonly farmerShare: Float64Array;
}

/** One account while its contracts are billed: what it has free, and where its billing stands. */
export interface Wallet {
  /** Free balance, 1e-7 TFT. */
  free: number;
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
  /** Shares of a payout in ten-thousandths. */
  readonly stakingShare: number;
  readonly foundationShare: number;
  /** Share of the staking pool in what a name pays; the foundation has the rest. */
  readonly nameStakingShare: number;
}

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

/**
 * Bills one row at one block; true if the row was billed, false if there was nothing to bill.
 *
 * The order of the steps is the chain's: what is due, state, funds, payout, end.
 */
export function billRow(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariff: Tariff,
  row: number,
  block: number,
  out: Takings,
): boolean {
  measure(wallet, meter, terms, tariff, row, block, out);
  const owed = meter.overdraft[row] + meter.extraOverdraft[row];
  const due = out.standard + out.additional;
  if (due === 0 && owed === 0) return false;
  const need = due + owed;
  const covered = need === 0 || wallet.free - need >= terms.existentialDeposit;
  const ended = settleState(wallet, meter, terms, row, block, covered, out);
  takeFunds(wallet, meter, terms, row, covered, out);
  meter.cycles[row] += 1;
  if (ended || meter.cycles[row] >= terms.distributionCycles) payOut(meter, terms, row, out);
  if (ended) end(wallet, meter, row, block, out);
  else meter.lastBilled[row] = block;
  return true;
}

/** Computes what is due for the time since the last bill, into `out`. */
function measure(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariff: Tariff,
  row: number,
  block: number,
  out: Takings,
): void {
  const elapsed = (block - meter.lastBilled[row]) * terms.secondsPerBlock;
  const now = block * terms.secondsPerBlock;
  const usable = Math.max(wallet.free - terms.existentialDeposit, 0);
  const flowing = Math.max(now - meter.trafficFrom[row], 0);
  const busy = meter.busyClass[row] !== meter.idleClass[row];
  const whole = elapsed === tariff.cycleSeconds && (!busy || flowing === 0 || flowing === elapsed);
  out.whole = whole;
  if (whole) {
    const cls = busy && flowing > 0 ? meter.busyClass[row] : meter.idleClass[row];
    out.level = tariff.levelOf(cls, usable);
    out.standard = tariff.due[cls * tariff.levels + out.level];
    out.additional = tariff.extra[cls];
  } else {
    const odd = tariff.odd(meter.busyClass[row], elapsed, busy ? flowing : 0, usable);
    out.level = odd.level;
    out.standard = odd.standard;
    out.additional = odd.additional;
  }
  if (busy && flowing > 0) {
    meter.trafficSeconds[row] += flowing;
    meter.trafficFrom[row] = now;
  }
}

/** Moves the row between created and grace; true if its grace period is over. */
function settleState(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  row: number,
  block: number,
  covered: boolean,
  out: Takings,
): boolean {
  if (meter.state[row] === MeterState.grace) {
    if (covered && !(meter.kind[row] === Kind.node && rentInGrace(wallet, meter, row))) {
      meter.state[row] = MeterState.created;
      note(out, row, block, Change.graceLeft);
      if (meter.kind[row] === Kind.rent) restoreChildren(wallet, meter, row, block, out);
      return false;
    }
    if (block - meter.graceSince[row] < terms.graceBlocks) return false;
    return !(meter.kind[row] === Kind.rent && childHoldsReserve(wallet, meter, row));
  }
  if (!covered) {
    meter.state[row] = MeterState.grace;
    meter.graceSince[row] = block;
    note(out, row, block, Change.graceEntered);
    if (meter.kind[row] === Kind.rent) suspendChildren(wallet, meter, row, block, out);
  }
  return false;
}

/** Moves what is covered into the reserve, or all that can be had against the overdraft. */
function takeFunds(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  row: number,
  covered: boolean,
  out: Takings,
): void {
  const standard = meter.overdraft[row] + out.standard;
  const additional = meter.extraOverdraft[row] + out.additional;
  if (covered) {
    wallet.free -= standard + additional;
    meter.charged[row] += standard + additional;
    meter.reserve[row] += standard;
    meter.extraReserve[row] += additional;
    meter.overdraft[row] = 0;
    meter.extraOverdraft[row] = 0;
    return;
  }
  const usable = Math.max(wallet.free - terms.existentialDeposit, 0);
  const forExtra = Math.min(usable, additional);
  const forStandard = Math.min(usable - forExtra, standard);
  wallet.free -= forExtra + forStandard;
  meter.charged[row] += forExtra + forStandard;
  meter.reserve[row] += forStandard;
  meter.extraReserve[row] += forExtra;
  meter.overdraft[row] = standard - forStandard;
  meter.extraOverdraft[row] = additional - forExtra;
}

/** Pays a row's reserves out and starts its count of cycles anew; nothing if it holds none. */
function payOut(meter: Meter, terms: Terms, row: number, out: Takings): void {
  const reserve = meter.reserve[row];
  const extra = meter.extraReserve[row];
  if (reserve === 0 && extra === 0) return;
  const named = meter.kind[row] === Kind.name;
  const staking = shareOf(reserve, named ? terms.nameStakingShare : terms.stakingShare);
  const foundation = named ? reserve - staking : shareOf(reserve, terms.foundationShare);
  out.staking += staking;
  out.foundation += foundation;
  meter.farmerShare[row] += reserve - staking - foundation + extra;
  meter.reserve[row] = 0;
  meter.extraReserve[row] = 0;
  meter.cycles[row] = 0;
}

/**
 * A share in ten-thousandths of a whole amount, to the nearest unit, ties down.
 *
 * Source: substrate sp-arithmetic, `Perbill * integer` with `Rounding::NearestPrefDown`.
 */
export function shareOf(amount: number, tenThousandths: number): number {
  const whole = Math.floor(amount / 10_000);
  const rest = (amount - whole * 10_000) * tenThousandths;
  const share = Math.floor(rest / 10_000);
  return whole * tenThousandths + share + (rest - share * 10_000 > 5_000 ? 1 : 0);
}

/**
 * Ends a row at the owner's word: bills the time since the last bill, pays out, removes.
 *
 * What is still owed afterwards is forgiven. Source: `cancel_contract`, then `bill_contract` with
 * the state Deleted(CanceledByUser).
 */
export function closeRow(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariff: Tariff,
  row: number,
  block: number,
  out: Takings,
): void {
  assert(meter.state[row] !== MeterState.ended, "a contract ends once");
  measure(wallet, meter, terms, tariff, row, block, out);
  const owed = meter.overdraft[row] + meter.extraOverdraft[row];
  const need = out.standard + out.additional + owed;
  const covered = need === 0 || wallet.free - need >= terms.existentialDeposit;
  takeFunds(wallet, meter, terms, row, covered, out);
  payOut(meter, terms, row, out);
  meter.state[row] = MeterState.ended;
}

function end(wallet: Wallet, meter: Meter, row: number, block: number, out: Takings): void {
  meter.state[row] = MeterState.ended;
  note(out, row, block, Change.ended);
  if (meter.kind[row] !== Kind.rent) return;
  for (let at = 0; at < wallet.count; at++) {
    const child = wallet.rows[at];
    if (!isChild(meter, child, row)) continue;
    meter.state[child] = MeterState.ended;
    note(out, child, block, Change.ended);
  }
}

function isChild(meter: Meter, child: number, rent: number): boolean {
  return (
    meter.kind[child] === Kind.node &&
    meter.node[child] === meter.node[rent] &&
    meter.state[child] !== MeterState.ended
  );
}

function rentInGrace(wallet: Wallet, meter: Meter, row: number): boolean {
  for (let at = 0; at < wallet.count; at++) {
    const rent = wallet.rows[at];
    if (meter.kind[rent] !== Kind.rent || meter.node[rent] !== meter.node[row]) continue;
    if (meter.state[rent] === MeterState.grace) return true;
  }
  return false;
}

function childHoldsReserve(wallet: Wallet, meter: Meter, rent: number): boolean {
  for (let at = 0; at < wallet.count; at++) {
    const child = wallet.rows[at];
    if (!isChild(meter, child, rent)) continue;
    if (meter.reserve[child] > 0 || meter.extraReserve[child] > 0) return true;
  }
  return false;
}

function restoreChildren(
  wallet: Wallet,
  meter: Meter,
  rent: number,
  block: number,
  out: Takings,
): void {
  for (let at = 0; at < wallet.count; at++) {
    const child = wallet.rows[at];
    if (!isChild(meter, child, rent) || meter.state[child] !== MeterState.grace) continue;
    if (meter.overdraft[child] + meter.extraOverdraft[child] > 0) continue;
    meter.state[child] = MeterState.created;
    note(out, child, block, Change.graceLeft);
  }
}

function suspendChildren(
  wallet: Wallet,
  meter: Meter,
  rent: number,
  block: number,
  out: Takings,
): void {
  for (let at = 0; at < wallet.count; at++) {
    const child = wallet.rows[at];
    if (!isChild(meter, child, rent)) continue;
    if (meter.state[child] === MeterState.created) note(out, child, block, Change.graceEntered);
    meter.state[child] = MeterState.grace;
    meter.graceSince[child] = block;
  }
}

function note(out: Takings, row: number, block: number, change: number): void {
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
