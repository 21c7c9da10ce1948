/**
 * One node through one run of the minting: what is followed of it, event by event, and its reward.
 *
 * Lifecycle: opened with what the chain stores at the period's first block, or with the node's own
 * registration; then its updates, its contracts and their traffic up to the end block, its reports
 * and power up to the end of the tail; closed with the policies and the twin of the end block.
 *
 * Source: minting_v3 fc7e17d, minting/src/main.rs, the event loops and `scaled_payout`.
 * Quirks: a node that is deleted keeps what it had earned, and comes back under another number; a
 * node that was virtual once in a period is so for all of it; contracts that end, and those of rent
 * and names, are not looked at.
 * Disagreement: a change of resources. The program computes the least seen and then takes the last
 * told, the default; the word `least` is what its comment and the chain's design wanted, so that
 * hardware added in a period counts from the next one.
 */
import { bytes, cores, type MilliUsd, type Seconds } from "../units/index.ts";
import { type CapacityRule, type MintUnits, mintUnits } from "./capacity.ts";
import type { Resources } from "./cost.ts";
import type { FarmingPolicy, NodeCertification } from "./farming-policy.ts";
import { type Reward, reward } from "./mint.ts";
import type { MinimumUptime } from "./minting-policy.ts";
import {
  closeUptime,
  lastHeard,
  openUptime,
  type Power,
  report,
  stateChanged,
  type TwinCheck,
  targetChanged,
  type UptimeJudge,
  type UptimeState,
  type UptimeVerdict,
} from "./uptime.ts";
import {
  type MeteredContract,
  meteredContract,
  meterTraffic,
  noUtilization,
  type Utilization,
} from "./utilization.ts";

/** What the chain stores of a node, as far as its reward depends on it. */
export interface NodeFacts {
  readonly farm: number;
  readonly twin: number;
  readonly resources: Resources;
  readonly certification: NodeCertification;
  readonly policy: number;
  readonly connectionPrice: MilliUsd;
  readonly virtualized: boolean;
}

/** A node in the middle of a run. */
export interface MintingNode {
  readonly facts: NodeFacts;
  readonly uptime: UptimeState;
  readonly contracts: ReadonlyMap<number, MeteredContract>;
  readonly utilization: Utilization;
}

/** What a run hears of a node, at the second of its block. */
export type MintingEvent =
  | { readonly kind: "updated"; readonly at: Seconds; readonly facts: Partial<NodeFacts> }
  | { readonly kind: "uptime"; readonly at: Seconds; readonly reported: Seconds }
  | { readonly kind: "target"; readonly at: Seconds; readonly power: Power }
  | { readonly kind: "state"; readonly at: Seconds; readonly power: Power }
  | { readonly kind: "contract"; readonly at: Seconds; readonly id: number; readonly ips: bigint }
  | {
      readonly kind: "used";
      readonly at: Seconds;
      readonly id: number;
      readonly resources: Resources;
    }
  | {
      readonly kind: "traffic";
      readonly at: Seconds;
      readonly id: number;
      readonly window: Seconds;
      readonly traffic: bigint;
    };

/** What becomes of a change of resources in a period. */
export type ResourceRule = "last" | "least";

/** A node at the first block; `contracts` are the node contracts that exist then. */
export const openMinting = (
  facts: NodeFacts,
  judge: UptimeJudge,
  before: {
    readonly power: Parameters<typeof openUptime>[1];
    readonly contracts: ReadonlyMap<number, MeteredContract>;
  } = { power: null, contracts: new Map() },
): MintingNode => ({
  facts,
  uptime: openUptime(judge.span, before.power),
  contracts: before.contracts,
  utilization: noUtilization,
});

/** The node after one event; events come in the order of their blocks. */
export function hear(
  node: MintingNode,
  event: MintingEvent,
  judge: UptimeJudge,
  rule: ResourceRule = "last",
): MintingNode {
  if (event.at > lastHeard(judge)) return node;
  switch (event.kind) {
    case "uptime": {
      const { at, reported } = event;
      return { ...node, uptime: report(node.uptime, { at, reported }, judge) };
    }
    case "target":
      return { ...node, uptime: targetChanged(node.uptime, event.at, event.power) };
    case "state":
      return { ...node, uptime: stateChanged(node.uptime, event.at, event.power, judge) };
    case "updated":
    case "contract":
    case "used":
    case "traffic":
      return event.at > judge.span.endBlock ? node : follow(node, event, judge, rule);
  }
}

function follow(
  node: MintingNode,
  event: Exclude<MintingEvent, { readonly kind: "uptime" | "target" | "state" }>,
  judge: UptimeJudge,
  rule: ResourceRule,
): MintingNode {
  if (event.kind === "updated") return { ...node, facts: updated(node.facts, event.facts, rule) };
  const put = (contract: MeteredContract) => new Map(node.contracts).set(event.id, contract);
  if (event.kind === "contract") {
    return { ...node, contracts: put(meteredContract(event.ips, event.at)) };
  }
  const contract = node.contracts.get(event.id);
  if (contract === undefined) return node;
  if (event.kind === "used") {
    return { ...node, contracts: put({ ...contract, used: event.resources }) };
  }
  const { at, window } = event;
  const { utilization } = node;
  const told = { at, window, traffic: bytes(event.traffic) };
  const next = meterTraffic({ utilization, contract }, told, judge.span);
  return { ...node, utilization: next.utilization, contracts: put(next.contract) };
}

function updated(before: NodeFacts, told: Partial<NodeFacts>, rule: ResourceRule): NodeFacts {
  const next = { ...before, ...told };
  const resources = rule === "last" ? next.resources : least(before.resources, next.resources);
  return { ...next, resources, virtualized: before.virtualized || next.virtualized };
}

const least = (a: Resources, b: Resources): Resources => ({
  cru: cores(lesser(a.cru, b.cru)),
  mru: bytes(lesser(a.mru, b.mru)),
  sru: bytes(lesser(a.sru, b.sru)),
  hru: bytes(lesser(a.hru, b.hru)),
});

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** What a run comes to for a node. */
export interface Minting {
  readonly facts: NodeFacts;
  readonly verdict: UptimeVerdict;
  readonly units: MintUnits;
  readonly utilization: Utilization;
  readonly reward: Reward;
}

/** Closes a node's run: its verdict, what it is paid for, and its reward. */
export function closeMinting(
  node: MintingNode,
  judge: UptimeJudge,
  end: {
    readonly policy: FarmingPolicy;
    readonly twin: TwinCheck | null;
    readonly minimum: MinimumUptime;
    readonly capacity?: CapacityRule;
  },
): Minting {
  const { facts, utilization } = node;
  const verdict = closeUptime(node.uptime, judge, end.twin);
  const units = mintUnits(facts.resources, utilization.traffic, end.capacity);
  const minted = {
    units,
    ipSeconds: utilization.ips,
    certification: facts.certification,
    policy: end.policy,
    connectionPrice: facts.connectionPrice,
    virtualized: facts.virtualized,
    violated: verdict.violation !== null,
  };
  const credited = verdict.reported ? verdict.credited : null;
  return { facts, verdict, units, utilization, reward: reward(minted, credited, end.minimum) };
}
