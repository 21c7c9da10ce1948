/**
 * Room: what is free of each node, who holds it, and what else a search for a place looks at.
 *
 * A search looks at many nodes and takes one, so what it asks lies side by side. Rows are those of
 * the table of nodes.
 */
import { assert } from "../units/index.ts";
import { lengthened } from "./column.ts";

/** Machine capacity: logical cores, and bytes of memory, SSD and HDD. */
export interface Machine {
  cru: number;
  mru: number;
  sru: number;
  hru: number;
}

/** Doubles of a node; one line of a processor's cache but for the cores in use. */
export const ROOM = 9;
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
  /** Cores in use. */
  cru: 8,
} as const;
/** What a node is, for good: its own traits, and its farm's. */
export const Trait = { certified: 1, gpu: 2, gateway: 4, dedicated: 8 } as const;

/** What is known of a node's place from the start. */
export interface Place {
  readonly farm: number;
  readonly country: number;
  readonly certified: boolean;
  readonly gpu: boolean;
  readonly gateway: boolean;
  readonly dedicated: boolean;
}

/** The room of all nodes. */
export class RoomTable {
  /** `ROOM` doubles a node, see `Room`. */
  rows = new Float64Array(0);

  /** Adds a node that nobody uses. */
  add(node: number, { farm, country, certified, gpu, gateway, dedicated }: Place): void {
    const at = node * ROOM;
    this.rows[at + Room.rentedBy] = -1;
    this.rows[at + Room.traits] =
      (certified ? Trait.certified : 0) +
      (gpu ? Trait.gpu : 0) +
      (gateway ? Trait.gateway : 0) +
      (dedicated ? Trait.dedicated : 0);
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
    return this.rows[node * ROOM + Room.cru];
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
    rows[at + Room.cru] += asked.cru;
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
    rows[at + Room.cru] -= asked.cru;
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
    this.rows = lengthened(this.rows, new Float64Array(nodes * ROOM));
  }
}
