/**
 * The records of an agenda: 32 bytes an event, side by side, so that touching one costs one cache
 * line; freed records are used again, last freed first, while they are still in the cache.
 */

/** Doubles of a record: time, sequence, then four words. */
const STRIDE = 4;
/** 32-bit words of a record: four of doubles, then priority, entity, tag, next. */
const WORDS = 8;
const PRIORITY = 4;
const ENTITY = 5;
const TAG = 6;
const NEXT = 7;
/** The end of a chain. */
export const NONE = -1;

/** What an event carries. */
export interface Due {
  time: number;
  priority: number;
  entity: number;
  tag: number;
  sequence: number;
}

/** A growing store of events, each known by its record's number. */
export class Pool {
  #doubles: Float64Array;
  #words: Int32Array;
  #free = NONE;
  #used = 0;
  #capacity: number;

  constructor(capacity: number) {
    this.#capacity = Math.max(16, Math.ceil(capacity));
    this.#doubles = new Float64Array(this.#capacity * STRIDE);
    this.#words = new Int32Array(this.#doubles.buffer);
  }

  /** Writes an event into a free record and answers its number. */
  put(time: number, priority: number, entity: number, tag: number, sequence: number): number {
    let id = this.#free;
    if (id !== NONE) this.#free = this.#words[id * WORDS + NEXT];
    else {
      if (this.#used === this.#capacity) this.#grow();
      id = this.#used;
      this.#used += 1;
    }
    const at = id * STRIDE;
    const word = id * WORDS;
    this.#doubles[at] = time;
    this.#doubles[at + 1] = sequence;
    this.#words[word + PRIORITY] = priority;
    this.#words[word + ENTITY] = entity;
    this.#words[word + TAG] = tag;
    return id;
  }

  /** Copies a record into `out` and frees it. */
  take(id: number, out: Due): void {
    this.read(id, out);
    this.#words[id * WORDS + NEXT] = this.#free;
    this.#free = id;
  }

  /** Copies a record into `out` and keeps it. */
  read(id: number, out: Due): void {
    const word = id * WORDS;
    out.time = this.#doubles[id * STRIDE];
    out.sequence = this.#doubles[id * STRIDE + 1];
    out.priority = this.#words[word + PRIORITY];
    out.entity = this.#words[word + ENTITY];
    out.tag = this.#words[word + TAG];
  }

  /** When a record is due. */
  timeOf(id: number): number {
    return this.#doubles[id * STRIDE];
  }

  /** The record chained behind this one, or NONE. */
  nextOf(id: number): number {
    return this.#words[id * WORDS + NEXT];
  }

  /** Chains `next` behind a record. */
  chain(id: number, next: number): void {
    this.#words[id * WORDS + NEXT] = next;
  }

  /** Whether record a comes before record b: by time, priority, entity, then sequence. */
  before(a: number, b: number): boolean {
    const doubles = this.#doubles;
    const timeA = doubles[a * STRIDE];
    const timeB = doubles[b * STRIDE];
    return timeA !== timeB ? timeA < timeB : this.tieBefore(a, b);
  }

  /** Whether record a comes before record b, both due at the same time. */
  tieBefore(a: number, b: number): boolean {
    const words = this.#words;
    const i = a * WORDS;
    const j = b * WORDS;
    if (words[i + PRIORITY] !== words[j + PRIORITY])
      return words[i + PRIORITY] < words[j + PRIORITY];
    if (words[i + ENTITY] !== words[j + ENTITY]) return words[i + ENTITY] < words[j + ENTITY];
    return this.#doubles[a * STRIDE + 1] < this.#doubles[b * STRIDE + 1];
  }

  #grow(): void {
    const doubles = new Float64Array(this.#doubles.length * 2);
    doubles.set(this.#doubles);
    this.#doubles = doubles;
    this.#words = new Int32Array(doubles.buffer);
    this.#capacity *= 2;
  }
}
