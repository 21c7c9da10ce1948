/**
 * Invariants: what holds in every state of the chain, whatever was called.
 *
 * Each function looks at a narrow view of a state and answers the sentences that do not hold, none
 * where all is well. A part of the chain takes part by giving its view: the bills give theirs, and
 * the whole chain, which has a registry, votes and a bridge besides, gives its own after them.
 * They are read after every window of blocks in tests, and change nothing.
 *
 * Source: substrate, the idea of `try_state`; the statements are this project's own.
 */
import type { Tft } from "../units/index.ts";
import { voteWeight, weightUnits } from "./capacity.ts";
import type { ChainState } from "./chain.ts";
import {
  type Contract,
  type ContractId,
  type FarmId,
  type GridState,
  isDeleted,
  type NodeId,
  type Payment,
} from "./contract/state.ts";
import { gridOf } from "./in-force.ts";
import type { Account, AccountId } from "./ledger.ts";

/** Sentences that do not hold. */
export type Faults = readonly string[];

/** Who holds what, and the sum that the chain knows. */
export interface TokenView {
  readonly accounts: ReadonlyMap<AccountId, Account>;
  readonly issuance: Tft;
}

/** Tokens are conserved: the accounts hold what was issued, and none holds less than nothing. */
export function tokenFaults({ accounts, issuance }: TokenView): Faults {
  const faults: string[] = [];
  let held = 0n;
  for (const [id, { free, reserved, frozen }] of accounts) {
    held += free + reserved;
    if (free < 0n) faults.push(`${id} has ${free} free`);
    if (reserved < 0n) faults.push(`${id} has ${reserved} reserved`);
    if (frozen < 0n) faults.push(`${id} has ${frozen} frozen`);
  }
  if (held !== issuance) faults.push(`accounts hold ${held}, issued are ${issuance}`);
  return faults;
}

/** What came into being and what was destroyed since some beginning. */
export interface SupplyView {
  readonly genesis: Tft;
  readonly minted: Tft;
  readonly burned: Tft;
  readonly issuance: Tft;
}

/** The supply is what there was, and what was minted, less what was burned. */
export function supplyFaults({ genesis, minted, burned, issuance }: SupplyView): Faults {
  const expected = genesis + minted - burned;
  if (expected === issuance) return [];
  return [`${genesis} + ${minted} - ${burned} is ${expected}, issued are ${issuance}`];
}

/** One reason for which an account has something reserved. */
export interface Claim {
  readonly account: AccountId;
  readonly amount: Tft;
}

/** What accounts have reserved, and for what; `others` may hold reserves that nobody claims. */
export interface ReserveView {
  readonly accounts: ReadonlyMap<AccountId, Account>;
  readonly claims: readonly Claim[];
  readonly others: boolean;
}

/** What is claimed is reserved, and where there are no others, nothing else is. */
export function reserveFaults({ accounts, claims, others }: ReserveView): Faults {
  const claimed = new Map<AccountId, bigint>();
  const faults: string[] = [];
  for (const { account, amount } of claims) {
    if (amount < 0n) faults.push(`${account} is claimed ${amount}`);
    claimed.set(account, (claimed.get(account) ?? 0n) + amount);
  }
  for (const [id, amount] of claimed) {
    const reserved = accounts.get(id)?.reserved ?? 0n;
    if (reserved < amount) faults.push(`${id} has ${reserved} reserved, claimed are ${amount}`);
  }
  if (others) return faults;
  for (const [id, { reserved }] of accounts) {
    const amount = claimed.get(id) ?? 0n;
    if (reserved > amount) faults.push(`${id} has ${reserved} reserved, claimed are ${amount}`);
  }
  return faults;
}

/** The weights that a registry keeps of its farms, and those of the farms' nodes. */
export interface WeightView {
  readonly farms: ReadonlyMap<number, bigint>;
  readonly nodes: readonly { readonly farm: number; readonly weight: bigint }[];
}

