/**
 * Service contracts: one twin pays another by the hour, with the chain as the cashier.
 *
 * Lifecycle: created by either party; ready once it has metadata and a base fee; billed by the
 * service once both approved; rejected or cancelled by either.
 * Source: tfchain 33046d6, pallet-smart-contract/src/service_contract.rs; ADR 0003.
 * Quirks: an edit after one party's approval does not undo that approval, nor the readiness; more
 * than an hour since the last bill is lost to the service; a consumer without funds would end the
 * contract, but the call fails as a whole, so the contract stays.
 * Disagreement: the specification of ADR 0003 has the service tell its window and refuses more than
 * an hour; the chain measures and caps it, the default. The word `refused` of `billService` turns
 * away what is longer, under a name of ours, `WindowTooLong`.
 */
import {
  accepted,
  type MilliUsd,
  milliUsd,
  type Outcome,
  refused,
  type Seconds,
  seconds,
  type Tft,
  tft,
} from "../units/index.ts";
import type { BillingTerms } from "./billing/policy.ts";
import { twinOf } from "./contract/create.ts";
import {
  type GridState,
  type ServiceContract,
  type ServiceId,
  type ServiceState,
  serviceId,
  type TwinId,
  withLedger,
} from "./contract/state.ts";
import { serviceCost, serviceVariableMax } from "./cost.ts";
import {
  type AccountId,
  type TokenError,
  transferKeepAlive,
  usableLegacy,
  usableReserve,
} from "./ledger.ts";
import { toTft } from "./price.ts";

/** The most bytes of a contract's and of a bill's metadata. */
const METADATA_MAX = 64;
const BILL_METADATA_MAX = 50;
/** The longest window that one bill covers. */
const WINDOW_MAX = 3_600;

/** Why a service contract is not found or not the caller's. */
export type ServiceAccessError = "TwinNotExists" | "ServiceContractNotExists" | "TwinNotAuthorized";

/** A caller and the service contract that the call is about. */
export interface ServiceCall {
  readonly account: AccountId;
  readonly id: ServiceId;
}

/** Opens a service contract between two twins; the caller must be one of them. */
export function createService(
  state: GridState,
  call: {
    readonly account: AccountId;
    readonly service: AccountId;
    readonly consumer: AccountId;
  },
): Outcome<
  { readonly state: GridState; readonly id: ServiceId },
  "TwinNotExists" | "TwinNotAuthorized" | "ServiceContractCreationNotAllowed"
> {
  const caller = twinOf(state, call.account);
  const service = twinOf(state, call.service);
  const consumer = twinOf(state, call.consumer);
  if (caller === null || service === null || consumer === null) return refused("TwinNotExists");
  if (caller !== service && caller !== consumer) return refused("TwinNotAuthorized");
  if (service === consumer) return refused("ServiceContractCreationNotAllowed");
  const servicesMade = state.servicesMade + 1;
  const id = serviceId(servicesMade);
  const none = milliUsd(0n);
  const contract: ServiceContract = {
    id,
    service,
    consumer,
    baseFee: none,
    variableFee: none,
    metadata: "",
    state: { kind: "created" },
  };
  return accepted({ state: { ...withService(state, contract), servicesMade }, id });
}

/** Sets what the service is; either party, until both approved. */
export function setServiceMetadata(
  state: GridState,
  call: ServiceCall & { readonly metadata: string },
): Outcome<
  GridState,
  ServiceAccessError | "ServiceContractModificationNotAllowed" | "ServiceContractMetadataTooLong"
> {
  const found = find(state, call);
  if (!found.ok) return found;
  const { twin, contract } = found.value;
  if (!isParty(contract, twin)) return refused("TwinNotAuthorized");
  if (contract.state.kind === "approvedByBoth") {
    return refused("ServiceContractModificationNotAllowed");
  }
  const { metadata } = call;
  if (sizeOf(metadata) > METADATA_MAX) return refused("ServiceContractMetadataTooLong");
  const now = contract.baseFee === 0n ? contract.state : ready(contract.state);
  return accepted(withService(state, { ...contract, metadata, state: now }));
}

/** Sets the fees, 1e-3 USD an hour; the service alone, until both approved. */
export function setServiceFees(
  state: GridState,
  call: ServiceCall & { readonly baseFee: MilliUsd; readonly variableFee: MilliUsd },
): Outcome<GridState, ServiceAccessError | "ServiceContractModificationNotAllowed"> {
  const found = find(state, call);
  if (!found.ok) return found;
  const { twin, contract } = found.value;
  if (twin !== contract.service) return refused("TwinNotAuthorized");
  if (contract.state.kind === "approvedByBoth") {
    return refused("ServiceContractModificationNotAllowed");
  }
  const { baseFee, variableFee } = call;
  const now = contract.metadata === "" ? contract.state : ready(contract.state);
  return accepted(withService(state, { ...contract, baseFee, variableFee, state: now }));
}

/** Approves for the caller's side; with the second approval the first window begins. */
export function approveService(
  state: GridState,
  call: ServiceCall,
  now: Seconds,
): Outcome<GridState, ServiceAccessError | "ServiceContractApprovalNotAllowed"> {
  const found = find(state, call);
  if (!found.ok) return found;
  const { twin, contract } = found.value;
  const { state: current } = contract;
  if (current.kind !== "agreementReady") return refused("ServiceContractApprovalNotAllowed");
  if (!isParty(contract, twin)) return refused("TwinNotAuthorized");
  const byService = current.byService || twin === contract.service;
  const byConsumer = current.byConsumer || twin === contract.consumer;
  const next: ServiceState =
    byService && byConsumer
      ? { kind: "approvedByBoth", lastBill: now }
      : { kind: "agreementReady", byService, byConsumer };
  return accepted(withService(state, { ...contract, state: next }));
}

