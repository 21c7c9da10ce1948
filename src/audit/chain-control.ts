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
import { isObject, type JsonFields, wholeOf } from "./chain-reader.ts";

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

type Control = (moment: CaseMoment, value: unknown) => Controlled | null;

const quiet = (moment: CaseMoment): Controlled => ({ moment, events: [] });
const number = (value: unknown): number | null => {
  const whole = wholeOf(value);
  return whole === null ? null : Number(whole);
};
const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function setBlock(moment: CaseMoment, value: unknown): Controlled | null {
  const block = number(value);
  return block === null ? null : quiet({ ...moment, block });
}

/** Block by block, with the end of each block that is left. */
function runToBlock(moment: CaseMoment, value: unknown): Controlled | null {
  const last = number(value);
  if (last === null) return null;
  let { state, block } = moment;
  const events: ChainEvent[] = [];
  for (; block < last; block++) {
    const turn = turnBlock(state, blocks(block));
    state = turn.state;
    events.push(...turn.events);
  }
  return { moment: { ...moment, state, block }, events };
}

function setTime(moment: CaseMoment, value: unknown): Controlled | null {
  const ms = wholeOf(value);
  return ms === null ? null : quiet({ ...moment, ms });
}

function setBalances(moment: CaseMoment, value: unknown): Controlled | null {
  if (!isObject(value)) return null;
  let { ledger } = moment.state;
  for (const [account, balance] of Object.entries(value)) {
    const free = wholeOf(balance);
    if (free === null) return null;
    const before = accountOf(ledger, account);
    const after: Account = { ...before, free: tft(free) };
    ledger = {
      ...ledger,
      accounts: new Map(ledger.accounts).set(account, after),
      issuance: tft(ledger.issuance - before.free + free),
    };
  }
  return quiet({ ...moment, state: { ...moment.state, ledger } });
}

/** Locks overlay each other: the greatest counts. */
function setLock(moment: CaseMoment, value: unknown): Controlled | null {
  const [who, id, locked] = items(value);
  const amount = wholeOf(locked);
  if (typeof who !== "string" || amount === null) return null;
  const own = new Map(moment.locks.get(who) ?? []).set(String(id), amount);
  const greatest = [...own.values()].reduce((most, each) => (each > most ? each : most), 0n);
  const ledger = freeze(moment.state.ledger, who, tft(greatest));
  const locks = new Map(moment.locks).set(who, own);
  return quiet({ ...moment, locks, state: { ...moment.state, ledger } });
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

function setActiveContracts(moment: CaseMoment, value: unknown): Controlled | null {
  const [node, count] = items(value).map(number);
  if (typeof node !== "number" || typeof count !== "number") return null;
  const on = nodeId(node);
  const placed = Array.from({ length: count }, (_, place): readonly [Contract, LegacyPayment] => [
    {
      id: idOf(on, place + 1),
      kind: "node",
      twin: NOBODY,
      state: { kind: "created" },
      provider: null,
      node: on,
      hash: String(place),
      ips: 0,
      used: NOTHING_USED,
      unbilled: usd(0n),
      trafficReported: seconds(0),
    },
    payment(0),
  ]);
  return withContracts(moment, on, "node", placed);
}

function setRentContract(moment: CaseMoment, value: unknown): Controlled | null {
  const [node, updated] = items(value).map(number);
  if (typeof node !== "number") return null;
  const on = nodeId(node);
  if (typeof updated !== "number") return withContracts(moment, on, "rent", []);
  const rent: Contract = {
    id: idOf(on, 0),
    kind: "rent",
    twin: NOBODY,
    state: { kind: "created" },
    provider: null,
    node: on,
  };
  return withContracts(moment, on, "rent", [[rent, payment(updated)]]);
}

function setIpContract(moment: CaseMoment, value: unknown): Controlled | null {
  const [farm, ip, contract] = items(value);
  const [id, holder] = [number(farm), number(contract)];
  const { farms } = moment.state;
  const before = id === null ? undefined : farms.byId.get(farmId(id));
  if (before === undefined || holder === null) return null;
  const ips = before.ips.map((one) =>
    one.ip === ip ? { ...one, contract: holder === 0 ? null : contractId(holder) } : one,
  );
  const byId = new Map(farms.byId).set(before.id, { ...before, ips });
  return quiet({ ...moment, state: { ...moment.state, farms: { ...farms, byId } } });
}

const CONTROLS: Readonly<Record<string, Control>> = {
  set_block: setBlock,
  run_to_block: runToBlock,
  set_time_ms: setTime,
  set_balance: setBalances,
  set_lock: setLock,
  set_active_contracts: setActiveContracts,
  set_rent_contract: setRentContract,
  set_ip_contract: setIpContract,
};

/** The moment after a step that controls the world; null where it is no such step. */
export function control(moment: CaseMoment, step: JsonFields): Controlled | null {
  for (const [name, apply] of Object.entries(CONTROLS)) {
    if (Object.hasOwn(step, name)) return apply(moment, step[name]);
  }
  return null;
}