/** A farm weighs what its nodes weigh together, and every node has a farm. */
export function weightFaults({ farms, nodes }: WeightView): Faults {
  const sums = new Map<number, bigint>();
  const faults: string[] = [];
  for (const { farm, weight } of nodes) {
    if (!farms.has(farm)) faults.push(`a node is in farm ${farm}, which is not there`);
    sums.set(farm, (sums.get(farm) ?? 0n) + weight);
  }
  for (const [farm, weight] of farms) {
    const sum = sums.get(farm) ?? 0n;
    if (sum !== weight) faults.push(`farm ${farm} weighs ${weight}, its nodes ${sum}`);
  }
  return faults;
}

/** What contracts have set aside, by whose account it is reserved on. */
export function contractClaims(state: GridState): readonly Claim[] {
  const claims: Claim[] = [];
  for (const [id, payment] of state.payments) {
    if (payment.rules !== "reserve") continue;
    const contract = state.contracts.get(id);
    const payer = contract === undefined ? undefined : state.twins.get(contract.twin);
    if (payer === undefined) continue;
    const amount = (payment.standardReserve + payment.additionalReserve) as Tft;
    claims.push({ account: payer.account, amount });
  }
  return claims;
}

/** Contracts and their records belong together, and share nothing that is one's own. */
export function contractFaults(state: GridState): Faults {
  const faults: string[] = [];
  const rents = new Set<number>();
  const names = new Set<string>();
  const held = new Map<number, number>();
  for (const contract of state.contracts.values()) {
    const { id, kind } = contract;
    const payment = state.payments.get(id);
    if (payment === undefined) faults.push(`contract ${id} has no record`);
    else faults.push(...recordFaults(id, payment));
    if (id > state.contractsMade) faults.push(`contract ${id} of ${state.contractsMade} made`);
    if (isDeleted(contract) && !lingers(contract)) faults.push(`contract ${id} is deleted`);
    if (kind === "name") {
      if (names.has(contract.name)) faults.push(`the name ${contract.name} is taken twice`);
      names.add(contract.name);
      continue;
    }
    if (kind === "rent") {
      if (rents.has(contract.node)) faults.push(`node ${contract.node} is rented twice`);
      rents.add(contract.node);
      continue;
    }
    const farm = state.nodes.get(contract.node)?.farm;
    if (farm !== undefined) held.set(farm, (held.get(farm) ?? 0) + contract.ips);
  }
  for (const id of state.payments.keys()) {
    if (!state.contracts.has(id)) faults.push(`a record of contract ${id}, which is not there`);
  }
  for (const [id, { ips }] of state.farms) {
    const count = held.get(id) ?? 0;
    if (count > ips) faults.push(`farm ${id} has ${ips} addresses, ${count} are held`);
  }
  return faults;
}

/** A rent cancelled asleep under the legacy rules stays until it is billed awake, or upgraded. */
const lingers = (contract: Contract): boolean => contract.kind === "rent";

function recordFaults(id: ContractId, payment: Payment): Faults {
  const amounts =
    payment.rules === "legacy"
      ? { locked: payment.locked, extraLocked: payment.extraLocked }
      : {
          standardReserve: payment.standardReserve,
          additionalReserve: payment.additionalReserve,
          standardOverdraft: payment.standardOverdraft,
          additionalOverdraft: payment.additionalOverdraft,
        };
  return Object.entries(amounts)
    .filter(([, amount]) => amount < 0n)
    .map(([name, amount]) => `contract ${id} has ${amount} as ${name}`);
}

/** Everything that holds in a state of the bills; `others` as in `ReserveView`. */
export const billingFaults = (state: GridState, others = false): Faults => [
  ...tokenFaults(state.ledger),
  ...reserveFaults({ accounts: state.ledger.accounts, claims: contractClaims(state), others }),
  ...contractFaults(state),
];

