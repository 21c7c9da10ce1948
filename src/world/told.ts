/**
 * Told: what the tables of places have been told of each node, so that they are not told again.
 *
 * A contract that ends mostly leaves its node with no more to offer than it had before. Bounds only
 * fall where a stretch is tightened, so what a node was told to offer since then still stands; that
 * is looked up here, where telling would go to a bucket and its bounds in each table.
 */
import { lengthened, linedDoubles } from "./column.ts";
import { cellsFor, ROOM, Room, type RoomTable, SHARED } from "./room.ts";

/** Doubles of a node: the most memory, SSD and HDD to share, and all kinds of room. */
const TOLD = 4;
const MRU = 0;
const SRU = 1;
const HRU = 2;
const KINDS = 3;

/** What all tables of a node surely know of it, by dense node. */
export class Told {
  #rows: Float64Array = new Float64Array(0);

  /** Makes room for so many nodes, of which nothing is known. */
  grow(nodes: number): void {
    this.#rows = lengthened(this.#rows, linedDoubles(nodes * TOLD));
  }

  /** True if the tables know of a node at least what it offers now, which is of some kinds. */
  covers(node: number, room: RoomTable, kinds: number): boolean {
    const rows = this.#rows;
    const at = node * TOLD;
    const known = rows[at + KINDS];
    const others = kinds & ~SHARED;
    if ((known & others) !== others) return false;
    const cell = kinds & SHARED;
    if (cell === 0) return true;
    const of = node * ROOM;
    const mru = room.rows[of + Room.mru];
    const sru = room.rows[of + Room.sru];
    if (mru > rows[at + MRU] || sru > rows[at + SRU]) return false;
    if (room.rows[of + Room.hru] > rows[at + HRU]) return false;
    return (known & cell) !== 0 || (known & cellsFor(mru, sru)) !== 0;
  }

  /** All tables are told what a node offers now, besides what they knew. */
  add(node: number, room: RoomTable, kinds: number): void {
    const rows = this.#rows;
    const at = node * TOLD;
    rows[at + KINDS] |= kinds;
    if ((kinds & SHARED) === 0) return;
    const of = node * ROOM;
    rows[at + MRU] = Math.max(rows[at + MRU], room.rows[of + Room.mru]);
    rows[at + SRU] = Math.max(rows[at + SRU], room.rows[of + Room.sru]);
    rows[at + HRU] = Math.max(rows[at + HRU], room.rows[of + Room.hru]);
  }

  /** One table knows no more of a node than what it offers now. */
  forget(node: number, room: RoomTable, kinds: number): void {
    this.#rows.fill(0, node * TOLD, (node + 1) * TOLD);
    this.add(node, room, kinds);
  }
}
