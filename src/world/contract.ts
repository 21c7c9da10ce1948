/**
 * Contracts: what a user holds on the chain, one row each; their whole life but the bills.
 *
 * The table is the meter that the protocol's bills run on. Rows are never reused in a run, so an
 * event that names a row means the contract it was made for. A user's rows lie in blocks of their
 * own, since whoever looks at one contract of an account mostly looks at all: a column's values of
 * one account are then in one line of a processor's cache. What is left of a block are empty rows,
 * which look like contracts that have ended.
 */
import type { LegacyMeter, Meter } from "../protocol/index.ts";
import { Kind, MeterState } from "../protocol/index.ts";
import { lengthened } from "./column.ts";

/** Says that a link or a node is missing. */
export const NONE = -1;

/** What a new contract is, in base units. */
export interface NewContract {
  readonly kind: number;
  readonly user: number;
  readonly deployment: number;
  /** Which part of the deployment, from 0. */
  readonly part: number;
  readonly node: number;
  readonly farm: number;
  readonly busyClass: number;
  readonly idleClass: number;
  readonly phase: number;
  readonly block: number;
  readonly cores: number;
  readonly memory: number;
  readonly ssd: number;
  readonly hdd: number;
  readonly ips: number;
  readonly trafficPerSecond: number;
  readonly trafficFrom: number;
  readonly patience: number;
}

const SIZE = 1024;
/** Rows of a block. */
const BLOCK = 8;

/** All contracts that ever were in a run, by dense row. */
export class ContractTable implements Meter, LegacyMeter {
  /** Rows so far, empty ones included, and contracts that ever were. */
  count = 0;
  made = 0;
  kind = new Uint8Array(0);
  busyClass = new Uint32Array(0);
  idleClass = new Uint32Array(0);
  phase = new Uint32Array(0);
  lastBilled = new Float64Array(0);
  state = new Uint8Array(0);
  graceSince = new Float64Array(0);
  reserve = new Float64Array(0);
  extraReserve = new Float64Array(0);
  overdraft = new Float64Array(0);
  extraOverdraft = new Float64Array(0);
  /** Under the lock based rules: what is locked, and traffic that is charged once more. */
  locked = new Float64Array(0);
  extraLocked = new Float64Array(0);
  unbilled = new Float64Array(0);
  /** No node of a world sleeps, and no contract names a solution provider. */
  asleep = new Uint8Array(0);
  provider = new Int32Array(0);
  cycles = new Uint32Array(0);
  node = new Int32Array(0);
  trafficFrom = new Float64Array(0);
  trafficSeconds = new Float64Array(0);
  charged = new Float64Array(0);
  farmerShare = new Float64Array(0);

  user = new Uint32Array(0);
  deployment = new Uint32Array(0);
  part = new Uint8Array(0);
  farm = new Int32Array(0);
  /** Block of the creation, and second of the end (Infinity while it lives). */
  created = new Float64Array(0);
  endedAt = new Float64Array(0);
  cores = new Float64Array(0);
  memory = new Float64Array(0);
  ssd = new Float64Array(0);
  hdd = new Float64Array(0);
  ips = new Uint8Array(0);
  trafficPerSecond = new Float64Array(0);
  /** Seconds its tenant waits for a node that is away; Infinity if it never moves. */
  patience = new Float64Array(0);
  /** Second at which the tenant gives up on the node; Infinity while nothing is wrong. */
  moveAt = new Float64Array(0);
  /** Seconds its node had been reachable in all when the contract began to use it. */
  reachableBefore = new Float64Array(0);
  /** The next contract of the same user in billing order, of the same node, and deployment. */
  nextOfUser = new Int32Array(0);
  nextOfNode = new Int32Array(0);
  nextOfDeployment = new Int32Array(0);

  /** The last row of each user, -1 before the first. */
  #lastOfUser = new Int32Array(0);

  /** Room for the contracts of that many users, which grows by itself. */
  constructor(users: number) {
    this.#lastOfUser = new Int32Array(users).fill(NONE);
    // Memory that is not touched costs nothing; moving what is there to a longer column does.
    this.#resize(Math.max(SIZE, users * BLOCK * 4));
  }

  /** Adds a row for a contract that has just been created. */
  add(contract: NewContract): number {
    const row = this.#rowOf(contract.user);
    this.made += 1;
    this.state[row] = MeterState.created;
    this.kind[row] = contract.kind;
    this.user[row] = contract.user;
    this.deployment[row] = contract.deployment;
    this.part[row] = contract.part;
    this.node[row] = contract.node;
    this.provider[row] = NONE;
    this.farm[row] = contract.farm;
    this.busyClass[row] = contract.busyClass;
    this.idleClass[row] = contract.idleClass;
    this.phase[row] = contract.phase;
    this.lastBilled[row] = contract.block;
    this.created[row] = contract.block;
    this.cores[row] = contract.cores;
    this.memory[row] = contract.memory;
    this.ssd[row] = contract.ssd;
    this.hdd[row] = contract.hdd;
    this.ips[row] = contract.ips;
    this.trafficPerSecond[row] = contract.trafficPerSecond;
    this.trafficFrom[row] = contract.trafficFrom;
    this.endedAt[row] = Number.POSITIVE_INFINITY;
    this.patience[row] = contract.patience;
    this.moveAt[row] = Number.POSITIVE_INFINITY;
    this.nextOfUser[row] = NONE;
    this.nextOfNode[row] = NONE;
    this.nextOfDeployment[row] = NONE;
    return row;
  }

  /** The next row of a user, in a new block where the last one is full. */
  #rowOf(user: number): number {
    let row = this.#lastOfUser[user] + 1;
    if (row % BLOCK === 0) {
      row = this.count;
      this.count += BLOCK;
      if (this.count > this.kind.length) this.#resize(this.kind.length * 2);
      this.state.fill(MeterState.ended, row, this.count);
      this.created.fill(Number.NaN, row, this.count);
    }
    this.#lastOfUser[user] = row;
    return row;
  }

  /** False for a row that no contract has had. */
  exists(row: number): boolean {
    return !Number.isNaN(this.created[row]);
  }

  /** True while the contract is on the chain. */
  lives(row: number): boolean {
    return this.state[row] !== MeterState.ended;
  }

  /** True for a contract that holds capacity of a node of its own. */
  holdsCapacity(row: number): boolean {
    return this.kind[row] === Kind.node;
  }

  #resize(size: number): void {
    const uint8 = ["kind", "state", "part", "ips", "asleep"] as const;
    for (const name of uint8) this[name] = lengthened(this[name], new Uint8Array(size));
    const uint32 = ["busyClass", "idleClass", "phase", "cycles", "user", "deployment"] as const;
    for (const name of uint32) this[name] = lengthened(this[name], new Uint32Array(size));
    for (const name of LINKS) this[name] = lengthened(this[name], new Int32Array(size));
    for (const name of FLOATS) this[name] = lengthened(this[name], new Float64Array(size));
  }
}

const LINKS = ["node", "farm", "provider", "nextOfUser", "nextOfNode", "nextOfDeployment"] as const;

const FLOATS = [
  "lastBilled",
  "graceSince",
  "reserve",
  "extraReserve",
  "overdraft",
  "extraOverdraft",
  "locked",
  "extraLocked",
  "unbilled",
  "trafficFrom",
  "trafficSeconds",
  "charged",
  "farmerShare",
  "created",
  "endedAt",
  "cores",
  "memory",
  "ssd",
  "hdd",
  "trafficPerSecond",
  "patience",
  "moveAt",
  "reachableBefore",
] as const;