/** The weights that a chain keeps of its farms, and those that its nodes have by their hardware. */
export const weightsIn = ({ weights, nodes }: ChainState): WeightView => ({
  farms: weights,
  nodes: [...nodes.byId.values()].map(({ farm, resources }) => ({
    farm,
    weight: voteWeight(weightUnits(resources)),
  })),
});

/** Every twin, farm and node is found by what it is called, and a node in its farm alone. */
export function registryFaults({ twins, farms, nodes }: ChainState): Faults {
  const faults: string[] = [];
  for (const { id, account } of twins.byId.values())
    if (twins.byAccount.get(account) !== id) faults.push(`twin ${id} is not that of ${account}`);
  for (const { id, name, twin } of farms.byId.values()) {
    if (farms.byName.get(name) !== id) faults.push(`farm ${id} is not the one called ${name}`);
    if (!twins.byId.has(twin)) faults.push(`farm ${id} is of twin ${twin}, which is not there`);
  }
  if (farms.byName.size !== farms.byId.size) faults.push("a name is of no farm");
  const lists = new Map<NodeId, FarmId[]>();
  for (const [farm, list] of nodes.byFarm)
    for (const node of list) lists.set(node, [...(lists.get(node) ?? []), farm]);
  for (const { id, farm, twin } of nodes.byId.values()) {
    const listed = (lists.get(id) ?? []).join(" and ");
    if (listed !== String(farm)) faults.push(`node ${id} of farm ${farm} is in lists "${listed}"`);
    if (nodes.byTwin.get(twin) !== id) faults.push(`node ${id} is not that of twin ${twin}`);
  }
  return faults;
}

/** One farm has one vote, a member one veto or voice; what is done at the bridge is not open. */
export function governanceFaults({ dao, council, bridge }: ChainState): Faults {
  const faults: string[] = [];
  const once = (what: string, names: readonly (number | string)[]): void => {
    if (new Set(names).size !== names.length) faults.push(`${what} twice among ${names.join()}`);
  };
  for (const { index, ayes, nays, vetoes } of dao.open.values()) {
    const votes = [...ayes, ...nays];
    once(
      `a farm votes on proposal ${index}`,
      votes.map(({ farm }) => farm),
    );
    if (votes.some(({ weight }) => weight <= 0n)) faults.push(`proposal ${index} has idle votes`);
    once(`a member vetoes proposal ${index}`, vetoes);
    if (index >= dao.made) faults.push(`proposal ${index} of ${dao.made} made`);
  }
  for (const { index, ayes, nays } of council.motions.values()) {
    once(`a member votes on motion ${index}`, [...ayes, ...nays]);
    for (const account of [...ayes, ...nays])
      if (!council.members.includes(account)) faults.push(`${account} votes without a seat`);
  }
  once("a validator stands at the bridge", bridge.validators);
  for (const { open, done } of [bridge.mints, bridge.withdrawals])
    for (const id of open.keys())
      if (new Map<unknown, unknown>(done).has(id)) faults.push(`${id} is open and done`);
  return faults;
}

/** Everything that holds in a state of the whole chain; `others` as in `ReserveView`. */
export function chainFaults(state: ChainState, others = false): Faults {
  // Addresses stay with the farm that a node has left, so they are not counted by the node's farm.
  const grid = { ...gridOf(state), farms: new Map() };
  return [
    ...billingFaults(grid, others),
    ...weightFaults(weightsIn(state)),
    ...registryFaults(state),
    ...governanceFaults(state),
  ];
}

/**
 * A state as a text, which is equal for equal states: of all that a refused call left untouched.
 * Maps and sets are told in their order, since that is part of the state.
 */
export const fingerprint = (state: unknown): string =>
  JSON.stringify(state, (_key, value: unknown) => {
    if (typeof value === "bigint") return `${value}n`;
    if (value instanceof Map) return { map: [...value] };
    if (value instanceof Set) return { set: [...value] };
    return value;
  });
