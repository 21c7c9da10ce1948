/**
 * Uptime of one node in one minting period, report by report.
 *
 * Lifecycle: a node reports the seconds since its boot; each report is credited for the time since
 * the previous one. Up to the block that ends the period reports count in full, in the 27 hours
 * after it only the first one, for what lies before the end. A farmer's bot may send a node to
 * sleep and wake it; a sleep is credited when the node wakes in time.
 * This is the reference: the simulation uses the closed form of `uptime-run.ts`, equal to it.
 *
 * Source: minting_v3 fc7e17d, minting/src/main.rs, the event loops of the period and of the tail;
 * the order of the checks at the end is also that of the node status bot, which follows it.
 * Quirks: a missed report costs 39 minutes; a report held back by more than a minute costs the
 * month; a boot instant is only ever inferred from reports; a node that wakes by itself is ignored
 * until somebody asks for it; late boots are judged at the end alone, so that any other violation
 * comes before them, even a later one; in the tail the program stops at a second garbage report,
 * here it has no effect.
 */
import { type Seconds, seconds } from "../units/index.ts";
import { TAIL_LENGTH, type UptimeRules, type UptimeViolation } from "./uptime-rules.ts";

/** Whether a node is, or shall be, on. */
export type Power = "Up" | "Down";

/** The bounds of the period, and of the blocks in which it is counted. */
export interface UptimeSpan {
  readonly start: Seconds;
  readonly end: Seconds;
  /** The first block after the start: power states are read there. */
  readonly firstBlock: Seconds;
  /** The first block after the end; its reports still count in full. */
  readonly endBlock: Seconds;
}

/** One report, at the time of its block, of the seconds since the node's boot. */
export interface UptimeReport {
  readonly at: Seconds;
  readonly reported: Seconds;
}

/** What the minting knows of a node while it reads the period's blocks. */
export interface UptimeState {
  /** The last report that counted. */
  readonly last: UptimeReport | null;
  readonly credited: Seconds;
  /** The boot instant that the skew test compares with. */
  readonly boot: Seconds;
  readonly power: { readonly state: Power; readonly target: Power };
  readonly asleepSince: Seconds | null;
  readonly wakeRequest: Seconds | null;
  readonly lateBoots: number;
  readonly violation: UptimeViolation | null;
}

/** A node at the first block of a period; `asleepSince` is the block of its going down. */
export function openUptime(
  span: UptimeSpan,
  power: { readonly state: Power; readonly target: Power; readonly downSince: Seconds } | null,
): UptimeState {
  const down = power !== null && power.state === "Down";
  return {
    last: null,
    credited: seconds(0),
    boot: seconds(0),
    power: power === null ? { state: "Up", target: "Up" } : power,
    asleepSince: down ? power.downSince : null,
    wakeRequest: down && power.target === "Up" ? span.firstBlock : null,
    lateBoots: 0,
    violation: null,
  };
}

/** An interval of wakes in which the limit on sleep was waived, as in July 2024. */
export interface SleepWaiver {
  readonly from: Seconds;
  readonly to: Seconds;
}

/** The judge of a period: its bounds, its rules, and a waiver where there is one. */
export interface UptimeJudge {
  readonly span: UptimeSpan;
  readonly rules: UptimeRules;
  readonly waiver: SleepWaiver | null;
  /** How long after the end a report is looked for; that of the rules where nothing is said. */
  readonly tail?: Seconds;
}

/** The last second whose reports a judge looks at. */
export const lastHeard = ({ span, rules, tail }: UptimeJudge): Seconds =>
  seconds(span.endBlock + (tail ?? rules.tail ?? TAIL_LENGTH));

/** Takes one report into account; reports beyond the tail change nothing. */
export function report(state: UptimeState, at: UptimeReport, judge: UptimeJudge): UptimeState {
  const { span, rules } = judge;
  if (at.at > lastHeard(judge)) return state;
  const inPeriod = at.at <= span.endBlock;
  if (state.asleepSince !== null) return reportAsleep(state, at, judge, inPeriod);
  if (state.wakeRequest !== null && rules.asked) return state;
  if (state.last === null) return inPeriod ? firstReport(state, at, judge) : state;
  if (!inPeriod && state.last.at >= span.end) return state;
  return nextReport(state, state.last, at, judge, inPeriod);
}

function firstReport(state: UptimeState, at: UptimeReport, { span, rules }: UptimeJudge) {
  const credit = Math.min(at.at - span.start, at.reported, rules.cap);
  return counted(state, at, credit, seconds(at.at - at.reported));
}

function nextReport(
  state: UptimeState,
  last: UptimeReport,
  at: UptimeReport,
  { span, rules }: UptimeJudge,
  inPeriod: boolean,
): UptimeState {
  const passed = at.at - last.at;
  const gained = at.reported - last.reported;
  const inside = inPeriod ? gained : span.end - last.at;
  const boot = seconds(at.at - at.reported);
  if (gained > passed + rules.grace) {
    return rules.strict
      ? counted(blamed(state, "UptimeTooHigh"), at, 0, state.boot)
      : counted(state, at, inside, state.boot);
  }
  let judged = state;
  if (Math.abs(gained - passed) <= rules.grace) {
    if (Math.abs(boot - state.boot) >= rules.skew) judged = blamed(state, "ClockSkew");
    if (gained > 0) return counted(judged, at, Math.min(inside, rules.cap), state.boot);
  }
  if (at.reported <= passed) {
    const since = inPeriod ? at.reported : Math.max(0, at.reported - (at.at - span.end));
    return counted(judged, at, Math.min(since, rules.cap), boot);
  }
  if (at.reported > last.reported) {
    return rules.strict ? blamed(judged, "UptimeTooLow") : counted(judged, at, inside, judged.boot);
  }
  return blamed(judged, "InvalidReboot");
}

