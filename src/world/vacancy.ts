/**
 * Vacancies: what each stretch of a table of places offers at most, so that a search passes over
 * stretches in which nothing fits.
 *
 * A tree over the buckets of a table. A stretch's bounds are never too low: what becomes free is
 * told at once (`raise`), what is taken is noticed when a search finds less than was promised
 * (`tighten`). A bound only says where not to look, so no choice depends on how tight it is.
 */
import { bitOf, type Farms, offered, RENTABLE, ROOM, Room, RoomTable, SHARED } from "./room.ts";

/** Buckets of the shortest stretch, and stretches of a longer one. */
export const STRETCH = 8;
const SHIFT = 3;
/**
 * Doubles of a stretch, one line of a processor's cache: the most memory, SSD and HDD that is free
 * to share on one node, the same of nodes that nobody uses, what kinds of room there are, and the
 * bits of the countries where it is.
 */
const BOUNDS = 8;
const MRU = 0;
const SRU = 1;
const HRU = 2;
const WHOLE = 3;
const KINDS = 6;
const COUNTRIES = 7;
/** Below what any node has free: where capacity is not asked for, or not offered. */
const NOTHING = -1;
/** Buckets whose nodes are looked at together. */
const BATCH = 512;

/** What a search needs of a node, at the least. */
export interface Need {
  readonly mru: number;
  readonly sru: number;
  readonly hru: number;
  /** True for a node that nobody uses. */
  readonly whole: boolean;
  /** Kinds of room of which one is enough, and those which all have to be there. */
  readonly oneOf: number;
  readonly allOf: number;
  /** The bits of countries that serve. */
  readonly countries: number;
}

/** The bounds of one table's stretches. */
export class Vacancies {
  /** From the shortest stretches to the whole table. */
  readonly #levels: readonly Float64Array[];
  /** What one node or stretch offers, while it is compared. */
  readonly #offer = new Float64Array(BOUNDS);

  /** A table of so many buckets, a power of two and a whole stretch at least, all empty. */
  constructor(size: number) {
    const levels: Float64Array[] = [];
    for (let groups = size >> SHIFT; ; groups = Math.ceil(groups / STRETCH)) {
      const bounds = new Float64Array(groups * BOUNDS);
      for (let at = 0; at < bounds.length; at++) bounds[at] = at % BOUNDS < KINDS ? NOTHING : 0;
      levels.push(bounds);
      if (groups === 1) break;
    }
    this.#levels = levels;
  }

  /** A node in a bucket offers what its room says, or more than it did. */
  raise(bucket: number, node: number, room: RoomTable, farms: Farms): void {
    const offer = this.#offer;
    clear(offer, 0);
    offerOf(offer, node, room, farms);
    let group = bucket >> SHIFT;
    for (const bounds of this.#levels) {
      if (!include(bounds, group * BOUNDS, offer, 0)) return;
      group >>= SHIFT;
    }
  }

  /** Sets all bounds to what the nodes in the buckets offer: as if each had been raised. */
  measure(nodes: Int32Array, room: RoomTable, farms: Farms): void {
    const [least, ...longer] = this.#levels;
    const offer = this.#offer;
    // Rows lie where chance put them. Copied many at a time, they are waited for all at once.
    const batch = new RoomTable();
    batch.rows = new Float64Array(BATCH * ROOM);
    for (let start = 0; start < nodes.length; start += STRETCH) {
      if (start % BATCH === 0)
        copyRows(batch.rows, room.rows, nodes.subarray(start, start + BATCH));
      clear(offer, 0);
      for (let one = start; one < start + STRETCH; one++)
        if (nodes[one] >= 0) offerOf(offer, one % BATCH, batch, farms);
      least.set(offer, (start >> SHIFT) * BOUNDS);
    }
    let below = least;
    for (const bounds of longer) {
      for (let from = 0; from < below.length; from += BOUNDS)
        include(bounds, Math.floor(from / BOUNDS / STRETCH) * BOUNDS, below, from);
      below = bounds;
    }
  }

