/**
 * Room: what is free of each node, who holds it, and what else a search for a place looks at.
 *
 * A search looks at many nodes and takes one, so what it asks lies side by side. Rows are those of
 * the table of nodes.
 */
import { assert, GIB } from "../units/index.ts";
import { lengthened, linedDoubles } from "./column.ts";

/** Machine capacity: logical cores, and bytes of memory, SSD and HDD. */
export interface Machine {
  cru: number;
  mru: number;
  sru: number;
  hru: number;
}

/** What Zero-OS keeps for itself of a machine. */
export interface Reserved {
  /** Share of the memory, and the least bytes of it. */
  readonly memoryShare: number;
  readonly memoryLeast: number;
  /** Bytes of SSD for the cache. */
  readonly cache: number;
}

/** Doubles of a node, which are one line of a processor's cache. */
export const ROOM = 8;
/** What each of them is: bytes free for contracts, and what else a search asks. */
export const Room = {
  mru: 0,
  sru: 1,
  hru: 2,
  /** Live contracts, and the rent contract (-1: none). */
  contracts: 3,
  rentedBy: 4,
  /** Sum of its `Trait`s. */
  traits: 5,
  farm: 6,
  country: 7,
} as const;
/** What a node is, for good: its own traits, and its farm's. */
export const Trait = { certified: 1, gpu: 2, gateway: 4, dedicated: 8, addressed: 16 } as const;

/** What is known of a node's place from the start. */
export interface Place {
  readonly farm: number;
  readonly country: number;
  readonly certified: boolean;
  readonly gpu: boolean;
  readonly gateway: boolean;
  readonly dedicated: boolean;
  /** Its farm owns public addresses. */
  readonly addressed: boolean;
}

/** A node with a card, or of a dedicated farm, is let as a whole only. */
export const WHOLE_ONLY = Trait.gpu | Trait.dedicated;

/*
 * Kinds of room are bits: a cell for each pair of a size of memory and one of SSD that is free to
 * share, and what follows here.
 */
/** A whole node that nobody uses. */
export const RENTABLE = 1 << 25;
/** A farm that has a public address left. */
export const WITH_ADDRESS = 1 << 26;
/** A node at all, let or not. */
const PRESENT = 1 << 27;
/** A certified node, let or not. */
export const CERTIFIED = 1 << 28;
/** Cells alone. */
export const SHARED = RENTABLE - 1;
/** Sizes from which on a cell begins, in bytes, but for the first. */
const MEMORY_STEPS = [1, 4, 16, 64].map((gib) => gib * GIB);
const SSD_STEPS = [16, 64, 256, 1024].map((gib) => gib * GIB);
const CELLS = 5;

function stepOf(size: number, steps: readonly number[]): number {
  let step = 0;
  while (step < steps.length && size >= steps[step]) step++;
  return step;
}

/** The kinds of room of which one must be there for sizes of memory and SSD to fit. */
export function cellsFor(memory: number, ssd: number): number {
  let cells = 0;
  for (let row = stepOf(memory, MEMORY_STEPS); row < CELLS; row++)
    for (let column = stepOf(ssd, SSD_STEPS); column < CELLS; column++)
      cells |= 1 << (row * CELLS + column);
  return cells;
}

/** The bit of a country; some countries have the same. */
export const bitOf = (country: number): number => 1 << (country & 31);

/** What a search asks of the farms. */
export interface Farms {
  freeIps(farm: number): number;
}

/** The kinds of room that a node has to offer now. */
export function offered({ rows }: RoomTable, node: number, farms: Farms): number {
  const at = node * ROOM;
  const traits = rows[at + Room.traits];
  let kinds = (traits & Trait.certified) === 0 ? PRESENT : PRESENT | CERTIFIED;
  if (rows[at + Room.rentedBy] !== NOBODY) return kinds;
  if ((traits & Trait.addressed) !== 0 && farms.freeIps(rows[at + Room.farm]) > 0)
    kinds |= WITH_ADDRESS;
  if (rows[at + Room.contracts] === 0) kinds |= RENTABLE;
  if ((traits & WHOLE_ONLY) !== 0) return kinds;
  const row = stepOf(rows[at + Room.mru], MEMORY_STEPS);
  const column = stepOf(rows[at + Room.sru], SSD_STEPS);
  return kinds | (1 << (row * CELLS + column));
}

