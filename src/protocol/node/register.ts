/**
 * How a node comes to a farm, and what it changes of itself.
 *
 * Source: tfchain 33046d6, pallet-tfgrid/src/node.rs, `_create_node`, `_update_node`;
 * support/src/resources.rs, `has_changed`.
 * Quirks: a node registers in, or moves to, whatever farm it likes; the certification that it
 * starts with chooses its policy and is then overwritten by the policy's; a certified node that
 * changes its hardware loses its certification and keeps its policy; a node that moves is
 * appended to the list of its new farm, which may leave that list unsorted.
 */
import { accepted, type Outcome, refused } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import { type FarmId, type NodeId, nodeId } from "../contract/state.ts";
import type { Resources } from "../cost.ts";
import { withEntry } from "../entry.ts";
import type { FarmEvent, FarmView } from "../farm/state.ts";
import { type ChoiceView, choosePolicyFor } from "../farming-book.ts";
import { checkInterfaces, type InterfaceFault } from "../interface.ts";
import type { AccountId } from "../ledger.ts";
import { checkLocation, type LocationFault } from "../location.ts";
import { free, paid, type Step } from "../step.ts";
import { byteLength } from "../text.ts";
import { ownTwin } from "../twin.ts";
import { addWeight, type FarmWeights, takeWeight } from "../weight.ts";
import {
  type NodeEvent,
  type NodeSheet,
  type NodeTable,
  nodesOfFarm,
  type RegisteredNode,
  withNode,
} from "./state.ts";

const GIB = 1_073_741_824n;
const SSD_MIN = 100n * GIB;
const MEMORY_MIN = 2n * GIB;
const SERIAL_MAX = 128;
/** Percent by which a resource may differ and still count as the same. */
const TOLERANCE = 1n;

/** The part of the chain that nodes see. */
export interface NodeView extends FarmView, ChoiceView {
  readonly nodes: NodeTable;
  readonly weights: FarmWeights;
}

/** Why what a node tells of itself is refused. */
export type SheetFault =
  | "InvalidSRUInput"
  | "InvalidCRUInput"
  | "InvalidMRUInput"
  | LocationFault
  | InterfaceFault
  | "SerialNumberTooLong";

function checkSheet(sheet: NodeSheet): Outcome<NodeSheet, SheetFault> {
  const { resources, location, interfaces, serial } = sheet;
  if (resources.sru < SSD_MIN) return refused("InvalidSRUInput");
  if (resources.cru < 1n) return refused("InvalidCRUInput");
  if (resources.mru < MEMORY_MIN) return refused("InvalidMRUInput");
  const place = checkLocation(location);
  if (!place.ok) return place;
  const cards = checkInterfaces(interfaces);
  if (!cards.ok) return cards;
  if (serial !== null && byteLength(serial) > SERIAL_MAX) return refused("SerialNumberTooLong");
  return accepted(sheet);
}

/** Registers the node of the caller's twin in a farm, with the policy that fits. */
export function createNode<S extends NodeView>(
  state: S,
  account: AccountId,
  call: { readonly farm: FarmId } & NodeSheet,
  at: ChainTime,
): Outcome<
  Step<S, FarmEvent | NodeEvent>,
  "FarmNotExists" | "TwinNotExists" | "NodeWithTwinIdExists" | SheetFault | "FarmingPolicyNotExists"
> {
  const { farm, ...told } = call;
  if (!state.farms.byId.has(farm)) return refused("FarmNotExists");
  const twin = ownTwin(state.twins, account);
  if (!twin.ok) return twin;
  if (state.nodes.byTwin.has(twin.value.id)) return refused("NodeWithTwinIdExists");
  const sheet = checkSheet(told);
  if (!sheet.ok) return sheet;
  const { resources } = told;
  const chosen = choosePolicyFor(state, { farm, resources, certification: "Diy" }, at.now);
  if (!chosen.ok) return chosen;
  const { policy } = chosen.value;
  const made = state.nodes.made + 1;
  const node: RegisteredNode = {
    ...told,
    id: nodeId(made),
    farm,
    twin: twin.value.id,
    publicConfig: null,
    created: at.now,
    policy: policy.id,
    certification: policy.nodeCertification,
    connectionPrice: state.farming.connectionPrice,
  };
  const next = withNode(chosen.value.state, node);
  const nodes = {
    ...next.nodes,
    made,
    byTwin: withEntry(next.nodes.byTwin, node.twin, node.id),
    byFarm: withEntry(next.nodes.byFarm, farm, [...nodesOfFarm(next.nodes, farm), node.id]),
  };
  return paid({ ...next, nodes, weights: addWeight(next.weights, node) }, [
    ...chosen.value.events,
    { event: "TfgridModule.NodeStored", node },
  ]);
}

/** Replaces what a node told of itself, and its farm. */
export function updateNode<S extends NodeView>(
  state: S,
  account: AccountId,
  call: { readonly node: NodeId; readonly farm: FarmId } & NodeSheet,
): Outcome<
  Step<S, NodeEvent>,
  "NodeNotExists" | "TwinNotExists" | "NodeUpdateNotAuthorized" | "FarmNotExists" | SheetFault
> {
  const { node: id, farm, ...told } = call;
  const before = state.nodes.byId.get(id);
  if (before === undefined) return refused("NodeNotExists");
  const twin = ownTwin(state.twins, account);
  if (!twin.ok) return twin;
  if (before.twin !== twin.value.id) return refused("NodeUpdateNotAuthorized");
  if (!state.farms.byId.has(farm)) return refused("FarmNotExists");
  const sheet = checkSheet(told);
  if (!sheet.ok) return sheet;
  const loses =
    before.certification === "Certified" &&
    resourcesChanged(before.resources, told.resources, TOLERANCE);
  const certification = loses ? "Diy" : before.certification;
  const node: RegisteredNode = { ...before, ...told, farm, certification };
  const events: NodeEvent[] = [{ event: "TfgridModule.NodeUpdated", node }];
  if (loses) {
    events.unshift({ event: "TfgridModule.NodeCertificationSet", nodeId: id, certification });
  }
  const moved = before.farm === farm ? state : moveNode(state, before, farm);
  const weights = addWeight(takeWeight(state.weights, before), node);
  return free({ ...withNode(moved, node), weights }, events);
}

function moveNode<S extends NodeView>(state: S, node: RegisteredNode, farm: FarmId): S {
  const left = nodesOfFarm(state.nodes, node.farm).filter((other) => other !== node.id);
  const without = withEntry(state.nodes.byFarm, node.farm, left);
  const byFarm = withEntry(without, farm, [...nodesOfFarm(state.nodes, farm), node.id]);
  return { ...state, nodes: { ...state.nodes, byFarm } };
}

/**
 * Whether any resource differs by more than a tolerance in percent of what it was.
 *
 * Quirks: what is tolerated is rounded to the nearest, halves down; more than 100 % is 100 %; the
 * difference is taken in 64 bits with a sign.
 */
export function resourcesChanged(before: Resources, after: Resources, percent: bigint): boolean {
  const differs = (old: bigint, now: bigint): boolean =>
    BigInt.asUintN(64, magnitude(BigInt.asIntN(64, old - now))) > tolerated(old, percent);
  return (
    differs(before.cru, after.cru) ||
    differs(before.sru, after.sru) ||
    differs(before.hru, after.hru) ||
    differs(before.mru, after.mru)
  );
}

const magnitude = (count: bigint): bigint => (count < 0n ? -count : count);

const tolerated = (amount: bigint, percent: bigint): bigint => {
  const share = percent > 100n ? 100n : percent;
  return (amount * share + 49n) / 100n;
};
