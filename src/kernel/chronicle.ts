/**
 * A chronicle: what entities did that lived through a stretch of time one by one, told afterwards
 * in the order of the agenda.
 *
 * Who needs nobody else needs no queue: it lives the whole stretch alone, while all that it needs
 * is at hand, and notes what it does. Notes are written in the order (entity, sequence), so to
 * sort them by time and priority, and stably, is to put them in the order of the agenda: they are
 * dealt into as many slots of time as there are notes, after which few are out of place. It is
 * quickest where a stretch has about as many notes as a processor's cache holds.
 */

/** Where a slot has more notes, all are sorted by comparing. */
const CROWD = 64;
/** 32-bit words of a note: two of its time, its entity, and one for priority and tag. */
const WORDS = 4;
const ENTITY = 2;
const KIND = 3;
const TAG_BITS = 16;
const TAG_MASK = 0xffff;
const ROOM_LEAST = 256;
const ENTITY_LEAST = -2_147_483_648;

/** Notes in a growing row: times as doubles, the rest as words between them. */
class Notes {
  readonly doubles: Float64Array;
  readonly words: Int32Array;
  constructor(room: number) {
    this.doubles = new Float64Array((room * WORDS) / 2);
    this.words = new Int32Array(this.doubles.buffer);
  }
}

/** The notes of one stretch of time at a time; priority and tag are whole numbers of 16 bits. */
export class Chronicle {
  /** The note that `next` has read last. */
  time = 0;
  priority = 0;
  entity = 0;
  tag = 0;

  #start = 0;
  #end = 0;
  #lastEntity = ENTITY_LEAST;
  #count = 0;
  #told = 0;
  #ordered = false;
  #notes: Notes;
  /** As long, to deal the notes into. */
  #other: Notes;
  #slots = new Int32Array(0);

  /** With room for the expected number of notes of a stretch before it grows. */
  constructor(expected = ROOM_LEAST) {
    const room = Math.max(ROOM_LEAST, Math.ceil(expected));
    this.#notes = new Notes(room);
    this.#other = new Notes(room);
  }

  /** Forgets everything and begins a stretch of time, its end not included. */
  begin(start: number, end: number): void {
    if (!(end - start < Number.POSITIVE_INFINITY))
      throw new RangeError(`nobody lives from ${start} to ${end}`);
    this.#start = start;
    this.#end = end;
    this.#lastEntity = ENTITY_LEAST;
    this.#count = 0;
    this.#told = 0;
    this.#ordered = false;
  }

  /** Notes an event; refuses one outside the stretch, and any entity after a greater one. */
  note(time: number, priority: number, entity: number, tag: number): void {
    const kind = (priority << TAG_BITS) | tag;
    if (!(time >= this.#start && time < this.#end && entity >= this.#lastEntity))
      throw new RangeError(`entity ${entity} cannot note an event at ${time} now`);
    if (kind >> TAG_BITS !== priority || (kind & TAG_MASK) !== tag || this.#ordered)
      throw new RangeError(`no note of priority ${priority} and tag ${tag} can be taken`);
    const at = this.#count * WORDS;
    if (at === this.#notes.words.length) this.#grow();
    const { doubles, words } = this.#notes;
    doubles[at >> 1] = time;
    words[at + ENTITY] = entity;
    words[at + KIND] = kind;
    this.#lastEntity = entity;
    this.#count += 1;
  }

  /** Reads the next note into the fields; false after the last. The first reading ends writing. */
  next(): boolean {
    if (this.#told === this.#count) return false;
    if (!this.#ordered) this.#order();
    const { doubles, words } = this.#notes;
    const at = this.#told * WORDS;
    this.time = doubles[at >> 1];
    this.entity = words[at + ENTITY];
    this.priority = words[at + KIND] >> TAG_BITS;
    this.tag = words[at + KIND] & TAG_MASK;
    this.#told += 1;
    return true;
  }

  #order(): void {
    const notes = this.#notes;
    const other = this.#other;
    const count = this.#count;
    if (this.#slots.length < count) this.#slots = new Int32Array(notes.words.length / WORDS);
    const rate = count / (this.#end - this.#start);
    const crowd = deal(notes, other, this.#slots.subarray(0, count), this.#start, rate);
    // What was dealt is still there as it was written.
    if (crowd > CROWD) sortMany(notes, other, count);
    else sortNearly(other, notes, count);
    this.#notes = other;
    this.#other = notes;
    this.#ordered = true;
  }

  #grow(): void {
    const notes = new Notes(this.#count * 2);
    notes.words.set(this.#notes.words);
    this.#notes = notes;
    this.#other = new Notes(this.#count * 2);
  }
}

/** Deals as many notes as there are slots, stably; answers how many the fullest slot has. */
function deal(from: Notes, to: Notes, slots: Int32Array, start: number, rate: number): number {
  const count = slots.length;
  const { doubles } = from;
  // Rounding may put a place beyond the last slot.
  const slotOf = (i: number): number => Math.min(((doubles[2 * i] - start) * rate) | 0, count - 1);
  slots.fill(0);
  for (let i = 0; i < count; i += 1) slots[slotOf(i)] += 1;
  let fullest = 0;
  let end = 0;
  for (let slot = 0; slot < count; slot += 1) {
    const size = slots[slot];
    if (size > fullest) fullest = size;
    slots[slot] = end;
    end += size;
  }
  for (let i = 0; i < count; i += 1) {
    const slot = slotOf(i);
    copy(from, i, to, slots[slot]);
    slots[slot] += 1;
  }
  return fullest;
}

function copy(from: Notes, i: number, to: Notes, j: number): void {
  to.doubles[2 * j] = from.doubles[2 * i];
  to.words[WORDS * j + ENTITY] = from.words[WORDS * i + ENTITY];
  to.words[WORDS * j + KIND] = from.words[WORDS * i + KIND];
}

/** Below 0 where note i comes before note j of others by time and priority, above where behind. */
const compare = (one: Notes, i: number, other: Notes, j: number): number =>
  one.doubles[2 * i] - other.doubles[2 * j] ||
  (one.words[WORDS * i + KIND] >> TAG_BITS) - (other.words[WORDS * j + KIND] >> TAG_BITS);

/** Sorts notes of which few are out of place, by insertion; needs room for one aside. */
function sortNearly(notes: Notes, aside: Notes, count: number): void {
  for (let i = 1; i < count; i += 1) {
    if (notes.doubles[2 * i] > notes.doubles[2 * i - 2]) continue;
    copy(notes, i, aside, 0);
    let place = i;
    for (; place > 0 && compare(notes, place - 1, aside, 0) > 0; place -= 1)
      copy(notes, place - 1, notes, place);
    copy(aside, 0, notes, place);
  }
}

/** Sorts notes that lie in any order. */
function sortMany(from: Notes, to: Notes, count: number): void {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((i, j) => compare(from, i, from, j) || i - j);
  for (let i = 0; i < count; i += 1) copy(from, order[i], to, i);
}
