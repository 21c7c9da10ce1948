/**
 * Sweep of the lock based bills: the bills of a sound account between two payouts, all at once.
 *
 * Between payouts a paid up account only locks more: its free balance stands still, so the bills
 * of a stretch at one price are one product a row, wherever the level of now, and what a row needs
 * with all that is locked for it by then, would hold with all of them taken. Rows in grace add up
 * what they owe while nothing can come in. Where anything is in doubt nothing is done, and
 * `advanceLegacy` goes bill by bill. How far the closest decision was from being another is noted.
 *
 * Source: none of its own; equal to `meter-legacy.ts`, whose sources are told there.
 */
import { isFixed } from "./billing/quirk.ts";
import { billLegacyRow } from "./meter-legacy.ts";
import {
  type LegacyMeter,
  LegacyState,
  type LegacyTakings,
  type LegacyTerms,
  type LegacyWallet,
  usableOf,
} from "./meter-legacy-table.ts";
import type { LegacyTariff } from "./tariff-legacy.ts";

/** The prices an interval meets: a tariff for each block, and how long it holds. */
export interface LegacyTariffs {
  /** The tariff of bills at a block. */
  at(block: number): LegacyTariff;
  /** The first block after `block` with another tariff; Infinity if there is none. */
  changesAfter(block: number): number;
}

/** Does the bills at blocks up to one, one by one, in the order of blocks and of the rows. */
export function stepUntil(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariffs: LegacyTariffs,
  until: number,
  out: LegacyTakings,
): void {
  const { frequency } = terms;
  const { rows, count } = wallet;
  for (let frame = Math.floor((wallet.done + 1) / frequency); frame * frequency <= until; frame++) {
    for (let at = 0; at < count; at++) {
      const block = frame * frequency + meter.phase[rows[at]];
      if (block <= wallet.done || block > until) continue;
      billLegacyRow(wallet, meter, terms, tariffs.at(block), rows[at], block, out);
    }
  }
  wallet.done = until;
}

/** Moves a sound account on as far as its next payout or its end of grace; false if in doubt. */
export function quietUntil(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  last: number,
  out: LegacyTakings,
): boolean {
  const { frequency, secondsPerBlock } = terms;
  if (frequency * secondsPerBlock !== tariff.table.cycleSeconds) return false;
  const event = nextEvent(wallet, meter, terms, tariff, last + 1);
  const to = Math.min(last, event - 1);
  if (to > wallet.done && !bulk(wallet, meter, terms, tariff, to, out)) return false;
  wallet.done = Math.max(wallet.done, to);
  if (event > last) return true;
  const tariffs = { at: () => tariff, changesAfter: () => Number.POSITIVE_INFINITY };
  stepUntil(wallet, meter, terms, tariffs, event, out);
  return true;
}

/** The block of the next payout or end of a grace before `limit`, or `limit`. */
function nextEvent(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  limit: number,
): number {
  let event = limit;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    const state = meter.state[row];
    if (state === LegacyState.ended || meter.asleep[row] === 1) continue;
    if (state !== LegacyState.deleted && owesNothing(meter, terms, tariff, row, limit)) continue;
    const first = nextBill(wallet, meter, terms, row);
    if (state === LegacyState.created) {
      const bills = Math.max(terms.distributionCycles - meter.cycles[row], 1);
      event = Math.min(event, first + (bills - 1) * terms.frequency);
    } else if (state === LegacyState.grace) {
      const over = meter.graceSince[row] + terms.graceBlocks;
      const turns = Math.max(Math.ceil((over - first) / terms.frequency), 0);
      event = Math.min(event, first + turns * terms.frequency);
    } else {
      event = Math.min(event, first);
    }
  }
  return event;
}

function nextBill(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  row: number,
): number {
  const phase = meter.phase[row];
  return (Math.floor((wallet.done - phase) / terms.frequency) + 1) * terms.frequency + phase;
}

/** Takes all bills up to a block at once, none of which is a payout; false if any is in doubt. */
function bulk(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  to: number,
  out: LegacyTakings,
): boolean {
  const usable = usableOf(wallet.free, wallet.frozen, terms);
  let sum = 0;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    const bills = billsUntil(wallet, meter, terms, row, to);
    if (bills === 0) continue;
    const due = wholeDue(wallet, meter, terms, tariff, row, to, usable);
    if (due < 0) return false;
    if (meter.state[row] === LegacyState.created) sum += bills * due;
  }
  // A first lock below the deposit holds the deposit back, which is no sum of bills.
  if (sum > 0 && wallet.frozen < terms.existentialDeposit) return false;
  const least = usable - sum;
  let slack = out.slack;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    const bills = billsUntil(wallet, meter, terms, row, to);
    if (bills === 0) continue;
    const safe = safety(wallet, meter, terms, tariff, row, { bills, usable, least, to });
    if (safe < 0) return false;
    if (safe < slack) slack = safe;
  }
  out.slack = slack;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    const bills = billsUntil(wallet, meter, terms, row, to);
    if (bills > 0) take(wallet, meter, terms, tariff, row, { bills, usable, to });
  }
  wallet.frozen += sum;
  return true;
}

