/**
 * What the chain stores of a node.
 *
 * Source: tfchain 33046d6, support/src/types.rs, `Node`; pallet-tfgrid/src/lib.rs, `NodesByFarmID`,
 * `NodeIdByTwinID`, `AllowedNodeCertifiers`.
 */
import type { MilliUsd, Seconds } from "../../units/index.ts";
import type { FarmId, NodeId, TwinId } from "../contract/state.ts";
import type { Resources } from "../cost.ts";
import { withEntry } from "../entry.ts";
import type { NodeLists } from "../farm/state.ts";
import type { NodeCertification } from "../farming-policy.ts";
import type { NetworkInterface } from "../interface.ts";
import type { AccountId } from "../ledger.ts";
import type { Location } from "../location.ts";
import type { PublicConfig } from "../public-config.ts";

/** What a node tells of itself. */
export interface NodeSheet {
  readonly resources: Resources;
  readonly location: Location;
  readonly interfaces: readonly NetworkInterface[];
  readonly secureBoot: boolean;
  readonly virtualized: boolean;
  readonly serial: string | null;
}

/** One node. */
export interface RegisteredNode extends NodeSheet {
  readonly id: NodeId;
  readonly farm: FarmId;
  readonly twin: TwinId;
  readonly publicConfig: PublicConfig | null;
  readonly created: Seconds;
  /** Number of its farming policy. */
  readonly policy: number;
  readonly certification: NodeCertification;
  /** The price of a TFT, 1e-3 USD, that it keeps from its registration on. */
  readonly connectionPrice: MilliUsd;
}

/** All nodes. */
export interface NodeTable {
  readonly made: number;
  readonly byId: ReadonlyMap<NodeId, RegisteredNode>;
  /** Kept after a node deleted itself. */
  readonly byTwin: ReadonlyMap<TwinId, NodeId>;
  readonly byFarm: NodeLists;
  /** Who may certify nodes, sorted; null until the first was named. */
  readonly certifiers: readonly AccountId[] | null;
}

/** A chain without nodes. */
export const noNodes: NodeTable = {
  made: 0,
  byId: new Map(),
  byTwin: new Map(),
  byFarm: new Map(),
  certifiers: null,
};

/** What nodes announce. */
export type NodeEvent =
  | { readonly event: "TfgridModule.NodeStored"; readonly node: RegisteredNode }
  | { readonly event: "TfgridModule.NodeUpdated"; readonly node: RegisteredNode }
  | { readonly event: "TfgridModule.NodeDeleted"; readonly nodeId: NodeId }
  | {
      readonly event: "TfgridModule.NodeCertificationSet";
      readonly nodeId: NodeId;
      readonly certification: NodeCertification;
    }
  | {
      readonly event: "TfgridModule.NodeUptimeReported";
      readonly nodeId: NodeId;
      readonly now: Seconds;
      /** Seconds, as the node says; the chain takes any number. */
      readonly uptime: bigint;
    }
  | {
      readonly event: "TfgridModule.NodePublicConfigStored";
      readonly nodeId: NodeId;
      readonly publicConfig: PublicConfig | null;
    }
  | { readonly event: "TfgridModule.NodeCertifierAdded"; readonly certifier: AccountId }
  | { readonly event: "TfgridModule.NodeCertifierRemoved"; readonly certifier: AccountId };

/** The chain with one node put in or replaced. */
export const withNode = <S extends { readonly nodes: NodeTable }>(
  state: S,
  node: RegisteredNode,
): S => ({
  ...state,
  nodes: { ...state.nodes, byId: withEntry(state.nodes.byId, node.id, node) },
});

/** The nodes of a farm, in the order in which they came. */
export const nodesOfFarm = (nodes: NodeTable, farm: FarmId): readonly NodeId[] =>
  nodes.byFarm.get(farm) ?? [];
