/**
 * What the chain and the tenants have seen of the nodes, up to the second that is being judged.
 *
 * The fleet lives a whole epoch ahead, node by node, and lays down every turn of a node here: a
 * second, and whether it runs and can be reached from then on. Whoever judges what happens inside
 * the epoch reads a node's turns up to its own second and no further, so that an answer depends
 * neither on the length of an epoch nor on that of a window. A node that nobody asks about costs
 * nothing here.
 */
import { lengthened } from "./column.ts";
import type { NodeTable } from "./node.ts";

/** What a node's byte says: it runs; it can be reached. */
export const Seen = { running: 1, reachable: 2 } as const;

const BITS = 4;
const STATE = BITS - 1;

/** The turns of all nodes in an epoch, by dense node, and how far they have been read. */
export class NodeView {
  /** The second that is being judged: turns at or before it have been seen. */
  now = 0;
  /** Bounds of the epoch. */
  #start = 0;
  #end = 0;
  /** Seconds since the start of the epoch times four, and the byte from then on. */
  #turns = new Uint32Array(1024);
  #count = 0;
  /** Next unread turn of a node, and the end of its turns. */
  #next: Uint32Array;
  #last: Uint32Array;
  #state: Uint8Array;
  /** Seconds in reach in spells that ended, less the second at which an open spell began. */
  #reach: Float64Array;

  constructor(capacity: number) {
    this.#next = new Uint32Array(capacity);
    this.#last = new Uint32Array(capacity);
    this.#state = new Uint8Array(capacity);
    this.#reach = new Float64Array(capacity);
  }

  /** The second at which the epoch ends. */
  get end(): number {
    return this.#end;
  }

  /** Opens an epoch without turns: every node is as its table says. */
  open(start: number, end: number, nodes: NodeTable): void {
    this.#start = start;
    this.#end = end;
    this.#count = 0;
    // A turn in the very first second has not been seen before somebody is there to judge it.
    this.now = start - 1;
    if (nodes.count > this.#state.length) this.#enlarge(nodes.capacity);
    for (let node = 0; node < nodes.count; node++)
      this.#state[node] = nodes.running[node] | (nodes.reachable[node] << 1);
    nodes.copyReach(this.#reach);
    this.#next.fill(0);
    this.#last.fill(0);
  }

  /** Makes room for nodes that join within the epoch. */
  fit(capacity: number): void {
    if (capacity > this.#state.length) this.#enlarge(capacity);
  }

  /** The turns that follow are those of a node. */
  begin(node: number): void {
    this.#next[node] = this.#count;
  }

  /** A node's byte changes at a second of the epoch. */
  turn(second: number, state: number): void {
    if (this.#count === this.#turns.length)
      this.#turns = lengthened(this.#turns, new Uint32Array(this.#count * 2));
    this.#turns[this.#count++] = (second - this.#start) * BITS + state;
  }

  /** All turns of a node are laid down. */
  finish(node: number): void {
    this.#last[node] = this.#count;
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
    return this.#reach[node] + (reached ? second : 0);
  }

  /** The next second of the epoch at which a node starts or stops running; Infinity if none. */
  nextRun(node: number): number {
    const running = this.#stateOf(node) & Seen.running;
    for (let at = this.#next[node]; at < this.#last[node]; at++)
      if ((this.#turns[at] & Seen.running) !== running) return this.#secondOf(at);
    return Number.POSITIVE_INFINITY;
  }

  /** The next second of the epoch at which a node can be reached again; Infinity if none. */
  nextShow(node: number): number {
    if (this.reaches(node)) return this.now;
    for (let at = this.#next[node]; at < this.#last[node]; at++)
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
    for (let at = this.#next[node]; at < this.#last[node]; at++) {
      const reaches = (this.#turns[at] & Seen.reachable) !== 0;
      if (reaches === reached) continue;
      const second = this.#secondOf(at);
      if (reaches && since + patience < second) return since + patience;
      since = reaches ? Number.POSITIVE_INFINITY : second;
      reached = reaches;
    }
    return since + patience;
  }

  #stateOf(node: number): number {
    const last = this.#last[node];
    let at = this.#next[node];
    if (at === last) return this.#state[node];
    const turns = this.#turns;
    const passed = (Math.floor(this.now) - this.#start) * BITS + STATE;
    let state = this.#state[node];
    for (; at < last && turns[at] <= passed; at++) {
      const next = turns[at] & STATE;
      if (((next ^ state) & Seen.reachable) !== 0) {
        const second = this.#secondOf(at);
        this.#reach[node] += (next & Seen.reachable) !== 0 ? -second : second;
      }
      state = next;
    }
    this.#state[node] = state;
    this.#next[node] = at;
    return state;
  }

  #secondOf(at: number): number {
    return this.#start + (this.#turns[at] >>> 2);
  }

  #enlarge(size: number): void {
    this.#next = lengthened(this.#next, new Uint32Array(size));
    this.#last = lengthened(this.#last, new Uint32Array(size));
    this.#state = lengthened(this.#state, new Uint8Array(size));
    this.#reach = lengthened(this.#reach, new Float64Array(size));
  }
}
