/**
 * The billing loop: which contracts are billed in which block.
 *
 * Lifecycle: a contract enters the loop when it is created and leaves it when it is removed.
 * Source: tfchain 33046d6 and the revision of 2025, pallet-smart-contract/src/billing.rs,
 * `bill_contracts_for_block`, `should_bill_contract`, `get_billing_loop_index_from_contract_id`.
 * Quirks: a node contract that uses nothing is passed over; anybody may bill any contract at any
 * time, and a missed cycle is caught up because cost counts seconds.
 * Simplified: who submits the bills of a block is not told. Up to spec 151 it is the worker of the
 * next author, since then every validator's, of whose calls all but the first are turned away and
 * none costs a fee; the contracts billed are the same.
 */
import { type Blocks, blocks, type Outcome, type Seconds } from "../../units/index.ts";
import type { Contract, ContractId, GridState, NodeContract } from "../contract/state.ts";
import { bucketOf } from "./bucket.ts";
import type { Bill, BillError, Billed, ContractEvent } from "./due.ts";
import { billLegacy } from "./legacy.ts";
import type { BillingPolicy, BillingTerms, ChainTime } from "./policy.ts";
import { billReserve } from "./reserve.ts";

/** Bills one contract by the rules in force; refused means unchanged. */
export function bill(
  state: GridState,
  id: ContractId,
  at: ChainTime,
  terms: BillingTerms,
): Outcome<Billed, BillError> {
  switch (terms.billing.rules) {
    case "reserve":
      return billReserve(state, id, at, terms);
    case "legacy":
      return billLegacy(state, id, at, terms);
  }
}

/** The contracts that are billed in a block, in the order of their creation. */
export function dueAtBlock(
  state: GridState,
  block: Blocks,
  policy: BillingPolicy,
): readonly ContractId[] {
  const due: ContractId[] = [];
  const bucket = block % policy.frequency;
  for (const contract of state.contracts.values()) {
    if (
      bucketOf(state, contract.id, policy.frequency) === bucket &&
      hasSomethingToBill(state, contract)
    ) {
      due.push(contract.id);
    }
  }
  return due;
}

function hasSomethingToBill(state: GridState, contract: Contract): boolean {
  if (contract.kind !== "node") return true;
  return contract.ips > 0 || usesSomething(contract) || owesSomething(state, contract.id);
}

const usesSomething = ({ used, unbilled }: NodeContract): boolean =>
  used.cru + used.mru + used.sru + used.hru + unbilled > 0n;

function owesSomething(state: GridState, id: ContractId): boolean {
  const payment = state.payments.get(id);
  return (
    payment?.rules === "reserve" && payment.standardOverdraft + payment.additionalOverdraft > 0n
  );
}

/** What the loop did in one block; a bill that failed left no trace but its error. */
export interface BlockBilled {
  readonly state: GridState;
  readonly events: readonly ContractEvent[];
  readonly bills: readonly (Bill | FailedBill)[];
}

/** A bill that failed. */
export interface FailedBill {
  readonly contract: ContractId;
  readonly block: Blocks;
  readonly error: BillError;
}

/** Bills all contracts of a block, one after the other. */
export function billBlock(state: GridState, at: ChainTime, terms: BillingTerms): BlockBilled {
  let current = state;
  const events: ContractEvent[] = [];
  const bills: (Bill | FailedBill)[] = [];
  for (const contract of dueAtBlock(state, at.block, terms.billing)) {
    // A rent contract that ended earlier in this block has taken its node contracts along.
    if (!current.contracts.has(contract)) continue;
    const billed = bill(current, contract, at, terms);
    if (!billed.ok) {
      bills.push({ contract, block: at.block, error: billed.error });
      continue;
    }
    current = billed.value.state;
    events.push(...billed.value.events);
    if (billed.value.bill !== null) bills.push(billed.value.bill);
  }
  return { state: current, events, bills };
}

/** The block at a time, counted from the chain's first. */
export const blockAt = (now: Seconds, genesis: Seconds, policy: BillingPolicy): Blocks =>
  blocks(Math.floor((now - genesis) / policy.blockTime));
