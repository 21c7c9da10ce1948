/**
 * Sweep: all bills of a sound account over a stretch at one price, without looking at any of them.
 *
 * If every contract is paid up and its level of now would still hold with all bills of the stretch
 * taken at once, then it holds at each of them, in whatever order they come: a balance only falls.
 * So each contract has its number of bills, one product and its payouts. Where anything is in
 * doubt, nothing is done and `advance` goes bill by bill.
 */
import { type CycleNotes, moveOn, repeatRow } from "./cycle.ts";
import { type Meter, MeterState, type Takings, type Terms, type Wallet } from "./meter-table.ts";
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
  const usable = wallet.free - terms.existentialDeposit;
  if (usable <= 0) return false;
  let sum = 0;
  let floor = 0;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    if (meter.state[row] === MeterState.ended) {
      notes.billed[at] = 0;
      continue;
    }
    const bills = billsOf(wallet, meter, terms, row, until);
    notes.billed[at] = bills > 0 ? 1 : 0;
    if (bills === 0) continue;
    if (!prepare(wallet, meter, terms, tariff, { at, row, until, usable }, notes)) return false;
    const due = notes.standard[at] + notes.additional[at];
    if (due === 0) continue;
    sum += bills * due;
    // The last of its bills must still find what it found at the first: its level, and its due.
    if (notes.floor[at] - due > floor) floor = notes.floor[at] - due;
  }
  if (usable - sum < floor) return false;
  take(wallet, meter, terms, until, notes, out);
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

/** The row that is asked about, and when. */
interface Question {
  readonly at: number;
  readonly row: number;
  readonly until: number;
  readonly usable: number;
}

/** Notes what each bill of a row takes; false where the row is not sound or not in its rhythm. */
function prepare(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariff: Tariff,
  { at, row, until, usable }: Question,
  notes: CycleNotes,
): boolean {
  if (meter.state[row] !== MeterState.created) return false;
  if (meter.overdraft[row] !== 0 || meter.extraOverdraft[row] !== 0) return false;
  const { frequency, secondsPerBlock } = terms;
  const phase = meter.phase[row];
  const last = Math.floor((wallet.done - phase) / frequency) * frequency + phase;
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
  if (meter.lastBilled[row] !== last || frequency * secondsPerBlock !== tariff.cycleSeconds)
    return false;
  if (flows && from !== last * secondsPerBlock) return false;
  const cls = flows ? meter.busyClass[row] : idle;
  const level = tariff.levelOf(cls, usable);
  notes.standard[at] = tariff.due[cls * tariff.levels + level];
  notes.additional[at] = tariff.extra[cls];
  notes.floor[at] = level === 0 ? 0 : tariff.floor[cls * (tariff.levels - 1) + level - 1];
  return notes.standard[at] + notes.additional[at] > 0;
}

/** Takes the bills that were noted. */
function take(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  until: number,
  notes: CycleNotes,
  out: Takings,
): void {
  for (let at = 0; at < wallet.count; at++) {
    const standard = notes.standard[at];
    const additional = notes.additional[at];
    if (notes.billed[at] === 0 || standard + additional === 0) continue;
    const row = wallet.rows[at];
    const bills = billsOf(wallet, meter, terms, row, until);
    repeatRow(meter, terms, row, bills, standard, additional, out);
    moveOn(meter, terms, row, bills, notes.traffic[at]);
  }
}
