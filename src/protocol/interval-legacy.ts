/**
 * Interval of the lock based bills: all bills of an account between two moments, in bulk.
 *
 * What lies between two payouts is one product a row (`sweep-legacy.ts`); payouts, which lift the
 * lock or a part of it, are stepped in their blocks. Where a whole round of payouts leaves locks
 * and counters as they were, every later round is the same for an account that is poorer by the
 * same amount, as often as the closest decision of the round was safe; so rounds are multiplied.
 *
 * The result equals every bill one by one, to the last unit, and both equal `billing/legacy.ts`
 * (test/protocol/interval-legacy.test.ts).
 *
 * Source: none of its own; equal to `billing/legacy.ts`, whose sources are told there.
 */
import {
  type LegacyMeter,
  LegacyState,
  type LegacyTakings,
  type LegacyTerms,
  type LegacyWallet,
  usableOf,
} from "./meter-legacy-table.ts";
import { type LegacyTariffs, owesNothing, quietUntil, stepUntil } from "./sweep-legacy.ts";
import type { LegacyTariff } from "./tariff-legacy.ts";

/** Does every bill of an account at blocks in (`wallet.done`, `until`]; reports into `out`. */
export function advanceLegacy(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariffs: LegacyTariffs,
  until: number,
  out: LegacyTakings,
): void {
  const { frequency, distributionCycles } = terms;
  while (wallet.done < until && wallet.count > 0) {
    const first = wallet.done + 1;
    const tariff = tariffs.at(first);
    const last = Math.min(until, tariffs.changesAfter(first) - 1);
    const round = distributionCycles * frequency;
    if (last - wallet.done >= 2 * round) {
      if (repeatRounds(wallet, meter, terms, tariff, round, last, out)) continue;
    }
    if (quietUntil(wallet, meter, terms, tariff, last, out)) continue;
    // Whatever is not quiet is one turn of the loop, bill by bill.
    stepUntil(wallet, meter, terms, tariffs, Math.min(until, wallet.done + frequency), out);
  }
  wallet.done = until;
}

/** Does a round of payouts, and repeats it as often as it is safe; false if it was none. */
function repeatRounds(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  round: number,
  last: number,
  out: LegacyTakings,
): boolean {
  for (let at = 0; at < wallet.count; at++) {
    const state = meter.state[wallet.rows[at]];
    if (state !== LegacyState.created && state !== LegacyState.ended) return false;
  }
  const until = wallet.done + round;
  const from = photograph(wallet, meter, out);
  const { changes } = out;
  out.slack = Number.POSITIVE_INFINITY;
  const tariffs = { at: () => tariff, changesAfter: () => Number.POSITIVE_INFINITY };
  while (wallet.done < until) {
    if (quietUntil(wallet, meter, terms, tariff, until, out)) continue;
    const turn = Math.min(until, wallet.done + terms.frequency);
    stepUntil(wallet, meter, terms, tariffs, turn, out);
  }
  const idle = (row: number): boolean =>
    meter.asleep[row] === 1 || owesNothing(meter, terms, tariff, row, last);
  if (out.changes !== changes || !isAlike(wallet, meter, from, round, idle)) return true;
  const quiet = beforeTraffic(wallet, meter, terms, from, last);
  if (quiet < wallet.done) return true;
  const spent = from.free - wallet.free;
  const left = Math.floor((quiet - wallet.done) / round);
  const safe = spent > 0 ? Math.floor(out.slack / spent) : left;
  const times = Math.min(left, safe);
  if (times > 0 && spent >= 0) {
    multiply(wallet, meter, out, from, times);
    wallet.done += times * round;
  }
  return true;
}

/** What a round is compared with: an account and its rows at its beginning. */
interface Photograph {
  readonly free: number;
  readonly frozen: number;
  readonly rows: readonly Readonly<Record<Counted, number>>[];
  readonly out: Readonly<Record<Gained, number>>;
  readonly provided: readonly (readonly number[])[];
}

/** What must be as it was, and what has grown, in columns and in takings. */
const STILL = ["state", "locked", "extraLocked", "cycles", "unbilled"] as const;
const GROWN = ["lastBilled", "trafficFrom", "trafficSeconds", "farmerShare"] as const;
const GAINED = ["foundation", "staking", "sales", "burned", "unpaid"] as const;
type Counted = (typeof STILL)[number] | (typeof GROWN)[number];
type Gained = (typeof GAINED)[number];

