/**
 * The agenda: what is due, in the order (time, priority, entity, sequence).
 *
 * A wheel of buckets, each an unsorted chain of events one stretch of time wide, turns under a
 * cursor; only the bucket under the cursor is ever sorted. Events beyond one turn of the wheel
 * wait aside and are looked at once a turn; events for a stretch already reached go through a
 * small heap. When the size has outgrown the wheel, or the buckets turn out too full or too
 * empty, the wheel is rebuilt for the pace at which events were last taken.
 */
import { Heap } from "./heap.ts";
import { type Due, NONE, Pool } from "./pool.ts";
import { Wheel } from "./wheel.ts";

/** Events a bucket shall hold when the cursor reaches it; 1.5 and 5 measured no better. */
const FILL = 3;
/** A bucket with more goes through the heap rather than through insertion sort. */
const SORTED_MAX = 48;
/** Up to so many pending events a heap alone is faster than a wheel. */
const FEW = 32;
/** Pending events looked at to guess the pace before any was taken. */
const SAMPLE = 255;
/** A review of the wheel comes after at least so many events. */
const REVIEW_MIN = 512;

/** All that is pending, as plain data, in no order; `restore` makes an equal agenda of it. */
export interface AgendaSnapshot {
  readonly events: readonly Due[];
  readonly nextSequence: number;
}

/** A queue of events that are plain numbers; priority, entity and tag are 32-bit whole numbers. */
export class Agenda implements Due {
  /** The event that `next` took last. */
  time = 0;
  priority = 0;
  entity = 0;
  tag = 0;
  /** How many events had been pushed before it. */
  sequence = 0;

  readonly #pool: Pool;
  /** What lies ahead; all that has been reached is in the sorted run or in the heap. */
  readonly #wheel: Wheel;
  readonly #late: Heap;
  readonly #run = new Int32Array(SORTED_MAX);
  #runAt = 0;
  #runEnd = 0;
  #size = 0;
  #nextSequence = 0;
  /** Since the last review: events taken, events that went through the heap, and its instant. */
  #taken = 0;
  #sorted = 0;
  #since = 0;
  /** The wheel is rebuilt for more events than this; few are all in the heap, and it is shut. */
  #room = FEW;
  /** Events after which the wheel is reviewed. */
  #patience = REVIEW_MIN;

  /** An empty agenda, with room for the expected number of pending events before it grows. */
  constructor(expected = 64) {
    this.#pool = new Pool(expected);
    this.#wheel = new Wheel(this.#pool);
    this.#late = new Heap(this.#pool);
  }

  /** How many events are pending. */
  get size(): number {
    return this.#size;
  }

  /** Puts an event on the agenda; refuses a time that is not finite. */
  push(time: number, priority: number, entity: number, tag: number): void {
    this.#insert(time, priority, entity, tag, this.#nextSequence);
    this.#nextSequence += 1;
  }

