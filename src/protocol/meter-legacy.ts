/**
 * Meter of the lock based bills: one bill of spec 149 on rows of a table, in whole numbers.
 *
 * `billing/legacy.ts` is the same rule on exact integers, one state at a time; tests hold the two
 * together to the last unit over whole histories (test/protocol/interval-legacy.test.ts). Sources
 * and quirks are told there and in `billing/cultivation.ts`.
 *
 * Life of a row: created -> grace (what it needs, with all that is locked for it, is not below what
 * is usable) -> created again, or ended when the grace is over and its last payout succeeds. All
 * rows of an account share one lock. A bill that fails changes nothing and is tried again a cycle
 * later. A rent on a sleeping node is not billed; cancelled then, it is `deleted` until it wakes.
 * What `quirk.ts` can mend, the terms say.
 *
 * Like `meter.ts`, these functions change the rows that their caller lends, and allocate nothing.
 * Simplified: the beneficiaries' accounts exist, and none of them is the payer's.
 *
 * Source: none of its own; that of `billing/legacy.ts`, to which it is equal.
 */
import { isFixed } from "./billing/quirk.ts";
import { shareOf } from "./meter.ts";
import {
  type LegacyMeter,
  LegacyState,
  type LegacyTakings,
  type LegacyTerms,
  type LegacyWallet,
  usableOf,
} from "./meter-legacy-table.ts";
import { Change, Kind, note, type Takings } from "./meter-table.ts";
import { dueOfRow, type LegacyTariff } from "./tariff-legacy.ts";

/** Bills one row at one block; true if the bill counted. */
export function billLegacyRow(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  row: number,
  block: number,
  out: LegacyTakings,
): boolean {
  if (meter.state[row] === LegacyState.ended) return false;
  const told = dueOfRow(wallet, meter, terms, tariff, row, block, out);
  const before = meter.state[row];
  if (meter.asleep[row] === 1) {
    if (before !== LegacyState.deleted || !isFixed(terms, "standbyCancel")) return false;
    out.standard = 0;
    out.additional = 0;
  } else if (!told) return false;
  const total = out.standard + out.additional;
  if (total === 0 && before !== LegacyState.deleted) return false;
  const usable = usableOf(wallet.free, wallet.frozen, terms);
  const once = before === LegacyState.created && isFixed(terms, "lockedTwice");
  const need = once ? total : meter.locked[row] + meter.extraLocked[row] + total;
  const next = stateAfter(meter, terms, row, block, usable, need, out);
  if (next === LegacyState.grace) {
    enter(wallet, meter, row, before, next, block, out);
    meter.locked[row] += out.standard;
    meter.extraLocked[row] += out.additional;
    meter.cycles[row] += 1;
    meter.lastBilled[row] = block;
    if (isFixed(terms, "graceTraffic")) meter.unbilled[row] = 0;
    return true;
  }
  const gone = next === LegacyState.deleted;
  const counted = gone && !isFixed(terms, "lastStretch") ? 0 : 1;
  const frozen = gone ? wallet.frozen : extended(wallet, usable, total);
  if (!payRow(wallet, meter, terms, row, { counted, gone, frozen }, out)) return false;
  if (gone) {
    leave(wallet, meter, row, block, out);
    return true;
  }
  enter(wallet, meter, row, before, next, block, out);
  meter.lastBilled[row] = block;
  meter.unbilled[row] = 0;
  return true;
}

/** The state a bill asks for; notes how safe the decision was. */
function stateAfter(
  meter: LegacyMeter,
  terms: LegacyTerms,
  row: number,
  block: number,
  usable: number,
  need: number,
  out: LegacyTakings,
): number {
  switch (meter.state[row]) {
    case LegacyState.created:
      if (need >= usable) return LegacyState.grace;
      out.slack = Math.min(out.slack, usable - need - 1);
      return LegacyState.created;
    case LegacyState.grace:
      if (usable > need) return LegacyState.created;
      return block - meter.graceSince[row] < terms.graceBlocks
        ? LegacyState.grace
        : LegacyState.deleted;
    default:
      return LegacyState.deleted;
  }
}

/** What is frozen once what is due was added; it never shrinks here. */
const extended = (wallet: LegacyWallet, usable: number, due: number): number =>
  Math.max(wallet.frozen, wallet.free - usable + due);

/** What a bill does to a row and its account when it comes to money. */
interface Payment {
  /** 1 if what is due was added to what is locked. */
  readonly counted: number;
  readonly gone: boolean;
  readonly frozen: number;
}

