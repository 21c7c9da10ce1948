/**
 * The uptime of a minting case: the events of one node in one period, played through the rules.
 */
import {
  closeUptime,
  type MintingEra,
  openUptime,
  periodStart,
  report,
  stateChanged,
  TAIL_LENGTH,
  type TwinCheck,
  targetChanged,
  type UptimeJudge,
  type UptimeState,
  type UptimeVerdict,
  uptimeRules,
} from "../protocol/index.ts";
import { seconds } from "../units/index.ts";
import { eraAt } from "./minting-terms.ts";
import { type NodeEvent, nodeEventsAt, powerAt } from "./node-event.ts";
import {
  at,
  blame,
  count,
  flag,
  integer,
  list,
  maybe,
  type Spot,
  secondsAt,
  text,
} from "./spot.ts";

/** One node in one period, as a case tells of it. */
export interface UptimeCase {
  readonly era: MintingEra;
  readonly judge: UptimeJudge;
  readonly opening: Parameters<typeof openUptime>[1];
  readonly events: readonly NodeEvent[];
  /** What the chain knows of the twin; null where the case does not look at it. */
  readonly twin: TwinCheck | null;
}

/** Reads the part of a case that uptime depends on. */
export function readUptime(input: Spot): UptimeCase {
  const period = integer(at(input, "period"));
  const [start, end] = [periodStart(period), periodStart(period + 1)];
  const era = eraAt(at(input, "rules"));
  const span = {
    start,
    end,
    firstBlock: maybe(at(input, "first_block_ts"), secondsAt, seconds(start + 3)),
    endBlock: maybe(at(input, "end_block_ts"), secondsAt, seconds(end + 3)),
  };
  const waiver = maybe(at(input, "grace_window"), waiverAt, null);
  return {
    era,
    judge: { span, rules: uptimeRules[era], waiver },
    opening: maybe(at(input, "initial_power"), openingAt, null),
    events: nodeEventsAt(at(input, "events")),
    twin: maybe(at(input, "twin"), twinAt, null),
  };
}

function waiverAt(spot: Spot): UptimeJudge["waiver"] {
  const bounds = list(spot, secondsAt);
  if (bounds.length !== 2) blame(spot, "a list of two instants");
  const [from = seconds(0), to = seconds(0)] = bounds;
  return { from, to };
}

const openingAt = (spot: Spot): UptimeCase["opening"] => ({
  state: powerAt(at(spot, "state")),
  target: powerAt(at(spot, "target")),
  downSince: maybe(at(spot, "down_ts"), secondsAt, seconds(0)),
});

const twinAt = (spot: Spot): TwinCheck => ({
  exists: flag(at(spot, "exists")),
  relay: maybe(at(spot, "relay"), text, null),
  keyLength: maybe(at(spot, "pk_len"), (length) => count(length), null),
});

function step(state: UptimeState, event: NodeEvent, judge: UptimeJudge): UptimeState {
  if (event.at > judge.span.endBlock + TAIL_LENGTH) return state;
  switch (event.kind) {
    case "report":
      return report(state, event, judge);
    case "target":
      return targetChanged(state, event.at, event.power);
    case "state":
      return stateChanged(state, event.at, event.power, judge);
    case "updated":
    case "contract":
    case "used":
    case "traffic":
      return state;
  }
}

/** The verdict on a node's period. */
export function uptimeOf({ judge, opening, events, twin }: UptimeCase): UptimeVerdict {
  let state = openUptime(judge.span, opening);
  for (const event of events) state = step(state, event, judge);
  return closeUptime(state, judge, twin);
}
