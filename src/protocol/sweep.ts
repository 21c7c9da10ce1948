/**
 * Sweep: all bills of a sound account over a stretch at one price, without looking at any of them.
 *
 * If every contract is paid up and its level of now would still hold with all bills of the stretch
 * taken at once, then it holds at each of them, in whatever order they come: a balance only falls.
 * So each contract has its number of bills, one product and its payouts. Where anything is in
 * doubt, nothing is done and `advance` goes bill by bill.
 *
 * Source: none of its own; equal to `meter.ts`, bill by bill, whose sources are told there.
 */
import { type CycleNotes, moveOn, repeatRow } from "./cycle.ts";
import {
  keptNow,
  type Meter,
  MeterState,
  type Takings,
  type Terms,
  type Wallet,
} from "./meter-table.ts";
import type { Tariff } from "./tariff.ts";

/** Does the bills at blocks in (`wallet.done`, `until`] at one tariff; false if in doubt. */
export function sweep(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariff: Tariff,
  until: number,
  notes: CycleNotes,
  out: Takings,
): boolean {
  if (terms.frequency * terms.secondsPerBlock !== tariff.cycleSeconds) return false;
  const usable = wallet.free - keptNow(wallet, terms);
  if (usable <= 0) return false;
  notes.spendable = usable;
  let sum = 0;
  let floor = 0;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    notes.bills[at] = 0;
    notes.odd[at] = 0;
    if (meter.state[row] === MeterState.ended) continue;
    notes.bills[at] = billsOf(wallet, meter, terms, row, until);
    if (notes.bills[at] === 0) continue;
    if (!inspect(wallet, meter, terms, tariff, at, row, until, notes)) return false;
    const due = notes.standard[at] + notes.additional[at];
    const whole = notes.bills[at] - notes.odd[at];
    if (notes.odd[at] === 1) {
      sum += notes.oddStandard[at] + notes.oddAdditional[at];
      if (notes.oddFloor[at] > floor) floor = notes.oddFloor[at];
    }
    if (whole === 0) continue;
    sum += whole * due;
    // The last of its bills must still find what it found at the first: its level, and its due.
    if (notes.floor[at] - due > floor) floor = notes.floor[at] - due;
  }
  if (usable - sum < floor) return false;
  take(wallet, meter, terms, notes, out);
  wallet.free -= sum;
  return true;
}

/** How many bills of a row fall into the stretch. */
function billsOf(wallet: Wallet, meter: Meter, terms: Terms, row: number, until: number): number {
  const phase = meter.phase[row];
  return (
    Math.floor((until - phase) / terms.frequency) -
    Math.floor((wallet.done - phase) / terms.frequency)
  );
}

/** Notes what the bills of a row take; false where the row is not sound or not in its rhythm. */
function inspect(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariff: Tariff,
  at: number,
  row: number,
  until: number,
  notes: CycleNotes,
): boolean {
  if (meter.state[row] !== MeterState.created) return false;
  if (meter.overdraft[row] !== 0 || meter.extraOverdraft[row] !== 0) return false;
  const { frequency, secondsPerBlock } = terms;
  const phase = meter.phase[row];
  const last = Math.floor((wallet.done - phase) / frequency) * frequency + phase;
  const first = last + frequency;
  const idle = meter.idleClass[row];
  const from = meter.trafficFrom[row];
  const flows = meter.busyClass[row] !== idle && from < until * secondsPerBlock;
  notes.traffic[at] = flows ? tariff.cycleSeconds : 0;
  if (!flows && tariff.unpaid[idle] === 1) {
    notes.standard[at] = 0;
    notes.additional[at] = 0;
    notes.floor[at] = 0;
    return true;
  }
  // A boot that lies beyond the first bill leaves bills of two kinds before the rhythm.
  if (flows && from >= first * secondsPerBlock) return false;
  const cls = flows ? meter.busyClass[row] : idle;
  const level = tariff.levelOf(cls, notes.spendable + wallet.stash);
  notes.standard[at] = tariff.due[cls * tariff.levels + level];
  notes.additional[at] = tariff.extra[cls];
  const floor = level === 0 ? 0 : tariff.floor[cls * (tariff.levels - 1) + level - 1];
  notes.floor[at] = floor - wallet.stash;
  if (notes.standard[at] + notes.additional[at] === 0) return false;
  if (meter.lastBilled[row] === last && (!flows || from === last * secondsPerBlock)) return true;
  return noteOdd(wallet, meter, terms, tariff, at, row, first, notes, flows);
}

/** Notes the first bill of a row that is not a whole cycle; false where its level is in doubt. */
function noteOdd(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariff: Tariff,
  at: number,
  row: number,
  block: number,
  notes: CycleNotes,
  flows: boolean,
): boolean {
  const elapsed = (block - meter.lastBilled[row]) * terms.secondsPerBlock;
  const traffic = flows ? block * terms.secondsPerBlock - meter.trafficFrom[row] : 0;
  const bill = tariff.odd(meter.busyClass[row], elapsed, traffic, notes.spendable + wallet.stash);
  if (bill.standard + bill.additional === 0) return false;
  notes.odd[at] = 1;
  notes.oddStandard[at] = bill.standard;
  notes.oddAdditional[at] = bill.additional;
  notes.oddTraffic[at] = traffic;
  // It must find the same level at the least that the stretch leaves, which `bill.floor` says.
  notes.oddFloor[at] = bill.floor - wallet.stash - bill.standard - bill.additional;
  return true;
}

/** Takes the bills that were noted. */
function take(wallet: Wallet, meter: Meter, terms: Terms, notes: CycleNotes, out: Takings): void {
  for (let at = 0; at < wallet.count; at++) {
    const bills = notes.bills[at];
    if (bills === 0) continue;
    const standard = notes.standard[at];
    const additional = notes.additional[at];
    const row = wallet.rows[at];
    if (notes.odd[at] === 1) {
      repeatRow(meter, terms, row, 1, notes.oddStandard[at], notes.oddAdditional[at], out);
      const block = firstBill(meter, terms, row, wallet.done);
      meter.lastBilled[row] = block;
      meter.trafficSeconds[row] += notes.oddTraffic[at];
      if (notes.oddTraffic[at] > 0) meter.trafficFrom[row] = block * terms.secondsPerBlock;
    }
    const whole = bills - notes.odd[at];
    if (whole === 0 || standard + additional === 0) continue;
    repeatRow(meter, terms, row, whole, standard, additional, out);
    moveOn(meter, terms, row, whole, notes.traffic[at]);
  }
}

/** The block of a row's first bill after a block. */
function firstBill(meter: Meter, terms: Terms, row: number, done: number): number {
  const phase = meter.phase[row];
  return (Math.floor((done - phase) / terms.frequency) + 1) * terms.frequency + phase;
}
