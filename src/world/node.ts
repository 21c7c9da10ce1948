/**
 * Nodes: a table of columns, one row a node, the row's number its id.
 *
 * Rows are never reused: a node that left keeps its row, since its last period is still to be paid.
 * A column may be replaced by a longer one when a node joins, so read columns through the table and
 * do not keep them over a window.
 */
import { lengthened, type Memory, ownMemory } from "./column.ts";
import type { FarmTable } from "./farm.ts";
import { type Machine, type Reserved, RoomTable } from "./room.ts";

/** What is known of a node when it comes to be. */
export interface NewNode {
  readonly farm: number;
  /** Arrival number in its farm, the low word of its cause. */
  readonly causeLow: number;
  readonly class: number;
  readonly machine: Machine;
  readonly reserved: Reserved;
  readonly certified: boolean;
  readonly gpu: boolean;
  readonly flaky: boolean;
  readonly restMean: number;
  readonly joined: number;
}

/** What a node's life reads and writes: columns of the table by their names, and its own two. */
export interface NodeColumns
  extends Pick<
    NodeTable,
    "count" | "nextInFarm" | Lived | "class" | "flaky" | "running" | "reachable"
  > {
  readonly life: Float64Array;
  readonly reach: Float64Array;
}

/** Doubles of a node in `#life`, and what each is; one line of a processor's cache. */
const LIFE = 8;
const DOWN_UNTIL = 0;
/** Seconds that it ran in spells that ended, less the second at which an open spell began. */
const RAN = 1;
const REST_MEAN = 2;
/** Failures of its own drawn so far; the address of the next. */
const REST_NUMBER = 3;
const GONE = 4;
/** Seconds of its next failure of its own, its next hardware fault, and its leaving. */
const REST_DUE = 5;
const HARDWARE_DUE = 6;
const DEPARTURE = 7;

/** All nodes that ever were. */
export class NodeTable {
  count = 0;
  farm: Uint32Array = new Uint32Array(0);
  /** What addresses the node's chance: its farm's cause, and its arrival number there. */
  causeHigh: Uint32Array = new Uint32Array(0);
  causeLow: Uint32Array = new Uint32Array(0);
  /** Index in the setup's classes. */
  class: Uint8Array = new Uint8Array(0);
  /** Logical cores, and bytes of memory, SSD and HDD: the machine. */
  cru: Float64Array = new Float64Array(0);
  mru: Float64Array = new Float64Array(0);
  sru: Float64Array = new Float64Array(0);
  hru: Float64Array = new Float64Array(0);
  certified: Uint8Array = new Uint8Array(0);
  gpu: Uint8Array = new Uint8Array(0);
  /** 1 for the class of nodes that boot every few days. */
  flaky: Uint8Array = new Uint8Array(0);
  /** Seconds since the start; negative if older than the run, Infinity while it has not left. */
  joined: Float64Array = new Float64Array(0);
  left: Float64Array = new Float64Array(0);
  /** 1 while Zero-OS runs; 1 while it also can be reached over its farm's line. */
  running: Uint8Array = new Uint8Array(0);
  reachable: Uint8Array = new Uint8Array(0);
  /** Second of the last boot. */
  boot: Float64Array = new Float64Array(0);
  /** Faults drawn so far; the address of the next. */
  hardwareNumber: Uint32Array = new Uint32Array(0);
  /** The next node of the same farm, -1 at the end. */
  nextInFarm: Int32Array = new Int32Array(0);
  /** What is free of each node, and who holds it. */
  readonly room = new RoomTable();
  /** What changes together in a node's life, side by side so that an event touches one line. */
  #life: Float64Array = new Float64Array(0);
  /** Seconds in reach in spells that ended, less the second at which an open spell began. */
  #reach: Float64Array = new Float64Array(0);

  readonly #memory: Memory;

  /** Room for that many nodes before the table has to grow, and where its columns lie. */
  constructor(capacity: number, memory = ownMemory) {
    this.#memory = memory;
    this.#grow(Math.max(16, capacity));
  }

