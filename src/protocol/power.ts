/**
 * Power: whether a node is up, and whether its farmer wants it up.
 *
 * Lifecycle: the farmer sets a target, the node follows when it can and says so. A node that is up
 * in both senses can be deployed on.
 * Source: tfchain 33046d6, pallet-tfgrid/src/node.rs, `_change_power_state`,
 * `_change_power_target`; pallet-smart-contract/src/grid_contract.rs, `_change_power_state`; ADR 4,
 * 18, 19.
 * Quirks: a target is written and announced even if it is what it was; a node that says again that
 * it is down, in a later block, counts as changed and moves the block; the node's word never looks
 * at the target; time between the last bill of a rented node and its waking is never billed.
 */
import { accepted, type Blocks, type Outcome, refused } from "../units/index.ts";
import type { ChainTime } from "./billing/policy.ts";
import {
  type ContractBook,
  type FarmId,
  hasContracts,
  type NodeId,
  rentOf,
} from "./contract/state.ts";
import { withEntry } from "./entry.ts";
import type { FarmView } from "./farm/state.ts";
import type { AccountId } from "./ledger.ts";
import { type OwnNodeView, ownNode } from "./node/report.ts";
import { free, paid, type Step } from "./step.ts";
import { ownTwin } from "./twin.ts";

/** Up or down, as a farmer or a node says it. */
export type PowerWord = "Up" | "Down";

/** What a node said of itself last, and in which block if it went down. */
export type PowerState =
  | { readonly kind: "up" }
  | { readonly kind: "down"; readonly since: Blocks };

/** Both halves of a node's power. */
export interface NodePower {
  readonly state: PowerState;
  readonly target: PowerWord;
}

/** The power of nodes of which it was ever set; kept when a node is deleted. */
export type PowerTable = ReadonlyMap<NodeId, NodePower>;

/** What power announces. */
export type PowerEvent =
  | {
      readonly event: "TfgridModule.PowerTargetChanged";
      readonly farmId: FarmId;
      readonly nodeId: NodeId;
      readonly target: PowerWord;
    }
  | {
      readonly event: "TfgridModule.PowerStateChanged";
      readonly farmId: FarmId;
      readonly nodeId: NodeId;
      readonly power: PowerState;
    };

/** The part of the chain that power sees. */
export interface PowerView extends FarmView, OwnNodeView {
  readonly power: PowerTable;
  readonly contracts: ContractBook;
}

const UP: NodePower = { state: { kind: "up" }, target: "Up" };

/** The power of a node; up in both senses where nobody said otherwise. */
export const powerOf = (power: PowerTable, node: NodeId): NodePower => power.get(node) ?? UP;

/** A farmer wants a node up or down; refuses down while a contract is on it. */
export function changePowerTarget<S extends PowerView>(
  state: S,
  account: AccountId,
  call: { readonly node: NodeId; readonly target: PowerWord },
): Outcome<
  Step<S, PowerEvent>,
  | "TwinNotExists"
  | "NodeNotExists"
  | "FarmNotExists"
  | "UnauthorizedToChangePowerTarget"
  | "NodeHasActiveContracts"
> {
  const twin = ownTwin(state.twins, account);
  if (!twin.ok) return twin;
  const node = state.nodes.byId.get(call.node);
  if (node === undefined) return refused("NodeNotExists");
  const farm = state.farms.byId.get(node.farm);
  if (farm === undefined) return refused("FarmNotExists");
  if (farm.twin !== twin.value.id) return refused("UnauthorizedToChangePowerTarget");
  const { target } = call;
  if (target === "Down" && hasContracts(state.contracts, node.id)) {
    return refused("NodeHasActiveContracts");
  }
  const power = withEntry(state.power, node.id, { ...powerOf(state.power, node.id), target });
  return paid({ ...state, power }, [
    { event: "TfgridModule.PowerTargetChanged", farmId: farm.id, nodeId: node.id, target },
  ]);
}

/** A node says that it is up or goes down. */
export function changePowerState<S extends PowerView>(
  state: S,
  account: AccountId,
  call: { readonly word: PowerWord },
  at: ChainTime,
): Outcome<Step<S, PowerEvent>, "TwinNotExists" | "NodeNotExists"> {
  const own = ownNode(state, account);
  if (!own.ok) return own;
  const node = own.value;
  const before = powerOf(state.power, node.id);
  const power: PowerState = call.word === "Up" ? { kind: "up" } : { kind: "down", since: at.block };
  if (isSame(before.state, power)) return free(state, []);
  const next = { ...state, power: withEntry(state.power, node.id, { ...before, state: power }) };
  return free(
    power.kind === "up" ? { ...next, contracts: wake(state.contracts, node.id, at) } : next,
    [{ event: "TfgridModule.PowerStateChanged", farmId: node.farm, nodeId: node.id, power }],
  );
}

const isSame = (a: PowerState, b: PowerState): boolean =>
  a.kind === "up" ? b.kind === "up" : b.kind === "down" && a.since === b.since;

/** Starts the clock of a node's rent anew, so that standby is not charged. */
function wake(book: ContractBook, node: NodeId, at: ChainTime): ContractBook {
  const rent = rentOf(book, node);
  const payment = rent === null ? undefined : book.payments.get(rent.id);
  if (rent === null || payment === undefined) return book;
  return { ...book, payments: withEntry(book.payments, rent.id, { ...payment, updated: at.now }) };
}

/** Whether a node contract may be made on a node, as far as power goes. */
export function canDeploy(
  state: Pick<PowerView, "nodes" | "power">,
  id: NodeId,
): Outcome<null, "NodeNotExists" | "NodeNotAvailableToDeploy"> {
  if (!state.nodes.byId.has(id)) return refused("NodeNotExists");
  const power = powerOf(state.power, id);
  return power.state.kind === "up" && power.target === "Up"
    ? accepted(null)
    : refused("NodeNotAvailableToDeploy");
}
