/**
 * The billing loop where blocks have limited room: who is due, who waits, who is billed when.
 *
 * A contract stands in the slot of its phase from its creation to its end, in the order of
 * creation, and a raised frequency moves none. In the block of its slot it asks for a bill. A block
 * makes as many as it has room for, whoever asked first going first. The others wait, or are passed
 * over until their slot comes again. Who waits when the slot comes again asks but once: a second
 * bill of the same contract would not be taken among the pending calls.
 */
import type { Overflow } from "../protocol/index.ts";
import { assert } from "../units/index.ts";

/** A contract of the loop. */
interface Entry {
  readonly row: number;
  readonly slot: number;
  /** The block in which it asked for the bill that it waits for; NONE if it waits for none. */
  asked: number;
  ended: boolean;
}

const NONE = -1;

/** What the loop did so far. */
export interface LoopCounts {
  blocks: number;
  /** Times that the slot of a contract came. */
  turns: number;
  /** Bills that blocks had room for, and bills made. */
  room: number;
  made: number;
  /** Of those made, in a later block than the slot's; blocks that they were late, in all. */
  late: number;
  lateBlocks: number;
  longest: number;
  /** Turns that found their contract waiting, and bills that were passed over. */
  doubled: number;
  skipped: number;
  /** Sum over blocks of contracts that wait after the block. */
  waiting: number;
}

/** A loop that has not begun. */
export const NOTHING_DONE: LoopCounts = {
  ...{ blocks: 0, turns: 0, room: 0, made: 0, late: 0, lateBlocks: 0, longest: 0 },
  ...{ doubled: 0, skipped: 0, waiting: 0 },
};

/** The loop; contracts are known by their row. */
export class BillingLoop {
  readonly overflow: Overflow;
  readonly counts: LoopCounts = { ...NOTHING_DONE };
  /** All blocks up to this one are done. */
  done = 0;
  readonly #slots: Entry[][] = [];
  readonly #byRow = new Map<number, Entry>();
  #queue: Entry[] = [];
  #head = 0;
  /** Of the queue, those that still live. */
  #waiting = 0;
  readonly #served: number[] = [];

  constructor(overflow: Overflow) {
    this.overflow = overflow;
  }

  /** Contracts that wait for a bill. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Puts a new contract into its slot, behind those that are there. */
  enter(row: number, slot: number): void {
    assert(!this.#byRow.has(row), "a contract enters the loop once");
    while (this.#slots.length <= slot) this.#slots.push([]);
    const entry: Entry = { row, slot, asked: NONE, ended: false };
    this.#slots[slot].push(entry);
    this.#byRow.set(row, entry);
  }

  /** Takes a contract that has ended out of its slot; what it waited for is not billed. */
  leave(row: number): void {
    const entry = this.#byRow.get(row);
    assert(entry !== undefined, "a contract that ends is in the loop");
    this.#byRow.delete(row);
    const slot = this.#slots[entry.slot];
    slot.splice(slot.indexOf(entry), 1);
    entry.ended = true;
    if (entry.asked !== NONE) this.#waiting -= 1;
  }

  /**
   * Does the next block, with so many slots and room for so many bills; answers the rows to bill,
   * in their order. The list is used again by the next block.
   */
  next(frequency: number, room: number): readonly number[] {
    const block = this.done + 1;
    this.#ask(block, block % frequency);
    this.#serve(block, room);
    if (this.overflow === "skipped") this.#passOver();
    this.counts.blocks += 1;
    this.counts.room += room;
    this.counts.waiting += this.#waiting;
    this.done = block;
    return this.#served;
  }

  #ask(block: number, slot: number): void {
    if (slot >= this.#slots.length) return;
    this.counts.turns += this.#slots[slot].length;
    for (const entry of this.#slots[slot]) {
      if (entry.asked !== NONE) {
        this.counts.doubled += 1;
        continue;
      }
      entry.asked = block;
      this.#queue.push(entry);
      this.#waiting += 1;
    }
  }

  #serve(block: number, room: number): void {
    const { counts } = this;
    this.#served.length = 0;
    while (this.#served.length < room && this.#head < this.#queue.length) {
      const entry = this.#queue[this.#head++];
      if (entry.ended) continue;
      const late = block - entry.asked;
      entry.asked = NONE;
      this.#waiting -= 1;
      this.#served.push(entry.row);
      counts.made += 1;
      if (late > 0) counts.late += 1;
      counts.lateBlocks += late;
      if (late > counts.longest) counts.longest = late;
    }
    if (this.#head < this.#queue.length && this.#head < QUEUE_LEAST) return;
    this.#queue = this.#queue.slice(this.#head);
    this.#head = 0;
  }

  #passOver(): void {
    for (let at = this.#head; at < this.#queue.length; at++) {
      const entry = this.#queue[at];
      if (!entry.ended) this.counts.skipped += 1;
      entry.asked = NONE;
    }
    this.#queue.length = 0;
    this.#head = 0;
    this.#waiting = 0;
  }
}

/** Entries that are done with before the queue is shortened. */
const QUEUE_LEAST = 4_096;
