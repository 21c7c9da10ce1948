/**
 * Invariants: what holds in every state of the chain, whatever was called.
 *
 * Each function looks at a narrow view of a state and answers the sentences that do not hold, none
 * where all is well. A part of the chain takes part by giving its view: the bills give theirs
 * below, a registry gives the weights of its farms, a bridge or a council what it holds reserved.
 * They are read after every window of blocks in tests, and change nothing.
 *
 * Source: substrate, the idea of `try_state`; the statements are this project's own.
 */
import type { Tft } from "../units/index.ts";
import {
  type Contract,
  type ContractId,
  type GridState,
  isDeleted,
  type Payment,
} from "./contract/state.ts";
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
