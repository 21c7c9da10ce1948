/**
 * Uptime of one node in closed form, whatever it does: sleeps, wakes, drifts, cheats, in any era.
 *
 * A run is a number of reports at even distances whose uptime grows evenly: what a node sends from
 * a boot to the next thing that happens to it. What each report of a run does to the minting's
 * state depends on the one before it only through differences, and these are the same all along.
 * So a run is worth a product; what is judged one by one is its first report, the one that wakes a
 * sleeper, a reboot that a drifting clock feigns, and those after the end of the period.
 *
 * The result equals `report` of `uptime.ts` fed with every report, in all that a state holds
 * (test/protocol/uptime-power.test.ts); sources and quirks are told there. `uptime-run.ts` does the
 * same for tables of nodes whose clocks are right and that are never asked to sleep.
 *
 * Source: none of its own; that of `uptime.ts`, to which it is equal.
 */
import { assert, type Seconds, seconds } from "../units/index.ts";
import { lastHeard, report, type UptimeJudge, type UptimeState } from "./uptime.ts";
import { BLOCK_SECONDS, REPORT_INTERVAL, type UptimeViolation } from "./uptime-rules.ts";

/** Reports at even distances, whose uptime grows evenly. */
export interface ReportRun {
  /** The first: the second of its block, and the uptime that it tells. */
  readonly at: Seconds;
  readonly reported: Seconds;
  /** Seconds from one to the next, and what uptime grows by. */
  readonly every: Seconds;
  readonly gain: Seconds;
  readonly count: number;
}

/**
 * What a node sends that has booted and runs on: all reports due in [`from`, `until`), in whole
 * seconds, each dated by the next block counted from `origin`. A clock that gains or loses
 * `drift` seconds an interval tells them in its uptime.
 */
export function reportsOfLife(
  life: {
    readonly boot: Seconds;
    readonly from: Seconds;
    readonly until: Seconds;
    readonly drift?: number;
  },
  origin: Seconds,
): ReportRun {
  const { boot, from, until, drift = 0 } = life;
  const before = Math.max(0, Math.ceil((from - boot) / REPORT_INTERVAL));
  const first = boot + before * REPORT_INTERVAL;
  const gain = REPORT_INTERVAL + drift;
  return {
    at: seconds(origin + Math.ceil((first - origin) / BLOCK_SECONDS) * BLOCK_SECONDS),
    reported: seconds(before * gain),
    every: REPORT_INTERVAL,
    gain: seconds(gain),
    count: Math.max(0, Math.ceil((until - first) / REPORT_INTERVAL)),
  };
}

/** Takes a whole run into account, as `report` does one by one. */
export function reportRun(state: UptimeState, run: ReportRun, judge: UptimeJudge): UptimeState {
  const { at, reported, every, gain } = run;
  assert(every > 0, "reports of a run follow one another");
  const inPeriod = upTo(run, judge.span.endBlock);
  const heard = upTo(run, lastHeard(judge));
  let next = state;
  for (let k = 0; k < heard; ) {
    const ignored = withoutEffect(next, run, k, k < inPeriod ? inPeriod : heard, judge);
    if (ignored > 0) {
      k += ignored;
      continue;
    }
    if (k > 0 && k < inPeriod && follows(next, run, k)) {
      const left = inPeriod - k;
      const alike = likeTheLast(run, k, judge);
      const times = Math.min(alike, left);
      if (times > 0) {
        next = repeated(next, run, k, times, judge);
        k += times;
        continue;
      }
    }
    const one = { at: seconds(at + k * every), reported: seconds(reported + k * gain) };
    next = report(next, one, judge);
    k += 1;
  }
  return next;
}

/** How many reports of a run come at the latest at a second. */
function upTo({ at, every, count }: ReportRun, second: number): number {
  const reached = Math.floor((second - at) / every) + 1;
  return reached < 0 ? 0 : reached < count ? reached : count;
}

