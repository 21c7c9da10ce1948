/**
 * What the chain and the tenants have seen of the nodes, up to the second that is being judged.
 *
 * The fleet runs ahead to the end of the window; whoever judges what happened inside the window
 * must not look there. The view follows fact by fact, so that an answer does not depend on the
 * length of the window.
 */
import { lengthened } from "./column.ts";

/** Nodes as seen, by dense node. */
export class NodeView {
  reachable: Uint8Array;
  /** Seconds reachable in spells that ended, and the start of the open spell. */
  seconds: Float64Array;
  since: Float64Array;
  running: Uint8Array;

  constructor(capacity: number) {
    this.reachable = new Uint8Array(capacity);
    this.seconds = new Float64Array(capacity);
    this.since = new Float64Array(capacity);
    this.running = new Uint8Array(capacity);
  }

  /** Makes room for a node that has joined. */
  admit(node: number): void {
    if (node < this.reachable.length) return;
    const size = Math.max(node + 1, this.reachable.length * 2);
    this.reachable = lengthened(this.reachable, new Uint8Array(size));
    this.seconds = lengthened(this.seconds, new Float64Array(size));
    this.since = lengthened(this.since, new Float64Array(size));
    this.running = lengthened(this.running, new Uint8Array(size));
  }

  /** The node can be reached from a second on. */
  appear(node: number, second: number): void {
    this.reachable[node] = 1;
    this.since[node] = second;
  }

  /** The node can no longer be reached. */
  vanish(node: number, second: number): void {
    if (this.reachable[node] === 0) return;
    this.reachable[node] = 0;
    this.seconds[node] += second - this.since[node];
  }

  /** Seconds a node could be reached up to the second that is being judged. */
  until(node: number, second: number): number {
    return this.seconds[node] + (this.reachable[node] === 1 ? second - this.since[node] : 0);
  }
}
