/**
 * What the minting has seen of many nodes in one period, a column a fact, and its judgement of one
 * report in plain numbers. Equal to `report` of `uptime.ts` for nodes that are never asked to
 * sleep; the sources and quirks are told there.
 */
import { assert, type Seconds } from "../units/index.ts";
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

/** What the minting has seen of every node in one period. */
export interface Ledger {
  start: number;
  end: number;
  endBlock: number;
  rules: UptimeRules;
  /** Whether the node has reported in the period at all. */
  readonly known: Uint8Array;
  readonly at: Float64Array;
  readonly reported: Float64Array;
  readonly credited: Float64Array;
  readonly boot: Float64Array;
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
    known: new Uint8Array(capacity),
    at: new Float64Array(capacity),
    reported: new Float64Array(capacity),
    credited: new Float64Array(capacity),
    boot: new Float64Array(capacity),
    violation: new Uint8Array(capacity),
  };
}

/** Why a node lost the period, null where it did not. */
export const violationOf = (period: Ledger, node: number): UptimeViolation | null =>
  violations[period.violation[node]];

/** The rows and bounds of one ledger in the larger columns of another. */
export function copied(from: Ledger, to: Ledger): Ledger {
  to.known.set(from.known);
  to.at.set(from.at);
  to.reported.set(from.reported);
  to.credited.set(from.credited);
  to.boot.set(from.boot);
  to.violation.set(from.violation);
  return { ...to, start: from.start, end: from.end, endBlock: from.endBlock, rules: from.rules };
}

/** Forgets a node. */
export function cleared(period: Ledger, node: number): void {
  period.known[node] = 0;
  period.credited[node] = 0;
  period.violation[node] = 0;
}

/** Opens a used ledger for another period. */
export function reopened(period: Ledger, bounds: PeriodBounds, rules: UptimeRules): void {
  period.start = bounds.start;
  period.end = bounds.end;
  period.endBlock = bounds.end + BLOCK_SECONDS;
  period.rules = rules;
  period.known.fill(0);
  period.credited.fill(0);
  period.violation.fill(0);
}

/** Whether a report at `at` still matters to a period that has ended. */
export const isOpen = (period: Ledger, node: number, at: number): boolean =>
  at <= period.endBlock ||
  (period.known[node] === 1 && period.at[node] < period.end && at <= period.endBlock + TAIL_LENGTH);

/** Judges one report, as `report` of `uptime.ts` does for a node that is never asked to sleep. */
export function count(period: Ledger, node: number, at: number, reported: number): void {
  const { rules } = period;
  if (period.known[node] === 0) {
    period.known[node] = 1;
    period.credited[node] = Math.min(at - period.start, reported, rules.cap);
    period.boot[node] = at - reported;
    moved(period, node, at, reported);
    return;
  }
  const inPeriod = at <= period.endBlock;
  const passed = at - period.at[node];
  const gained = reported - period.reported[node];
  const inside = inPeriod ? gained : period.end - period.at[node];
  if (gained > passed + rules.grace) {
    if (rules.strict) blame(period, node, TOO_HIGH);
    else period.credited[node] += inside;
    moved(period, node, at, reported);
    return;
  }
  if (Math.abs(gained - passed) <= rules.grace) {
    if (Math.abs(at - reported - period.boot[node]) >= rules.skew) blame(period, node, SKEW);
    if (gained > 0) {
      period.credited[node] += Math.min(inside, rules.cap);
      moved(period, node, at, reported);
      return;
    }
  }
  if (reported <= passed) {
    const since = inPeriod ? reported : Math.max(0, reported - (at - period.end));
    period.credited[node] += Math.min(since, rules.cap);
    period.boot[node] = at - reported;
    moved(period, node, at, reported);
  } else if (gained > 0 && !rules.strict) {
    period.credited[node] += inside;
    moved(period, node, at, reported);
  } else {
    blame(period, node, gained > 0 ? TOO_LOW : INVALID_REBOOT);
  }
}

function moved(period: Ledger, node: number, at: number, reported: number): void {
  period.at[node] = at;
  period.reported[node] = reported;
}

function blame(period: Ledger, node: number, violation: number): void {
  if (period.violation[node] === 0) period.violation[node] = violation;
}
