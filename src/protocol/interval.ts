/**
 * Interval: all the bills of an account between two moments, without stepping through the quiet
 * ones.
 *
 * A cycle in which every row was billed a whole cycle's tariff at some discount level repeats until
 * a balance falls below a level's floor or below what is due, the price changes, or the interval
 * ends; a cycle in which every row sat in grace with nothing to take repeats until a grace period
 * is over. How often it repeats is one division; what it moved is multiplied. Everything else is
 * billed one by one by `billRow`, so that the result equals stepping to the last unit.
 *
 * Locks of others than these bills and what a stash holds may change between two intervals. A lock
 * on more than is free, with which payouts would fail, is for `billing/reserve.ts` alone.
 *
 * Quirk: payouts round once per 24 bills; a skipped stretch is paid out in the same portions.
 *
 * Source: none of its own; equal to `meter.ts`, bill by bill, whose sources are told there.
 */
import { assert } from "../units/index.ts";
import { type CycleNotes, enlarge, framesBeforeTraffic, repeatEmpty, repeatPaid } from "./cycle.ts";
import { billRow } from "./meter.ts";
import {
  type Meter,
  MeterState,
  type Takings,
  type Terms,
  usableNow,
  type Wallet,
} from "./meter-table.ts";
import { sweep } from "./sweep.ts";
import type { Tariff } from "./tariff.ts";

/** The prices an interval meets: a tariff for each block, and how long it holds. */
export interface Tariffs {
  /** The tariff of bills at a block. */
  at(block: number): Tariff;
  /** The first block after `block` with another tariff; Infinity if there is none. */
  changesAfter(block: number): number;
}

/** How a cycle can be repeated: not at all, as paid bills, or as bills of an empty account. */
type Pattern = "none" | "paid" | "empty";

/** Does every bill of an account at blocks in (`wallet.done`, `until`]; reports into `out`. */
export function advance(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariffs: Tariffs,
  until: number,
  notes: CycleNotes,
  out: Takings,
): void {
  assert(wallet.frozen <= wallet.free, "no lock is on more than is free");
  if (wallet.count > notes.usable.length) enlarge(notes, wallet.count);
  while (wallet.done < until && wallet.count > 0) {
    const first = wallet.done + 1;
    const last = Math.min(until, tariffs.changesAfter(first) - 1);
    if (sweep(wallet, meter, terms, tariffs.at(first), last, notes, out)) wallet.done = last;
    else stepOn(wallet, meter, terms, tariffs, until, notes, out);
  }
  wallet.done = until;
}

/** Does the bills of the next frame one by one, and repeats it while nothing new can happen. */
function stepOn(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariffs: Tariffs,
  until: number,
  notes: CycleNotes,
  out: Takings,
): void {
  const { frequency } = terms;
  const frame = Math.floor((wallet.done + 1) / frequency) * frequency;
  const next = frame + frequency;
  const pattern = stepFrame(wallet, meter, terms, tariffs, frame, until, notes, out);
  wallet.done = Math.min(next - 1, until);
  if (pattern === "none" || next > until) return;
  const quiet = Math.min(until + 1, tariffs.changesAfter(frame));
  const frames = Math.min(
    Math.floor((quiet - next) / frequency),
    framesBeforeTraffic(wallet, meter, terms, next, notes),
  );
  if (frames <= 0) return;
  const skipped =
    pattern === "paid"
      ? repeatPaid(wallet, meter, terms, frames, notes, out)
      : repeatEmpty(wallet, meter, terms, next, frames, notes);
  wallet.done += skipped * frequency;
}

/** Bills the rows of one frame of `frequency` blocks that fall into the interval. */
function stepFrame(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  tariffs: Tariffs,
  frame: number,
  until: number,
  notes: CycleNotes,
  out: Takings,
): Pattern {
  let paid = true;
  let empty = true;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    const block = frame + meter.phase[row];
    if (meter.state[row] === MeterState.ended) continue;
    if (block <= wallet.done || block > until) {
      paid = empty = false;
      continue;
    }
    const before = meter.state[row];
    // Outside grace none owes but after an upgrade, and then once.
    const owed = meter.overdraft[row] + meter.extraOverdraft[row];
    const usable = usableNow(wallet, terms);
    const traffic = meter.trafficSeconds[row];
    const changes = out.changes;
    const tariff = tariffs.at(block);
    const billed = billRow(wallet, meter, terms, tariff, row, block, out);
    notes.billed[at] = billed ? 1 : 0;
    notes.usable[at] = usable;
    notes.standard[at] = billed ? out.standard : 0;
    notes.additional[at] = billed ? out.additional : 0;
    notes.traffic[at] = meter.trafficSeconds[row] - traffic;
    if (!billed) {
      // What was too little to bill adds up over cycles, so none is like another.
      if (tariff.unpaid[meter.idleClass[row]] === 0 || notes.traffic[at] > 0) paid = empty = false;
      continue;
    }
    const due = out.standard + out.additional;
    const floor = floorOf(tariff, meter, row, out.level, notes.traffic[at]);
    notes.floor[at] = Math.max(due, floor - wallet.stash);
    const same = out.whole && out.changes === changes;
    paid &&= same && owed === 0 && before === MeterState.created && meter.state[row] === before;
    empty &&= same && before === MeterState.grace && usable === 0 && holdsNothing(meter, row);
  }
  if (!paid && !empty) return "none";
  return paid ? "paid" : "empty";
}

/** The smallest balance, the stash with it, at which a row still has the level of its last bill. */
function floorOf(
  tariff: Tariff,
  meter: Meter,
  row: number,
  level: number,
  traffic: number,
): number {
  if (level === 0) return 0;
  const cls = traffic > 0 ? meter.busyClass[row] : meter.idleClass[row];
  return tariff.floor[cls * (tariff.levels - 1) + level - 1];
}

const holdsNothing = (meter: Meter, row: number): boolean =>
  meter.reserve[row] === 0 && meter.extraReserve[row] === 0;

/**
 * The first block at which a row can change its state, if every bill cost the most it can.
 *
 * `burn` bounds what one cycle takes in 1e-7 TFT; what costs less than a unit a cycle and adds up
 * over several is not in it. Where a change may be near, it answers the block
 * of the next bill, so that whoever asks again there misses nothing. Infinity if no row is left.
 */
export function nextChange(wallet: Wallet, meter: Meter, terms: Terms, burn: number): number {
  const usable = usableNow(wallet, terms);
  let bill = Number.POSITIVE_INFINITY;
  let expiry = Number.POSITIVE_INFINITY;
  let created = 0;
  let graced = 0;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    if (meter.state[row] === MeterState.ended) continue;
    bill = Math.min(bill, billAt(meter, terms, row, wallet.done + 1));
    if (meter.state[row] === MeterState.created) created += 1;
    else {
      graced += 1;
      const over = Math.max(meter.graceSince[row] + terms.graceBlocks, wallet.done + 1);
      expiry = Math.min(expiry, billAt(meter, terms, row, over));
    }
  }
  if (graced > 0) return created > 0 || usable > 0 ? bill : expiry;
  if (created === 0 || burn <= 0) return expiry;
  const cycles = Math.floor(usable / burn);
  return cycles < 2 ? bill : wallet.done + (cycles - 1) * terms.frequency;
}

/** The block of a row's first bill at or after a block. */
function billAt(meter: Meter, terms: Terms, row: number, from: number): number {
  const cycles = Math.ceil((from - meter.phase[row]) / terms.frequency);
  return cycles * terms.frequency + meter.phase[row];
}