/** How many reports from one on, before `end`, leave the state as it is. */
function withoutEffect(
  state: UptimeState,
  run: ReportRun,
  k: number,
  end: number,
  { span, rules }: UptimeJudge,
): number {
  const rest = run.count - k;
  const inPeriod = run.at + k * run.every <= span.endBlock;
  const { asleepSince, wakeRequest, last } = state;
  if (asleepSince === null) {
    if (wakeRequest !== null && rules.asked) return rest;
    if (inPeriod) return 0;
    return last === null || last.at >= span.end ? rest : 0;
  }
  if (rules.asked && wakeRequest === null) return rest;
  if (!inPeriod) return last !== null && last.at > span.end ? rest : 0;
  // Reports of a boot that lies before the sleep say nothing; a drift can move the boot past it.
  const late = asleepSince - (run.at + k * run.every - run.reported - k * run.gain);
  if (late < 0) return 0;
  const step = run.every - run.gain;
  if (step <= 0) return end - k;
  return Math.min(Math.floor(late / step) + 1, end - k);
}

/** Whether the last report that counted is the one before a report of a run. */
const follows = ({ last, asleepSince }: UptimeState, run: ReportRun, k: number): boolean =>
  asleepSince === null &&
  last !== null &&
  last.at === run.at + (k - 1) * run.every &&
  last.reported === run.reported + (k - 1) * run.gain;

/** How many reports from one on are judged as that one is, where the one before it counted. */
function likeTheLast(run: ReportRun, k: number, { rules }: UptimeJudge): number {
  const { every, gain } = run;
  if (gain > every + rules.grace) return Number.POSITIVE_INFINITY;
  // Uptime that stands still within the grace is a reboot or garbage by its height.
  if (gain >= every - rules.grace) return gain > 0 ? Number.POSITIVE_INFINITY : 0;
  const before = run.reported + (k - 1) * gain;
  if (before + gain <= every) return 0;
  if (gain > 0 && !rules.strict) return Number.POSITIVE_INFINITY;
  // Rejected ones leave the last report where it is, until the time since it covers the uptime.
  return Math.ceil(before / (every - gain)) - 1;
}

/** The state after so many reports that are judged alike. */
function repeated(
  state: UptimeState,
  run: ReportRun,
  k: number,
  times: number,
  { rules }: UptimeJudge,
): UptimeState {
  const { every, gain } = run;
  if (gain > every + rules.grace) {
    return rules.strict
      ? moved(state, run, k + times - 1, 0, "UptimeTooHigh")
      : moved(state, run, k + times - 1, times * gain, null);
  }
  if (gain >= every - rules.grace) {
    const skewed =
      isSkewed(state, run, k, rules.skew) || isSkewed(state, run, k + times - 1, rules.skew);
    const credit = times * Math.min(gain, rules.cap);
    return moved(state, run, k + times - 1, credit, skewed ? "ClockSkew" : null);
  }
  if (gain > 0 && !rules.strict) return moved(state, run, k + times - 1, times * gain, null);
  const violation = state.violation ?? (gain > 0 ? "UptimeTooLow" : "InvalidReboot");
  return { ...state, violation };
}

/** Whether the boot that a report tells of is too far from the boot of the state. */
const isSkewed = (state: UptimeState, run: ReportRun, k: number, skew: number): boolean =>
  Math.abs(run.at + k * run.every - run.reported - k * run.gain - state.boot) >= skew;

const moved = (
  state: UptimeState,
  run: ReportRun,
  k: number,
  credit: number,
  violation: UptimeViolation | null,
): UptimeState => ({
  last: { at: seconds(run.at + k * run.every), reported: seconds(run.reported + k * run.gain) },
  credited: seconds(state.credited + credit),
  boot: state.boot,
  power: state.power,
  asleepSince: state.asleepSince,
  wakeRequest: state.wakeRequest,
  lateBoots: state.lateBoots,
  violation: state.violation ?? violation,
});
