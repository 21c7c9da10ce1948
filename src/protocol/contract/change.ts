/**
 * What happens to a contract after its creation, other than bills: updates, reports, its end.
 *
 * Source: tfchain 33046d6, pallet-smart-contract/src/grid_contract.rs, `_update_node_contract`,
 * `_cancel_contract`, `_report_contract_resources`, `_compute_reports`,
 * `_set_dedicated_node_extra_fee`, `_change_power_state`; ADR 0017 for the council's cancellation.
 * Quirks: what is reported replaces the last report; reports for unknown contracts are passed
 * over; an older traffic report is ignored; a cancelled contract is billed within the call, so a
 * bill that fails keeps it alive.
 */

import type { MilliUsd } from "../../units/index.ts";
import {
  accepted,
  type Bytes,
  type Outcome,
  refused,
  type Seconds,
  usd,
} from "../../units/index.ts";
import type { Bill, BillError, Billed, ContractEvent } from "../billing/due.ts";
import { bill } from "../billing/loop.ts";
import type { BillingTerms, ChainTime } from "../billing/policy.ts";
import { type Resources, trafficCost } from "../cost.ts";
import type { AccountId } from "../ledger.ts";
import type { PricingPolicy } from "../pricing.ts";
import { twinOf } from "./create.ts";
import {
  type Cause,
  type ChainNode,
  type Contract,
  type ContractId,
  type GridState,
  hasContracts,
  type NodeContract,
  type NodeId,
  nodeContractsOf,
  type RentContract,
  rentOf,
  withContract,
  withPayment,
} from "./state.ts";

/** Why a contract is not cancelled. */
export type CancelError =
  | "TwinNotAuthorizedToCancelContract"
  | "NodeHasActiveContracts"
  | BillError;

/** Cancels a contract: bills what is left, pays out, and removes it. */
export function cancelContract(
  state: GridState,
  call: { readonly account: AccountId; readonly contract: ContractId },
  at: ChainTime,
  terms: BillingTerms,
): Outcome<Billed, CancelError> {
  const contract = state.contracts.get(call.contract);
  if (contract === undefined) return refused("ContractNotExists");
  const twin = state.twins.get(contract.twin);
  if (twin === undefined) return refused("TwinNotExists");
  if (twin.account !== call.account) return refused("TwinNotAuthorizedToCancelContract");
  return end(state, contract, "CanceledByUser", at, terms);
}

/** Cancels a contract whoever owns it, as the council may. */
export function cancelCollective(
  state: GridState,
  id: ContractId,
  at: ChainTime,
  terms: BillingTerms,
): Outcome<Billed, CancelError> {
  const contract = state.contracts.get(id);
  if (contract === undefined) return refused("ContractNotExists");
  return end(state, contract, "CanceledByCollective", at, terms);
}

function end(
  state: GridState,
  contract: Contract,
  cause: Cause,
  at: ChainTime,
  terms: BillingTerms,
): Outcome<Billed, CancelError> {
  if (contract.kind === "rent" && nodeContractsOf(state, contract.node).length > 0) {
    return refused("NodeHasActiveContracts");
  }
  const deleted: Contract = { ...contract, state: { kind: "deleted", cause } };
  return bill(withContract(state, deleted), contract.id, at, terms);
}

/** The chain after the contracts of a node ended, and what their bills told. */
export interface Ended {
  readonly state: GridState;
  /** Each contract's last bill, with the chain after it. */
  readonly turns: readonly Billed[];
  readonly events: readonly ContractEvent[];
  readonly bills: readonly Bill[];
}

/**
 * Ends all contracts of a node that is deleted, and its rent last; each bill that fails is passed
 * over, and its contract stays as it was, where the chain would keep it half ended.
 */
export function endContracts(
  state: GridState,
  node: NodeId,
  at: ChainTime,
  terms: BillingTerms,
): Ended {
  const rent = rentOf(state, node);
  const doomed: (NodeContract | RentContract)[] = [...nodeContractsOf(state, node)];
  if (rent !== null) doomed.push(rent);
  let current = state;
  const turns: Billed[] = [];
  for (const contract of doomed) {
    const gone: Contract = { ...contract, state: { kind: "deleted", cause: "CanceledByUser" } };
    const billed = bill(withContract(current, gone), contract.id, at, terms);
    if (!billed.ok) continue;
    current = billed.value.state;
    turns.push(billed.value);
  }
  const events = turns.flatMap((turn) => turn.events);
  const bills = turns.flatMap((turn) => turn.bill ?? []);
  return { state: current, turns, events, bills };
}

/** Why a node contract is not updated. */
export type UpdateError =
  | "ContractNotExists"
  | "TwinNotExists"
  | "TwinNotAuthorizedToUpdateContract"
  | "CannotUpdateContractInGraceState"
  | "InvalidContractType";