function reportAsleep(
  state: UptimeState,
  at: UptimeReport,
  { span, rules, waiver }: UptimeJudge,
  inPeriod: boolean,
): UptimeState {
  const asleep = state.asleepSince ?? span.start;
  const boot = seconds(at.at - at.reported);
  if (rules.asked && state.wakeRequest === null) return state;
  if (inPeriod && boot <= asleep) return state;
  if (!inPeriod && state.last !== null && state.last.at > span.end) return state;
  const late = state.wakeRequest !== null && boot - state.wakeRequest > rules.bootMax;
  const inTime = at.at - asleep <= rules.sleepMax || waived(waiver, asleep, at.at);
  const slept = (inPeriod ? at.at : span.end) - Math.max(asleep, span.start);
  const credit = inTime && !(late && rules.lateForfeits) ? Math.max(0, slept) : 0;
  const lateBoots = state.lateBoots + (late ? 1 : 0);
  return counted({ ...state, asleepSince: null, wakeRequest: null, lateBoots }, at, credit, boot);
}

/** The July 2024 waiver looks a day around its bounds (branch july_2024_farmerbot_grace). */
const waived = (waiver: SleepWaiver | null, asleep: Seconds, wake: Seconds): boolean =>
  waiver !== null &&
  wake >= waiver.from &&
  wake < waiver.to + 86_400 &&
  asleep >= waiver.from - 86_400 &&
  asleep < waiver.to;

/** The farmer asks for a power state; the first request to a node that is down is kept. */
export function targetChanged(state: UptimeState, at: Seconds, target: Power): UptimeState {
  const asks = target === "Up" && state.power.state === "Down" && state.wakeRequest === null;
  return {
    ...state,
    power: { ...state.power, target },
    wakeRequest: asks ? at : state.wakeRequest,
  };
}

/** The node says that it goes down or has come up; going down as asked begins a sleep. */
export function stateChanged(
  state: UptimeState,
  at: Seconds,
  power: Power,
  { span }: UptimeJudge,
): UptimeState {
  const next = { ...state, power: { ...state.power, state: power } };
  const sleeps = state.power.target === "Down" && state.power.state === "Up" && power === "Down";
  if (!sleeps || state.asleepSince !== null) return next;
  const asleep = { ...next, asleepSince: at };
  if (state.last === null || at > span.endBlock) return asleep;
  // The gap since the last report is given in full: the node could not report its own going down.
  return counted(asleep, { at, reported: seconds(0) }, at - state.last.at, state.boot);
}

/** What the chain knows of a node's twin at the end; `keyLength` null where no key is set. */
export interface TwinCheck {
  readonly exists: boolean;
  readonly relay: string | null;
  readonly keyLength: number | null;
}

/** What a period's uptime comes to. */
export interface UptimeVerdict {
  readonly credited: Seconds;
  readonly reported: boolean;
  readonly violation: UptimeViolation | null;
  readonly lateBoots: number;
}

/** Closes a period after its tail: judges the late boots, and then looks at the twin. */
export function closeUptime(
  state: UptimeState,
  { span, rules }: UptimeJudge,
  twin: TwinCheck | null,
): UptimeVerdict {
  const { wakeRequest } = state;
  const unanswered =
    rules.asked &&
    wakeRequest !== null &&
    wakeRequest <= span.end &&
    wakeRequest !== span.firstBlock;
  const lateBoots = state.lateBoots + (unanswered ? 1 : 0);
  const reported = state.last !== null;
  const late = lateBoots > rules.lateBootsFree ? "BootRequestExpired" : null;
  const badTwin = reported && twin !== null ? twinViolation(twin) : null;
  return {
    credited: state.credited,
    reported,
    violation: state.violation ?? late ?? badTwin,
    lateBoots,
  };
}

function twinViolation(twin: TwinCheck): UptimeViolation | null {
  if (!twin.exists) return "MissingTwin";
  if (twin.relay === null || twin.relay === "") return "MissingRelay";
  return twin.keyLength !== null && twin.keyLength !== 33 ? "InvalidPublicKey" : null;
}

/** The first violation stays. */
const blamed = (state: UptimeState, violation: UptimeViolation): UptimeState => ({
  ...state,
  violation: state.violation ?? violation,
});

/** Written out field by field: it is the one step taken a thousand times a period. */
const counted = (
  state: UptimeState,
  { at, reported }: UptimeReport,
  credit: number,
  boot: Seconds,
): UptimeState => ({
  last: { at, reported },
  credited: seconds(state.credited + credit),
  boot,
  power: state.power,
  asleepSince: state.asleepSince,
  wakeRequest: state.wakeRequest,
  lateBoots: state.lateBoots,
  violation: state.violation,
});
