/**
 * Moving a deployment's contract to another node of its farm, as the council may since 2026.
 *
 * Variant: accepted for the chain in August 2026; whether the main network runs it is not known.
 * Lifecycle: the contract is billed for its time on the old node, then it stands on the new one;
 * its number, addresses, reserve and what it last reported stay.
 * Source: tfchain ADR 0027, the preconditions in their order and "behaviour"; the code was not at
 * hand, so the order among errors of two broken preconditions is that of the record.
 * Quirks: the old node may sleep; the next bills are by the new node's certification for what the
 * old one reported; a contract that the bill sends into grace makes the call fail as a whole.
 */
import { accepted, type Outcome, refused } from "../../units/index.ts";
import type { BillError, Billed } from "../billing/due.ts";
import { bill } from "../billing/loop.ts";
import type { BillingTerms, ChainTime } from "../billing/policy.ts";
import {
  type ContractId,
  type GridState,
  type NodeContract,
  type NodeId,
  nodeContractsOf,
  rentOf,
  withContract,
  withPayment,
} from "./state.ts";

/** Why a contract does not move. */
export type MigrateError =
  | "InvalidContractType"
  | "ContractNotInCreatedState"
  | "ContractAlreadyOnNode"
  | "NodeNotInSameFarm"
  | "NodeIsOptedOutOfV3Billing"
  | "NodeNotAvailableToDeploy"
  | "ContractIsNotUnique"
  | BillError;

/** The chain after a contract moved, and its bill on the old node. */
export type Migrated = Billed;

/** Moves a node contract, with another hash where one is given; the council alone may call. */
export function migrateNodeContract(
  state: GridState,
  call: { readonly contract: ContractId; readonly node: NodeId; readonly hash: string | null },
  at: ChainTime,
  terms: BillingTerms,
): Outcome<Migrated, MigrateError> {
  const contract = state.contracts.get(call.contract);
  if (contract === undefined) return refused("ContractNotExists");
  if (contract.kind !== "node") return refused("InvalidContractType");
  if (contract.state.kind !== "created") return refused("ContractNotInCreatedState");
  const hash = call.hash ?? contract.hash;
  const barred = destinationError(state, contract, call.node, hash);
  if (barred !== null) return refused(barred);
  const billed = bill(state, contract.id, at, terms);
  if (!billed.ok) return billed;
  const settled = billed.value.state;
  const now = settled.contracts.get(contract.id);
  if (now === undefined || now.kind !== "node") return accepted(billed.value);
  if (now.state.kind !== "created") return refused("ContractNotInCreatedState");
  const moved = withContract(settled, { ...now, node: call.node, hash });
  const payment = moved.payments.get(contract.id);
  // The clock starts anew even where the bill found nothing to do and left it alone.
  const stamped =
    payment === undefined
      ? moved
      : withPayment(moved, contract.id, { ...payment, updated: at.now });
  return accepted({ ...billed.value, state: stamped });
}

/** Why a contract may not stand on a node, or null. */
function destinationError(
  state: GridState,
  contract: NodeContract,
  to: NodeId,
  hash: string,
): MigrateError | null {
  if (contract.node === to) return "ContractAlreadyOnNode";
  const source = state.nodes.get(contract.node);
  const destination = state.nodes.get(to);
  if (source === undefined || destination === undefined) return "NodeNotExists";
  if (source.farm !== destination.farm) return "NodeNotInSameFarm";
  if (source.optedOut || destination.optedOut) return "NodeIsOptedOutOfV3Billing";
  const rented = rentOf(state, contract.node) !== null || rentOf(state, to) !== null;
  if (rented) return "NodeNotAvailableToDeploy";
  const { power, extraFee } = destination;
  if (power.down || power.targetDown || extraFee > 0n) return "NodeNotAvailableToDeploy";
  const farm = state.farms.get(destination.farm);
  if (farm === undefined) return "FarmNotExists";
  if (farm.dedicated) return "NodeNotAvailableToDeploy";
  const taken = nodeContractsOf(state, to).some((other) => other.hash === hash);
  return taken ? "ContractIsNotUnique" : null;
}
