/**
 * Places: an index from which a node is chosen at random without walking through all of them.
 *
 * Every node sits in one bucket of a sparse table (one for its country, one for the whole grid),
 * where its own chance put it. Choosing draws buckets until one holds a node that passes; every
 * node that passes is equally likely, and a node more or less in the world changes only those
 * choices that meet its bucket.
 */
import type { Chance } from "../kernel/index.ts";
import { streamId } from "../kernel/index.ts";

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

/** Nodes in the buckets of one table. */
export class Buckets {
  nodes: Int32Array;
  #taken = 0;

  constructor(expected: number) {
    let size = SIZE_LEAST;
    while (size < expected * ROOM) size *= 2;
    this.nodes = new Int32Array(size).fill(EMPTY);
  }

  /** Puts a node where a 32-bit word says, or in the next free bucket. */
  add(node: number, word: number, wordOf: (node: number) => number): void {
    if (this.#taken >= FULL * this.nodes.length) this.#enlarge(wordOf);
    this.#put(node, word);
  }

  /** Takes a node out. */
  remove(node: number, word: number): void {
    const mask = this.nodes.length - 1;
    let at = word & mask;
    while (this.nodes[at] !== EMPTY) {
      if (this.nodes[at] === node) {
        this.nodes[at] = GONE;
        return;
      }
      at = (at + 1) & mask;
    }
  }

  #put(node: number, word: number): void {
    const mask = this.nodes.length - 1;
    let at = word & mask;
    while (this.nodes[at] >= 0) at = (at + 1) & mask;
    if (this.nodes[at] === EMPTY) this.#taken += 1;
    this.nodes[at] = node;
  }

  #enlarge(wordOf: (node: number) => number): void {
    const old = this.nodes;
    this.nodes = new Int32Array(old.length * 2).fill(EMPTY);
    this.#taken = 0;
    for (const node of old) if (node >= 0) this.#put(node, wordOf(node));
  }
}

/** What a node has that few have, each with a table of its own. */
export interface Rarity {
  readonly gpu: boolean;
  readonly gateway: boolean;
  /** Its farm owns public addresses. */
  readonly addresses: boolean;
  readonly certified: boolean;
}

/** The tables of the grid, of each country, and of nodes that have what few have. */
export class Places {
  readonly everywhere: Buckets;
  readonly countries: readonly Buckets[];
  readonly graphics = new Buckets(16);
  readonly gateways = new Buckets(16);
  readonly addressed = new Buckets(16);
  readonly certified = new Buckets(16);
  readonly #chance: Chance;

  constructor(chance: Chance, nodesByCountry: readonly number[]) {
    this.#chance = chance;
    this.everywhere = new Buckets(nodesByCountry.reduce((sum, count) => sum + count, 0));
    this.countries = nodesByCountry.map((count) => new Buckets(count));
  }

  /** A node has joined; its cause decides its bucket. */
  join(node: number, country: number, rarity: Rarity, word: (node: number) => number): void {
    for (const table of this.#tables(country, rarity)) table.add(node, word(node), word);
  }

  /** A node has left. */
  leave(node: number, country: number, rarity: Rarity, word: (node: number) => number): void {
    for (const table of this.#tables(country, rarity)) table.remove(node, word(node));
  }

  #tables(country: number, { gpu, gateway, addresses, certified }: Rarity): readonly Buckets[] {
    const tables = [this.everywhere, this.countries[country]];
    if (gpu) tables.push(this.graphics);
    if (gateway) tables.push(this.gateways);
    if (addresses) tables.push(this.addressed);
    if (certified) tables.push(this.certified);
    return tables;
  }

  /** The 32-bit word of a node's cause. */
  word(causeHigh: number, causeLow: number): number {
    return this.#chance.word(STREAM, causeHigh, causeLow, 0);
  }
}