  /** The first bucket at or after one, in a stretch that may have what is needed; or `end`. */
  next(from: number, end: number, need: Need): number {
    const levels = this.#levels;
    let at = from;
    while (at < end) {
      // The longest stretch that begins here, and then ever shorter ones.
      let level = 0;
      while (level + 1 < levels.length && at % (STRETCH << (SHIFT * (level + 1))) === 0) level++;
      while (level >= 0 && this.#admits(level, at >> (SHIFT * (level + 1)), need)) level--;
      if (level < 0) return at;
      at += STRETCH << (SHIFT * level);
    }
    return end;
  }

  #admits(level: number, group: number, need: Need): boolean {
    const bounds = this.#levels[level];
    const at = group * BOUNDS;
    const kinds = bounds[at + KINDS];
    const most = need.whole ? at + WHOLE : at;
    return (
      (kinds & need.oneOf) !== 0 &&
      (kinds & need.allOf) === need.allOf &&
      (bounds[at + COUNTRIES] & need.countries) !== 0 &&
      need.mru <= bounds[most + MRU] &&
      need.sru <= bounds[most + SRU] &&
      need.hru <= bounds[most + HRU]
    );
  }

  /**
   * A search found nothing in the stretch of a bucket: its bounds become what is there now; true if
   * that is less.
   */
  tighten(bucket: number, nodes: Int32Array, room: RoomTable, farms: Farms): boolean {
    const offer = this.#offer;
    clear(offer, 0);
    let group = bucket >> SHIFT;
    const start = group << SHIFT;
    for (let one = start; one < start + STRETCH; one++)
      if (nodes[one] >= 0) offerOf(offer, nodes[one], room, farms);
    for (let level = 0; ; level++) {
      const bounds = this.#levels[level];
      if (!replace(bounds, group * BOUNDS, offer)) return level > 0;
      if (level + 1 === this.#levels.length) return true;
      group >>= SHIFT;
      clear(offer, 0);
      const from = group * STRETCH * BOUNDS;
      const to = Math.min(from + STRETCH * BOUNDS, bounds.length);
      for (let at = from; at < to; at += BOUNDS) include(offer, 0, bounds, at);
    }
  }
}

/** Copies the rows of nodes, one behind the other; nothing where there is no node. */
function copyRows(batch: Float64Array, rows: Float64Array, nodes: Int32Array): void {
  for (let one = 0; one < nodes.length; one++) {
    const from = nodes[one] * ROOM;
    if (from < 0) continue;
    for (let k = 0; k < ROOM; k++) batch[one * ROOM + k] = rows[from + k];
  }
}

function clear(bounds: Float64Array, at: number): void {
  for (let one = at; one < at + KINDS; one++) bounds[one] = NOTHING;
  bounds[at + KINDS] = 0;
  bounds[at + COUNTRIES] = 0;
}

/** Raises bounds to what others are, where those are higher; true if any was. */
function include(bounds: Float64Array, at: number, other: Float64Array, of: number): boolean {
  let raised = false;
  for (let one = 0; one < KINDS; one++) {
    if (other[of + one] <= bounds[at + one]) continue;
    bounds[at + one] = other[of + one];
    raised = true;
  }
  for (let one = KINDS; one < BOUNDS; one++) {
    if ((other[of + one] & ~bounds[at + one]) === 0) continue;
    bounds[at + one] |= other[of + one];
    raised = true;
  }
  return raised;
}

/** Sets bounds to an offer; true if that changed them. */
function replace(bounds: Float64Array, at: number, offer: Float64Array): boolean {
  let changed = false;
  for (let one = 0; one < BOUNDS; one++) {
    if (bounds[at + one] === offer[one]) continue;
    bounds[at + one] = offer[one];
    changed = true;
  }
  return changed;
}

/** Raises an offer to what a node has. */
function offerOf(offer: Float64Array, node: number, room: RoomTable, farms: Farms): void {
  const kinds = offered(room, node, farms);
  const row = node * ROOM;
  offer[KINDS] |= kinds;
  offer[COUNTRIES] |= bitOf(room.rows[row + Room.country]);
  if ((kinds & SHARED) !== 0) most(offer, 0, room.rows, row);
  if ((kinds & RENTABLE) !== 0) most(offer, WHOLE, room.rows, row);
}

function most(offer: Float64Array, at: number, rows: Float64Array, row: number): void {
  offer[at + MRU] = Math.max(offer[at + MRU], rows[row + Room.mru]);
  offer[at + SRU] = Math.max(offer[at + SRU], rows[row + Room.sru]);
  offer[at + HRU] = Math.max(offer[at + HRU], rows[row + Room.hru]);
}

/** Any capacity of any node. */
export const ANYTHING: Need = {
  mru: NOTHING,
  sru: NOTHING,
  hru: NOTHING,
  whole: false,
  oneOf: ~0,
  allOf: 0,
  countries: ~0,
};
