/**
 * Calls on contracts by those who use and run the grid: deploying, renting, naming, reporting,
 * billing, ending, and moving to another node.
 *
 * Source: tfchain 33046d6, pallet-smart-contract/src/lib.rs, the pallet's calls and events;
 * src/grid_contract.rs, `remove_contract`, `free_ip`; ADR 0027 for the move.
 */
import type { Outcome } from "../../units/index.ts";
import { announced } from "../billing/announced.ts";
import type { Billed } from "../billing/due.ts";
import { bill } from "../billing/loop.ts";
import type { ChainTime } from "../billing/policy.ts";
import type { ChainState } from "../chain.ts";
import { cancelCollective, cancelContract, updateNodeContract } from "../contract/change.ts";
import {
  type Created,
  type CreateTime,
  createNameContract,
  createNodeContract,
  createRentContract,
} from "../contract/create.ts";
import { migrateNodeContract } from "../contract/migrate.ts";
import { addTrafficReports, type Reported, reportContractResources } from "../contract/report.ts";
import type { ContractId } from "../contract/state.ts";
import { endings } from "../ending.ts";
import { billingTerms, gridOf, withGrid } from "../in-force.ts";
import { free, paid } from "../step.ts";
import { type Answer, byGate, bySigner, type Effects } from "./adapter.ts";

const PALLET = "SmartContractModule";

/** Calls that make, change and end contracts. */
type Names =
  | "contracts.create_node_contract"
  | "contracts.create_rent_contract"
  | "contracts.create_name_contract"
  | "contracts.update_node_contract"
  | "contracts.cancel_contract"
  | "contracts.cancel_contract_collective"
  | "contracts.report_contract_resources"
  | "contracts.add_nru_reports"
  | "contracts.bill_contract_for_block"
  | "contracts.migrate_node_contract";

const timeOf = (state: ChainState, at: ChainTime): CreateTime => ({
  ...at,
  rules: state.runtime.billing.rules,
});

function created(state: ChainState, made: Outcome<Created, string>): Answer {
  if (!made.ok) return made;
  return updated(withGrid(state, made.value.state), made.value.id, "ContractCreated");
}

function updated(
  state: ChainState,
  id: ContractId,
  what: "ContractCreated" | "ContractUpdated",
): Answer {
  const contract = state.contracts.contracts.get(id);
  return paid(
    state,
    contract === undefined ? [] : [{ event: `SmartContractModule.${what}`, contract }],
  );
}

/** The chain after a bill, which says what ended with it. */
function billed(state: ChainState, answer: Outcome<Billed, string>, at: ChainTime): Answer {
  if (!answer.ok) return answer;
  const next = withGrid(state, answer.value.state);
  return paid(next, [...announced(state.contracts, answer.value, at), ...endings(state, next)]);
}

function reported(
  state: ChainState,
  answer: Outcome<Reported, string>,
  what: "UpdatedUsedResources" | "NruConsumptionReportReceived",
): Answer {
  if (!answer.ok) return answer;
  const events = answer.value.told.map(
    (contractId) => ({ event: `SmartContractModule.${what}`, contractId }) as const,
  );
  return free(withGrid(state, answer.value.state), events);
}

/** The effects of calls that make, change and end contracts. */
export const deploymentEffects: Effects<Names> = {
  "contracts.create_node_contract": bySigner(PALLET, (state, account, call, at) =>
    created(state, createNodeContract(gridOf(state), { account, ...call }, timeOf(state, at))),
  ),
  "contracts.create_rent_contract": bySigner(PALLET, (state, account, call, at) =>
    created(state, createRentContract(gridOf(state), { account, ...call }, timeOf(state, at))),
  ),
  "contracts.create_name_contract": bySigner(PALLET, (state, account, call, at) =>
    created(state, createNameContract(gridOf(state), { account, ...call }, timeOf(state, at))),
  ),
  "contracts.update_node_contract": bySigner(PALLET, (state, account, call) => {
    const next = updateNodeContract(gridOf(state), { account, ...call });
    if (!next.ok) return next;
    return updated(withGrid(state, next.value), call.contract, "ContractUpdated");
  }),
  "contracts.cancel_contract": bySigner(PALLET, (state, account, { contract }, at) => {
    const terms = billingTerms(state);
    return billed(state, cancelContract(gridOf(state), { account, contract }, at, terms), at);
  }),
  "contracts.cancel_contract_collective": byGate(PALLET, (state, { contract }, at) => {
    const terms = billingTerms(state);
    return billed(state, cancelCollective(gridOf(state), contract, at, terms), at);
  }),
  "contracts.bill_contract_for_block": bySigner(PALLET, (state, account, { contract }, at) => {
    const terms = billingTerms(state);
    const answer = billed(state, bill(gridOf(state), contract, at, terms), at);
    // Since spec 152 whoever makes the blocks bills for nothing.
    const waived =
      terms.billing.rules === "reserve" && state.session.current.includes(account) && answer.ok;
    return waived ? free(answer.value.state, answer.value.events) : answer;
  }),
  "contracts.report_contract_resources": bySigner(PALLET, (state, account, { entries }) => {
    const twin = state.twins.byAccount.get(account);
    const node = twin === undefined ? undefined : state.nodes.byTwin.get(twin);
    const gone = node === undefined || state.nodes.byId.has(node) ? {} : { gone: node };
    const call = { account, entries, ...gone };
    const answer = reportContractResources(gridOf(state), call, state.runtime.strangers);
    return reported(state, answer, "UpdatedUsedResources");
  }),
  "contracts.add_nru_reports": bySigner(PALLET, (state, account, { entries }) => {
    const terms = billingTerms(state);
    const call = { account, entries };
    const answer = addTrafficReports(gridOf(state), call, terms.pricing, state.runtime.strangers);
    return reported(state, answer, "NruConsumptionReportReceived");
  }),
  "contracts.migrate_node_contract": byGate(PALLET, (state, call, at) => {
    const terms = billingTerms(state);
    const moved = migrateNodeContract(gridOf(state), call, at, terms);
    if (!moved.ok) return moved;
    const next = withGrid(state, moved.value.state);
    const after = updated(next, call.contract, "ContractUpdated");
    if (!after.ok) return after;
    const bills = [...announced(state.contracts, moved.value, at), ...endings(state, next)];
    return paid(next, [...bills, ...after.value.events]);
  }),
};
