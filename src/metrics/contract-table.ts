/**
 * The table of contracts, without a history in memory.
 *
 * A contract's row in the world serves another when it ends, so what is told of it leaves the world
 * at the end of the window, and leaves memory as soon as a row group is full of what has ended;
 * those that still live at the end of the run follow then. Within a row group contracts are in the
 * order of their creation, so a table of one row group is in that order as a whole.
 */
import { GIB } from "../units/index.ts";
import { STEP } from "../world/contract.ts";
import { TOLD, TOLD_STEP } from "../world/ended.ts";
import type { World } from "../world/state.ts";
import { PIECE_ROWS, type Table, type TableSink } from "./summary.ts";

const KINDS = ["node", "rent", "name"] as const;
const STATES = ["created", "grace", "ended"] as const;
const FIRST = 1;
const placeOf = (name: (typeof TOLD)[number]): number => FIRST + TOLD.indexOf(name);

/** Gathers the contracts of a world as they end, and tells them piece by piece. */
export class ContractRows {
  readonly #sink: Pick<TableSink, "add">;
  readonly #pieceRows: number;
  readonly #rows: Float64Array;
  #count = 0;
  #told = 0;

  /** A piece has `pieceRows` rows; tests have fewer than a file. */
  constructor(sink: Pick<TableSink, "add">, pieceRows = PIECE_ROWS) {
    this.#sink = sink;
    this.#pieceRows = pieceRows;
    this.#rows = new Float64Array(pieceRows * TOLD_STEP);
  }

  /** Takes the contracts that have ended since the last time; tells a piece that is full. */
  take({ contracts, terms }: World): void {
    const ended = contracts.ended?.take() ?? this.#rows.subarray(0, 0);
    for (let from = 0; from < ended.length; ) {
      const room = (this.#pieceRows - this.#count) * TOLD_STEP;
      const to = Math.min(ended.length, from + room);
      this.#rows.set(ended.subarray(from, to), this.#count * TOLD_STEP);
      this.#count += (to - from) / TOLD_STEP;
      from = to;
      if (this.#count === this.#pieceRows) this.#tell(terms.secondsPerBlock);
    }
  }

  /** Tells those that live, behind all that have ended. */
  finish(world: World): void {
    const { contracts, terms } = world;
    for (let row = 0; row < contracts.count; row += STEP) {
      if (!contracts.lives(row)) continue;
      contracts.ended?.put(contracts, row);
      if ((contracts.ended?.count ?? 0) >= this.#pieceRows) this.take(world);
    }
    this.take(world);
    if (this.#count > 0 || this.#told === 0) this.#tell(terms.secondsPerBlock);
  }

  #tell(secondsPerBlock: number): void {
    const rows = inOrder(this.#rows.subarray(0, this.#count * TOLD_STEP));
    this.#sink.add("contracts", tableOf(rows, secondsPerBlock));
    this.#told += this.#count;
    this.#count = 0;
  }
}

/** A copy of rows, by the ordinals of their contracts. */
function inOrder(rows: Float64Array): Float64Array {
  const count = rows.length / TOLD_STEP;
  // An ordinal and the place of its row in one: ordinals differ, so places never decide.
  const keys = Float64Array.from({ length: count }, (_, at) => rows[at * TOLD_STEP] * count + at);
  const sorted = new Float64Array(rows.length);
  for (const [to, key] of keys.sort().entries()) {
    const from = (key % count) * TOLD_STEP;
    sorted.set(rows.subarray(from, from + TOLD_STEP), to * TOLD_STEP);
  }
  return sorted;
}

function tableOf(piece: Float64Array, secondsPerBlock: number): Table {
  const count = piece.length / TOLD_STEP;
  const column = (name: (typeof TOLD)[number], scale = 1): Float64Array => {
    const place = placeOf(name);
    return new Float64Array(count).map((_, at) => piece[at * TOLD_STEP + place] * scale);
  };
  const words = (name: "kind" | "state", of: readonly string[]): readonly string[] =>
    Array.from(column(name), (value) => of[value]);
  return {
    contract: new Float64Array(count).map((_, at) => piece[at * TOLD_STEP]),
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
