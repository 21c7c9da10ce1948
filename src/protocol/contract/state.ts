/**
 * What the chain stores of contracts and of those whom they concern.
 *
 * Source: tfchain 33046d6, pallet-smart-contract/src/types.rs and pallet-tfgrid/src/types.rs;
 * `ContractPaymentState` from the revision of 2025 (spec 152).
 * Simplified: a farm's addresses are counted, not listed; a node's active contracts are found by
 * looking, not by a second index.
 */
import type { Blocks, MilliUsd, Of, Seconds, Tft, Usd } from "../../units/index.ts";
import type { Resources } from "../cost.ts";
import type { AccountId, Ledger } from "../ledger.ts";
import type { PricingId, PricingPolicy } from "../pricing.ts";

/** Number of a contract, from 1. */
export type ContractId = Of<number, "contract">;
/** Number of a twin. */
export type TwinId = Of<number, "twin">;
/** Number of an entity, from 1. */
export type EntityId = Of<number, "entity">;
/** Number of a farm. */
export type FarmId = Of<number, "farm">;
/** Number of a node. */
export type NodeId = Of<number, "node">;
/** Number of a solution provider, from 1. */
export type ProviderId = Of<number, "solution provider">;
/** Number of a service contract, from 1. */
export type ServiceId = Of<number, "service contract">;

/** The number of a contract. */
export const contractId = (count: number): ContractId => count as ContractId;
/** The number of a twin. */
export const twinId = (count: number): TwinId => count as TwinId;
/** The number of an entity. */
export const entityId = (count: number): EntityId => count as EntityId;
/** The number of a farm. */
export const farmId = (count: number): FarmId => count as FarmId;
/** The number of a node. */
export const nodeId = (count: number): NodeId => count as NodeId;
/** The number of a solution provider. */
export const providerId = (count: number): ProviderId => count as ProviderId;

/** The number of a service contract. */
export const serviceId = (count: number): ServiceId => count as ServiceId;

/** Why a contract was deleted. */
export type Cause = "CanceledByUser" | "CanceledByCollective" | "OutOfFunds";

/** Where a contract stands; `deleted` is over within the call that sets it. */
export type ContractState =
  | { readonly kind: "created" }
  | { readonly kind: "grace"; readonly since: Blocks }
  | { readonly kind: "deleted"; readonly cause: Cause };

interface ContractBase {
  readonly id: ContractId;
  /** Whose it is, and who pays. */
  readonly twin: TwinId;
  readonly state: ContractState;
  /** The solution provider, or null; paid under the legacy rules only. */
  readonly provider: ProviderId | null;
}

/** A deployment on a node. */
export interface NodeContract extends ContractBase {
  readonly kind: "node";
  readonly node: NodeId;
  /** Hash of the deployment, one a node. */
  readonly hash: string;
  /** Public addresses held. */
  readonly ips: number;
  /** What the node last reported as used. */
  readonly used: Resources;
  /** Traffic reported since the last bill, in 1e-7 USD. */
  readonly unbilled: Usd;
  /** The instant of the last traffic report. */
  readonly trafficReported: Seconds;
}

/** A whole node, rented. */
export interface RentContract extends ContractBase {
  readonly kind: "rent";
  readonly node: NodeId;
}

/** A name on the gateways. */
export interface NameContract extends ContractBase {
  readonly kind: "name";
  readonly name: string;
}

/** Any contract. */
export type Contract = NodeContract | RentContract | NameContract;

/** What a contract owes and has set aside, by the rules that bill it; amounts in 1e-7 TFT. */
export type Payment = ReservePayment | LegacyPayment;

/** The record since spec 152. */
export interface ReservePayment {
  readonly rules: "reserve";
  readonly standardReserve: Tft;
  readonly additionalReserve: Tft;
  readonly standardOverdraft: Tft;
  readonly additionalOverdraft: Tft;
  readonly updated: Seconds;
  readonly cycles: number;
}

/** The record up to spec 151. */
export interface LegacyPayment {
  readonly rules: "legacy";
  readonly locked: Tft;
  readonly extraLocked: Tft;
  readonly updated: Seconds;
  readonly cycles: number;
}

/** A user or a farmer; the stash counts for the discount only. */
export interface Twin {
  readonly account: AccountId;
  readonly stash: AccountId | null;
}

/** A farm, with the number of public addresses that it owns. */
export interface Farm {
  readonly twin: TwinId;
  readonly dedicated: boolean;
  readonly ips: number;
  /** How many of them are free; counted from the contracts of its nodes where it is left out. */
  readonly free?: number;
  /** The pricing policy of its network reports; the first where none is named. */
  readonly pricing?: PricingId;
}

/** A node as contracts see it. */
export interface ChainNode {
  readonly farm: FarmId;
  readonly twin: TwinId | null;
  readonly resources: Resources;
  readonly certified: boolean;
  /** What the farmer asks above the rent, 1e-3 USD a month; above zero the node is dedicated. */
  readonly extraFee: MilliUsd;
  /** What the node says of itself, and what its farmer wants. */
  readonly power: { readonly down: boolean; readonly targetDown: boolean };
  /** True if the node left this billing (addition of 2026). */
  readonly optedOut: boolean;
}

