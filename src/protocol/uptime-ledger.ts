/**
 * What the minting has seen of many nodes in one period, a column a fact, and its judgement of one
 * report in plain numbers. Equal to `report` of `uptime.ts` for nodes that are never asked to
 * sleep; the sources and quirks are told there.
 *
 * Source: none of its own; the columns are the state of `uptime.ts`.
 */
import { assert, type Seconds, seconds } from "../units/index.ts";
import {
  BLOCK_SECONDS,
  REPORT_INTERVAL,
  TAIL_LENGTH,
  type UptimeRules,
  type UptimeViolation,
} from "./uptime-rules.ts";

/** The bounds of a period on the caller's clock; a block lies on each of them. */
export interface PeriodBounds {
  readonly start: Seconds;
  readonly end: Seconds;
}

/** Doubles of a node in `rows`, and what each is: half a line of a processor's cache. */
export const ROW = 4;
/** Block of the last report; `NEVER` before the first of the period. */
export const AT = 0;
/** Uptime that the last report told, in seconds. */
export const REPORTED = 1;
/** Seconds credited, and the boot instant that the reports speak of, once there is a report. */
export const CREDITED = 2;
const BOOT = 3;
const NEVER = Number.NEGATIVE_INFINITY;

/** What the minting has seen of every node in one period. */
export interface Ledger {
  start: number;
  end: number;
  endBlock: number;
  rules: UptimeRules;
  /** What changes with a report, a row a node, side by side. */
  readonly rows: Float64Array;
  /** A code that `violationOf` names, 0 without. */
  readonly violation: Uint8Array;
}

const violations = [null, "UptimeTooHigh", "UptimeTooLow", "ClockSkew", "InvalidReboot"] as const;
const TOO_HIGH = 1;
const TOO_LOW = 2;
const SKEW = 3;
const INVALID_REBOOT = 4;

/** An empty ledger of a period. */
export function ledger(capacity: number, bounds: PeriodBounds, rules: UptimeRules): Ledger {
  assert(rules.cap >= REPORT_INTERVAL, "a run of reports is credited in full");
  return {
    start: bounds.start,
    end: bounds.end,
    endBlock: bounds.end + BLOCK_SECONDS,
    rules,
    rows: new Float64Array(capacity * ROW).fill(NEVER),
    violation: new Uint8Array(capacity),
  };
}

/** Why a node lost the period, null where it did not. */
export const violationOf = (period: Ledger, node: number): UptimeViolation | null =>
  violations[period.violation[node]];

/** Takes the rows and bounds of one ledger over into the larger columns of another. */
export function copy(from: Ledger, to: Ledger): void {
  to.rows.set(from.rows);
  to.violation.set(from.violation);
  to.start = from.start;
  to.end = from.end;
  to.endBlock = from.endBlock;
  to.rules = from.rules;
}

/** Whether a node has reported in the period at all. */
export const isKnown = (period: Ledger, node: number): boolean =>
  period.rows[node * ROW + AT] !== NEVER;

/** Seconds credited to a node in the period. */
export const creditedIn = (period: Ledger, node: number): Seconds =>
  seconds(isKnown(period, node) ? period.rows[node * ROW + CREDITED] : 0);

/** Forgets a node. */
export function cleared(period: Ledger, node: number): void {
  period.rows[node * ROW + AT] = NEVER;
  period.violation[node] = 0;
}

/** Opens a used ledger for another period. */
export function reopened(period: Ledger, bounds: PeriodBounds, rules: UptimeRules): void {
  period.start = bounds.start;
  period.end = bounds.end;
  period.endBlock = bounds.end + BLOCK_SECONDS;
  period.rules = rules;
  period.rows.fill(NEVER);
  period.violation.fill(0);
}

/** Whether a report at `at` still matters to a period that has ended. */
export function isOpen(period: Ledger, node: number, at: number): boolean {
  if (at <= period.endBlock) return true;
  const last = period.rows[node * ROW + AT];
  const tail = period.rules.tail ?? TAIL_LENGTH;
  return last !== NEVER && last < period.end && at <= period.endBlock + tail;
}

/** Judges one report, as `report` of `uptime.ts` does for a node that is never asked to sleep. */
export function count(period: Ledger, node: number, at: number, reported: number): void {
  const { rules, rows } = period;
  const row = node * ROW;
  if (rows[row + AT] === NEVER) {
    rows[row + CREDITED] = Math.min(at - period.start, reported, rules.cap);
    rows[row + BOOT] = at - reported;
    moved(rows, row, at, reported);
    return;
  }
  const inPeriod = at <= period.endBlock;
  const passed = at - rows[row + AT];
  const gained = reported - rows[row + REPORTED];
  const inside = inPeriod ? gained : period.end - rows[row + AT];
  if (gained > passed + rules.grace) {
    if (rules.strict) blame(period, node, TOO_HIGH);
    else rows[row + CREDITED] += inside;
    moved(rows, row, at, reported);
    return;
  }
  if (Math.abs(gained - passed) <= rules.grace) {
    if (Math.abs(at - reported - rows[row + BOOT]) >= rules.skew) blame(period, node, SKEW);
    if (gained > 0) {
      rows[row + CREDITED] += Math.min(inside, rules.cap);
      moved(rows, row, at, reported);
      return;
    }
  }
  if (reported <= passed) {
    const since = inPeriod ? reported : Math.max(0, reported - (at - period.end));
    rows[row + CREDITED] += Math.min(since, rules.cap);
    rows[row + BOOT] = at - reported;
    moved(rows, row, at, reported);
  } else if (gained > 0 && !rules.strict) {
    rows[row + CREDITED] += inside;
    moved(rows, row, at, reported);
  } else {
    blame(period, node, gained > 0 ? TOO_LOW : INVALID_REBOOT);
  }
}

function moved(rows: Float64Array, row: number, at: number, reported: number): void {
  rows[row + AT] = at;
  rows[row + REPORTED] = reported;
}

function blame(period: Ledger, node: number, violation: number): void {
  if (period.violation[node] === 0) period.violation[node] = violation;
}
