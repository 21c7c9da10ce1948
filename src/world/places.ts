/**
 * Places: an index from which a node is chosen at random without walking through all of them.
 *
 * Every node sits in one bucket of a sparse table (one for its country, one for the whole grid),
 * where its own chance put it. Choosing draws buckets until one holds a node that passes, and where
 * few do, looks through stretches that may have what is wanted; a node more or less in the world
 * changes only those choices that meet its bucket.
 */
import type { Chance } from "../kernel/index.ts";
import { streamId } from "../kernel/index.ts";
import { lengthened } from "./column.ts";
import type { Fleet } from "./fleet.ts";
import { type Farms, offered, ROOM as ROW, Room, type RoomTable, Trait } from "./room.ts";
import { Told } from "./told.ts";
import { STRETCH, Vacancies } from "./vacancy.ts";

const STREAM = streamId("place.bucket");
const EMPTY = -1;
const GONE = -2;
/**
 * Buckets for each node when a table is made, at least; it is made anew when three of four are
 * taken. Empty buckets cost a draw each, full ones a step when a node is put down.
 */
const ROOM = 1.5;
const FULL = 0.75;
const SIZE_LEAST = 8;

/** Nodes in the buckets of one table, and what stretches of it offer. */
export class Buckets {
  nodes: Int32Array;
  /** What each bucket's node is for good, see `markOf`. */
  marks: Uint16Array;
  vacancies: Vacancies;
  readonly #offers: Offers;
  #taken = 0;
  #open = false;

  /** A table for about so many nodes; nobody looks through it before it opens. */
  constructor(expected: number, offers: Offers) {
    let size = SIZE_LEAST;
    while (size < expected * ROOM) size *= 2;
    this.nodes = new Int32Array(size).fill(EMPTY);
    this.marks = new Uint16Array(size);
    this.vacancies = new Vacancies(size);
    this.#offers = offers;
  }