/** Locks, and pays out where it is time; false where a transfer fails, and nothing has changed. */
function payRow(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  row: number,
  { counted, gone, frozen }: Payment,
  out: LegacyTakings,
): boolean {
  const standard = meter.locked[row] + counted * out.standard;
  const additional = meter.extraLocked[row] + counted * out.additional;
  const cycles = meter.cycles[row] + counted;
  const whole = standard + additional;
  if (cycles < terms.distributionCycles && !(gone && whole > 0)) {
    wallet.frozen = frozen;
    meter.locked[row] = standard;
    meter.extraLocked[row] = additional;
    meter.cycles[row] = cycles;
    return true;
  }
  const { existentialDeposit } = terms;
  const locked = wallet.free - usableOf(wallet.free, frozen, terms);
  const rest = locked > whole ? locked - whole : 0;
  const keeps = rest > existentialDeposit ? rest : 0;
  let available = Math.max(
    keeps > 0 ? usableOf(wallet.free, keeps, terms) : wallet.free - existentialDeposit,
    0,
  );
  const floor = Math.max(keeps, existentialDeposit);
  const extra = Math.min(available, additional);
  let { free } = wallet;
  out.slack = Math.min(out.slack, available - additional);
  if (additional > 0) {
    free -= extra;
    available = usableOf(free, keeps, terms);
  }
  const amount = Math.min(available, standard);
  out.slack = Math.min(out.slack, available - standard);
  const spent = amount === 0 ? 0 : sharedOf(meter, terms, row, amount, 0, out);
  if (spent > 0 && free - spent < floor) return false;
  out.slack = Math.min(out.slack, free - spent - floor);
  if (amount > 0) sharedOf(meter, terms, row, amount, 1, out);
  wallet.free = free - spent;
  wallet.frozen = keeps;
  out.unpaid += additional - extra + standard - amount;
  meter.farmerShare[row] += extra;
  meter.locked[row] = 0;
  meter.extraLocked[row] = 0;
  meter.cycles[row] = 0;
  return true;
}

/** What leaves the payer when an amount is shared; `times` shares reach the beneficiaries. */
export function sharedOf(
  meter: LegacyMeter,
  terms: LegacyTerms,
  row: number,
  amount: number,
  times: number,
  out: LegacyTakings,
): number {
  const foundation = shareOf(amount, terms.foundationShare);
  const staking = shareOf(amount, terms.stakingShare);
  const burned = shareOf(amount, 10_000 - terms.salesShare) - foundation - staking;
  const provider = meter.provider[row];
  const takes = provider < 0 ? [] : terms.takes[provider];
  let taken = 0;
  let spent = foundation + staking + burned;
  for (let at = 0; at < takes.length; at++) {
    const part = shareOf(amount, takes[at]);
    taken += takes[at];
    spent += part;
    out.provided[provider][at] += times * part;
  }
  const sales = taken < terms.salesShare ? shareOf(amount, terms.salesShare - taken) : 0;
  out.foundation += times * foundation;
  out.staking += times * staking;
  out.burned += times * burned;
  out.sales += times * sales;
  return spent + sales;
}

/** Enters a state that differs from the one before; a rent takes its node's contracts along. */
function enter(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  row: number,
  before: number,
  next: number,
  block: number,
  out: LegacyTakings,
): void {
  if (before === next) return;
  put(meter, row, next, block, out);
  if (meter.kind[row] !== Kind.rent) return;
  for (let at = 0; at < wallet.count; at++) {
    const child = wallet.rows[at];
    if (isChild(meter, child, row)) put(meter, child, next, block, out);
  }
}

function put(meter: LegacyMeter, row: number, next: number, block: number, out: Takings): void {
  if (meter.state[row] !== next) {
    note(out, row, block, next === LegacyState.grace ? Change.graceEntered : Change.graceLeft);
  }
  meter.state[row] = next;
  if (next === LegacyState.grace) meter.graceSince[row] = block;
}

const isChild = (meter: LegacyMeter, child: number, rent: number): boolean =>
  meter.kind[child] === Kind.node &&
  meter.node[child] === meter.node[rent] &&
  meter.state[child] !== LegacyState.ended;

/** Removes a row, and with a rent the contracts on its node, whose part stays frozen. */
function leave(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  row: number,
  block: number,
  out: LegacyTakings,
): void {
  if (meter.kind[row] === Kind.rent) {
    for (let at = 0; at < wallet.count; at++) {
      const child = wallet.rows[at];
      if (!isChild(meter, child, row)) continue;
      out.unpaid += meter.locked[child] + meter.extraLocked[child];
      meter.state[child] = LegacyState.ended;
      note(out, child, block, Change.ended);
    }
  }
  meter.state[row] = LegacyState.ended;
  note(out, row, block, Change.ended);
}

/**
 * Ends a row at the owner's word; false where the last payout fails, and nothing has changed. A
 * rent whose node sleeps stays, deleted, until it is billed awake.
 */
export function closeLegacyRow(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  row: number,
  block: number,
  out: LegacyTakings,
): boolean {
  const before = meter.state[row];
  meter.state[row] = LegacyState.deleted;
  if (meter.asleep[row] === 1 && !isFixed(terms, "standbyCancel")) return true;
  if (billLegacyRow(wallet, meter, terms, tariff, row, block, out)) return true;
  meter.state[row] = before;
  return false;
}
