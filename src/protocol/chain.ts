/**
 * Chain: everything that the chain stores, one slice a noun. A call replaces the slices that it
 * changes and shares the rest, so that the state before it stays what it was.
 *
 * Source: tfchain 33046d6, the storage and events of each pallet, as the noun's file names them.
 */
import { type Blocks, type MilliUsd, milliUsd, type Seconds, type Tft } from "../units/index.ts";
import type { BillingEvent } from "./billing/announced.ts";
import { type BridgeEvent, type BridgeState, noTransactions } from "./bridge/state.ts";
import type { Burn, BurningEvent } from "./burning.ts";
import type { Call } from "./call.ts";
import type { OptOutEvent, OptOutTable } from "./contract/opt-out.ts";
import {
  type Cause,
  type Contract,
  type ContractBook,
  type ContractId,
  type NodeId,
  noContracts,
  type ServiceContract,
  type ServiceId,
  type SolutionProvider,
  type TwinId,
} from "./contract/state.ts";
import { type CouncilEvent, type CouncilState, councilOf } from "./council/state.ts";
import type { DaoEvent, DaoState } from "./dao.ts";
import { type EntityEvent, type EntityTable, noEntities } from "./entity.ts";
import { type FarmEvent, type FarmIp, type FarmTable, noFarms } from "./farm/state.ts";
import type { FarmingBook, FarmingBookEvent } from "./farming-book.ts";
import type { KvEvent, KvStore } from "./kv.ts";
import type { AccountId, Ledger } from "./ledger.ts";
import { type NodeEvent, type NodeTable, noNodes } from "./node/state.ts";
import type { PowerEvent, PowerTable } from "./power.ts";
import { noPrice, type PriceEvent, type PriceState } from "./price-feed.ts";
import type { PricingBook, PricingBookEvent } from "./pricing-book.ts";
import type { Runtime, RuntimeEvent } from "./runtime.ts";
import { noTwins, type TwinEvent, type TwinTable } from "./twin.ts";
import {
  type SessionState,
  sessionOf,
  type ValidatorEvent,
  type ValidatorSet,
  type ValidatorState,
} from "./validator.ts";
import type { FarmWeights } from "./weight.ts";
import type { ZosEvent } from "./zos.ts";

/** What the chain stores. */
export interface ChainState {
  readonly runtime: Runtime;
  readonly ledger: Ledger;
  readonly twins: TwinTable;
  readonly entities: EntityTable;
  readonly farms: FarmTable;
  readonly nodes: NodeTable;
  readonly weights: FarmWeights;
  readonly power: PowerTable;
  readonly farming: FarmingBook;
  readonly pricing: PricingBook;
  readonly zos: string;
  readonly contracts: ContractBook;
  /** What farmers ask above the rent of a node, 1e-3 USD a month. */
  readonly extraFees: ReadonlyMap<NodeId, MilliUsd>;
  /** Nodes that left this billing, and what their farmers noted of it (additions of 2026). */
  readonly optOuts: OptOutTable;
  /** Blocks between two bills of a contract. */
  readonly frequency: Blocks;
  /** Who receives the share of stakers. */
  readonly staking: AccountId;
  readonly dao: DaoState<Call>;
  readonly council: CouncilState<Call>;
  readonly validators: ValidatorState;
  readonly validatorSet: ValidatorSet;
  readonly session: SessionState;
  readonly price: PriceState;
  readonly bridge: BridgeState;
  readonly burned: readonly Burn[];
  readonly kv: KvStore;
}

/** What a service charged, in 1e-3 USD above its base fee. */
export interface ServiceCharge {
  readonly variableAmount: MilliUsd;
  readonly window: Seconds;
  readonly metadata: string;
}

