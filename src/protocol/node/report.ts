/**
 * What a node reports, and what its farmer sets for it.
 *
 * Source: tfchain 33046d6, pallet-tfgrid/src/node.rs, `_report_uptime`, `_add_node_public_config`.
 * Quirk: nothing of a report is stored; the minting reads the events.
 */
import { accepted, type Outcome, refused, type Seconds } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import type { FarmId, NodeId } from "../contract/state.ts";
import { type FarmView, ownerOfFarm } from "../farm/state.ts";
import type { AccountId } from "../ledger.ts";
import { checkPublicConfig, type PublicConfig } from "../public-config.ts";
import { free, paid, type Step } from "../step.ts";
import { ownTwin, type TwinTable } from "../twin.ts";
import { type NodeEvent, type NodeTable, type RegisteredNode, withNode } from "./state.ts";

/** The part of the chain that a node sees of itself. */
export interface OwnNodeView {
  readonly nodes: NodeTable;
  readonly twins: TwinTable;
}

/** The node of the caller's twin; refuses an account that has none. */
export function ownNode(
  state: OwnNodeView,
  account: AccountId,
): Outcome<RegisteredNode, "TwinNotExists" | "NodeNotExists"> {
  const twin = ownTwin(state.twins, account);
  if (!twin.ok) return twin;
  const id = state.nodes.byTwin.get(twin.value.id);
  const node = id === undefined ? undefined : state.nodes.byId.get(id);
  return node === undefined ? refused("NodeNotExists") : accepted(node);
}

/** Tells how long a node was up; a hint of its own clock may differ by no more than `tolerance`. */
export function reportUptime<S extends OwnNodeView>(
  state: S,
  account: AccountId,
  report: { readonly uptime: bigint; readonly hint: Seconds | null; readonly tolerance: Seconds },
  at: ChainTime,
): Outcome<Step<S, NodeEvent>, "TwinNotExists" | "NodeNotExists" | "InvalidTimestampHint"> {
  const node = ownNode(state, account);
  if (!node.ok) return node;
  const { uptime, hint, tolerance } = report;
  const earliest = Math.max(at.now - tolerance, 0);
  if (hint !== null && (hint < earliest || hint > at.now + tolerance)) {
    return refused("InvalidTimestampHint");
  }
  return free(state, [
    { event: "TfgridModule.NodeUptimeReported", nodeId: node.value.id, now: at.now, uptime },
  ]);
}

/** Sets how a node of the caller's farm is reached from outside; null takes it away. */
export function setPublicConfig<S extends FarmView & OwnNodeView>(
  state: S,
  account: AccountId,
  call: { readonly farm: FarmId; readonly node: NodeId; readonly config: PublicConfig | null },
): Outcome<
  Step<S, NodeEvent>,
  | "FarmNotExists"
  | "TwinNotExists"
  | "CannotUpdateFarmWrongTwin"
  | "NodeNotExists"
  | "NodeUpdateNotAuthorized"
  | "InvalidPublicConfig"
> {
  if (!state.farms.byId.has(call.farm)) return refused("FarmNotExists");
  const owner = ownerOfFarm(state, call.farm);
  if (owner === null) return refused("TwinNotExists");
  if (owner !== account) return refused("CannotUpdateFarmWrongTwin");
  const before = state.nodes.byId.get(call.node);
  if (before === undefined) return refused("NodeNotExists");
  if (before.farm !== call.farm) return refused("NodeUpdateNotAuthorized");
  if (call.config !== null && !checkPublicConfig(call.config).ok) {
    return refused("InvalidPublicConfig");
  }
  const node = { ...before, publicConfig: call.config };
  return paid(withNode(state, node), [
    {
      event: "TfgridModule.NodePublicConfigStored",
      nodeId: node.id,
      publicConfig: node.publicConfig,
    },
  ]);
}