/** Those who share what contracts pay under the legacy rules. */
export interface SolutionProvider {
  readonly approved: boolean;
  readonly shares: readonly { readonly account: AccountId; readonly take: bigint }[];
}

/** Where a service contract stands; approvals are not reset by later edits. */
export type ServiceState =
  | { readonly kind: "created" }
  | {
      readonly kind: "agreementReady";
      readonly byService: boolean;
      readonly byConsumer: boolean;
    }
  | { readonly kind: "approvedByBoth"; readonly lastBill: Seconds };

/** One twin's service to another, outside the capacity of the grid. */
export interface ServiceContract {
  readonly id: ServiceId;
  readonly service: TwinId;
  readonly consumer: TwinId;
  /** 1e-3 USD an hour. */
  readonly baseFee: MilliUsd;
  /** The most above the base fee, 1e-3 USD an hour. */
  readonly variableFee: MilliUsd;
  readonly metadata: string;
  readonly state: ServiceState;
}

/** The part of the chain's storage that contracts and their bills read and write. */
export interface GridState {
  readonly ledger: Ledger;
  readonly twins: ReadonlyMap<TwinId, Twin>;
  readonly farms: ReadonlyMap<FarmId, Farm>;
  readonly nodes: ReadonlyMap<NodeId, ChainNode>;
  /** In the order of their creation. */
  readonly contracts: ReadonlyMap<ContractId, Contract>;
  readonly payments: ReadonlyMap<ContractId, Payment>;
  readonly providers: ReadonlyMap<ProviderId, SolutionProvider>;
  readonly services: ReadonlyMap<ServiceId, ServiceContract>;
  readonly contractsMade: number;
  readonly servicesMade: number;
  readonly providersMade: number;
  /** Accounts that may deploy on nodes which left this billing. */
  readonly admins: ReadonlySet<AccountId>;
  /** Buckets of the billing loop, once the frequency was raised; without, the number's own. */
  readonly buckets?: ReadonlyMap<ContractId, number>;
  /** Pricing policies by number; without, all contracts have the one of the bill's terms. */
  readonly pricings?: ReadonlyMap<PricingId, PricingPolicy>;
  /** Who receives the shares that are nobody's in particular. */
  readonly beneficiaries: {
    readonly staking: AccountId;
    readonly foundation: AccountId;
    readonly sales: AccountId;
  };
}

/** What the chain stores of contracts alone, without those whom they concern. */
export type ContractBook = Omit<
  GridState,
  "ledger" | "twins" | "farms" | "nodes" | "beneficiaries"
>;

/** A chain without contracts. */
export const noContracts: ContractBook = {
  contracts: new Map(),
  payments: new Map(),
  providers: new Map(),
  services: new Map(),
  contractsMade: 0,
  servicesMade: 0,
  providersMade: 0,
  admins: new Set(),
};

/** The state with one contract replaced or added. */
export const withContract = (state: GridState, contract: Contract): GridState => ({
  ...state,
  contracts: new Map(state.contracts).set(contract.id, contract),
});

/** The state with one contract's payment record replaced or added. */
export const withPayment = (state: GridState, id: ContractId, payment: Payment): GridState => ({
  ...state,
  payments: new Map(state.payments).set(id, payment),
});

/** The state with another ledger. */
export const withLedger = (state: GridState, ledger: Ledger): GridState => ({ ...state, ledger });

/** The rent contract of a node, or null; one that was deleted counts until it is removed. */
export function rentOf(state: Pick<GridState, "contracts">, node: NodeId): RentContract | null {
  for (const contract of state.contracts.values()) {
    if (contract.kind === "rent" && contract.node === node) return contract;
  }
  return null;
}

/** The node contracts of a node that were not removed, in the order of their creation. */
export function nodeContractsOf(
  state: Pick<GridState, "contracts">,
  node: NodeId,
): readonly NodeContract[] {
  const found: NodeContract[] = [];
  for (const contract of state.contracts.values()) {
    if (contract.kind === "node" && contract.node === node) found.push(contract);
  }
  return found;
}

/** True if any contract is on a node, rented or deployed. */
export const hasContracts = (state: Pick<GridState, "contracts">, node: NodeId): boolean =>
  rentOf(state, node) !== null || nodeContractsOf(state, node).length > 0;

/** True if the contract is on its way out. */
export const isDeleted = (contract: Contract): boolean => contract.state.kind === "deleted";

/** Removes a contract and its record; a rent contract takes its node contracts along, unbilled. */
export function removeContract(state: GridState, id: ContractId): GridState {
  const contracts = new Map(state.contracts);
  const payments = new Map(state.payments);
  const gone = contracts.get(id);
  const doomed =
    gone?.kind === "rent" ? nodeContractsOf(state, gone.node).map((child) => child.id) : [];
  for (const each of [...doomed, id]) {
    contracts.delete(each);
    payments.delete(each);
  }
  return { ...state, contracts, payments };
}
