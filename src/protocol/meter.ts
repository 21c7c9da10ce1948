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
import {
  childHoldsReserve,
  end,
  rentInGrace,
  restoreChildren,
  suspendChildren,
} from "./meter-rent.ts";
import {
  Change,
  Kind,
  keptNow,
  type Meter,
  MeterState,
  note,
  type Takings,
  type Terms,
  usableNow,
  type Wallet,
} from "./meter-table.ts";
import type { Tariff } from "./tariff.ts";

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
  meter.unbilled[row] = 0;
  const need = due + owed;
  const covered = wallet.free - need >= keptNow(wallet, terms);
  const ended = settleState(wallet, meter, terms, row, block, covered, out);
  takeFunds(wallet, meter, terms, row, out);
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
  const balance = usableNow(wallet, terms) + wallet.stash;
  const flowing = Math.max(now - meter.trafficFrom[row], 0);
  const busy = meter.busyClass[row] !== meter.idleClass[row];
  const told = meter.unbilled[row];
  const rhythm = !busy || flowing === 0 || flowing === elapsed;
  const whole = elapsed === tariff.cycleSeconds && rhythm && told === 0;
  out.whole = whole;
  if (whole) {
    const cls = busy && flowing > 0 ? meter.busyClass[row] : meter.idleClass[row];
    out.level = tariff.levelOf(cls, balance);
    out.standard = tariff.due[cls * tariff.levels + out.level];
    out.additional = tariff.extra[cls];
  } else {
    const odd = tariff.odd(meter.busyClass[row], elapsed, busy ? flowing : 0, balance, told);
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
    if (meter.kind[row] === Kind.rent) suspendChildren(wallet, meter, terms, row, block, out);
  }
  return false;
}

/** Moves what is owed into the reserve, as far as there is; what is missing is the overdraft. */
function takeFunds(wallet: Wallet, meter: Meter, terms: Terms, row: number, out: Takings): void {
  const standard = meter.overdraft[row] + out.standard;
  const additional = meter.extraOverdraft[row] + out.additional;
  const usable = usableNow(wallet, terms);
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
  takeFunds(wallet, meter, terms, row, out);
  payOut(meter, terms, row, out);
  meter.unbilled[row] = 0;
  meter.state[row] = MeterState.ended;
}