function photograph(wallet: LegacyWallet, meter: LegacyMeter, out: LegacyTakings): Photograph {
  const columns = [...STILL, ...GROWN];
  const rows = Array.from({ length: wallet.count }, (_, at) => {
    const row = wallet.rows[at];
    const entries = columns.map((name) => [name, meter[name][row]]);
    return Object.fromEntries(entries) as Record<Counted, number>;
  });
  const { foundation, staking, sales, burned, unpaid } = out;
  return {
    free: wallet.free,
    frozen: wallet.frozen,
    rows,
    out: { foundation, staking, sales, burned, unpaid },
    provided: out.provided.map((shares) => [...shares]),
  };
}

/** Whether locks, counters and states are what they were a round ago, and every bill counted. */
function isAlike(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  from: Photograph,
  round: number,
  idle: (row: number) => boolean,
): boolean {
  if (wallet.frozen !== from.frozen) return false;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    if (meter.state[row] === LegacyState.ended) continue;
    const billed = meter.lastBilled[row] - from.rows[at].lastBilled;
    if (billed !== (idle(row) ? 0 : round)) return false;
    for (const name of STILL) if (meter[name][row] !== from.rows[at][name]) return false;
  }
  return true;
}

/** The block up to which traffic goes on as in the round; below it where the round was odd. */
function beforeTraffic(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  from: Photograph,
  last: number,
): number {
  let quiet = last;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    const now = meter.trafficFrom[row];
    if (meter.busyClass[row] === meter.idleClass[row] || !Number.isFinite(now)) continue;
    if (meter.state[row] === LegacyState.ended) continue;
    const before = from.rows[at];
    const flowed = now - before.trafficFrom;
    if (flowed === 0) quiet = Math.min(quiet, Math.floor(now / terms.secondsPerBlock));
    else if (flowed !== (meter.lastBilled[row] - before.lastBilled) * terms.secondsPerBlock)
      return -1;
  }
  return quiet;
}

/** Adds what a round has moved, so many times over. */
function multiply(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  out: LegacyTakings,
  from: Photograph,
  times: number,
): void {
  wallet.free -= times * (from.free - wallet.free);
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    for (const name of GROWN) {
      const now = meter[name][row];
      // An instant that has not come, such as of traffic, does not move.
      if (Number.isFinite(now)) meter[name][row] = now + times * (now - from.rows[at][name]);
    }
  }
  for (const name of GAINED) out[name] += times * (out[name] - from.out[name]);
  for (const [provider, shares] of from.provided.entries()) {
    for (const [at, before] of shares.entries()) {
      const now = out.provided[provider][at];
      out.provided[provider][at] = now + times * (now - before);
    }
  }
}

/**
 * The first block at which a row can change its state, if every bill cost the most it can.
 *
 * `burn` bounds what one cycle locks or takes, in 1e-7 TFT. What is usable falls by no more than
 * that a cycle, and by what is counted for a row without being frozen; what a row needs grows by
 * no more, and no further than to its next payout. Where a change may be near, it answers the
 * block of the next bill. Infinity if no row is left.
 */
export function nextLegacyChange(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  burn: number,
): number {
  const usable = usableOf(wallet.free, wallet.frozen, terms);
  let bill = Number.POSITIVE_INFINITY;
  let expiry = Number.POSITIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  let held = 0;
  let created = 0;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    if (meter.state[row] === LegacyState.ended || meter.asleep[row] === 1) continue;
    const own = meter.locked[row] + meter.extraLocked[row];
    held += own;
    bill = Math.min(bill, billAt(meter, terms, row, wallet.done + 1));
    if (meter.state[row] === LegacyState.created) {
      created += 1;
      most = Math.max(most, own);
      continue;
    }
    const over = Math.max(meter.graceSince[row] + terms.graceBlocks, wallet.done + 1);
    expiry = Math.min(expiry, billAt(meter, terms, row, over));
    least = Math.min(least, own);
  }
  if (least < Number.POSITIVE_INFINITY) return created > 0 || usable > least ? bill : expiry;
  if (created === 0 || burn <= 0) return expiry;
  const debt = Math.max(held - wallet.frozen, 0);
  // A first lock, and a last one lifted, move the deposit besides.
  const spare = usable - debt - most - 4 * terms.existentialDeposit;
  const cycles = Math.max(
    Math.floor((spare - burn) / (2 * burn)),
    Math.floor((spare - (terms.distributionCycles + 1) * burn) / burn),
  );
  return cycles < 2 ? bill : wallet.done + (cycles - 1) * terms.frequency;
}

/** The block of a row's first bill at or after a block. */
function billAt(meter: LegacyMeter, terms: LegacyTerms, row: number, from: number): number {
  const cycles = Math.ceil((from - meter.phase[row]) / terms.frequency);
  return cycles * terms.frequency + meter.phase[row];
}