  /** Takes the earliest event before an instant into the fields; false where there is none. */
  next(before: number): boolean {
    if (this.#runAt === this.#runEnd && this.#late.size === 0 && !this.#advance(before)) {
      return false;
    }
    const pool = this.#pool;
    const late = this.#late;
    const fromRun =
      this.#runAt < this.#runEnd &&
      (late.size === 0 || pool.before(this.#run[this.#runAt], late.top));
    const id = fromRun ? this.#run[this.#runAt] : late.top;
    if (!(pool.timeOf(id) < before)) return false;
    if (fromRun) this.#runAt += 1;
    else late.drop();
    pool.take(id, this);
    this.#size -= 1;
    this.#taken += 1;
    return true;
  }

  /** A copy of all that is pending. */
  snapshot(): AgendaSnapshot {
    const events = Array.from(this.#pending(), (id) => {
      const event: Due = { time: 0, priority: 0, entity: 0, tag: 0, sequence: 0 };
      this.#pool.read(id, event);
      return event;
    });
    return { events, nextSequence: this.#nextSequence };
  }

  /** An agenda that goes on exactly where the snapshot was taken. */
  static restore({ events, nextSequence }: AgendaSnapshot): Agenda {
    const agenda = new Agenda(events.length);
    for (const { time, priority, entity, tag, sequence } of events)
      agenda.#insert(time, priority, entity, tag, sequence);
    agenda.#nextSequence = nextSequence;
    return agenda;
  }

  #insert(time: number, priority: number, entity: number, tag: number, sequence: number): void {
    // A difference with itself is 0 for finite numbers only.
    if (time - time !== 0) throw new RangeError(`an event at ${time} is at no instant`);
    const id = this.#pool.put(time, priority, entity, tag, sequence);
    this.#size += 1;
    if (!this.#wheel.file(id, time)) {
      this.#late.add(id, time);
      this.#sorted += 1;
    }
    if (this.#size > this.#room) this.#rebuild();
    else this.#review();
  }

  /** Turns the wheel and sorts the bucket reached; false where nothing starts before. */
  #advance(before: number): boolean {
    this.#review();
    const pool = this.#pool;
    const run = this.#run;
    let id = this.#wheel.turn(before);
    let count = 0;
    for (; id !== NONE && count < SORTED_MAX; id = pool.nextOf(id)) {
      let place = count;
      while (place > 0 && pool.before(id, run[place - 1])) {
        run[place] = run[place - 1];
        place -= 1;
      }
      run[place] = id;
      count += 1;
    }
    this.#runAt = 0;
    this.#runEnd = count;
    for (; id !== NONE; id = pool.nextOf(id)) {
      this.#late.add(id, pool.timeOf(id));
      this.#sorted += 1;
      count += 1;
    }
    this.#wheel.given(count);
    return this.#late.size > 0 || count > 0;
  }

  /** Now and then: rebuilds the wheel where an event has cost too many steps or much sorting. */
  #review(): void {
    const wheel = this.#wheel;
    if (this.#taken < this.#patience || wheel.size === 0) return;
    const rate = wheel.rate;
    const wasteful =
      this.#size < FEW / 4 || wheel.steps > 4 * this.#taken || this.#sorted > this.#taken / 2;
    if (wasteful) this.#rebuild();
    else this.#restart(this.time);
    // Where rebuilding changes little, the pattern is what it is: look again later and later.
    const same = wasteful && wheel.rate > rate / 2 && wheel.rate < rate * 2;
    this.#patience = Math.max(REVIEW_MIN, this.#size, same ? this.#patience * 2 : 0);
  }

  /** Files every event again, on a wheel that fits their number and pace. */
  #rebuild(): void {
    const ids = this.#pending();
    const pool = this.#pool;
    const sample = new Float64Array(Math.min(ids.length, SAMPLE));
    for (let i = 0; i < sample.length; i += 1) {
      sample[i] = pool.timeOf(ids[Math.floor((i * ids.length) / sample.length)]);
    }
    sample.sort();
    const pace = this.#taken > 0 ? (this.time - this.#since) / this.#taken : 0;
    const spread = paceOf(sample, ids.length);
    this.#late.size = 0;
    this.#runAt = 0;
    this.#runEnd = 0;
    const few = ids.length <= FEW / 2;
    this.#wheel.reset(few ? new Int32Array(0) : ids, FILL * (pace > 0 ? pace : spread));
    if (few) for (const id of ids) this.#late.add(id, pool.timeOf(id));
    this.#room = few ? FEW : 2 * this.#wheel.length;
    this.#restart(sample.length > 0 ? sample[0] : this.time);
  }

  #restart(since: number): void {
    this.#taken = 0;
    this.#sorted = 0;
    this.#since = since;
    this.#wheel.steps = 0;
  }

  /** The records of all that is pending, in no order. */
  #pending(): Int32Array {
    const ids = new Int32Array(this.#size);
    const run = this.#run.subarray(this.#runAt, this.#runEnd);
    ids.set(run);
    this.#wheel.list(ids, this.#late.list(ids, run.length));
    return ids;
  }
}

/** Time from one event to the next as the earlier half of a sorted sample has it; 1 if unknown. */
function paceOf(sample: Float64Array, count: number): number {
  const last = sample.length - 1;
  for (let place = last >>> 1; place <= last && place > 0; place += 1) {
    const pace = ((sample[place] - sample[0]) / count) * (sample.length / place);
    if (pace > 0) return pace;
  }
  return 1;
}
