/**
 * The table of contracts, in the order of their creation, without a history in memory.
 *
 * A contract's row in the world serves another when it ends, so what is told of it leaves the world
 * at the end of the window; those that still live at the end of the run follow then.
 */
import { GIB } from "../units/index.ts";
import { STEP } from "../world/contract.ts";
import { TOLD, TOLD_STEP } from "../world/ended.ts";
import type { World } from "../world/state.ts";
import { OrderedRows } from "./ordered.ts";
import { PIECE_ROWS, type Table, type TableSink } from "./summary.ts";

const KINDS = ["node", "rent", "name"] as const;
const STATES = ["created", "grace", "ended"] as const;
const FIRST = 1;
const placeOf = (name: (typeof TOLD)[number]): number => FIRST + TOLD.indexOf(name);

/** Gathers the contracts of a world as they end, and tells them. */
export class ContractRows {
  readonly #rows: OrderedRows;

  constructor(sink: TableSink) {
    this.#rows = new OrderedRows({ step: TOLD_STEP, rows: PIECE_ROWS, scratch: sink.scratch() });
  }

  /** The most rows that were held in memory at a time. */
  get held(): number {
    return this.#rows.held;
  }

  /** Takes the contracts that have ended since the last time. */
  take({ contracts }: World): void {
    if (contracts.ended !== null) this.#rows.add(contracts.ended.take());
  }

  /** Tells all contracts there ever were, those that live included. */
  *pieces(world: World): Generator<Table> {
    const { contracts, terms } = world;
    for (let row = 0; row < contracts.count; row += STEP) {
      if (!contracts.lives(row)) continue;
      contracts.ended?.put(contracts, row);
      if ((contracts.ended?.count ?? 0) >= PIECE_ROWS) this.take(world);
    }
    this.take(world);
    let first = 0;
    for (const piece of this.#rows.pieces()) {
      yield tableOf(piece, first, terms.secondsPerBlock);
      first += piece.length / TOLD_STEP;
    }
    if (first === 0) yield tableOf(new Float64Array(0), 0, terms.secondsPerBlock);
  }
}

function tableOf(piece: Float64Array, first: number, secondsPerBlock: number): Table {
  const count = piece.length / TOLD_STEP;
  const column = (name: (typeof TOLD)[number], scale = 1): Float64Array => {
    const place = placeOf(name);
    return new Float64Array(count).map((_, at) => piece[at * TOLD_STEP + place] * scale);
  };
  const words = (name: "kind" | "state", of: readonly string[]): readonly string[] =>
    Array.from(column(name), (value) => of[value]);
  return {
    contract: new Float64Array(count).map((_, at) => first + at),
    user: column("user"),
    kind: words("kind", KINDS),
    state: words("state", STATES),
    node: column("node"),
    created_s: column("created", secondsPerBlock),
    ended_s: column("endedAt"),
    cru: column("cores"),
    mru_gib: column("memory", 1 / GIB),
    sru_gib: column("ssd", 1 / GIB),
    hru_gib: column("hdd", 1 / GIB),
    public_ips: column("ips"),
  };
}
