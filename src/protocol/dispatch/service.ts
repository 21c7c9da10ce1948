/**
 * Calls on solution providers and service contracts.
 *
 * Source: tfchain 33046d6, pallet-smart-contract/src/lib.rs, the pallet's calls and events.
 */
import type { Outcome } from "../../units/index.ts";
import type { ChainState } from "../chain.ts";
import type { GridState, ServiceId } from "../contract/state.ts";
import { billingTerms, gridOf, withGrid } from "../in-force.ts";
import {
  approveService,
  billService,
  cancelService,
  createService,
  rejectService,
  setServiceFees,
  setServiceMetadata,
} from "../service-contract.ts";
import { approveProvider, attachProvider, createProvider } from "../solution-provider.ts";
import { paid } from "../step.ts";
import { type Answer, byGate, bySigner, type CallsOf, type Effects } from "./adapter.ts";

const PALLET = "SmartContractModule";

type Names =
  | "contracts.create_solution_provider"
  | "contracts.approve_solution_provider"
  | "contracts.attach_solution_provider_id"
  | Extract<CallsOf<"contracts">, `contracts.service_contract_${string}`>;

/** What a change of a service contract announces: all that is stored of it. */
function changed(
  state: ChainState,
  id: ServiceId,
  answer: Outcome<GridState, string>,
  what: "Created" | "MetadataSet" | "FeesSet" | "Approved",
): Answer {
  if (!answer.ok) return answer;
  const service = answer.value.services.get(id);
  const event = `SmartContractModule.ServiceContract${what}` as const;
  return paid(withGrid(state, answer.value), service === undefined ? [] : [{ event, service }]);
}

function ended(state: ChainState, id: ServiceId, answer: Outcome<GridState, string>): Answer {
  if (!answer.ok) return answer;
  return paid(withGrid(state, answer.value), [
    {
      event: "SmartContractModule.ServiceContractCanceled",
      serviceContractId: id,
      cause: "CanceledByUser",
    },
  ]);
}

/** The effects of calls on providers and services. */
export const serviceEffects: Effects<Names> = {
  "contracts.create_solution_provider": bySigner(PALLET, (state, _account, { shares }) => {
    const made = createProvider(gridOf(state), shares);
    if (!made.ok) return made;
    return paid(withGrid(state, made.value.state), [
      {
        event: "SmartContractModule.SolutionProviderCreated",
        solutionProviderId: made.value.id,
        providers: shares,
      },
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
  "contracts.attach_solution_provider_id": bySigner(PALLET, (state, account, call) => {
    const attached = attachProvider(gridOf(state), { account, ...call });
    if (!attached.ok) return attached;
    const contract = attached.value.contracts.get(call.contract);
    const event = "SmartContractModule.ContractUpdated";
    return paid(
      withGrid(state, attached.value),
      contract === undefined ? [] : [{ event, contract }],
    );
  }),
  "contracts.service_contract_create": bySigner(PALLET, (state, account, call) => {
    const made = createService(gridOf(state), { account, ...call });
    if (!made.ok) return made;
    const { id, state: grid } = made.value;
    return changed(state, id, { ok: true, value: grid }, "Created");
  }),
  "contracts.service_contract_set_metadata": bySigner(PALLET, (state, account, call) =>
    changed(state, call.id, setServiceMetadata(gridOf(state), { account, ...call }), "MetadataSet"),
  ),
  "contracts.service_contract_set_fees": bySigner(PALLET, (state, account, call) =>
    changed(state, call.id, setServiceFees(gridOf(state), { account, ...call }), "FeesSet"),
  ),
  "contracts.service_contract_approve": bySigner(PALLET, (state, account, { id }, at) =>
    changed(state, id, approveService(gridOf(state), { account, id }, at.now), "Approved"),
  ),
  "contracts.service_contract_reject": bySigner(PALLET, (state, account, { id }) =>
    ended(state, id, rejectService(gridOf(state), { account, id })),
  ),
  "contracts.service_contract_cancel": bySigner(PALLET, (state, account, { id }) =>
    ended(state, id, cancelService(gridOf(state), { account, id })),
  ),
  "contracts.service_contract_bill": bySigner(PALLET, (state, account, call, at) => {
    const terms = billingTerms(state);
    const billed = billService(gridOf(state), { account, ...call }, at.now, terms);
    if (!billed.ok) return billed;
    const { amount, window, state: grid } = billed.value;
    const service = grid.services.get(call.id);
    return paid(
      withGrid(state, grid),
      service === undefined
        ? []
        : [
            {
              event: "SmartContractModule.ServiceContractBilled",
              service,
              charge: { variableAmount: call.variableAmount, window, metadata: call.metadata },
              amount,
            },
          ],
    );
  }),
};