/** Rejects what is ready but not approved by both; the contract is gone. */
export function rejectService(
  state: GridState,
  call: ServiceCall,
): Outcome<GridState, ServiceAccessError | "ServiceContractRejectionNotAllowed"> {
  const contract = state.services.get(call.id);
  if (contract === undefined) return refused("ServiceContractNotExists");
  if (contract.state.kind !== "agreementReady") {
    return refused("ServiceContractRejectionNotAllowed");
  }
  return cancelService(state, call);
}

/** Ends a service contract in any state, by either party. */
export function cancelService(
  state: GridState,
  call: ServiceCall,
): Outcome<GridState, ServiceAccessError> {
  const found = find(state, call);
  if (!found.ok) return found;
  const { twin, contract } = found.value;
  if (!isParty(contract, twin)) return refused("TwinNotAuthorized");
  const services = new Map(state.services);
  services.delete(contract.id);
  return accepted({ ...state, services });
}

/** Why a service's bill is not paid. */
export type ServiceBillError =
  | ServiceAccessError
  | "ServiceContractBillingNotApprovedByBoth"
  | "ServiceContractBillingVariableAmountTooHigh"
  | "ServiceContractBillMetadataTooLong"
  | "ServiceContractNotEnoughFundsToPayBill"
  | "WindowTooLong"
  | "ArithmeticOverflow"
  | TokenError;

/** What becomes of a window of more than an hour. */
export type WindowRule = "capped" | "refused";

/** The chain after a service's bill, and what the consumer paid in 1e-7 TFT. */
export interface ServiceBilled {
  readonly state: GridState;
  readonly amount: Tft;
  readonly window: Seconds;
}

/** Bills the consumer for the time since the last bill, an hour at most; the service alone. */
export function billService(
  state: GridState,
  call: ServiceCall & { readonly variableAmount: MilliUsd; readonly metadata: string },
  now: Seconds,
  terms: Pick<BillingTerms, "billing" | "price">,
  rule: WindowRule = "capped",
): Outcome<ServiceBilled, ServiceBillError> {
  const found = find(state, call);
  if (!found.ok) return found;
  const { twin, contract } = found.value;
  if (twin !== contract.service) return refused("TwinNotAuthorized");
  if (contract.state.kind !== "approvedByBoth") {
    return refused("ServiceContractBillingNotApprovedByBoth");
  }
  const passed = now - contract.state.lastBill;
  if (rule === "refused" && passed > WINDOW_MAX) return refused("WindowTooLong");
  const window = seconds(Math.min(passed, WINDOW_MAX));
  const { variableAmount } = call;
  if (variableAmount > serviceVariableMax(contract.variableFee, window)) {
    return refused("ServiceContractBillingVariableAmountTooHigh");
  }
  if (sizeOf(call.metadata) > BILL_METADATA_MAX) {
    return refused("ServiceContractBillMetadataTooLong");
  }
  const cost = serviceCost({ base: contract.baseFee, variableAmount }, window);
  // The chain asks for the price only where something has a cost, and then divides by it.
  if (cost > 0n && terms.price === 0n) return refused("ArithmeticOverflow");
  const amount = cost === 0n ? tft(0n) : toTft(cost, terms.price);
  const paid = pay(state, contract, amount, terms);
  if (!paid.ok) return paid;
  const billed: ServiceContract = { ...contract, state: { kind: "approvedByBoth", lastBill: now } };
  return accepted({ state: withService(paid.value, billed), amount, window });
}

function pay(
  state: GridState,
  contract: ServiceContract,
  amount: Tft,
  terms: Pick<BillingTerms, "billing">,
): Outcome<GridState, ServiceBillError> {
  const service = state.twins.get(contract.service);
  const consumer = state.twins.get(contract.consumer);
  if (service === undefined || consumer === undefined) return refused("TwinNotExists");
  const usable = terms.billing.rules === "reserve" ? usableReserve : usableLegacy;
  if (usable(state.ledger, consumer.account) < amount) {
    return refused("ServiceContractNotEnoughFundsToPayBill");
  }
  const order = { from: consumer.account, to: service.account, amount };
  const paid = transferKeepAlive(state.ledger, order);
  return paid.ok ? accepted(withLedger(state, paid.value)) : paid;
}

/** The caller's twin and the contract, in the order in which the chain asks. */
function find(
  state: GridState,
  call: ServiceCall,
): Outcome<
  { readonly twin: TwinId; readonly contract: ServiceContract },
  "TwinNotExists" | "ServiceContractNotExists"
> {
  const twin = twinOf(state, call.account);
  if (twin === null) return refused("TwinNotExists");
  const contract = state.services.get(call.id);
  if (contract === undefined) return refused("ServiceContractNotExists");
  return accepted({ twin, contract });
}

/** Ready for approval; approvals already given stay. */
function ready(current: ServiceState): ServiceState {
  switch (current.kind) {
    case "created":
      return { kind: "agreementReady", byService: false, byConsumer: false };
    case "agreementReady":
    case "approvedByBoth":
      return current;
  }
}

const isParty = (contract: ServiceContract, twin: TwinId): boolean =>
  twin === contract.service || twin === contract.consumer;

const sizeOf = (text: string): number => new TextEncoder().encode(text).length;

const withService = (state: GridState, contract: ServiceContract): GridState => ({
  ...state,
  services: new Map(state.services).set(contract.id, contract),
});
