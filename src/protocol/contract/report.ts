/**
 * A node's reports as calls: who may send them, many entries at a time, all of them or none.
 *
 * Lifecycle: resources are told whenever a deployment changes, traffic every hour; both are free.
 * Source: tfchain 33046d6, pallet-smart-contract/src/grid_contract.rs,
 * `_report_contract_resources` and `_compute_reports`; ADR 0027 for the word `passOver`.
 * Quirks: a report for a contract that is not there is passed over; an older traffic report is
 * announced but not counted; traffic is priced by the farm's own policy, everything else by the
 * first; a report before the contract's own creation is an older one; a node that deleted itself
 * stays its twin's, so that its reports of resources are taken, and find no contract.
 * Disagreement: up to 2026 one entry for another node's contract undoes the whole call, the
 * default; since ADR 0027 such an entry is passed over, the word `passOver` of the caller.
 */
import { accepted, type Bytes, type Outcome, refused, type Seconds } from "../../units/index.ts";
import type { Resources } from "../cost.ts";
import type { AccountId } from "../ledger.ts";
import { BILLED_PRICING, type PricingPolicy } from "../pricing.ts";
import { type ReportError, reportResources, reportTraffic } from "./change.ts";
import { twinOf } from "./create.ts";
import type { ContractId, GridState, NodeId } from "./state.ts";

/** What becomes of an entry for a contract on another node. */
export type StrangerRule = "refuse" | "passOver";

/** Why a node's call is refused. */
export type ReportCallError = ReportError | "TwinNotExists" | "PricingPolicyNotExists";

/** The chain after a call, and the contracts for which it announced something, in order. */
export interface Reported {
  readonly state: GridState;
  readonly told: readonly ContractId[];
}

/** One entry of a report of resources. */
export interface ResourceEntry {
  readonly contract: ContractId;
  readonly used: Resources;
}

/** A node tells what its contracts use. */
export function reportContractResources(
  state: GridState,
  call: {
    readonly account: AccountId;
    readonly entries: readonly ResourceEntry[];
    /** A node that is gone and still its twin's. */
    readonly gone?: NodeId;
  },
  strangers: StrangerRule = "refuse",
): Outcome<Reported, ReportCallError> {
  const node = nodeBy(state, call.account, call.gone);
  if (!node.ok) return node;
  let current = state;
  const told: ContractId[] = [];
  for (const entry of call.entries) {
    if (isPassedOver(state, entry.contract, node.value, strangers)) continue;
    const next = reportResources(current, node.value, entry);
    if (!next.ok) return next;
    current = next.value;
    told.push(entry.contract);
  }
  return accepted({ state: current, told });
}

/** One entry of a report of traffic. */
export interface TrafficEntry {
  readonly contract: ContractId;
  readonly traffic: Bytes;
  readonly window: Seconds;
  readonly until: Seconds;
}

/** A node tells the traffic of its contracts; `pricing` is the policy where the state has none. */
export function addTrafficReports(
  state: GridState,
  call: { readonly account: AccountId; readonly entries: readonly TrafficEntry[] },
  pricing: PricingPolicy,
  strangers: StrangerRule = "refuse",
): Outcome<Reported, ReportCallError> {
  const node = nodeBy(state, call.account);
  if (!node.ok) return node;
  const site = state.nodes.get(node.value);
  const farm = site === undefined ? undefined : state.farms.get(site.farm);
  if (farm === undefined) return refused("FarmNotExists");
  const { pricings } = state;
  const policy = pricings === undefined ? pricing : pricings.get(farm.pricing ?? BILLED_PRICING);
  if (policy === undefined) return refused("PricingPolicyNotExists");
  let current = state;
  const told: ContractId[] = [];
  for (const entry of call.entries) {
    if (isPassedOver(state, entry.contract, node.value, strangers)) continue;
    const next = reportTraffic(current, node.value, entry, policy);
    if (!next.ok) return next;
    current = next.value;
    told.push(entry.contract);
  }
  return accepted({ state: current, told });
}

/** The node of an account, in the order in which the chain asks. */
function nodeBy(
  state: GridState,
  account: AccountId,
  gone?: NodeId,
): Outcome<NodeId, "TwinNotExists" | "NodeNotExists"> {
  const twin = twinOf(state, account);
  if (twin === null) return refused("TwinNotExists");
  for (const [id, node] of state.nodes) if (node.twin === twin) return accepted(id);
  return gone === undefined ? refused("NodeNotExists") : accepted(gone);
}

function isPassedOver(
  state: GridState,
  id: ContractId,
  node: NodeId,
  strangers: StrangerRule,
): boolean {
  const contract = state.contracts.get(id);
  if (contract === undefined) return true;
  return strangers === "passOver" && contract.kind === "node" && contract.node !== node;
}
