/**
 * Creating contracts: what the chain checks, in the order in which it checks.
 *
 * Lifecycle: a call by the account that will pay; the contract is billed from the instant of its
 * creation on.
 * Source: tfchain 33046d6, pallet-smart-contract/src/grid_contract.rs, `_create_node_contract`,
 * `_create_rent_contract`; src/name_contract.rs, `_create_name_contract`; the guards for opted out
 * nodes and rents in grace from the revisions of 2025-26.
 * Quirks: neither balance nor capacity is checked; a dedicated farm's node may be rented over
 * other people's contracts; a sleeping node may be rented but takes no deployment; the length of a
 * name is counted in bytes before its letters are looked at.
 * Simplified: the texts of a deployment are not kept, whose bounds are the caller's encoding; of
 * two contracts that came to have one hash by an update the chain knows the later one only.
 */
import { accepted, bytes, cores, type Outcome, refused, tft, usd } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import type { Resources } from "../cost.ts";
import type { AccountId } from "../ledger.ts";
import {
  type ChainNode,
  type Contract,
  type ContractId,
  contractId,
  type Farm,
  type FarmId,
  type GridState,
  isDeleted,
  type NodeId,
  nodeContractsOf,
  type Payment,
  type ProviderId,
  rentOf,
  type TwinId,
  withContract,
  withPayment,
} from "./state.ts";

/** Why a contract is not created. */
export type CreateError =
  | "TwinNotExists"
  | "NodeNotExists"
  | "NodeNotAvailableToDeploy"
  | "OnlyTwinAdminCanDeployOnThisNode"
  | "FarmNotExists"
  | "ContractIsNotUnique"
  | "FarmHasNotEnoughPublicIPs"
  | "FarmHasNotEnoughPublicIPsFree"
  | "FailedToReserveIP"
  | "NodeHasRentContract"
  | "NoSuchSolutionProvider"
  | "SolutionProviderNotApproved"
  | "NameContractNameTooShort"
  | "NameContractNameTooLong"
  | "NameNotValid"
  | "NameExists";

/** The chain after a contract was created, and its number. */
export interface Created {
  readonly state: GridState;
  readonly id: ContractId;
}

/** When a contract is created, and under which rules it will be billed. */
export interface CreateTime extends ChainTime {
  readonly rules: Payment["rules"];
}

/** The most public addresses that one contract may hold, `MaxNodeContractPublicIPs`. */
const IPS_MAX = 512;
const NAME_LENGTH_MIN = 3;
const NAME_LENGTH_MAX = 64;
const NAME = /^[a-z0-9_-]*$/;
const NO_RESOURCES: Resources = { cru: cores(0n), mru: bytes(0n), sru: bytes(0n), hru: bytes(0n) };

/** The twin of an account, or null. */
export function twinOf(state: GridState, account: AccountId): TwinId | null {
  for (const [id, twin] of state.twins) if (twin.account === account) return id;
  return null;
}

/** Deploys on a node. */
export function createNodeContract(
  state: GridState,
  call: {
    readonly account: AccountId;
    readonly node: NodeId;
    readonly hash: string;
    readonly ips: number;
    readonly provider: ProviderId | null;
  },
  at: CreateTime,
): Outcome<Created, CreateError> {
  const twin = twinOf(state, call.account);
  if (twin === null) return refused("TwinNotExists");
  const node = state.nodes.get(call.node);
  if (node === undefined) return refused("NodeNotExists");
  if (node.power.down || node.power.targetDown) return refused("NodeNotAvailableToDeploy");
  if (isBarred(state, node, call.account)) return refused("OnlyTwinAdminCanDeployOnThisNode");
  const farm = state.farms.get(node.farm);
  if (farm === undefined) return refused("FarmNotExists");
  if (!isOpen(state, call.node, { node, farm, twin, rules: at.rules })) {
    return refused("NodeNotAvailableToDeploy");
  }
  const others = nodeContractsOf(state, call.node);
  if (others.some((other) => other.hash === call.hash && !isDeleted(other))) {
    return refused("ContractIsNotUnique");
  }
  const ips = reserveIps(state, node.farm, farm, call.ips);
  if (!ips.ok) return ips;
  const provider = providerError(state, call.provider);
  if (provider !== null) return refused(provider);
  return accepted(
    add(state, at, (id) => ({
      kind: "node",
      id,
      twin,
      state: { kind: "created" },
      provider: call.provider,
      node: call.node,
      hash: call.hash,
      ips: call.ips,
      used: NO_RESOURCES,
      unbilled: usd(0n),
      trafficReported: at.now,
    })),
  );
}

