/**
 * Uptime of many nodes in closed form: quiet time costs nothing.
 *
 * A running node sends a report at its boot and every 40 minutes from there; the chain dates it by
 * its next block. Along such a run time and uptime grow alike, so any number of reports after the
 * first is one addition. Only the reports at the edges are judged one by one: the first after a
 * boot, after a dead line, of a period, and of its tail. A report that falls due while the line is
 * dead is sent when the line is back; one that falls due in the second of going down is not sent.
 *
 * The result is equal, second by second and violation by violation, to `report` of `uptime.ts` fed
 * with every single report (test/protocol/uptime-run.test.ts). Managed sleep is not part of it.
 * The table belongs to its caller; these functions are the only ones to write it, and they
 * allocate nothing. Instants are whole seconds of the caller's clock.
 *
 * Source: none of its own; equal to `uptime.ts`, report by report, whose sources are told there.
 */
import { assert, type Seconds, seconds } from "../units/index.ts";
import {
  AT,
  CREDITED,
  cleared,
  copy,
  count,
  creditedIn,
  isKnown,
  isOpen,
  type Ledger,
  ledger,
  type PeriodBounds,
  REPORTED,
  ROW,
  reopened,
  violationOf,
} from "./uptime-ledger.ts";
import {
  BLOCK_SECONDS,
  REPORT_INTERVAL,
  TAIL_LENGTH,
  type UptimeRules,
  type UptimeViolation,
  uptimeRules,
} from "./uptime-rules.ts";

export type { PeriodBounds } from "./uptime-ledger.ts";

/** Doubles of a node in `beat`, and what each is. */
const BEAT = 4;
/** The second in which the next report is sent, if node and line last so long. */
const DUE = 0;
/** The second in which the line died. */
const DEAD = 1;
/** The second of the last boot. */
const BOOT = 2;
/** A node that does not run never reports, and a line that works never died. */
const NEVER = Number.POSITIVE_INFINITY;

/** All nodes by their dense number: what they physically do, and two periods' ledgers. */
export interface UptimeTable {
  readonly capacity: number;
  /** Due report, dead line and boot, side by side. */
  readonly beat: Float64Array;
  open: Ledger;
  closing: Ledger;
  /** Whether the tail of the last period is still being read. */
  tail: boolean;
}

/** A table without nodes, in which `period` is open. */
export function uptimeTable(
  capacity: number,
  period: PeriodBounds,
  rules: UptimeRules = uptimeRules.current,
): UptimeTable {
  return {
    capacity,
    beat: new Float64Array(capacity * BEAT).fill(NEVER),
    open: ledger(capacity, period, rules),
    closing: ledger(capacity, { start: period.start, end: period.start }, rules),
    tail: false,
  };
}

/** The same table with room for more nodes. */
export function grownUptimeTable(table: UptimeTable, capacity: number): UptimeTable {
  assert(capacity >= table.capacity, "a table of uptimes cannot shrink");
  const grown = uptimeTable(capacity, { start: seconds(0), end: seconds(0) });
  grown.beat.set(table.beat);
  copy(table.open, grown.open);
  copy(table.closing, grown.closing);
  grown.tail = table.tail;
  return grown;
}

/** A node gets its row: not running yet, its line up or dead. */
export function enrol(table: UptimeTable, node: number, lineUp: boolean): void {
  table.beat[node * BEAT + DUE] = NEVER;
  table.beat[node * BEAT + DEAD] = lineUp ? NEVER : Number.NEGATIVE_INFINITY;
  cleared(table.open, node);
  cleared(table.closing, node);
}

/** A node of the start has been running since `boot`; its reports before `now` are not told. */
export function alreadyRunning(
  table: UptimeTable,
  node: number,
  boot: Seconds,
  now: Seconds,
): void {
  table.beat[node * BEAT + BOOT] = boot;
  table.beat[node * BEAT + DUE] = inPhase(boot, now);
}

/** The node's system has come up and sends its first report, of zero seconds. */
export function nodeBooted(table: UptimeTable, node: number, at: Seconds): void {
  advance(table, node, at);
  table.beat[node * BEAT + BOOT] = at;
  table.beat[node * BEAT + DUE] = at;
}

/** The node stops, for whatever reason. */
export function nodeWentDown(table: UptimeTable, node: number, at: Seconds): void {
  advance(table, node, at);
  table.beat[node * BEAT + DUE] = NEVER;
}

