/**
 * What the chain and the tenants have seen of the nodes, up to the second that is being judged.
 *
 * The fleet runs ahead to the end of the window; whoever judges what happened inside the window
 * must not look there. The view follows fact by fact, so that an answer does not depend on how
 * long a window is. Most facts are of nodes without tenants: they change one byte and nothing
 * else.
 */
import { lengthened } from "./column.ts";

/** What a node's byte says: it can be reached, it runs, a contract is on it. */
export const Seen = { reachable: 1, running: 2, tenants: 4 } as const;

/** Nodes as seen, by dense node. */
export class NodeView {
  /** A byte a node, of `Seen`. */
  flags: Uint8Array;
  /** For nodes with tenants: seconds reachable in spells that ended, start of the open spell. */
  #seconds: Float64Array;
  #since: Float64Array;

  constructor(capacity: number) {
    this.flags = new Uint8Array(capacity);
    this.#seconds = new Float64Array(capacity);
    this.#since = new Float64Array(capacity);
  }

  /** Makes room for a node that has joined. */
  admit(node: number): void {
    if (node < this.flags.length) return;
    const size = Math.max(node + 1, this.flags.length * 2);
    this.flags = lengthened(this.flags, new Uint8Array(size));
    this.#seconds = lengthened(this.#seconds, new Float64Array(size));
    this.#since = lengthened(this.#since, new Float64Array(size));
  }

  /** True if the node can be reached. */
  reaches(node: number): boolean {
    return (this.flags[node] & Seen.reachable) !== 0;
  }

  /** True if the node runs, whether it can be reached or not. */
  runs(node: number): boolean {
    return (this.flags[node] & Seen.running) !== 0;
  }

  /** True if a contract is on the node. */
  hasTenants(node: number): boolean {
    return (this.flags[node] & Seen.tenants) !== 0;
  }

  /** A first contract has come to a node: from here on its reachable time is counted. */
  receive(node: number, second: number): void {
    this.flags[node] |= Seen.tenants;
    this.#since[node] = second;
  }

  /** The last contract has left a node. */
  empty(node: number): void {
    this.flags[node] &= ~Seen.tenants;
  }

  /** The node can be reached from a second on. */
  appear(node: number, second: number): void {
    this.flags[node] |= Seen.reachable;
    this.#since[node] = second;
  }

  /** The node can no longer be reached. */
  vanish(node: number, second: number): void {
    if (!this.reaches(node)) return;
    this.flags[node] &= ~Seen.reachable;
    this.#seconds[node] += second - this.#since[node];
  }

  /** The node runs from now on, or no longer. */
  run(node: number, runs: boolean): void {
    if (runs) this.flags[node] |= Seen.running;
    else this.flags[node] &= ~Seen.running;
  }

  /** Reachable seconds of a node with tenants up to a second, counted from some moment on. */
  until(node: number, second: number): number {
    return this.#seconds[node] + (this.reaches(node) ? second - this.#since[node] : 0);
  }
}
