/**
 * What the chain and the tenants have seen of the nodes, up to the second that is being judged.
 *
 * The fleet lives a whole epoch ahead, node by node, and lays down every turn of a node here: a
 * second, and whether it runs and can be reached from then on. Whoever judges what happens inside
 * the epoch reads a node's turns up to its own second and no further, so that an answer depends
 * neither on the length of an epoch nor on that of a window. A node that nobody asks about costs
 * nothing here.
 */
import { lengthened, linedDoubles, type Memory, ownMemory, sharedMemory } from "./column.ts";
import type { NodeTable } from "./node.ts";

/** What a node's byte says: it runs; it can be reached. */
export const Seen = { running: 1, reachable: 2 } as const;

const BITS = 4;
const BYTE = BITS - 1;

/** Doubles of a node: next unread turn, end of its turns, its byte, and its reach. */
const ROW = 4;
const NEXT = 0;
const LAST = 1;
const STATE = 2;
/** Seconds in reach in spells that ended, less the second at which an open spell began. */
const REACH = 3;

/** Turns of some farms' nodes in an epoch, and how many there are. */
export interface Part {
  readonly turns: Uint32Array;
  readonly count: number;
}

/** For how many nodes there are rows. */
export const roomIn = (rows: Float64Array): number => rows.length / ROW;

/** Rows for so many nodes in memory that threads share. */
export const sharedRows = (capacity: number): Float64Array =>
  linedDoubles(capacity * ROW, sharedMemory);

/** The turns of all nodes in an epoch, by dense node, and how far they have been read. */
export class NodeView {
  /** The second that is being judged: turns at or before it have been seen. */
  now = 0;
  /** Bounds of the epoch. */
  #start = 0;
  #end = 0;
  /** Seconds since the start of the epoch times four, and the byte from then on. */
  #turns: Uint32Array = new Uint32Array(0);
  #count = 0;
  /** What is read of a node together, side by side. */
  #rows: Float64Array;
  readonly #memory: Memory;
  #capacity: number;

  constructor(capacity: number, memory = ownMemory) {
    this.#memory = memory;
    this.#capacity = capacity;
    this.#rows = linedDoubles(capacity * ROW);
  }

  /** The second at which the epoch ends. */
  get end(): number {
    return this.#end;
  }

  /** Opens an epoch without turns. */
  open(start: number, end: number, capacity: number): void {
    this.#start = start;
    this.#end = end;
    this.#count = 0;
    // A turn in the very first second has not been seen before somebody is there to judge it.
    this.now = start - 1;
    this.fit(capacity);
  }