  /** Rows before the next growth. */
  get capacity(): number {
    return this.farm.length;
  }

  /** Adds a node that does not run yet, at the end of its farm's chain, and returns its row. */
  add(farms: FarmTable, node: NewNode): number {
    if (this.count === this.capacity) this.#grow(this.count * 2);
    const row = this.count++;
    const { machine, reserved, farm } = node;
    this.farm[row] = farm;
    this.causeHigh[row] = farms.cause[farm];
    this.causeLow[row] = node.causeLow;
    this.class[row] = node.class;
    this.setMachine(row, machine, reserved);
    this.room.add(row, {
      farm,
      country: farms.country[farm],
      certified: node.certified,
      gpu: node.gpu,
      gateway: farms.gateway[farm] === 1,
      dedicated: farms.dedicated[farm] === 1,
      addressed: farms.ips[farm] > 0,
    });
    this.certified[row] = node.certified ? 1 : 0;
    this.gpu[row] = node.gpu ? 1 : 0;
    this.flaky[row] = node.flaky ? 1 : 0;
    this.joined[row] = node.joined;
    this.left[row] = Number.POSITIVE_INFINITY;
    this.#life[row * LIFE + DOWN_UNTIL] = Number.NEGATIVE_INFINITY;
    this.#life[row * LIFE + REST_MEAN] = node.restMean;
    const previous = farms.enlist(farm, row);
    if (previous >= 0) this.nextInFarm[previous] = row;
    return row;
  }

  /** Sets the machine of a node that has no contract yet; what Zero-OS reserves is not free. */
  setMachine(row: number, machine: Machine, reserved: Reserved): void {
    this.cru[row] = machine.cru;
    this.mru[row] = machine.mru;
    this.sru[row] = machine.sru;
    this.hru[row] = machine.hru;
    const memory = Math.max(reserved.memoryShare * machine.mru, reserved.memoryLeast);
    this.room.free(row, {
      mru: Math.max(0, Math.floor(machine.mru - memory)),
      sru: Math.max(0, machine.sru - reserved.cache),
      hru: machine.hru,
    });
  }

  /** Seconds up to `now` in which the node could be reached, since the start. */
  reachableUntil(node: number, now: number): number {
    return this.#reach[node] + (this.reachable[node] === 1 ? now : 0);
  }

  /** Seconds up to `now` in which the node ran, since the start. */
  runningUntil(node: number, now: number): number {
    return this.#life[node * LIFE + RAN] + (this.running[node] === 1 ? now : 0);
  }

  /** Seconds up to `now` in which the node was part of the grid, since the start. */
  enrolledUntil(node: number, now: number): number {
    return Math.max(0, Math.min(this.left[node], now) - Math.max(0, this.joined[node]));
  }

  /** A node of the start has been running since that second, 0 or before. */
  meetRunning(node: number, boot: number): void {
    this.running[node] = 1;
    this.boot[node] = boot;
  }

  /** A node that is not counted as running yet stays down at least until that second. */
  keepDown(node: number, until: number): void {
    this.running[node] = 0;
    this.prolong(node, until);
  }

  /** The second from which the node can run again; -Infinity if it was never down. */
  downUntil(node: number): number {
    return this.#life[node * LIFE + DOWN_UNTIL];
  }

