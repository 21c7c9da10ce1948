/**
 * Leaving this billing: a farmer takes a node out of it, for good, and who may still deploy there.
 *
 * Variant: an addition of February 2026; whether the main network runs it is not known.
 * Lifecycle: once out, running contracts of the node are charged nothing more, those in grace can
 * be saved by paying what they owed before, and only admins of the council's list deploy.
 * Source: tfchain 048de90 and later, pallet-tfgrid/src/v3_billing_opt_out.rs; ADR 0025.
 * Disagreement: a later revision holds the list of admins to a length that is not told; here it has
 * none. It also lets the farmer of a node that left keep a note, of which nothing depends.
 */
import { accepted, type Outcome, refused, type Seconds } from "../../units/index.ts";
import { withEntry } from "../entry.ts";
import type { FarmView } from "../farm/state.ts";
import type { AccountId } from "../ledger.ts";
import type { NodeTable } from "../node/state.ts";
import { paid, type Step } from "../step.ts";
import { byteLength } from "../text.ts";
import { ownTwin } from "../twin.ts";
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

/** When a node left this billing, and its farmer's note. */
export interface OptOut {
  readonly at: Seconds;
  readonly note: string | null;
}

/** All nodes that left, until they are deleted. */
export type OptOutTable = ReadonlyMap<NodeId, OptOut>;

/** What leaving announces. */
export type OptOutEvent =
  | {
      readonly event: "TfgridModule.NodeV3BillingOptedOut";
      readonly nodeId: NodeId;
      readonly optedOutAt: Seconds;
    }
  | {
      readonly event: "TfgridModule.NodeV3OptOutMetadataSet";
      readonly nodeId: NodeId;
      readonly metadata: string;
    }
  | { readonly event: "TfgridModule.NodeV3OptOutMetadataCleared"; readonly nodeId: NodeId }
  | {
      readonly event: "TfgridModule.TwinAdminAdded" | "TfgridModule.TwinAdminRemoved";
      readonly account: AccountId;
    };

/** The part of the chain that a note sees. */
export interface OptOutView extends FarmView {
  readonly nodes: NodeTable;
  readonly optOuts: OptOutTable;
}

/** The most bytes of a note. */
const NOTE_MAX = 256;

/** The farmer of a node that left notes something of it; an empty text takes the note away. */
export function noteOptOut<S extends OptOutView>(
  state: S,
  account: AccountId,
  { node: id, note }: { readonly node: NodeId; readonly note: string },
): Outcome<
  Step<S, OptOutEvent>,
  | "TwinNotExists"
  | "NodeNotExists"
  | "FarmNotExists"
  | "NodeUpdateNotAuthorized"
  | "NodeNotOptedOutOfV3Billing"
  | "NodeV3OptOutMetadataTooLong"
> {
  const twin = ownTwin(state.twins, account);
  if (!twin.ok) return twin;
  const node = state.nodes.byId.get(id);
  if (node === undefined) return refused("NodeNotExists");
  const farm = state.farms.byId.get(node.farm);
  if (farm === undefined) return refused("FarmNotExists");
  if (farm.twin !== twin.value.id) return refused("NodeUpdateNotAuthorized");
  const before = state.optOuts.get(id);
  if (before === undefined) return refused("NodeNotOptedOutOfV3Billing");
  if (byteLength(note) > NOTE_MAX) return refused("NodeV3OptOutMetadataTooLong");
  const kept = note === "" ? null : note;
  const next = { ...state, optOuts: withEntry(state.optOuts, id, { ...before, note: kept }) };
  return paid(next, [
    kept === null
      ? { event: "TfgridModule.NodeV3OptOutMetadataCleared", nodeId: id }
      : { event: "TfgridModule.NodeV3OptOutMetadataSet", nodeId: id, metadata: note },
  ]);
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
