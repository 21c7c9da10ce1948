/**
 * New histories of one node in one period: reports, gaps, reboots, sleeps and wakes around the
 * limits by which the minting judges them.
 */
import { PERIOD_LENGTH, periodStart, REPORT_INTERVAL, TAIL_LENGTH } from "../protocol/index.ts";
import type { Draws } from "./draw.ts";
import { type Fields, plain } from "./spot.ts";

/** The wakes of July 2024 whose sleep was not limited, and the period in which they lie. */
const WAIVER = { period: 75, from: 1_721_046_600, to: 1_721_404_800 } as const;

/** A node while its history is drawn. */
interface Life {
  readonly draws: Draws;
  readonly events: Fields[];
  /** The instant of the last report, and that of the boot. */
  now: number;
  boot: number;
  readonly end: number;
}

const tell = (life: Life, event: Fields): void => {
  life.events.push(event);
};

const reportAt = (life: Life, ts: number, uptime = ts - life.boot): void => {
  tell(life, { t: "uptime", ts, uptime });
  life.now = ts;
};

/** A limit in seconds, or a little off it. */
const around = (life: Life, ...marks: readonly number[]): number =>
  Number(life.draws.near(marks.map(BigInt), 1n));

/** Steady reports, up to days of them; a clock that drifts gains or loses with each. */
function steady(life: Life): void {
  const { draws } = life;
  const many = draws.pick([1, 3, 40, 400]);
  const every = draws.pick([REPORT_INTERVAL, REPORT_INTERVAL, 1_800, 2_460, 2_461]);
  const from = life.now + every;
  const to = from + (many - 1) * every;
  const run = { t: "run", from, to, every, boot: life.boot };
  tell(life, draws.chance(1, 8) ? { ...run, drift: draws.count(-61, 61) } : run);
  life.now = to;
}

/** A node that keeps reporting to the end of the period, and past it. */
function onwards(life: Life): void {
  const every = REPORT_INTERVAL;
  const to = life.end + life.draws.count(0, 4_000);
  tell(life, { t: "run", from: life.now + every, to, every, boot: life.boot });
  life.now = to;
}

/** What may happen to a node; every act moves its time on. */
const ACTS: readonly ((life: Life) => void)[] = [
  steady,
  steady,
  function missed(life) {
    reportAt(life, life.now + REPORT_INTERVAL * life.draws.count(2, 40));
  },
  function heldBack(life) {
    const ts = life.now + REPORT_INTERVAL;
    const late = around(life, 0, 59, 60, 61, 120);
    reportAt(life, ts, ts - life.boot - late);
  },
  function ahead(life) {
    const ts = life.now + REPORT_INTERVAL;
    reportAt(life, ts, ts - life.boot + around(life, 60));
  },
  function reboot(life) {
    const ts = life.now + around(life, 600, 2_460, 90_000);
    life.boot = ts - around(life, 1, 599, ts - life.now);
    reportAt(life, ts);
  },
  function twice(life) {
    const uptime = life.now - life.boot;
    reportAt(life, life.now + 6, Math.max(0, uptime - around(life, 1)));
  },
  sleep,
  sleep,
  sleep,
  function wentDownUnasked(life) {
    tell(life, { t: "state", ts: life.now + 6, value: "Down" });
    const back = life.now + around(life, 1_800, 7_200);
    tell(life, { t: "target", ts: back, value: "Up" });
    tell(life, { t: "state", ts: back + 60, value: "Up" });
    life.boot = back;
    reportAt(life, back + 120);
  },
];

/** A sleep that the farmer asked for, of any length; asked to wake in time, late or never. */
function sleep(life: Life): void {
  const { draws } = life;
  const asleep = life.now + around(life, 60, 600);
  tell(life, { t: "target", ts: asleep - 6, value: "Down" });
  tell(life, { t: "state", ts: asleep, value: "Down" });
  const woken = asleep + around(life, 1_800, 43_200, 84_000, 86_400, 90_000);
  const bootTime = around(life, 60, 120, 1_799, 1_800, 3_600);
  const asked = draws.chance(7, 8);
  if (asked) tell(life, { t: "target", ts: woken, value: "Up" });
  life.boot = woken + bootTime;
  if (draws.chance(1, 8)) {
    // It answers once more from before its sleep.
    tell(life, { t: "uptime", ts: asleep + 12, uptime: 100_000 });
  }
  tell(life, { t: "state", ts: life.boot + 30, value: "Up" });
  reportAt(life, life.boot + around(life, 60, 2_400));
}

/** Reports around the end of the period and of the tail that is still looked at. */
function ending(life: Life): void {
  const { draws, end } = life;
  const marks = [end - 6, end, end + 3, end + 4, end + 2_400, end + TAIL_LENGTH + 3];
  for (const ts of marks.filter((mark) => mark > life.now && draws.chance(1, 2))) {
    if (draws.chance(1, 5)) life.boot = ts - around(life, 60, 3_000);
    reportAt(life, ts);
  }
}

const drawTwin = (draws: Draws): Fields =>
  draws.chance(3, 4)
    ? { exists: true, relay: "relay.grid.tf", pk_len: 33 }
    : draws.pick<Fields>([
        { exists: false, relay: null, pk_len: null },
        { exists: true, relay: null, pk_len: 33 },
        { exists: true, relay: "", pk_len: 33 },
        { exists: true, relay: "r", pk_len: 32 },
        { exists: true, relay: "r", pk_len: null },
      ]);

/** The part of a new case that uptime depends on. */
export function newUptime(draws: Draws): Fields {
  const waived = draws.chance(1, 8);
  const period = waived ? WAIVER.period : draws.count(40, 90);
  const [start, end] = [periodStart(period), periodStart(period) + PERIOD_LENGTH];
  const first = draws.count(1, 2_400);
  const life: Life = { draws, events: [], now: start + first, boot: 0, end };
  life.boot = life.now - draws.pick([10, first, 2_460, 2_461, 864_000]);
  if (waived && draws.chance(1, 2)) life.now = WAIVER.from - 7_200;
  if (draws.chance(9, 10)) reportAt(life, life.now);
  // Half of the nodes do little but run, or no reward would ever be paid.
  const calm = draws.chance(1, 2);
  for (let acts = draws.count(0, calm ? 2 : 9); acts > 0 && life.now < end; acts--) {
    draws.pick(calm ? [steady, sleep] : ACTS)(life);
  }
  if (calm && life.now < end) onwards(life);
  else if (draws.chance(1, 2)) ending(life);
  const opening = draws.chance(1, 5)
    ? {
        initial_power: {
          state: draws.pick(["Up", "Down", "Down"]),
          target: draws.pick(["Up", "Down"]),
          down_ts: start - draws.pick([60, 43_200, 86_400]),
        },
      }
    : {};
  return {
    period,
    rules: draws.pick(["current", "current", "current", "2023-12", "2022"]),
    twin: drawTwin(draws),
    ...opening,
    ...(waived ? { grace_window: [WAIVER.from, WAIVER.to] } : {}),
    ...(draws.chance(1, 6) ? { first_block_ts: start + 6, end_block_ts: end + 9 } : {}),
    events: plain(life.events) ?? [],
  };
}
