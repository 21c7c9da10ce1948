/**
 * A wheel of buckets, each an unsorted chain of events one stretch of time wide.
 *
 * It turns under a cursor. Events beyond one turn wait aside and are looked at once a turn.
 */
import { NONE, type Pool } from "./pool.ts";

const LENGTH_MIN = 64;
/** Bucket numbers stay exact doubles, with room for one turn of the wheel. */
const BUCKET_MAX = 1_125_899_906_842_624;
/** Times below this count as 0 when the width of a bucket is bounded. */
const SMALLEST = 1e-280;

/** The buckets ahead of a cursor; it does not know what was reached before. */
export class Wheel {
  readonly #pool: Pool;
  /** The chains' first records; bucket b is at b modulo the length, a power of two. */
  #slots: Int32Array = new Int32Array(LENGTH_MIN).fill(NONE);
  #onWheel = 0;
  /** Buckets a unit of time. */
  #rate = 1;
  /** The last bucket that has been reached: nothing is in it or before it. Infinity: it is shut. */
  #cursor = Number.POSITIVE_INFINITY;
  #far = NONE;
  #farCount = 0;
  #farFirst = Number.POSITIVE_INFINITY;
  /** What has been looked at in vain: empty buckets, and events that wait aside. */
  steps = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Buckets it has; a wheel with fewer than half as many as events is too short. */
  get length(): number {
    return this.#slots.length;
  }

  /** Buckets a unit of time. */
  get rate(): number {
    return this.#rate;
  }

  /** How many events it holds, on the wheel and aside. */
  get size(): number {
    return this.#onWheel + this.#farCount;
  }

  /** Takes a record in; false, and not taken, where its bucket has been reached already. */
  file(id: number, time: number): boolean {
    const bucket = Math.floor(time * this.#rate);
    const ahead = bucket - this.#cursor;
    if (ahead <= 0) return false;
    const slots = this.#slots;
    if (ahead <= slots.length && bucket <= BUCKET_MAX) {
      const slot = bucket & (slots.length - 1);
      this.#pool.chain(id, slots[slot]);
      slots[slot] = id;
      this.#onWheel += 1;
    } else {
      this.#pool.chain(id, this.#far);
      this.#far = id;
      this.#farCount += 1;
      if (bucket < this.#farFirst) this.#farFirst = bucket;
    }
    return true;
  }

  /**
   * Turns to the next bucket that holds events and starts before an instant, and gives its chain
   * away; NONE where there is none, and then every bucket before the instant counts as reached.
   */
  turn(before: number): number {
    if (this.size === 0) return NONE;
    for (;;) {
      const limit = Math.floor(before * this.#rate);
      if (this.#onWheel > 0) {
        const chain = this.#seek(Math.min(limit, this.#farFirst - 1));
        if (chain !== NONE) return chain;
      }
      if (!(this.#farFirst <= limit)) {
        // What is pushed later for the instant's own bucket still finds it ahead.
        if (limit - 1 > this.#cursor) this.#cursor = limit - 1;
        return NONE;
      }
      if (this.#farFirst > BUCKET_MAX) this.#widen();
      else this.#fetch();
    }
  }

  /** Tells a chain off as taken: how many records it had. */
  given(count: number): void {
    this.#onWheel -= count;
  }

  /** Appends the records it holds to a list from a place on; the place after the last. */
  list(into: Int32Array, from: number): number {
    let place = from;
    const { length } = this.#slots;
    for (let slot = 0; slot <= length; slot += 1) {
      let id = slot < length ? this.#slots[slot] : this.#far;
      for (; id !== NONE; id = this.#pool.nextOf(id)) {
        into[place] = id;
        place += 1;
      }
    }
    return place;
  }

  /** Forgets what it holds and files these records, in buckets so wide; without any it is shut. */
  reset(ids: Int32Array, width: number): void {
    let length = LENGTH_MIN;
    while (length < ids.length) length *= 2;
    let first = ids.length > 0 ? this.#pool.timeOf(ids[0]) : 0;
    let largest = SMALLEST;
    for (let i = 0; i < ids.length; i += 1) {
      const time = this.#pool.timeOf(ids[i]);
      first = Math.min(first, time);
      largest = Math.max(largest, Math.abs(time));
    }
    this.#slots = new Int32Array(length).fill(NONE);
    this.#rate = Math.min(1 / width, BUCKET_MAX / 2 / largest);
    this.#cursor = ids.length > 0 ? Math.floor(first * this.#rate) - 1 : Number.POSITIVE_INFINITY;
    this.#onWheel = 0;
    this.#far = NONE;
    this.#farCount = 0;
    this.#farFirst = Number.POSITIVE_INFINITY;
    for (let i = 0; i < ids.length; i += 1) this.file(ids[i], this.#pool.timeOf(ids[i]));
  }

  /** Makes the buckets so wide that the last of them has an exact number. */
  #widen(): void {
    const ids = new Int32Array(this.size);
    this.list(ids, 0);
    this.reset(ids, 1 / this.#rate);
  }

  /** Brings the events within one turn of the first that waits aside onto the wheel. */
  #fetch(): void {
    this.#cursor = this.#farFirst - 1;
    this.steps += this.#farCount;
    let id = this.#far;
    this.#far = NONE;
    this.#farCount = 0;
    this.#farFirst = Number.POSITIVE_INFINITY;
    while (id !== NONE) {
      const next = this.#pool.nextOf(id);
      this.file(id, this.#pool.timeOf(id));
      id = next;
    }
  }

  #seek(stop: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const room = Math.min(stop - this.#cursor, slots.length);
    const first = this.#cursor & mask;
    for (let step = 1; step <= room; step += 1) {
      const slot = (first + step) & mask;
      const chain = slots[slot];
      if (chain !== NONE) {
        slots[slot] = NONE;
        this.#cursor += step;
        this.steps += step;
        return chain;
      }
    }
    this.steps += Math.max(room, 0);
    return NONE;
  }
}