/** Rents a whole node. */
export function createRentContract(
  state: GridState,
  call: {
    readonly account: AccountId;
    readonly node: NodeId;
    readonly provider: ProviderId | null;
  },
  at: CreateTime,
): Outcome<Created, CreateError> {
  if (rentOf(state, call.node) !== null) return refused("NodeHasRentContract");
  const node = state.nodes.get(call.node);
  if (node === undefined) return refused("NodeNotExists");
  const farm = state.farms.get(node.farm);
  if (farm === undefined) return refused("FarmNotExists");
  if (isBarred(state, node, call.account)) return refused("OnlyTwinAdminCanDeployOnThisNode");
  if (!farm.dedicated && nodeContractsOf(state, call.node).length > 0) {
    return refused("NodeNotAvailableToDeploy");
  }
  const twin = twinOf(state, call.account);
  if (twin === null) return refused("TwinNotExists");
  const provider = providerError(state, call.provider);
  if (provider !== null) return refused(provider);
  return accepted(
    add(state, at, (id) => ({
      kind: "rent",
      id,
      twin,
      state: { kind: "created" },
      provider: call.provider,
      node: call.node,
    })),
  );
}

/** Takes a name on the gateways. */
export function createNameContract(
  state: GridState,
  call: { readonly account: AccountId; readonly name: string },
  at: CreateTime,
): Outcome<Created, CreateError> {
  const twin = twinOf(state, call.account);
  if (twin === null) return refused("TwinNotExists");
  const { name } = call;
  const { length } = new TextEncoder().encode(name);
  if (length < NAME_LENGTH_MIN) return refused("NameContractNameTooShort");
  if (length > NAME_LENGTH_MAX) return refused("NameContractNameTooLong");
  if (!NAME.test(name)) return refused("NameNotValid");
  for (const other of state.contracts.values()) {
    if (other.kind === "name" && other.name === name) return refused("NameExists");
  }
  return accepted(
    add(state, at, (id) => ({
      kind: "name",
      id,
      twin,
      state: { kind: "created" },
      provider: null,
      name,
    })),
  );
}

/** Why a provider may not be named in a contract, or null; no provider is fine. */
export function providerError(
  state: GridState,
  id: ProviderId | null,
): "NoSuchSolutionProvider" | "SolutionProviderNotApproved" | null {
  if (id === null) return null;
  const provider = state.providers.get(id);
  if (provider === undefined) return "NoSuchSolutionProvider";
  return provider.approved ? null : "SolutionProviderNotApproved";
}

/** True if a node left this billing and the caller is no admin. */
const isBarred = (state: GridState, node: ChainNode, account: AccountId): boolean =>
  node.optedOut && !state.admins.has(account);

/** True if a twin may deploy on a node: its own rent, or nobody's on an undedicated node. */
function isOpen(
  state: GridState,
  id: NodeId,
  who: {
    readonly node: ChainNode;
    readonly farm: Farm;
    readonly twin: TwinId;
    readonly rules: Payment["rules"];
  },
): boolean {
  const rent = rentOf(state, id);
  if (rent === null) return !who.farm.dedicated && who.node.extraFee === 0n;
  if (rent.twin !== who.twin) return false;
  return who.rules === "legacy" || rent.state.kind === "created";
}

function reserveIps(
  state: GridState,
  id: FarmId,
  farm: Farm,
  asked: number,
): Outcome<null, CreateError> {
  if (asked === 0) return accepted(null);
  if (farm.ips < asked) return refused("FarmHasNotEnoughPublicIPs");
  const free = farm.free ?? farm.ips - heldIn(state, id);
  // The chain takes one after the other, and its list is full before it sees that one lacks.
  if (asked > IPS_MAX && free > IPS_MAX) return refused("FailedToReserveIP");
  if (free < asked) return refused("FarmHasNotEnoughPublicIPsFree");
  return accepted(null);
}

function heldIn(state: GridState, farm: FarmId): number {
  let held = 0;
  for (const contract of state.contracts.values()) {
    if (contract.kind === "node" && state.nodes.get(contract.node)?.farm === farm) {
      held += contract.ips;
    }
  }
  return held;
}

function add(state: GridState, at: CreateTime, make: (id: ContractId) => Contract): Created {
  const made = state.contractsMade + 1;
  const id = contractId(made);
  const counted = { ...withContract(state, make(id)), contractsMade: made };
  return { state: withPayment(counted, id, firstPayment(at)), id };
}

function firstPayment({ rules, now }: CreateTime): Payment {
  const none = tft(0n);
  switch (rules) {
    case "reserve":
      return {
        rules,
        standardReserve: none,
        additionalReserve: none,
        standardOverdraft: none,
        additionalOverdraft: none,
        updated: now,
        cycles: 0,
      };
    case "legacy":
      return { rules, locked: none, extraLocked: none, updated: now, cycles: 0 };
  }
}
