/**
 * Deployments: what a user runs, made of one contract or several, with one life.
 *
 * A deployment is known by (user, ordinal of the user's deployments), which is the cause of all its
 * draws: sizes, life, places and patience.
 */
import { lengthened } from "./column.ts";
import { NONE } from "./contract.ts";

const SIZE = 512;

/** All deployments that ever were in a run, by dense row. */
export class DeploymentTable {
  count = 0;
  user = new Uint32Array(SIZE);
  ordinal = new Uint32Array(SIZE);
  workload = new Uint8Array(SIZE);
  /** Second of the planned end. */
  ends = new Float64Array(SIZE);
  /** True if its tenant moves it off a node that stays away. */
  moves = new Uint8Array(SIZE);
  /** How often a part of it was moved, which numbers the draws of a move. */
  moved = new Uint32Array(SIZE);
  live = new Uint8Array(SIZE);
  firstContract = new Int32Array(SIZE);

  /** Adds a row for a deployment without contracts yet. */
  add(user: number, ordinal: number, workload: number, ends: number, moves: boolean): number {
    if (this.count === this.user.length) this.#grow();
    const row = this.count++;
    this.user[row] = user;
    this.ordinal[row] = ordinal;
    this.workload[row] = workload;
    this.ends[row] = ends;
    this.moves[row] = moves ? 1 : 0;
    this.live[row] = 1;
    this.firstContract[row] = NONE;
    return row;
  }

  #grow(): void {
    const size = this.user.length * 2;
    this.user = lengthened(this.user, new Uint32Array(size));
    this.ordinal = lengthened(this.ordinal, new Uint32Array(size));
    this.moved = lengthened(this.moved, new Uint32Array(size));
    this.workload = lengthened(this.workload, new Uint8Array(size));
    this.moves = lengthened(this.moves, new Uint8Array(size));
    this.live = lengthened(this.live, new Uint8Array(size));
    this.ends = lengthened(this.ends, new Float64Array(size));
    this.firstContract = lengthened(this.firstContract, new Int32Array(size));
  }
}
