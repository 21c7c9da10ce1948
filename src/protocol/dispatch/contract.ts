/**
 * Calls of the contract pallet: what farmers and governance set, and all that others call.
 *
 * Source: tfchain 33046d6, pallet-smart-contract/src/lib.rs, the calls and their origins.
 */
import { announced } from "../billing/announced.ts";
import { raiseFrequency } from "../billing/bucket.ts";
import type { ChainTime } from "../billing/policy.ts";
import type { ChainEvent, ChainState } from "../chain.ts";
import { endContracts, setExtraFee } from "../contract/change.ts";
import { hasContracts, type NodeId } from "../contract/state.ts";
import { endings } from "../ending.ts";
import { withEntry } from "../entry.ts";
import { billingTerms, gridOf, withGrid } from "../in-force.ts";
import type { AccountId } from "../ledger.ts";
import { canDeploy } from "../power.ts";
import { paid } from "../step.ts";
import { type Answer, byGate, bySigner, type CallsOf, type Effects, named } from "./adapter.ts";
import { deploymentEffects } from "./deployment.ts";
import { serviceEffects } from "./service.ts";

const PALLET = "SmartContractModule";

type Deleting = (
  state: ChainState,
  account: AccountId,
  args: { readonly node: NodeId },
  at: ChainTime,
) => Answer;

/**
 * A deletion of a node that ends its contracts first, each told with its bill before the next;
 * refuses what the deletion refuses.
 */
export const withoutContracts =
  (remove: Deleting): Deleting =>
  (state, account, args, at) => {
    const plain = remove(state, account, args, at);
    const terms = billingTerms(state);
    if (!plain.ok || !hasContracts(state.contracts, args.node)) return plain;
    const events: ChainEvent[] = [];
    let next = state;
    for (const turn of endContracts(gridOf(state), args.node, at, terms).turns) {
      const after = withGrid(next, turn.state);
      events.push(...announced(next.contracts, turn, at), ...endings(next, after));
      next = after;
    }
    const removed = remove(next, account, args, at);
    if (!removed.ok) return removed;
    return paid(removed.value.state, [...events, ...removed.value.events]);
  };

/** The effects of the contract pallet's calls. */
export const contractEffects: Effects<CallsOf<"contracts">> = {
  ...deploymentEffects,
  ...serviceEffects,
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
    const raised = raiseFrequency(gridOf(state), policy, frequency);
    if (!raised.ok) return raised;
    return paid({ ...withGrid(state, raised.value.state), frequency }, [
      { event: "SmartContractModule.BillingFrequencyChanged", frequency },
    ]);
  }),
};