/** Replaces a node contract's deployment; whether the hash is unique is not asked again. */
export function updateNodeContract(
  state: GridState,
  call: { readonly account: AccountId; readonly contract: ContractId; readonly hash: string },
): Outcome<GridState, UpdateError> {
  const contract = state.contracts.get(call.contract);
  if (contract === undefined) return refused("ContractNotExists");
  const twin = state.twins.get(contract.twin);
  if (twin === undefined) return refused("TwinNotExists");
  if (twin.account !== call.account) return refused("TwinNotAuthorizedToUpdateContract");
  if (contract.state.kind === "grace") return refused("CannotUpdateContractInGraceState");
  if (contract.kind !== "node") return refused("InvalidContractType");
  return accepted(withContract(state, { ...contract, hash: call.hash }));
}

/** Why a node's report is not taken. */
export type ReportError =
  | "NodeNotExists"
  | "FarmNotExists"
  | "InvalidContractType"
  | "NodeNotAuthorizedToComputeReport";

/** What a node uses for a contract; unknown contracts are passed over. */
export function reportResources(
  state: GridState,
  node: NodeId,
  report: { readonly contract: ContractId; readonly used: Resources },
): Outcome<GridState, ReportError> {
  const contract = state.contracts.get(report.contract);
  if (contract === undefined) return accepted(state);
  if (contract.kind !== "node") return refused("InvalidContractType");
  if (contract.node !== node) return refused("NodeNotAuthorizedToComputeReport");
  return accepted(withContract(state, { ...contract, used: report.used }));
}

/** What traffic a contract caused; billed with its next bill, an older report is ignored. */
export function reportTraffic(
  state: GridState,
  node: NodeId,
  report: {
    readonly contract: ContractId;
    readonly traffic: Bytes;
    readonly window: Seconds;
    readonly until: Seconds;
  },
  policy: PricingPolicy,
): Outcome<GridState, ReportError> {
  const reporter = state.nodes.get(node);
  if (reporter === undefined) return refused("NodeNotExists");
  if (!state.farms.has(reporter.farm)) return refused("FarmNotExists");
  const contract = state.contracts.get(report.contract);
  if (contract === undefined) return accepted(state);
  if (contract.kind !== "node") return refused("InvalidContractType");
  if (contract.node !== node) return refused("NodeNotAuthorizedToComputeReport");
  if (report.until < contract.trafficReported) return accepted(state);
  const cost = trafficCost(report.traffic, report.window, policy);
  return accepted(
    withContract(state, {
      ...contract,
      unbilled: usd(contract.unbilled + cost),
      trafficReported: report.until,
    }),
  );
}

/** Why an extra fee is not set. */
export type ExtraFeeError =
  | "TwinNotExists"
  | "NodeNotExists"
  | "FarmNotExists"
  | "UnauthorizedToSetExtraFee"
  | "NodeHasActiveContracts";

/** Sets what a farmer asks above a node's rent, in 1e-3 USD a month; zero takes it back. */
export function setExtraFee(
  state: GridState,
  call: { readonly account: AccountId; readonly node: NodeId; readonly fee: MilliUsd },
): Outcome<GridState, ExtraFeeError> {
  const twin = twinOf(state, call.account);
  if (twin === null) return refused("TwinNotExists");
  const node = state.nodes.get(call.node);
  if (node === undefined) return refused("NodeNotExists");
  const farm = state.farms.get(node.farm);
  if (farm === undefined) return refused("FarmNotExists");
  if (farm.twin !== twin) return refused("UnauthorizedToSetExtraFee");
  if (hasContracts(state, call.node)) return refused("NodeHasActiveContracts");
  return accepted(withNode(state, call.node, { ...node, extraFee: call.fee }));
}

/** A node tells that it went down or up; on waking, its rent is billed from now on. */
export function setPowerState(
  state: GridState,
  id: NodeId,
  down: boolean,
  now: Seconds,
): Outcome<GridState, "NodeNotExists"> {
  const node = state.nodes.get(id);
  if (node === undefined) return refused("NodeNotExists");
  const next = withNode(state, id, { ...node, power: { ...node.power, down } });
  const rent = rentOf(state, id);
  const payment = rent === null ? undefined : state.payments.get(rent.id);
  if (down || !node.power.down || rent === null || payment === undefined) return accepted(next);
  return accepted(withPayment(next, rent.id, { ...payment, updated: now }));
}

/** A farmer wants a node down or up; refuses down while contracts are on it. */
export function setPowerTarget(
  state: GridState,
  id: NodeId,
  down: boolean,
): Outcome<GridState, "NodeNotExists" | "NodeHasActiveContracts"> {
  const node = state.nodes.get(id);
  if (node === undefined) return refused("NodeNotExists");
  if (down && hasContracts(state, id)) return refused("NodeHasActiveContracts");
  return accepted(withNode(state, id, { ...node, power: { ...node.power, targetDown: down } }));
}

/** A node leaves this billing, once and for good: nothing new is charged on it. */
export function optOut(
  state: GridState,
  id: NodeId,
): Outcome<GridState, "NodeNotExists" | "NodeV3BillingOptOutAlreadyEnabled"> {
  const node = state.nodes.get(id);
  if (node === undefined) return refused("NodeNotExists");
  if (node.optedOut) return refused("NodeV3BillingOptOutAlreadyEnabled");
  return accepted(withNode(state, id, { ...node, optedOut: true }));
}

const withNode = (state: GridState, id: NodeId, node: ChainNode): GridState => ({
  ...state,
  nodes: new Map(state.nodes).set(id, node),
});