/** What the rest of the contract pallet announces. */
export type ContractCallEvent =
  | {
      readonly event: "SmartContractModule.ContractCreated" | "SmartContractModule.ContractUpdated";
      readonly contract: Contract;
    }
  | {
      readonly event: "SmartContractModule.NodeContractCanceled";
      readonly contractId: ContractId;
      readonly nodeId: NodeId;
      readonly twinId: TwinId;
    }
  | {
      readonly event:
        | "SmartContractModule.NameContractCanceled"
        | "SmartContractModule.RentContractCanceled"
        | "SmartContractModule.UpdatedUsedResources"
        | "SmartContractModule.NruConsumptionReportReceived";
      readonly contractId: ContractId;
    }
  | {
      readonly event: "SmartContractModule.IPsFreed";
      readonly contractId: ContractId;
      readonly publicIps: readonly FarmIp[];
    }
  | {
      readonly event: "SmartContractModule.SolutionProviderCreated";
      readonly solutionProviderId: number;
      readonly providers: SolutionProvider["shares"];
    }
  | {
      readonly event: `SmartContractModule.ServiceContract${
        | "Created"
        | "MetadataSet"
        | "FeesSet"
        | "Approved"}`;
      readonly service: ServiceContract;
    }
  | {
      readonly event: "SmartContractModule.ServiceContractCanceled";
      readonly serviceContractId: ServiceId;
      readonly cause: Cause;
    }
  | {
      readonly event: "SmartContractModule.ServiceContractBilled";
      readonly service: ServiceContract;
      readonly charge: ServiceCharge;
      readonly amount: Tft;
    }
  | {
      readonly event: "SmartContractModule.NodeExtraFeeSet";
      readonly nodeId: NodeId;
      readonly extraFee: MilliUsd;
    }
  | {
      readonly event: "SmartContractModule.BillingFrequencyChanged";
      readonly frequency: Blocks;
    }
  | {
      readonly event: "SmartContractModule.SolutionProviderApproved";
      readonly solutionProviderId: number;
      readonly approved: boolean;
    };

/** What calls of substrate's own pallets announce. */
export type SystemEvent =
  | {
      readonly event: "Balances.Transfer";
      readonly from: AccountId;
      readonly to: AccountId;
      readonly amount: bigint;
    }
  | {
      readonly event: "Balances.BalanceSet";
      readonly who: AccountId;
      readonly free: bigint;
    }
  | {
      readonly event:
        | "Utility.ItemCompleted"
        | "Utility.BatchCompleted"
        | "Utility.BatchCompletedWithErrors";
    }
  | { readonly event: "Utility.ItemFailed"; readonly error: string }
  | {
      readonly event: "Utility.BatchInterrupted";
      readonly index: number;
      readonly error: string;
    };

/** Anything that the chain announces. */
export type ChainEvent =
  | BillingEvent
  | BridgeEvent
  | BurningEvent
  | ContractCallEvent
  | CouncilEvent
  | DaoEvent
  | EntityEvent
  | FarmEvent
  | FarmingBookEvent
  | KvEvent
  | NodeEvent
  | OptOutEvent
  | PowerEvent
  | PriceEvent
  | PricingBookEvent
  | RuntimeEvent
  | SystemEvent
  | TwinEvent
  | ValidatorEvent
  | ZosEvent;

/** What a chain starts with. */
export interface Genesis {
  readonly runtime: Runtime;
  readonly ledger: Ledger;
  readonly farming: FarmingBook;
  readonly pricing: PricingBook;
  readonly bounds: PriceState["bounds"];
  /** Sorted. */
  readonly council: readonly AccountId[];
  readonly authorities: readonly AccountId[];
  readonly bridge: Pick<BridgeState, "depositFee" | "withdrawFee" | "feeAccount" | "validators">;
  readonly staking: AccountId;
}

/** A chain of which only the genesis is known. */
export const chainAt = (genesis: Genesis): ChainState => ({
  runtime: genesis.runtime,
  ledger: genesis.ledger,
  twins: noTwins,
  entities: noEntities,
  farms: noFarms,
  nodes: noNodes,
  weights: new Map(),
  power: new Map(),
  farming: genesis.farming,
  pricing: genesis.pricing,
  zos: "",
  contracts: noContracts,
  extraFees: new Map(),
  optOuts: new Map(),
  frequency: genesis.runtime.billing.frequency,
  staking: genesis.staking,
  dao: { made: 0, open: new Map() },
  council: councilOf(genesis.council),
  validators: { requests: new Map(), bonds: new Map() },
  validatorSet: { nodes: genesis.authorities, approved: genesis.authorities },
  session: sessionOf(genesis.authorities),
  price: noPrice(genesis.bounds),
  bridge: {
    ...genesis.bridge,
    mints: noTransactions,
    withdrawals: noTransactions,
    withdrawalsMade: 0,
    refunds: noTransactions,
  },
  burned: [],
  kv: new Map(),
});

/** What a farmer asks above the rent of a node, 1e-3 USD a month; nothing where it is not set. */
export const extraFeeOf = (state: Pick<ChainState, "extraFees">, node: NodeId): MilliUsd =>
  state.extraFees.get(node) ?? milliUsd(0n);
