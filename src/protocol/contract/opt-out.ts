/**
 * Leaving this billing: a farmer takes a node out of it, for good, and who may still deploy there.
 *
 * Variant: an addition of February 2026; whether the main network runs it is not known.
 * Lifecycle: once out, running contracts of the node are charged nothing more, those in grace can
 * be saved by paying what they owed before, and only admins of the council's list deploy.
 * Source: tfchain ADR 0025. The order in which the calls check is that of the pallet's other calls
 * about a node, for the code was not at hand.
 */
import { accepted, type Outcome, refused } from "../../units/index.ts";
import type { AccountId } from "../ledger.ts";
import { twinOf } from "./create.ts";
import type { GridState, NodeId } from "./state.ts";

/** Why a node does not leave. */
export type OptOutError =
  | "TwinNotExists"
  | "NodeNotExists"
  | "FarmNotExists"
  | "NodeUpdateNotAuthorized"
  | "NodeV3BillingOptOutAlreadyEnabled";

/** Takes a node out of this billing, by its farmer; there is no way back. */
export function optOutOfBilling(
  state: GridState,
  call: { readonly account: AccountId; readonly node: NodeId },
): Outcome<GridState, OptOutError> {
  const twin = twinOf(state, call.account);
  if (twin === null) return refused("TwinNotExists");
  const node = state.nodes.get(call.node);
  if (node === undefined) return refused("NodeNotExists");
  const farm = state.farms.get(node.farm);
  if (farm === undefined) return refused("FarmNotExists");
  if (farm.twin !== twin) return refused("NodeUpdateNotAuthorized");
  if (node.optedOut) return refused("NodeV3BillingOptOutAlreadyEnabled");
  const nodes = new Map(state.nodes).set(call.node, { ...node, optedOut: true });
  return accepted({ ...state, nodes });
}

/** Lets an account deploy on nodes that left; the council alone may call. */
export function addTwinAdmin(
  state: GridState,
  account: AccountId,
): Outcome<GridState, "AlreadyTwinAdmin"> {
  if (state.admins.has(account)) return refused("AlreadyTwinAdmin");
  return accepted({ ...state, admins: new Set(state.admins).add(account) });
}

/** Takes that permission back; the council alone may call. */
export function removeTwinAdmin(
  state: GridState,
  account: AccountId,
): Outcome<GridState, "NotTwinAdmin"> {
  if (!state.admins.has(account)) return refused("NotTwinAdmin");
  const admins = new Set(state.admins);
  admins.delete(account);
  return accepted({ ...state, admins });
}
