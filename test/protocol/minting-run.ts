/** Plays the events of an uptime case through the reference rules. */
import { periodStart } from "../../src/protocol/period.ts";
import {
  closeUptime,
  openUptime,
  report,
  stateChanged,
  targetChanged,
  type UptimeJudge,
  type UptimeState,
  type UptimeVerdict,
} from "../../src/protocol/uptime.ts";
import { type MintingEra, TAIL_LENGTH, uptimeRules } from "../../src/protocol/uptime-rules.ts";
import { seconds } from "../../src/units/index.ts";
import type { Json } from "./minting-cases.ts";

/** The events of a case in order of time, its runs of reports written out. */
export function eventsOf(input: Json): readonly Json[] {
  const events: Json[] = [];
  for (const event of input.events) {
    if (event.t !== "run") {
      events.push(event);
      continue;
    }
    for (let k = 0, ts = event.from; ts <= event.to; k++, ts += event.every) {
      events.push({ t: "uptime", ts, uptime: ts - event.boot + k * (event.drift ?? 0) });
    }
  }
  return events.sort((a, b) => a.ts - b.ts);
}

export function judgeOf(input: Json): UptimeJudge {
  const start = periodStart(input.period);
  const end = periodStart(input.period + 1);
  return {
    span: {
      start,
      end,
      firstBlock: seconds(input.first_block_ts ?? start + 3),
      endBlock: seconds(input.end_block_ts ?? end + 3),
    },
    rules: uptimeRules[(input.rules ?? "current") as MintingEra],
    waiver: input.grace_window
      ? { from: seconds(input.grace_window[0]), to: seconds(input.grace_window[1]) }
      : null,
  };
}

function step(state: UptimeState, event: Json, judge: UptimeJudge): UptimeState {
  const at = seconds(event.ts);
  if (at > judge.span.endBlock + TAIL_LENGTH) return state;
  switch (event.t) {
    case "uptime":
      return report(state, { at, reported: seconds(event.uptime) }, judge);
    case "target":
      return targetChanged(state, at, event.value);
    case "state":
      return stateChanged(state, at, event.value, judge);
    default:
      return state;
  }
}

/** The verdict on a case of one node in one period. */
export function uptimeOf(input: Json): UptimeVerdict {
  const judge = judgeOf(input);
  const power = input.initial_power;
  let state = openUptime(
    judge.span,
    power
      ? { state: power.state, target: power.target, downSince: seconds(power.down_ts ?? 0) }
      : null,
  );
  for (const event of eventsOf(input)) state = step(state, event, judge);
  const { twin } = input;
  return closeUptime(
    state,
    judge,
    twin
      ? { exists: twin.exists, relay: twin.relay ?? null, keyLength: twin.pk_len ?? null }
      : null,
  );
}