  /** Makes room for nodes that join within the epoch. */
  fit(capacity: number): void {
    if (capacity <= this.#capacity) return;
    this.#rows = lengthened(this.#rows, linedDoubles(capacity * ROW));
    this.#capacity = capacity;
  }

  /** The turns that follow are those of a node, which is as its table says. */
  begin(node: number, nodes: NodeTable): void {
    const rows = this.#rows;
    const at = node * ROW;
    rows[at + NEXT] = this.#count;
    rows[at + STATE] = nodes.running[node] | (nodes.reachable[node] << 1);
    rows[at + REACH] = nodes.reachedBefore(node);
  }

  /** A node's byte changes at a second of the epoch. */
  turn(second: number, state: number): void {
    if (this.#count === this.#turns.length) this.#lengthen(Math.max(1024, this.#count * 2));
    this.#turns[this.#count++] = (second - this.#start) * BITS + state;
  }

  /** All turns of a node are laid down. */
  finish(node: number): void {
    this.#rows[node * ROW + LAST] = this.#count;
  }

  /** Lays down rows where another thread reads them. */
  stand(rows: Float64Array): void {
    this.#rows = rows;
    this.#capacity = roomIn(rows);
  }

  /** The turns that were laid down, and how many there are. */
  get part(): Part {
    return { turns: this.#turns, count: this.#count };
  }

  /** Takes over the rows of so many nodes, and the turns of each part, one behind the other. */
  adopt(rows: Float64Array, nodes: NodeTable, parts: readonly (Part & { from: number })[]): void {
    this.#rows.set(rows.subarray(0, nodes.count * ROW));
    const ends: number[] = [];
    for (const { turns, count } of parts) {
      if (this.#count + count > this.#turns.length) this.#lengthen((this.#count + count) * 2);
      this.#turns.set(turns.subarray(0, count), this.#count);
      this.#count += count;
      ends.push(this.#count);
    }
    if (parts.length === 1) return;
    for (let node = 0, at = 0, part = 0; node < nodes.count; node++, at += ROW) {
      const farm = nodes.farm[node];
      while (farm < parts[part].from) part -= 1;
      while (part + 1 < parts.length && farm >= parts[part + 1].from) part += 1;
      const before = part === 0 ? 0 : ends[part - 1];
      this.#rows[at + NEXT] += before;
      this.#rows[at + LAST] += before;
    }
  }

  #lengthen(length: number): void {
    this.#turns = lengthened(this.#turns, new Uint32Array(this.#memory(length * 4)));
  }

  /** True if the node can be reached. */
  reaches(node: number): boolean {
    return (this.#stateOf(node) & Seen.reachable) !== 0;
  }

  /** True if the node runs, whether it can be reached or not. */
  runs(node: number): boolean {
    return (this.#stateOf(node) & Seen.running) !== 0;
  }

  /** Reachable seconds of a node up to a second, if it stays as it is now. */
  until(node: number, second: number): number {
    const reached = (this.#stateOf(node) & Seen.reachable) !== 0;
    return this.#rows[node * ROW + REACH] + (reached ? second : 0);
  }

  /** The next second of the epoch at which a node starts or stops running; Infinity if none. */
  nextRun(node: number): number {
    const running = this.#stateOf(node) & Seen.running;
    for (let at = this.#nextOf(node), last = this.#lastOf(node); at < last; at++)
      if ((this.#turns[at] & Seen.running) !== running) return this.#secondOf(at);
    return Number.POSITIVE_INFINITY;
  }

  /** The next second of the epoch at which a node can be reached again; Infinity if none. */
  nextShow(node: number): number {
    if (this.reaches(node)) return this.now;
    for (let at = this.#nextOf(node), last = this.#lastOf(node); at < last; at++)
      if ((this.#turns[at] & Seen.reachable) !== 0) return this.#secondOf(at);
    return Number.POSITIVE_INFINITY;
  }

  /**
   * The second at which the first spell out of reach that begins from now on has lasted for
   * `patience`; a spell that outlasts the epoch counts, whenever it has lasted so long. Infinity
   * if there is none.
   */
  firstAbsence(node: number, patience: number): number {
    let reached = this.reaches(node);
    let since = Number.POSITIVE_INFINITY;
    for (let at = this.#nextOf(node), last = this.#lastOf(node); at < last; at++) {
      const reaches = (this.#turns[at] & Seen.reachable) !== 0;
      if (reaches === reached) continue;
      const second = this.#secondOf(at);
      if (reaches && since + patience < second) return since + patience;
      since = reaches ? Number.POSITIVE_INFINITY : second;
      reached = reaches;
    }
    return since + patience;
  }

  #nextOf(node: number): number {
    return this.#rows[node * ROW + NEXT];
  }

  #lastOf(node: number): number {
    return this.#rows[node * ROW + LAST];
  }

  #stateOf(node: number): number {
    const rows = this.#rows;
    const row = node * ROW;
    let state = rows[row + STATE];
    const last = rows[row + LAST];
    let at = rows[row + NEXT];
    if (at === last) return state;
    const turns = this.#turns;
    const passed = (Math.floor(this.now) - this.#start) * BITS + BYTE;
    for (; at < last && turns[at] <= passed; at++) {
      const next = turns[at] & BYTE;
      if (((next ^ state) & Seen.reachable) !== 0) {
        const second = this.#secondOf(at);
        rows[row + REACH] += (next & Seen.reachable) !== 0 ? -second : second;
      }
      state = next;
    }
    rows[row + STATE] = state;
    rows[row + NEXT] = at;
    return state;
  }

  #secondOf(at: number): number {
    return this.#start + (this.#turns[at] >>> 2);
  }
}