  /** What its stretches offer is measured, once for all nodes that are in it. */
  open(): void {
    this.#open = true;
    this.vacancies.measure(this.nodes, this.#offers.room, this.#offers.farms);
  }

  /** Puts a node where its word says, or in the next free bucket. */
  add(node: number): void {
    if (this.#taken >= FULL * this.nodes.length) this.#enlarge();
    this.#put(node);
  }

  /** Takes a node out. */
  remove(node: number): void {
    const at = this.#find(node);
    if (at >= 0) this.nodes[at] = GONE;
  }

  /** A node offers more than before; nothing if it is not here. */
  raise(node: number): void {
    const at = this.#find(node);
    if (at >= 0) this.vacancies.raise(at, node, this.#offers.room, this.#offers.farms);
  }

  /** A search found nothing in the stretch of a bucket. */
  tighten(bucket: number): void {
    const { room, farms } = this.#offers;
    if (!this.vacancies.tighten(bucket, this.nodes, room, farms)) return;
    const start = bucket - (bucket % STRETCH);
    for (let at = start; at < start + STRETCH; at++)
      if (this.nodes[at] >= 0) this.#forget(this.nodes[at]);
  }

  /** Of a node this table now knows what it offers, and nothing from before. */
  #forget(node: number): void {
    const { told, room, farms } = this.#offers;
    told.forget(node, room, offered(room, node, farms));
  }

  #find(node: number): number {
    const mask = this.nodes.length - 1;
    let at = this.#offers.words[node] & mask;
    while (this.nodes[at] !== node) {
      if (this.nodes[at] === EMPTY) return EMPTY;
      at = (at + 1) & mask;
    }
    return at;
  }

  #put(node: number): void {
    const mask = this.nodes.length - 1;
    let at = this.#offers.words[node] & mask;
    while (this.nodes[at] >= 0) at = (at + 1) & mask;
    if (this.nodes[at] === EMPTY) this.#taken += 1;
    this.nodes[at] = node;
    this.marks[at] = markOf(this.#offers.room, node);
    if (!this.#open) return;
    this.vacancies.raise(at, node, this.#offers.room, this.#offers.farms);
    this.#forget(node);
  }

  #enlarge(): void {
    const old = this.nodes;
    this.nodes = new Int32Array(old.length * 2).fill(EMPTY);
    this.marks = new Uint16Array(old.length * 2);
    this.vacancies = new Vacancies(this.nodes.length);
    this.#taken = 0;
    for (const node of old) if (node >= 0) this.#put(node);
  }
}

/** What a node is for good, as one number: its country, and its traits above that. */
const markOf = ({ rows }: RoomTable, node: number): number =>
  rows[node * ROW + Room.country] + (rows[node * ROW + Room.traits] << COUNTRY_BITS);

/** Bits of a mark for the country. */
const COUNTRY_BITS = 10;

/** The bits of a mark that are asked for, and what they have to be. */
export interface Marked {
  readonly mask: number;
  readonly mark: number;
}

/** Asks for a country (-1 for any) and for traits. */
export const marked = (country: number, traits: number): Marked => ({
  mask: (country < 0 ? 0 : (1 << COUNTRY_BITS) - 1) | (traits << COUNTRY_BITS),
  mark: Math.max(country, 0) | (traits << COUNTRY_BITS),
});

/** What all tables know of every node: its word, what it has free, and what they were told. */
interface Offers {
  /** The 32-bit word of each node's cause, by dense node. */
  words: Uint32Array;
  readonly room: RoomTable;
  readonly farms: Farms;
  readonly told: Told;
}

/** The tables of the grid, of each country, and of nodes that have what few have. */
export class Places {
  readonly everywhere: Buckets;
  readonly countries: readonly Buckets[];
  readonly graphics: Buckets;
  readonly gateways: Buckets;
  readonly addressed: Buckets;
  readonly certified: Buckets;
  readonly #chance: Chance;
  readonly #offers: Offers;

  constructor(chance: Chance, nodesByCountry: readonly number[], { nodes, farms }: Fleet) {
    this.#chance = chance;
    const words = new Uint32Array(nodes.capacity);
    const offers = { words, room: nodes.room, farms, told: new Told() };
    offers.told.grow(nodes.capacity);
    this.#offers = offers;
    const total = nodesByCountry.reduce((sum, count) => sum + count, 0);
    this.everywhere = new Buckets(total, offers);
    this.countries = nodesByCountry.map((count) => new Buckets(count, offers));
    this.graphics = new Buckets(RARE, offers);
    this.gateways = new Buckets(RARE, offers);
    this.addressed = new Buckets(RARE, offers);
    this.certified = new Buckets(RARE, offers);
  }

  /** All nodes of the start have joined: from now on nodes are looked for. */
  open(): void {
    const { everywhere, countries, graphics, gateways, addressed, certified } = this;
    for (const table of [everywhere, ...countries, graphics, gateways, addressed, certified])
      table.open();
  }

  /** A node has joined; its cause decides its bucket. */
  join(node: number, { nodes }: Fleet): void {
    const offers = this.#offers;
    if (node >= offers.words.length) {
      offers.words = lengthened(offers.words, new Uint32Array(nodes.capacity));
      offers.told.grow(nodes.capacity);
    }
    const { causeHigh, causeLow } = nodes;
    offers.words[node] = this.#chance.word(STREAM, causeHigh[node], causeLow[node], 0);
    for (const table of this.#tables(node)) table.add(node);
  }

  /** A node has left. */
  leave(node: number): void {
    for (const table of this.#tables(node)) table.remove(node);
  }

  /** A node has more to offer than before. */
  raise(node: number): void {
    const { room, farms, told } = this.#offers;
    const kinds = offered(room, node, farms);
    if (told.covers(node, room, kinds)) return;
    told.add(node, room, kinds);
    const { rows } = room;
    const at = node * ROW;
    this.everywhere.raise(node);
    this.countries[rows[at + Room.country]].raise(node);
    const traits = rows[at + Room.traits];
    if ((traits & RARE_TRAITS) === 0) return;
    if ((traits & Trait.gpu) !== 0) this.graphics.raise(node);
    if ((traits & Trait.gateway) !== 0) this.gateways.raise(node);
    if ((traits & Trait.addressed) !== 0) this.addressed.raise(node);
    if ((traits & Trait.certified) !== 0) this.certified.raise(node);
  }

  /** The word of a node's cause that decided its bucket. */
  word(node: number): number {
    return this.#offers.words[node];
  }

  #tables(node: number): readonly Buckets[] {
    const { rows } = this.#offers.room;
    const at = node * ROW;
    const traits = rows[at + Room.traits];
    const tables = [this.everywhere, this.countries[rows[at + Room.country]]];
    if ((traits & Trait.gpu) !== 0) tables.push(this.graphics);
    if ((traits & Trait.gateway) !== 0) tables.push(this.gateways);
    if ((traits & Trait.addressed) !== 0) tables.push(this.addressed);
    if ((traits & Trait.certified) !== 0) tables.push(this.certified);
    return tables;
  }
}

/** Nodes that a table of what few have begins with. */
const RARE = 16;
const RARE_TRAITS = Trait.gpu | Trait.gateway | Trait.addressed | Trait.certified;