/** How many bills of a row come up to a block; none of one that has ended or sleeps. */
function billsUntil(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  row: number,
  to: number,
): number {
  if (meter.state[row] === LegacyState.ended || meter.asleep[row] === 1) return 0;
  const phase = meter.phase[row];
  return (
    Math.floor((to - phase) / terms.frequency) - Math.floor((wallet.done - phase) / terms.frequency)
  );
}

/** What a row owes a cycle in its rhythm; below zero where it is in none, or traffic adds up. */
function wholeDue(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  row: number,
  to: number,
  usable: number,
): number {
  if (owesNothing(meter, terms, tariff, row, to)) return 0;
  const cls = classOf(meter, terms, row, to);
  const last = nextBill(wallet, meter, terms, row) - terms.frequency;
  if (meter.unbilled[row] !== 0 || meter.lastBilled[row] !== last) return -1;
  const flows = cls !== meter.idleClass[row];
  if (flows && meter.state[row] !== LegacyState.created) return -1;
  if (flows && meter.trafficFrom[row] !== last * terms.secondsPerBlock) return -1;
  const { table } = tariff;
  const level = table.levelOf(cls, usable + wallet.stash);
  const due = table.due[cls * table.levels + level] + table.extra[cls];
  return due > 0 ? due : -1;
}

/** Whether a row has nothing to pay up to a block, however long that lasts. */
export function owesNothing(
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  row: number,
  to: number,
): boolean {
  const cls = classOf(meter, terms, row, to);
  const idle = cls === meter.idleClass[row] && tariff.table.unpaid[cls] === 1;
  return idle && meter.unbilled[row] === 0;
}

/** The class of a row's bills up to a block: with traffic where any begins before it. */
const classOf = (meter: LegacyMeter, terms: LegacyTerms, row: number, to: number): number =>
  meter.trafficFrom[row] < to * terms.secondsPerBlock ? meter.busyClass[row] : meter.idleClass[row];

/** The bills of a row that are asked about. */
interface Stretch {
  readonly bills: number;
  readonly usable: number;
  readonly to: number;
}

/** By how much the closest decision about a row is safe at the worst; below zero if it is not. */
function safety(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  row: number,
  { bills, usable, least, to }: Stretch & { readonly least: number },
): number {
  const { table } = tariff;
  const cls = classOf(meter, terms, row, to);
  const level = table.levelOf(cls, usable + wallet.stash);
  const due = wholeDue(wallet, meter, terms, tariff, row, to, usable);
  if (due === 0) return Number.POSITIVE_INFINITY;
  const created = meter.state[row] === LegacyState.created;
  // A bill that locks still finds what it takes itself.
  const found = created ? least + due : least;
  const floor = level === 0 ? 0 : table.floor[cls * (table.levels - 1) + level - 1];
  const levelSafe = level === 0 ? Number.POSITIVE_INFINITY : found + wallet.stash - floor;
  const held = meter.locked[row] + meter.extraLocked[row];
  if (created) {
    const need = isFixed(terms, "lockedTwice") ? due : held + bills * due;
    return Math.min(levelSafe, found - need - 1);
  }
  return held + due >= usable ? levelSafe : -1;
}

/** Books the bills of a row. */
function take(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  row: number,
  { bills, usable, to }: Stretch,
): void {
  const { table } = tariff;
  const cls = classOf(meter, terms, row, to);
  if (owesNothing(meter, terms, tariff, row, to)) return;
  const level = table.levelOf(cls, usable + wallet.stash);
  meter.locked[row] += bills * table.due[cls * table.levels + level];
  meter.extraLocked[row] += bills * table.extra[cls];
  meter.cycles[row] += bills;
  meter.lastBilled[row] += bills * terms.frequency;
  if (cls === meter.idleClass[row]) return;
  const passed = bills * terms.frequency * terms.secondsPerBlock;
  meter.trafficFrom[row] += passed;
  meter.trafficSeconds[row] += passed;
}
