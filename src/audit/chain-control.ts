/**
 * World controls of cases: what happens around the calls, such as time, balances and contracts
 * that other parts of the chain would have made.
 */
import {
  type Account,
  type AccountId,
  accountOf,
  type ChainEvent,
  type ChainState,
  type Contract,
  type ContractId,
  contractId,
  farmId,
  freeze,
  type LegacyPayment,
  type NodeId,
  nodeContractsOf,
  nodeId,
  rentOf,
  turnBlock,
  twinId,
} from "../protocol/index.ts";
import { blocks, bytes, cores, seconds, tft, usd } from "../units/index.ts";
import { bigAt, nameAt } from "./chain-reader.ts";
import { blame, count, item, maybe, mute, named, type Spot } from "./spot.ts";

/** Where a case stands: the chain and the time on it. */
export interface CaseMoment {
  readonly state: ChainState;
  readonly block: number;
  readonly ms: bigint;
  /** What is locked in each account, by the name of the lock. */
  readonly locks: ReadonlyMap<AccountId, ReadonlyMap<string, bigint>>;
}

/** The moment after a control, and what the chain announced meanwhile. */
export interface Controlled {
  readonly moment: CaseMoment;
  readonly events: readonly ChainEvent[];
}

/** What a control does to the moment. */
export type Control = (moment: CaseMoment) => Controlled;

const quiet = (moment: CaseMoment): Controlled => ({ moment, events: [] });

/** Spots of the items of a list that has so many of them at most. */
function itemsOf(spot: Spot, ...names: readonly string[]): readonly Spot[] {
  const { value } = spot;
  const fits = Array.isArray(value) && value.length <= names.length;
  if (!fits) blame(spot, `a list of ${names.join(", ")}`);
  return names.map((_, place) => (fits ? item(spot, place) : mute(item(spot, place))));
}

function setBlock(spot: Spot): Control {
  const block = count(spot);
  return (moment) => quiet({ ...moment, block });
}

function setTime(spot: Spot): Control {
  const ms = bigAt(spot);
  return (moment) => quiet({ ...moment, ms });
}

function runToBlock(spot: Spot): Control {
  const last = count(spot);
  return (moment) => blocksTurned(moment, last);
}

/** Block by block, with the end of each block that is left. */
function blocksTurned(moment: CaseMoment, last: number): Controlled {
  let { state, block } = moment;
  const events: ChainEvent[] = [];
  for (; block < last; block++) {
    const turn = turnBlock(state, blocks(block));
    state = turn.state;
    events.push(...turn.events);
  }
  return { moment: { ...moment, state, block }, events };
}

function setBalances(spot: Spot): Control {
  const balances = named(spot, (row, account) => [account, bigAt(row)] as const);
  return (moment) => {
    let { ledger } = moment.state;
    for (const [account, free] of balances) {
      const before = accountOf(ledger, account);
      const after: Account = { ...before, free: tft(free) };
      ledger = {
        ...ledger,
        accounts: new Map(ledger.accounts).set(account, after),
        issuance: tft(ledger.issuance - before.free + free),
      };
    }
    return quiet({ ...moment, state: { ...moment.state, ledger } });
  };
}

/** Locks overlay each other: the greatest counts. */
function setLock(spot: Spot): Control {
  const [account, id, locked] = itemsOf(spot, "an account", "the name of a lock", "an amount");
  const [who, lock, amount] = [nameAt(account), nameAt(id), bigAt(locked)];
  return (moment) => {
    const own = new Map(moment.locks.get(who) ?? []).set(lock, amount);
    const greatest = [...own.values()].reduce((most, each) => (each > most ? each : most), 0n);
    const ledger = freeze(moment.state.ledger, who, tft(greatest));
    const locks = new Map(moment.locks).set(who, own);
    return quiet({ ...moment, locks, state: { ...moment.state, ledger } });
  };
}

