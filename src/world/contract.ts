/**
 * Contracts: what a user holds on the chain, one row each; their whole life but the bills.
 *
 * The table is the meter that the protocol's bills run on. Whoever looks at one value of a contract
 * mostly looks at several, so all values of a contract lie side by side and a column is a view with
 * a step: a contract is known by its row, which is its place in all columns, a multiple of `STEP`.
 * The row of a contract that has ended serves another one, unless all are to be kept; what a table
 * tells of it is put aside where somebody asked for that.
 */
import type { LegacyMeter, Meter } from "../protocol/index.ts";
import { Kind, MeterState } from "../protocol/index.ts";
import type { BillingLoop } from "./billing-loop.ts";
import { lengthened, linedDoubles } from "./column.ts";
import { EndedContracts } from "./ended.ts";
import { VacantRows } from "./vacant.ts";

/** Says that a link or a node is missing. */
export const NONE = -1;

/**
 * The columns in the order in which they lie: two lines of a processor's cache that every bill asks
 * for, then places, then sizes.
 */
const COLUMNS = [
  "state",
  "phase",
  "trafficFrom",
  "busyClass",
  "idleClass",
  "lastBilled",
  "overdraft",
  "extraOverdraft",
  "charged",
  "cycles",
  "reserve",
  "extraReserve",
  "farmerShare",
  "trafficSeconds",
  "kind",
  "farm",
  "node",
  "user",
  "deployment",
  "nextOfNode",
  "nextOfDeployment",
  "trafficPerSecond",
  "moveAt",
  "cores",
  "memory",
  "ssd",
  "hdd",
  "ips",
  "created",
  "reachableBefore",
  "patience",
  "part",
  "endedAt",
  "graceSince",
  "locked",
  "extraLocked",
  "unbilled",
  "asleep",
  "provider",
] as const;

/** Numbers of a contract, and what its row is a multiple of: five lines, not quite filled. */
export const STEP = 40;

const NOTHING: Float64Array = new Float64Array(0);
const ROWS_LEAST = 1024;

/** The contracts of a run, by row. */
export class ContractTable implements Meter, LegacyMeter {
  /** Where the next new row would be, and contracts that ever were. */
  count = 0;
  made = 0;
  kind = NOTHING;
  busyClass = NOTHING;
  idleClass = NOTHING;
  phase = NOTHING;
  lastBilled = NOTHING;
  state = NOTHING;
  graceSince = NOTHING;
  reserve = NOTHING;
  extraReserve = NOTHING;
  overdraft = NOTHING;
  extraOverdraft = NOTHING;
  /** Under the lock based rules: what is locked, and traffic that is charged once more. */
  locked = NOTHING;
  extraLocked = NOTHING;
  unbilled = NOTHING;
  /** No node of a world sleeps, and no contract names a solution provider. */
  asleep = NOTHING;
  provider = NOTHING;
  cycles = NOTHING;
  node = NOTHING;
  trafficFrom = NOTHING;
  trafficSeconds = NOTHING;
  charged = NOTHING;
  farmerShare = NOTHING;
  user = NOTHING;
  deployment = NOTHING;
  /** Which part of the deployment, from 0. */
  part = NOTHING;
  farm = NOTHING;
  /** Block of the creation, and second of the end (Infinity while it lives). */
  created = NOTHING;
  endedAt = NOTHING;
  cores = NOTHING;
  memory = NOTHING;
  ssd = NOTHING;
  hdd = NOTHING;
  ips = NOTHING;
  trafficPerSecond = NOTHING;
  /** Seconds its tenant waits for a node that is away; Infinity if it never moves. */
  patience = NOTHING;
  /** Second at which the tenant gives up on the node; Infinity while nothing is wrong. */
  moveAt = NOTHING;
  /** Seconds its node had been reachable in all when the contract began to use it. */
  reachableBefore = NOTHING;
  /** The next contract of the same node, and of the same deployment. */
  nextOfNode = NOTHING;
  nextOfDeployment = NOTHING;

  /** What is told of contracts that have ended; null where nobody asked. */
  readonly ended: EndedContracts | null;
  /** The loop that bills them block by block; null where blocks have room for every bill. */
  readonly loop: BillingLoop | null;

  readonly #keepEnded: boolean;
  #numbers = NOTHING;
  readonly #vacant = new VacantRows();

  /**
   * Room for so many contracts, which grows by itself; with `keepEnded` for all that ever were, and
   * with `tellEnded` those that have ended are put aside.
   */
  constructor(
    contracts: number,
    { keepEnded, tellEnded }: { readonly keepEnded: boolean; readonly tellEnded: boolean },
    loop: BillingLoop | null = null,
  ) {
    this.loop = loop;
    this.#keepEnded = keepEnded;
    this.ended = tellEnded ? new EndedContracts(STEP) : null;
    this.#resize(Math.max(ROWS_LEAST, Math.ceil(contracts)));
  }

  /**
   * Adds a row for a contract that has just been created at a block, and is billed at a phase of
   * the cycle; whose it is, where, and what it holds is for the caller to write.
   */
  add(block: number, phase: number): number {
    const row = this.#rowOf();
    this.ended?.begin(row, this.made);
    this.made += 1;
    this.#numbers.fill(0, row, row + STEP);
    this.state[row] = MeterState.created;
    this.provider[row] = NONE;
    this.phase[row] = phase;
    this.lastBilled[row] = block;
    this.created[row] = block;
    this.endedAt[row] = Number.POSITIVE_INFINITY;
    this.moveAt[row] = Number.POSITIVE_INFINITY;
    this.nextOfNode[row] = NONE;
    this.nextOfDeployment[row] = NONE;
    this.loop?.enter(row, phase);
    return row;
  }

  /** The row of an ended contract that nothing refers to any more may serve another. */
  vacate(row: number): void {
    this.ended?.put(this, row);
    this.loop?.leave(row);
    if (!this.#keepEnded) this.#vacant.add(row);
  }

  #rowOf(): number {
    const vacant = this.#vacant.take();
    if (vacant >= 0) return vacant;
    const row = this.count;
    this.count += STEP;
    if (this.count > this.#numbers.length) this.#resize((2 * row) / STEP);
    return row;
  }

  /** True while the contract is on the chain. */
  lives(row: number): boolean {
    return this.state[row] !== MeterState.ended;
  }

  /** True for a contract that holds capacity of a node of its own. */
  holdsCapacity(row: number): boolean {
    return this.kind[row] === Kind.node;
  }

  #resize(rows: number): void {
    this.#numbers = lengthened(this.#numbers, linedDoubles(rows * STEP));
    for (const [at, name] of COLUMNS.entries()) this[name] = this.#numbers.subarray(at);
  }
}