/** The node's line dies; the node may run on. What it reported until then is counted later. */
export function lineWentDown(table: UptimeTable, node: number, at: Seconds): void {
  const dead = node * BEAT + DEAD;
  if (at < table.beat[dead]) table.beat[dead] = at;
}

/** The node's line works again; a report that was held back leaves at once. */
export function lineCameBack(table: UptimeTable, node: number, at: Seconds): void {
  const { beat } = table;
  const died = beat[node * BEAT + DEAD];
  const due = beat[node * BEAT + DUE];
  // Most lines are dead for less than an interval, and then most often no report is held back.
  const first = due < died ? inPhase(beat[node * BEAT + BOOT], died) : due;
  if (first < at) {
    advance(table, node, died);
    beat[node * BEAT + DUE] = at;
  }
  beat[node * BEAT + DEAD] = NEVER;
}

/** The open period ends and `next` opens; the ended one stays readable until its tail is over. */
export function closePeriod(
  table: UptimeTable,
  rows: number,
  next: PeriodBounds,
  rules: UptimeRules = table.open.rules,
): void {
  assert(next.start === table.open.end, "periods follow one another");
  assert(!table.tail, "a period is settled before the next one closes");
  for (let node = 0; node < rows; node++) advance(table, node, next.start);
  const opened = table.closing;
  reopened(opened, next, rules);
  table.closing = table.open;
  table.open = opened;
  table.tail = true;
}

/** The first second at which no report can change a period that ended at `end`. */
export const settlementSecond = (end: Seconds): Seconds =>
  seconds(end + BLOCK_SECONDS + TAIL_LENGTH + 1);

/** The tail is over: the closed period's uptimes are final until the next period closes. */
export function settlePeriod(table: UptimeTable, rows: number): void {
  assert(table.tail, "a period is settled once");
  const at = settlementSecond(seconds(table.closing.end));
  for (let node = 0; node < rows; node++) advance(table, node, at);
  table.tail = false;
}

/** The seconds credited to a node in the settled period. */
export const settledUptime = (table: UptimeTable, node: number): Seconds =>
  creditedIn(table.closing, node);

/** Whether a node reported at all in the settled period. */
export const settledReported = (table: UptimeTable, node: number): boolean =>
  isKnown(table.closing, node);

/** Why a node lost the settled period, null where it did not. */
export const settledViolation = (table: UptimeTable, node: number): UptimeViolation | null =>
  violationOf(table.closing, node);

/** The seconds credited in the open period by the reports sent before `at`. */
export function creditedSoFar(table: UptimeTable, node: number, at: Seconds): Seconds {
  advance(table, node, at);
  return creditedIn(table.open, node);
}

/** Sends what a node has to report before `to`, or before its line died. */
function advance(table: UptimeTable, node: number, to: number): void {
  const { beat, open } = table;
  const until = Math.min(to, beat[node * BEAT + DEAD]);
  let due = beat[node * BEAT + DUE];
  if (due >= until) return;
  assert(until <= open.end, "a period closes before anything after it is told");
  const { rows } = open;
  const row = node * ROW;
  const boot = beat[node * BEAT + BOOT];
  while (due < until) {
    const at = blockOf(due, open.start);
    const reported = due - boot;
    const past = reported - Math.floor(reported / REPORT_INTERVAL) * REPORT_INTERVAL;
    const tailOpen = table.tail && isOpen(table.closing, node, at);
    // What follows a report one interval before gains what time passes, and passes the test.
    const steady =
      past === 0 &&
      !tailOpen &&
      rows[row + AT] === at - REPORT_INTERVAL &&
      rows[row + REPORTED] === reported - REPORT_INTERVAL;
    if (steady) {
      const gain = Math.ceil((until - due) / REPORT_INTERVAL) * REPORT_INTERVAL;
      rows[row + AT] += gain;
      rows[row + REPORTED] += gain;
      rows[row + CREDITED] += gain;
      due += gain;
    } else {
      if (tailOpen) count(table.closing, node, at, reported);
      if (at > open.start) count(open, node, at, reported);
      due += REPORT_INTERVAL - past;
    }
  }
  beat[node * BEAT + DUE] = due;
}

/** The first second from `from` on in which a node that booted at `boot` has to report. */
const inPhase = (boot: number, from: number): number =>
  boot + Math.ceil((from - boot) / REPORT_INTERVAL) * REPORT_INTERVAL;

/** The block that takes a report sent at a second; one lies on every period's start. */
const blockOf = (second: number, origin: number): number =>
  origin + Math.ceil((second - origin) / BLOCK_SECONDS) * BLOCK_SECONDS;
