/**
 * Deployments: what a user runs, made of one contract or several, with one life.
 *
 * A deployment is known by (user, ordinal of the user's deployments), which is the cause of all its
 * draws: sizes, life, places and patience.
 */
import { lengthened, linedDoubles } from "./column.ts";
import { NONE } from "./contract.ts";
import { VacantRows } from "./vacant.ts";

/** The columns in the order in which they lie, one line of a processor's cache. */
const COLUMNS = [
  "user",
  "ordinal",
  "workload",
  "ends",
  "moves",
  "moved",
  "live",
  "firstContract",
] as const;
/** Numbers of a deployment, and what its row is a multiple of. */
export const DEPLOYMENT_STEP = COLUMNS.length;
const NOTHING: Float64Array = new Float64Array(0);
const ROWS_LEAST = 512;

/**
 * The deployments of a run, by row: a place in all columns. The row of one that has ended serves
 * another, unless all are to be kept.
 */
export class DeploymentTable {
  /** Where the next new row would be. */
  count = 0;
  user = NOTHING;
  ordinal = NOTHING;
  workload = NOTHING;
  /** Second of the planned end. */
  ends = NOTHING;
  /** 1 if its tenant moves it off a node that stays away. */
  moves = NOTHING;
  /** How often a part of it was moved, which numbers the draws of a move. */
  moved = NOTHING;
  live = NOTHING;
  firstContract = NOTHING;

  #numbers = NOTHING;
  readonly #vacant = new VacantRows();

  readonly #keepEnded: boolean;

  constructor(keepEnded: boolean) {
    this.#keepEnded = keepEnded;
    this.#resize(ROWS_LEAST);
  }

  /** Adds a row for a deployment without contracts yet. */
  add(user: number, ordinal: number, workload: number, ends: number, moves: boolean): number {
    const row = this.#rowOf();
    this.user[row] = user;
    this.ordinal[row] = ordinal;
    this.workload[row] = workload;
    this.ends[row] = ends;
    this.moves[row] = moves ? 1 : 0;
    this.moved[row] = 0;
    this.live[row] = 1;
    this.firstContract[row] = NONE;
    return row;
  }

  /** The row of a deployment whose end has come may serve another. */
  vacate(row: number): void {
    if (!this.#keepEnded) this.#vacant.add(row);
  }

  #rowOf(): number {
    const vacant = this.#vacant.take();
    if (vacant >= 0) return vacant;
    const row = this.count;
    this.count += DEPLOYMENT_STEP;
    if (this.count > this.#numbers.length) this.#resize((2 * row) / DEPLOYMENT_STEP);
    return row;
  }

  #resize(rows: number): void {
    this.#numbers = lengthened(this.#numbers, linedDoubles(rows * DEPLOYMENT_STEP));
    for (const [at, name] of COLUMNS.entries()) this[name] = this.#numbers.subarray(at);
  }
}
