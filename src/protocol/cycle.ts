/**
 * Cycle: what one cycle of an account's bills came to, and repeating it in one step.
 *
 * A cycle that was billed and met nothing new is worth a product: times a bill taken, times a
 * payout shared. Who calls sees to it that the cycle is one that repeats.
 *
 * Source: none of its own; equal to `meter.ts`, bill by bill, whose sources are told there.
 */
import { assert } from "../units/index.ts";
import { shareOf } from "./meter.ts";
import {
  Kind,
  type Meter,
  MeterState,
  type Takings,
  type Terms,
  type Wallet,
} from "./meter-table.ts";

/** Room for one cycle of one account: what each row paid, and what was usable before. */
export interface CycleNotes {
  /** 1 if there was something to bill. */
  billed: Uint8Array;
  usable: Float64Array;
  standard: Float64Array;
  additional: Float64Array;
  floor: Float64Array;
  traffic: Float64Array;
  /** For a sweep: bills of the stretch, and the first of them where it is not a whole cycle. */
  bills: Float64Array;
  odd: Uint8Array;
  oddStandard: Float64Array;
  oddAdditional: Float64Array;
  oddFloor: Float64Array;
  oddTraffic: Float64Array;
  /** For a sweep: what the account can spend at its beginning. */
  spendable: number;
}

/** Room for the notes of accounts of up to `size` contracts; grows by itself. */
export const cycleNotes = (size = 16): CycleNotes => ({
  billed: new Uint8Array(size),
  usable: new Float64Array(size),
  standard: new Float64Array(size),
  additional: new Float64Array(size),
  floor: new Float64Array(size),
  traffic: new Float64Array(size),
  bills: new Float64Array(size),
  odd: new Uint8Array(size),
  oddStandard: new Float64Array(size),
  oddAdditional: new Float64Array(size),
  oddFloor: new Float64Array(size),
  oddTraffic: new Float64Array(size),
  spendable: 0.5,
});

/** Makes room for more contracts; what was noted is forgotten. */
export function enlarge(notes: CycleNotes, size: number): void {
  notes.billed = new Uint8Array(size * 2);
  notes.usable = new Float64Array(size * 2);
  notes.standard = new Float64Array(size * 2);
  notes.additional = new Float64Array(size * 2);
  notes.floor = new Float64Array(size * 2);
  notes.traffic = new Float64Array(size * 2);
  notes.bills = new Float64Array(size * 2);
  notes.odd = new Uint8Array(size * 2);
  notes.oddStandard = new Float64Array(size * 2);
  notes.oddAdditional = new Float64Array(size * 2);
  notes.oddFloor = new Float64Array(size * 2);
  notes.oddTraffic = new Float64Array(size * 2);
}

/** Frames from one on in which no traffic begins; a boot can lie ahead of the bills. */
export function framesBeforeTraffic(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  frame: number,
  notes: CycleNotes,
): number {
  let frames = Number.POSITIVE_INFINITY;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    const from = meter.trafficFrom[row];
    if (from === Number.POSITIVE_INFINITY || notes.traffic[at] > 0) continue;
    if (meter.state[row] === MeterState.ended) continue;
    const bill = frame + meter.phase[row];
    const quiet = Math.floor((from / terms.secondsPerBlock - bill) / terms.frequency) + 1;
    if (quiet < frames) frames = quiet;
  }
  return frames;
}

/** Repeats a cycle of paid bills as often as balances and levels allow; answers how often. */
export function repeatPaid(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  frames: number,
  notes: CycleNotes,
  out: Takings,
): number {
  let sum = 0;
  for (let at = 0; at < wallet.count; at++) {
    if (meter.state[wallet.rows[at]] !== MeterState.ended)
      sum += notes.standard[at] + notes.additional[at];
  }
  if (sum === 0) return frames;
  let times = frames;
  for (let at = 0; at < wallet.count; at++) {
    if (meter.state[wallet.rows[at]] === MeterState.ended) continue;
    if (notes.billed[at] === 0) continue;
    const room = Math.floor((notes.usable[at] - notes.floor[at]) / sum);
    if (room < times) times = room;
  }
  if (times <= 0) return 0;
  wallet.free -= times * sum;
  assert(Number.isSafeInteger(wallet.free), "a balance stays exact in a double");
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    if (meter.state[row] === MeterState.ended) continue;
    if (notes.billed[at] === 0) continue;
    repeatRow(meter, terms, row, times, notes.standard[at], notes.additional[at], out);
    moveOn(meter, terms, row, times, notes.traffic[at]);
  }
  return times;
}

/** Adds `times` equal bills to a row and pays out each time its cycles are full. */
export function repeatRow(
  meter: Meter,
  terms: Terms,
  row: number,
  times: number,
  standard: number,
  additional: number,
  out: Takings,
): void {
  meter.charged[row] += times * (standard + additional);
  const span = terms.distributionCycles;
  const toFirst = Math.max(span - meter.cycles[row], 1);
  if (times < toFirst) {
    meter.cycles[row] += times;
    meter.reserve[row] += times * standard;
    meter.extraReserve[row] += times * additional;
    return;
  }
  const more = Math.floor((times - toFirst) / span);
  const rest = times - toFirst - more * span;
  const first = meter.reserve[row] + toFirst * standard;
  divide(meter, terms, row, first, 1, out);
  if (more > 0) divide(meter, terms, row, span * standard, more, out);
  meter.farmerShare[row] += meter.extraReserve[row] + (toFirst + more * span) * additional;
  meter.reserve[row] = rest * standard;
  meter.extraReserve[row] = rest * additional;
  meter.cycles[row] = rest;
}

/** Pays the same amount out `times` times. */
function divide(
  meter: Meter,
  terms: Terms,
  row: number,
  amount: number,
  times: number,
  out: Takings,
): void {
  const named = meter.kind[row] === Kind.name;
  const staking = shareOf(amount, named ? terms.nameStakingShare : terms.stakingShare);
  const foundation = named ? amount - staking : shareOf(amount, terms.foundationShare);
  out.staking += times * staking;
  out.foundation += times * foundation;
  meter.farmerShare[row] += times * (amount - staking - foundation);
}

/** Repeats a cycle of bills on an empty account, at most until a grace period is over. */
export function repeatEmpty(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  frame: number,
  frames: number,
  notes: CycleNotes,
): number {
  let times = frames;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    if (meter.state[row] !== MeterState.grace || notes.billed[at] === 0) continue;
    const over = meter.graceSince[row] + terms.graceBlocks;
    const left = Math.ceil((over - frame - meter.phase[row]) / terms.frequency);
    if (left < times) times = left;
  }
  if (times <= 0) return 0;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    if (meter.state[row] !== MeterState.grace || notes.billed[at] === 0) continue;
    meter.overdraft[row] += times * notes.standard[at];
    meter.extraOverdraft[row] += times * notes.additional[at];
    meter.cycles[row] += times;
    moveOn(meter, terms, row, times, notes.traffic[at]);
  }
  return times;
}

/** Moves the clocks of a row on by whole cycles. */
export function moveOn(
  meter: Meter,
  terms: Terms,
  row: number,
  times: number,
  traffic: number,
): void {
  meter.lastBilled[row] += times * terms.frequency;
  if (traffic === 0) return;
  meter.trafficSeconds[row] += times * traffic;
  meter.trafficFrom[row] += times * terms.frequency * terms.secondsPerBlock;
}