/** Numbers of contracts that a case puts on nodes, far from those that the chain makes. */
const PLACED = 1_000_000_000;
/** The twin of such contracts, which does not exist. */
const NOBODY = twinId(0);
const NOTHING_USED = { cru: cores(0n), mru: bytes(0n), sru: bytes(0n), hru: bytes(0n) };

function withContracts(
  moment: CaseMoment,
  node: NodeId,
  replaced: Contract["kind"],
  placed: readonly (readonly [Contract, LegacyPayment])[],
): Controlled {
  const book = moment.state.contracts;
  const contracts = new Map(book.contracts);
  const payments = new Map(book.payments);
  const rent = rentOf(book, node);
  const before = replaced === "rent" ? (rent === null ? [] : [rent]) : nodeContractsOf(book, node);
  for (const { id } of before) {
    contracts.delete(id);
    payments.delete(id);
  }
  for (const [contract, payment] of placed) {
    contracts.set(contract.id, contract);
    payments.set(contract.id, payment);
  }
  const state = { ...moment.state, contracts: { ...book, contracts, payments } };
  return quiet({ ...moment, state });
}

const idOf = (node: NodeId, place: number): ContractId => contractId(PLACED * (node + 1) + place);

const payment = (updated: number): LegacyPayment => ({
  rules: "legacy",
  locked: tft(0n),
  extraLocked: tft(0n),
  updated: seconds(updated),
  cycles: 0,
});

function setActiveContracts(spot: Spot): Control {
  const [node, most] = itemsOf(spot, "a node", "a count");
  const [on, many] = [nodeId(count(node)), count(most)];
  return (moment) =>
    withContracts(
      moment,
      on,
      "node",
      Array.from({ length: many }, (_, place) => [activeContract(on, place), payment(0)]),
    );
}

const activeContract = (node: NodeId, place: number): Contract => ({
  id: idOf(node, place + 1),
  kind: "node",
  twin: NOBODY,
  state: { kind: "created" },
  provider: null,
  node,
  hash: String(place),
  ips: 0,
  used: NOTHING_USED,
  unbilled: usd(0n),
  trafficReported: seconds(0),
});

/** A node without an instant at which its lock was updated has no rent contract. */
function setRentContract(spot: Spot): Control {
  const [node, instant] = itemsOf(spot, "a node", "the instant at which its lock was updated");
  const on = nodeId(count(node));
  const updated = maybe(instant, (found) => count(found), null);
  const rent: Contract = {
    id: idOf(on, 0),
    kind: "rent",
    twin: NOBODY,
    state: { kind: "created" },
    provider: null,
    node: on,
  };
  return (moment) =>
    withContracts(moment, on, "rent", updated === null ? [] : [[rent, payment(updated)]]);
}

function setIpContract(spot: Spot): Control {
  const [farm, address, contract] = itemsOf(spot, "a farm", "an address", "a contract");
  const [id, ip, holder] = [farmId(count(farm)), nameAt(address), count(contract)];
  return (moment) => {
    const { farms } = moment.state;
    const before = farms.byId.get(id);
    if (before === undefined) {
      blame(farm, "a farm that there is by then");
      return quiet(moment);
    }
    const ips = before.ips.map((one) =>
      one.ip === ip ? { ...one, contract: holder === 0 ? null : contractId(holder) } : one,
    );
    const byId = new Map(farms.byId).set(before.id, { ...before, ips });
    return quiet({ ...moment, state: { ...moment.state, farms: { ...farms, byId } } });
  };
}

const CONTROLS: Readonly<Record<string, (spot: Spot) => Control>> = {
  set_block: setBlock,
  run_to_block: runToBlock,
  set_time_ms: setTime,
  set_balance: setBalances,
  set_lock: setLock,
  set_active_contracts: setActiveContracts,
  set_rent_contract: setRentContract,
  set_ip_contract: setIpContract,
};

/** The steps that control the world. */
export const chainControls: readonly string[] = Object.keys(CONTROLS);

/** Reads what a control is given; a farm that there is not by then is blamed when it is played. */
export const controlAt = (spot: Spot, name: string): Control => CONTROLS[name](spot);
