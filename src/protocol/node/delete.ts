/**
 * How a node leaves the chain.
 *
 * Source: tfchain 33046d6, pallet-tfgrid/src/node.rs, `_delete_node`; src/farm.rs,
 * `_delete_node_farm`.
 * Quirks: a node that deletes itself leaves its twin linked, so that the twin can never register
 * again; it is not found where its farm's list is unsorted and halving misses it, while the
 * farmer's deletion then leaves the number in the list; the power state is kept.
 */
import { type Outcome, refused } from "../../units/index.ts";
import type { NodeId } from "../contract/state.ts";
import { placeByHalving, withEntry, withoutEntry } from "../entry.ts";
import type { AccountId } from "../ledger.ts";
import { paid, type Step } from "../step.ts";
import { ownTwin } from "../twin.ts";
import { takeWeight } from "../weight.ts";
import type { NodeView } from "./register.ts";
import { type NodeEvent, nodesOfFarm, type RegisteredNode } from "./state.ts";

/** The node deletes itself. */
export function deleteNode<S extends NodeView>(
  state: S,
  account: AccountId,
  call: { readonly node: NodeId },
): Outcome<Step<S, NodeEvent>, "NodeNotExists" | "TwinNotExists" | "NodeUpdateNotAuthorized"> {
  const node = state.nodes.byId.get(call.node);
  if (node === undefined) return refused("NodeNotExists");
  const twin = ownTwin(state.twins, account);
  if (!twin.ok) return twin;
  if (node.twin !== twin.value.id) return refused("NodeUpdateNotAuthorized");
  const place = placeByHalving(nodesOfFarm(state.nodes, node.farm), node.id);
  if (place === null) return refused("NodeNotExists");
  return paid(without(state, node, place), [
    { event: "TfgridModule.NodeDeleted", nodeId: node.id },
  ]);
}

/** A farmer deletes a node of the farm. */
export function deleteNodeOfFarm<S extends NodeView>(
  state: S,
  account: AccountId,
  call: { readonly node: NodeId },
): Outcome<
  Step<S, NodeEvent>,
  "TwinNotExists" | "NodeNotExists" | "FarmNotExists" | "FarmerNotAuthorized"
> {
  const twin = ownTwin(state.twins, account);
  if (!twin.ok) return twin;
  const node = state.nodes.byId.get(call.node);
  if (node === undefined) return refused("NodeNotExists");
  const farm = state.farms.byId.get(node.farm);
  if (farm === undefined) return refused("FarmNotExists");
  if (farm.twin !== twin.value.id) return refused("FarmerNotAuthorized");
  const place = placeByHalving(nodesOfFarm(state.nodes, node.farm), node.id);
  const gone = without(state, node, place);
  const byTwin = withoutEntry(gone.nodes.byTwin, node.twin);
  return paid({ ...gone, nodes: { ...gone.nodes, byTwin } }, [
    { event: "TfgridModule.NodeDeleted", nodeId: node.id },
  ]);
}

function without<S extends NodeView>(state: S, node: RegisteredNode, place: number | null): S {
  const listed = nodesOfFarm(state.nodes, node.farm);
  const left = place === null ? listed : listed.toSpliced(place, 1);
  const nodes = {
    ...state.nodes,
    byId: withoutEntry(state.nodes.byId, node.id),
    byFarm: withEntry(state.nodes.byFarm, node.farm, left),
  };
  return { ...state, nodes, weights: takeWeight(state.weights, node) };
}