  /** The node cannot run before that second; whether that is later than what was known. */
  prolong(node: number, until: number): boolean {
    const at = node * LIFE + DOWN_UNTIL;
    if (until <= this.#life[at]) return false;
    this.#life[at] = until;
    return true;
  }

  /** Whether the node has left. */
  gone(node: number): boolean {
    return this.#life[node * LIFE + GONE] === 1;
  }

  /** Mean seconds between failures of its own (rest); Infinity if none. */
  restMean(node: number): number {
    return this.#life[node * LIFE + REST_MEAN];
  }

  /** The second of the node's next failure of its own. */
  restDue(node: number): number {
    return this.#life[node * LIFE + REST_DUE];
  }

  /** The second of its next hardware fault. */
  hardwareDue(node: number): number {
    return this.#life[node * LIFE + HARDWARE_DUE];
  }

  /** The second at which it leaves; Infinity if it stays. */
  departureDue(node: number): number {
    return this.#life[node * LIFE + DEPARTURE];
  }

  /** Sets when the node fails, breaks and leaves next. */
  setFuture(node: number, rest: number, hardware: number, departure: number): void {
    const at = node * LIFE;
    this.#life[at + REST_DUE] = rest;
    this.#life[at + HARDWARE_DUE] = hardware;
    this.#life[at + DEPARTURE] = departure;
  }

  /** Seconds in reach in spells that ended, less the second at which an open spell began. */
  reachedBefore(node: number): number {
    return this.#reach[node];
  }

  /** Takes the number of the node's next failure of its own; the first was drawn at its start. */
  nextRest(node: number): number {
    return ++this.#life[node * LIFE + REST_NUMBER];
  }

  /** Takes the number of the node's next hardware fault; the first was drawn at its start. */
  nextHardware(node: number): number {
    return ++this.hardwareNumber[node];
  }

  /** Zero-OS runs from this second on. */
  startRunning(node: number, now: number): void {
    this.running[node] = 1;
    this.boot[node] = now;
    this.#life[node * LIFE + RAN] -= now;
  }

  /** Zero-OS runs until this second. */
  stopRunning(node: number, now: number): void {
    this.running[node] = 0;
    this.#life[node * LIFE + RAN] += now;
  }

  /** The node can be reached from this second on. */
  startReachable(node: number, now: number): void {
    this.reachable[node] = 1;
    this.#reach[node] -= now;
  }

  /** The node can be reached until this second. */
  stopReachable(node: number, now: number): void {
    this.reachable[node] = 0;
    this.#reach[node] += now;
  }

  /** The node is part of the grid until this second. */
  leave(node: number, now: number): void {
    this.left[node] = now;
    this.#life[node * LIFE + GONE] = 1;
  }

  /** What a node's life reads and writes, to be shown to other threads. */
  columns(): NodeColumns {
    const { count, farm, causeHigh, causeLow, class: kind, flaky, joined, left } = this;
    const { running, reachable, boot, hardwareNumber, nextInFarm } = this;
    const turning = { running, reachable, boot, hardwareNumber, life: this.#life };
    const fixed = { count, farm, causeHigh, causeLow, class: kind, flaky, joined, left };
    return { ...fixed, ...turning, nextInFarm, reach: this.#reach };
  }

  /** Stands on the columns of another thread's table. */
  stand({ life, reach, ...columns }: NodeColumns): void {
    Object.assign(this, columns);
    this.#life = life;
    this.#reach = reach;
  }

  #grow(rows: number): void {
    const doubles = (each = 1): Float64Array => new Float64Array(this.#memory(rows * each * 8));
    this.#life = lengthened(this.#life, doubles(LIFE));
    this.#reach = lengthened(this.#reach, doubles());
    for (const name of DOUBLES) this[name] = lengthened(this[name], doubles());
    for (const name of WORDS)
      this[name] = lengthened(this[name], new Uint32Array(this.#memory(rows * 4)));
    for (const name of FLAGS)
      this[name] = lengthened(this[name], new Uint8Array(this.#memory(rows)));
    this.room.grow(rows);
    this.nextInFarm = lengthened(this.nextInFarm, new Int32Array(this.#memory(rows * 4)).fill(-1));
  }
}

const DOUBLES = ["cru", "mru", "sru", "hru", "joined", "left", "boot"] as const;
const WORDS = ["farm", "causeHigh", "causeLow", "hardwareNumber"] as const;
const FLAGS = ["class", "certified", "gpu", "flaky", "running", "reachable"] as const;
type Lived = (typeof WORDS)[number] | "joined" | "left" | "boot";
