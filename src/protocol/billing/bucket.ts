/**
 * The billing loop's buckets: in which blocks a contract is billed, and how it leaves the loop.
 *
 * Lifecycle: a contract is put into the bucket of its number when it is created, and taken out of
 * it when it is removed; the council may raise the number of buckets, which is the frequency.
 * Source: tfchain 33046d6 and the revision of 2025, pallet-smart-contract/src/billing.rs,
 * `insert_contract_in_billing_loop`, `remove_contract_from_billing_loop`,
 * `_change_billing_frequency`; ADR 0009 and 0010.
 * Quirk: raising the frequency moves nobody. A contract whose number has another bucket under the
 * new frequency is billed on in its old one, and fails to end, for it is looked for in the new.
 * Simplified: a bucket is stored only where it is not the one that the number asks for.
 */
import { accepted, type Blocks, type Outcome, refused } from "../../units/index.ts";
import {
  type ContractId,
  type GridState,
  nodeContractsOf,
  removeContract,
} from "../contract/state.ts";
import type { BillingPolicy } from "./policy.ts";
import { isFixed } from "./quirk.ts";

/** The bucket in which a contract is billed: the blocks that leave this rest. */
export const bucketOf = (state: GridState, id: ContractId, frequency: Blocks): number =>
  state.buckets?.get(id) ?? id % frequency;

/** True if a contract with this number is billed in this block, where no frequency was raised. */
export const isBilledAt = (id: ContractId, block: Blocks, frequency: Blocks): boolean =>
  id % frequency === block % frequency;

/** The frequency after the council raised it; refuses to lower it or to leave it. */
export function changeFrequency(
  policy: BillingPolicy,
  frequency: Blocks,
): Outcome<BillingPolicy, "CanOnlyIncreaseFrequency"> {
  if (frequency <= policy.frequency) return refused("CanOnlyIncreaseFrequency");
  return accepted({ ...policy, frequency });
}

/** The frequency and the state after the council raised it: contracts stay in their buckets. */
export function raiseFrequency(
  state: GridState,
  policy: BillingPolicy,
  frequency: Blocks,
): Outcome<
  { readonly state: GridState; readonly policy: BillingPolicy },
  "CanOnlyIncreaseFrequency"
> {
  const raised = changeFrequency(policy, frequency);
  if (!raised.ok) return raised;
  if (isFixed(policy, "staleBucket")) return accepted({ state, policy: raised.value });
  const buckets = new Map<ContractId, number>();
  for (const id of state.contracts.keys()) buckets.set(id, bucketOf(state, id, policy.frequency));
  return accepted({ state: { ...state, buckets }, policy: raised.value });
}

/**
 * Removes a contract and its bucket's entry, a rent contract with its node contracts; refuses one
 * that is not in the bucket in which it is looked for, or in none.
 */
export function leaveLoop(
  state: GridState,
  id: ContractId,
  frequency: Blocks,
): Outcome<GridState, "ContractWrongBillingLoopIndex"> {
  const { buckets } = state;
  if (!state.contracts.has(id)) return refused("ContractWrongBillingLoopIndex");
  if (buckets === undefined) return accepted(removeContract(state, id));
  const gone = state.contracts.get(id);
  const children = gone?.kind === "rent" ? nodeContractsOf(state, gone.node) : [];
  const left = new Map(buckets);
  for (const each of [...children.map((child) => child.id), id]) {
    if (bucketOf(state, each, frequency) !== each % frequency) {
      return refused("ContractWrongBillingLoopIndex");
    }
    left.delete(each);
  }
  return accepted({ ...removeContract(state, id), buckets: left });
}
