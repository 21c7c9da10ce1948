/**
 * What the chain stores of a farm.
 *
 * Source: tfchain 33046d6, support/src/types.rs, `Farm`, `PublicIP`, `FarmingPolicyLimit`.
 */
import type { ContractId, FarmId, NodeId, TwinId } from "../contract/state.ts";
import { withEntry } from "../entry.ts";
import type { FarmCertification, PolicyLimits } from "../farming-policy.ts";
import type { AccountId } from "../ledger.ts";
import { accountOfTwin, type TwinTable } from "../twin.ts";

/** A public address of a farm, and the contract that holds it, or null. */
export interface FarmIp {
  readonly ip: string;
  readonly gw: string;
  readonly contract: ContractId | null;
}

/** Limits of an attached policy, with the flag that the chain stores and never reads. */
export interface AttachedLimits extends PolicyLimits {
  readonly certifiedOnly: boolean;
}

/** One farm. */
export interface RegisteredFarm {
  readonly id: FarmId;
  readonly name: string;
  readonly twin: TwinId;
  /** Always 1: no call changes it. */
  readonly pricingPolicy: number;
  readonly certification: FarmCertification;
  readonly ips: readonly FarmIp[];
  /** True if its nodes are rented as a whole only. */
  readonly dedicated: boolean;
  /** The policy attached to it, with what is left of its quota, or null. */
  readonly limits: AttachedLimits | null;
}

/** All farms. */
export interface FarmTable {
  readonly made: number;
  readonly byId: ReadonlyMap<FarmId, RegisteredFarm>;
  readonly byName: ReadonlyMap<string, FarmId>;
  /** Where rewards are paid, as the farmer wrote it. */
  readonly payouts: ReadonlyMap<FarmId, string>;
}

/** A chain without farms. */
export const noFarms: FarmTable = {
  made: 0,
  byId: new Map(),
  byName: new Map(),
  payouts: new Map(),
};

/** The part of the chain that calls on farms see. */
export interface FarmView {
  readonly farms: FarmTable;
  readonly twins: TwinTable;
}

/** What farms announce. */
export type FarmEvent =
  | { readonly event: "TfgridModule.FarmStored"; readonly farm: RegisteredFarm }
  | { readonly event: "TfgridModule.FarmUpdated"; readonly farm: RegisteredFarm }
  | {
      readonly event: "TfgridModule.FarmPayoutV2AddressRegistered";
      readonly farmId: FarmId;
      readonly address: string;
    }
  | {
      readonly event: "TfgridModule.FarmCertificationSet";
      readonly farmId: FarmId;
      readonly certification: FarmCertification;
    }
  | {
      readonly event: "TfgridModule.FarmingPolicySet";
      readonly farmId: FarmId;
      readonly limits: AttachedLimits;
    };

/** The chain with one farm replaced. */
export const withFarm = <S extends { readonly farms: FarmTable }>(
  state: S,
  farm: RegisteredFarm,
): S => ({
  ...state,
  farms: { ...state.farms, byId: withEntry(state.farms.byId, farm.id, farm) },
});

/** The account that owns a farm, or null for a farm that does not exist. */
export function ownerOfFarm(state: FarmView, id: FarmId): AccountId | null {
  const farm = state.farms.byId.get(id);
  return farm === undefined ? null : accountOfTwin(state.twins, farm.twin);
}

/** The nodes of each farm, in the order in which they came. */
export type NodeLists = ReadonlyMap<FarmId, readonly NodeId[]>;