/** Where a rent contract would stand. */
const NOBODY = -1;

/** The room of all nodes. */
export class RoomTable {
  /** `ROOM` doubles a node, see `Room`. */
  rows: Float64Array = new Float64Array(0);
  /** Cores in use. */
  #cru = new Float64Array(0);
  /** What the next contract takes or gives back, for whoever says it often. */
  readonly asked: Machine = { cru: 0.5, mru: 0.5, sru: 0.5, hru: 0.5 };

  /** Adds a node that nobody uses. */
  add(node: number, place: Place): void {
    const at = node * ROOM;
    const { farm, country, certified, gpu, gateway, dedicated, addressed } = place;
    this.rows[at + Room.rentedBy] = -1;
    this.rows[at + Room.traits] =
      (certified ? Trait.certified : 0) +
      (gpu ? Trait.gpu : 0) +
      (gateway ? Trait.gateway : 0) +
      (dedicated ? Trait.dedicated : 0) +
      (addressed ? Trait.addressed : 0);
    this.rows[at + Room.farm] = farm;
    this.rows[at + Room.country] = country;
  }

  /** Sets what is free of a node that nobody uses, in bytes. */
  free(node: number, { mru, sru, hru }: Omit<Machine, "cru">): void {
    const at = node * ROOM;
    this.rows[at + Room.mru] = mru;
    this.rows[at + Room.sru] = sru;
    this.rows[at + Room.hru] = hru;
  }

  /** Bytes of memory, SSD and HDD free for contracts, cores in use and live contracts. */
  freeMru(node: number): number {
    return this.rows[node * ROOM + Room.mru];
  }

  freeSru(node: number): number {
    return this.rows[node * ROOM + Room.sru];
  }

  freeHru(node: number): number {
    return this.rows[node * ROOM + Room.hru];
  }

  usedCru(node: number): number {
    return this.#cru[node];
  }

  contracts(node: number): number {
    return this.rows[node * ROOM + Room.contracts];
  }

  /** The contract that rents the whole node; -1 where there is none. */
  rentedBy(node: number): number {
    return this.rows[node * ROOM + Room.rentedBy];
  }

  /** A contract takes capacity; asserts that memory and disks are free (cores are shared). */
  reserve(node: number, asked: Readonly<Machine>): void {
    const { rows } = this;
    const at = node * ROOM;
    const fits =
      asked.mru <= rows[at + Room.mru] &&
      asked.sru <= rows[at + Room.sru] &&
      asked.hru <= rows[at + Room.hru];
    assert(fits, "a node has room for what a contract takes");
    this.#cru[node] += asked.cru;
    rows[at + Room.mru] -= asked.mru;
    rows[at + Room.sru] -= asked.sru;
    rows[at + Room.hru] -= asked.hru;
    rows[at + Room.contracts] += 1;
  }

  /** A contract gives its capacity back. */
  release(node: number, asked: Readonly<Machine>): void {
    const { rows } = this;
    const at = node * ROOM;
    assert(rows[at + Room.contracts] > 0, "a node holds the contract that it releases");
    this.#cru[node] -= asked.cru;
    rows[at + Room.mru] += asked.mru;
    rows[at + Room.sru] += asked.sru;
    rows[at + Room.hru] += asked.hru;
    rows[at + Room.contracts] -= 1;
  }

  /** A rent contract takes the whole node; asserts that nobody rents it. */
  rent(node: number, contract: number): void {
    const at = node * ROOM + Room.rentedBy;
    assert(this.rows[at] === -1, "a node is rented once");
    this.rows[at] = contract;
  }

  /** The rent contract of the node ended. */
  vacate(node: number): void {
    this.rows[node * ROOM + Room.rentedBy] = -1;
  }

  /** Makes room for so many nodes. */
  grow(nodes: number): void {
    this.rows = lengthened(this.rows, linedDoubles(nodes * ROOM));
    this.#cru = lengthened(this.#cru, new Float64Array(nodes));
  }
}
