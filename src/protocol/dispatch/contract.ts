/** Calls of the contract pallet that governance and farmers make. */
import { refused } from "../../units/index.ts";
import { changeFrequency } from "../billing/bucket.ts";
import type { ContractEvent } from "../billing/due.ts";
import type { ChainTime } from "../billing/policy.ts";
import type { BillingEvent, ChainState } from "../chain.ts";
import { cancelCollective, endContracts, setExtraFee } from "../contract/change.ts";
import { hasContracts, type NodeId } from "../contract/state.ts";
import { withEntry } from "../entry.ts";
import { billingTerms, gridOf, withGrid } from "../in-force.ts";
import type { AccountId } from "../ledger.ts";
import { canDeploy } from "../power.ts";
import { approveProvider } from "../solution-provider.ts";
import { paid } from "../step.ts";
import { type Answer, byGate, bySigner, type CallsOf, type Effects, named } from "./adapter.ts";

const PALLET = "SmartContractModule";

const told = (bills: readonly ContractEvent[]): readonly BillingEvent[] =>
  bills.map((bill): BillingEvent => ({ event: `${PALLET}.${bill.kind}`, bill }));

type Deleting = (
  state: ChainState,
  account: AccountId,
  args: { readonly node: NodeId },
  at: ChainTime,
) => Answer;

/** A deletion of a node that ends its contracts first; refuses what the deletion refuses. */
export const withoutContracts =
  (remove: Deleting): Deleting =>
  (state, account, args, at) => {
    const plain = remove(state, account, args, at);
    const terms = billingTerms(state);
    if (!plain.ok || terms === null || !hasContracts(state.contracts, args.node)) return plain;
    const ended = endContracts(gridOf(state), args.node, at, terms);
    const removed = remove(withGrid(state, ended.state), account, args, at);
    if (!removed.ok) return removed;
    const events = [...told(ended.events), ...removed.value.events];
    return paid(removed.value.state, events);
  };

/** The effects of the contract pallet's calls. */
export const contractEffects: Effects<CallsOf<"contracts">> = {
  "contracts.can_deploy": (state, _origin, { node }) => {
    const may = canDeploy(state, node);
    return named(PALLET, may.ok ? paid(state, []) : may);
  },
  "contracts.set_dedicated_node_extra_fee": bySigner(PALLET, (state, account, { node, fee }) => {
    const set = setExtraFee(gridOf(state), { account, node, fee });
    if (!set.ok) return set;
    return paid({ ...state, extraFees: withEntry(state.extraFees, node, fee) }, [
      { event: "SmartContractModule.NodeExtraFeeSet", nodeId: node, extraFee: fee },
    ]);
  }),
  "contracts.change_billing_frequency": byGate(PALLET, (state, { frequency }) => {
    const policy = { ...state.runtime.billing, frequency: state.frequency };
    const changed = changeFrequency(policy, frequency);
    if (!changed.ok) return changed;
    return paid({ ...state, frequency }, [
      { event: "SmartContractModule.BillingFrequencyChanged", frequency },
    ]);
  }),
  "contracts.approve_solution_provider": byGate(PALLET, (state, { provider, approve }) => {
    const approved = approveProvider(gridOf(state), provider, approve);
    if (!approved.ok) return approved;
    return paid(withGrid(state, approved.value), [
      {
        event: "SmartContractModule.SolutionProviderApproved",
        solutionProviderId: provider,
        approved: approve,
      },
    ]);
  }),
  "contracts.cancel_contract_collective": byGate(PALLET, (state, { contract }, at) => {
    const terms = billingTerms(state);
    if (terms === null) return refused("PricingPolicyNotExists");
    const cancelled = cancelCollective(gridOf(state), contract, at, terms);
    if (!cancelled.ok) return cancelled;
    return paid(withGrid(state, cancelled.value.state), told(cancelled.value.events));
  }),
};
