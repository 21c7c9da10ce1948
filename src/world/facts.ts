/**
 * Facts: what has happened, in the past tense, with its exact second.
 *
 * A fact is one row of plain columns. The world writes rows while a window runs; the chain and the
 * metrics read them in order, and the rows are reused in the next window.
 */

/** What a fact says; `entity` and `value` mean what the comment beside it says. */
export const Fact = {
  /** A node was registered: node, 0. */
  nodeJoined: 1,
  /** A node left the grid for good: node, 0. */
  nodeLeft: 2,
  /** A node stopped running: node, its cause (see `Cause`). */
  nodeFailed: 3,
  /** A node runs again, booted this second: node, 0. */
  nodeBooted: 4,
  /** A running node's line came back or it booted behind a working line: node, 0. */
  nodeReachable: 5,
  /** A node can no longer be reached: node, its cause. */
  nodeUnreachable: 6,
  /** A node was paid for a period, or not: node, 1e-7 TFT. */
  nodeMinted: 7,
  /** A contract came to be: contract, 0. */
  contractStarted: 10,
  /** A contract ended: contract, how (see `Ending`). */
  contractEnded: 11,
  /** A contract entered its grace period: contract, 0. */
  graceEntered: 12,
  /** A contract left its grace period alive: contract, 0. */
  graceLeft: 13,
  /** A deployment found no place: user, why (see `Refusal`). */
  deploymentRefused: 14,
  /** A deployment was placed: user, 0. */
  deploymentPlaced: 15,
  /** A tenant moved a deployment off a failed node: contract, 0. */
  deploymentMoved: 16,
  /** A wallet was filled from outside: user, 1e-7 TFT. */
  walletFilled: 17,
  /** What a wallet had to spare was taken off the chain: user, 1e-7 TFT. */
  walletEmptied: 18,
} as const;

/** Why a node stopped or cannot be reached. */
export const Cause = {
  rest: 0,
  hardware: 1,
  power: 2,
  update: 3,
  line: 4,
  imposed: 5,
  left: 6,
} as const;

/** How a contract ended. */
export const Ending = { cancelled: 0, outOfFunds: 1, nodeLeft: 2, moved: 3 } as const;

/** Why a deployment found no place: the filter that no node passed, in the order they ask. */
export const Refusal = {
  reachable: 0,
  gpu: 1,
  rentable: 2,
  publicIp: 3,
  memory: 4,
  ssd: 5,
  hdd: 6,
} as const;

/** Rows of facts, in the order in which they happened. */
export class FactLog {
  kind = new Uint8Array(1024);
  time = new Float64Array(1024);
  entity = new Uint32Array(1024);
  value = new Float64Array(1024);
  count = 0;

  /** Adds a row: what, when (seconds since the start), who, how much. */
  add(kind: number, time: number, entity: number, value: number): void {
    if (this.count === this.kind.length) this.#grow();
    const row = this.count++;
    this.kind[row] = kind;
    this.time[row] = time;
    this.entity[row] = entity;
    this.value[row] = value;
  }

  /** Brings the rows from one on into the order of time; of one entity they keep their order. */
  sortFrom(first: number): void {
    const order = Array.from({ length: this.count - first }, (_, i) => first + i);
    order.sort((a, b) => this.time[a] - this.time[b] || this.entity[a] - this.entity[b] || a - b);
    for (const name of ["kind", "time", "entity", "value"] as const) {
      const column = this[name];
      column.set(
        order.map((row) => column[row]),
        first,
      );
    }
  }

  /** Forgets all rows, keeps the room. */
  clear(): void {
    this.count = 0;
  }

  #grow(): void {
    const size = this.kind.length * 2;
    const kind = new Uint8Array(size);
    kind.set(this.kind);
    const time = new Float64Array(size);
    time.set(this.time);
    const entity = new Uint32Array(size);
    entity.set(this.entity);
    const value = new Float64Array(size);
    value.set(this.value);
    this.kind = kind;
    this.time = time;
    this.entity = entity;
    this.value = value;
  }
}
