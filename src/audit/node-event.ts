/**
 * What a minting case tells of one node: reports, power, changes, contracts and their traffic.
 */
import type { NodeCertification, Power, Resources, UptimeReport } from "../protocol/index.ts";
import { type Bytes, bytes, type MilliUsd, type Seconds, seconds } from "../units/index.ts";
import { resourcesAt, spanAt } from "./billing-terms.ts";
import { connectionPriceAt, nodeCertificationAt } from "./minting-terms.ts";
import {
  at,
  blame,
  count,
  decimal,
  flag,
  integer,
  isFields,
  list,
  maybe,
  mute,
  type Spot,
  secondsAt,
  whole,
  word,
} from "./spot.ts";

/** A node as the chain tells of it. */
export interface NodeRecord {
  readonly resources: Resources;
  readonly certification: NodeCertification;
  /** The number of its farming policy. */
  readonly policy: number;
  readonly connectionPrice: MilliUsd;
  readonly virtualized: boolean;
  /** Null where a case does not say, as one without a receipt need not. */
  readonly id: number | null;
  readonly twin: number | null;
  readonly farm: number | null;
}

/** Something that happened to a node, at the time of its block. */
export type NodeEvent =
  | ({ readonly kind: "report" } & UptimeReport)
  | { readonly kind: "target" | "state"; readonly at: Seconds; readonly power: Power }
  | { readonly kind: "updated"; readonly at: Seconds; readonly patch: Partial<NodeRecord> }
  | { readonly kind: "contract"; readonly at: Seconds; readonly id: number; readonly ips: bigint }
  | { readonly kind: "used"; readonly at: Seconds; readonly id: number; readonly used: Resources }
  | {
      readonly kind: "traffic";
      readonly at: Seconds;
      readonly id: number;
      readonly window: Seconds;
      readonly traffic: Bytes;
    };

/** Reads whether a node is, or shall be, on. */
export const powerAt = (spot: Spot): Power => word(spot, ["Up", "Down"]);

const numberMaybe = (spot: Spot): number | null => maybe(spot, (found) => count(found), null);

/** Reads a node. */
export const nodeRecordAt = (spot: Spot): NodeRecord => ({
  resources: resourcesAt(at(spot, "resources")),
  certification: nodeCertificationAt(at(spot, "certification")),
  policy: count(at(spot, "farming_policy_id")),
  connectionPrice: connectionPriceAt(at(spot, "connection_price")),
  virtualized: maybe(at(spot, "virtualized"), flag, false),
  id: numberMaybe(at(spot, "id")),
  twin: numberMaybe(at(spot, "twin_id")),
  farm: numberMaybe(at(spot, "farm_id")),
});

/** Reads what changed of a node; a field that is absent stays. */
function patchAt(spot: Spot): Partial<NodeRecord> {
  if (!isFields(spot.value)) blame(spot, "an object");
  const field = <T>(name: string, key: keyof NodeRecord, read: (spot: Spot) => T) =>
    maybe(at(spot, name), (found): Partial<NodeRecord> => ({ [key]: read(found) }), {});
  return {
    ...field("resources", "resources", resourcesAt),
    ...field("certification", "certification", nodeCertificationAt),
    ...field("farming_policy_id", "policy", (found) => count(found)),
    ...field("connection_price", "connectionPrice", connectionPriceAt),
    ...field("virtualized", "virtualized", flag),
    ...field("twin_id", "twin", (found) => count(found)),
    ...field("farm_id", "farm", (found) => count(found)),
  };
}

/** Reads events in order of time, those of one second as they stand; runs are written out. */
export const nodeEventsAt = (spot: Spot): readonly NodeEvent[] =>
  list(spot, eventsAt)
    .flat()
    .sort((a, b) => a.at - b.at);

const KINDS = ["uptime", "target", "state", "updated", "contract", "used", "nru", "run"] as const;

function eventsAt(event: Spot): readonly NodeEvent[] {
  const tag = at(event, "t");
  const kind = word(tag, KINDS);
  const spot = kind === tag.value ? event : mute(event);
  if (kind === "run") return runAt(spot);
  const instant = secondsAt(at(spot, "ts"));
  const id = (): number => count(at(spot, "id"));
  switch (kind) {
    case "uptime":
      return [{ kind: "report", at: instant, reported: secondsAt(at(spot, "uptime")) }];
    case "target":
    case "state":
      return [{ kind, at: instant, power: powerAt(at(spot, "value")) }];
    case "updated":
      return [{ kind, at: instant, patch: patchAt(at(spot, "node")) }];
    case "contract":
      return [{ kind, at: instant, id: id(), ips: whole(at(spot, "ips")) }];
    case "used":
      return [{ kind, at: instant, id: id(), used: resourcesAt(at(spot, "resources")) }];
    case "nru": {
      const traffic = bytes(whole(at(spot, "nru")));
      const window = spanAt(at(spot, "window"));
      return [{ kind: "traffic", at: instant, id: id(), window, traffic }];
    }
  }
}

/** More reports than that in a run are a slip: in a period they would come twice a minute. */
const REPORTS_MAX = 100_000;

/** Reports at even distances; with a drift the node's clock gains so much with every one. */
function runAt(spot: Spot): readonly NodeEvent[] {
  const [from, to] = [integer(at(spot, "from")), integer(at(spot, "to"))];
  const every = count(at(spot, "every"), 1);
  const boot = integer(at(spot, "boot"));
  const drift = maybe(at(spot, "drift"), decimal, 0);
  const events: NodeEvent[] = [];
  if ((to - from) / every >= REPORTS_MAX) {
    blame(spot, `a run of at most ${REPORTS_MAX} reports`);
    return events;
  }
  for (let k = 0, ts = from; ts <= to; k++, ts += every) {
    events.push({ kind: "report", at: seconds(ts), reported: seconds(ts - boot + k * drift) });
  }
  return events;
}
