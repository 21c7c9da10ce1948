/**
 * A calendar: an agenda of whole seconds up to a known end, in the order (time, tag, entity).
 *
 * Where the end is known, the days can be laid out beforehand: every event goes at once into the
 * bucket of its stretch of time, as one double that holds its second, tag and entity. Buckets are
 * chains of blocks, so that a bucket is read in the order of the memory; the one that is reached
 * is sorted as a whole. What is pushed into the bucket being lived is inserted into what is left.
 */

/** Events of a block. */
const BLOCK = 32;
const NONE = -1;
/** Most tags there can be, and the weights of tag and second in a key. */
const TAGS = 16;
const TAG_WEIGHT = 4_294_967_296;
/** Buckets are as wide as a number of events among so many pending ones needs, in seconds. */
const SPARSE = 268_435_456;
const WIDTH_MIN = 64;
const WIDTH_MAX = 8192;
/** Up to so many events are sorted by insertion. */
const FEW = 24;

/** A queue of events that are numbers: a whole second, a tag below 16 and an entity below 2^31. */
export class Calendar {
  /** The event that `next` took last. */
  time = 0;
  tag = 0;
  entity = 0;

  readonly #width: number;
  /** Newest block and events of every bucket. */
  readonly #heads: Int32Array;
  readonly #fills: Int32Array;
  #keys: Float64Array;
  /** The block behind a block of the same bucket, or behind a free one. */
  #behind: Int32Array;
  #used = 0;
  #free = NONE;
  /** The bucket being lived, and what is left of it in order. */
  #bucket = -1;
  #run = new Float64Array(256);
  #at = 0;
  #end = 0;

  /** Empty, for seconds 0 .. end - 1 (end <= 2^31) and about so many pending events. */
  constructor(end: number, expected: number) {
    let width = WIDTH_MAX;
    while (width > WIDTH_MIN && width * expected > SPARSE) width /= 2;
    this.#width = width;
    const buckets = Math.ceil(end / width);
    this.#heads = new Int32Array(buckets).fill(NONE);
    this.#fills = new Int32Array(buckets);
    const blocks = buckets + Math.ceil(expected / BLOCK);
    this.#keys = new Float64Array(blocks * BLOCK);
    this.#behind = new Int32Array(blocks);
  }

  /** Puts an event down; refuses a second outside the calendar or in a stretch that is over. */
  push(time: number, tag: number, entity: number): void {
    const bucket = Math.floor(time / this.#width);
    if (!(bucket >= this.#bucket && bucket >= 0 && bucket < this.#heads.length)) {
      throw new RangeError(`no event can be put at second ${time} of this calendar`);
    }
    const key = ((time - bucket * this.#width) * TAGS + tag) * TAG_WEIGHT + entity;
    if (bucket === this.#bucket) this.#insert(key);
    else {
      const fill = this.#fills[bucket];
      const place = fill % BLOCK;
      if (place === 0) this.#heads[bucket] = this.#block(this.#heads[bucket]);
      this.#keys[this.#heads[bucket] * BLOCK + place] = key;
      this.#fills[bucket] = fill + 1;
    }
  }

  /** Takes the earliest event before an instant into the fields; false where there is none. */
  next(before: number): boolean {
    while (this.#at === this.#end) {
      const following = this.#bucket + 1;
      if (following * this.#width >= before || following >= this.#heads.length) return false;
      this.#open(following);
    }
    const key = this.#run[this.#at];
    const high = Math.floor(key / TAG_WEIGHT);
    // Small whole numbers, which an engine passes on without making a box for each.
    const time = (this.#bucket * this.#width + (high >>> 4)) | 0;
    if (!(time < before)) return false;
    this.time = time;
    this.tag = high & (TAGS - 1);
    this.entity = (key - high * TAG_WEIGHT) | 0;
    this.#at += 1;
    return true;
  }

  /** Brings the events of a bucket into order and frees its blocks. */
  #open(bucket: number): void {
    const count = this.#fills[bucket];
    if (this.#run.length < count) this.#run = new Float64Array(2 * count);
    const run = this.#run;
    let left = count;
    for (let block = this.#heads[bucket]; block !== NONE; ) {
      const size = left % BLOCK || BLOCK;
      const from = block * BLOCK;
      for (let i = 0; i < size; i += 1) run[left - size + i] = this.#keys[from + i];
      left -= size;
      const next = this.#behind[block];
      this.#behind[block] = this.#free;
      this.#free = block;
      block = next;
    }
    if (count <= FEW) sortFew(run, count);
    else run.subarray(0, count).sort();
    this.#heads[bucket] = NONE;
    this.#fills[bucket] = 0;
    this.#bucket = bucket;
    this.#at = 0;
    this.#end = count;
  }

  /** Puts a key where it belongs in what is left of the bucket being lived. */
  #insert(key: number): void {
    if (this.#end === this.#run.length) {
      const longer = new Float64Array(2 * this.#end);
      longer.set(this.#run);
      this.#run = longer;
    }
    const run = this.#run;
    let place = this.#end;
    for (; place > this.#at && run[place - 1] > key; place -= 1) run[place] = run[place - 1];
    run[place] = key;
    this.#end += 1;
  }

  /** A block that is not in use, in front of another. */
  #block(behind: number): number {
    let block = this.#free;
    if (block !== NONE) this.#free = this.#behind[block];
    else {
      block = this.#used++;
      if (block === this.#behind.length) this.#grow();
    }
    this.#behind[block] = behind;
    return block;
  }

  #grow(): void {
    const keys = new Float64Array(this.#keys.length * 2);
    keys.set(this.#keys);
    this.#keys = keys;
    const behind = new Int32Array(this.#behind.length * 2);
    behind.set(this.#behind);
    this.#behind = behind;
  }
}

function sortFew(run: Float64Array, count: number): void {
  for (let i = 1; i < count; i += 1) {
    const key = run[i];
    let place = i;
    for (; place > 0 && run[place - 1] > key; place -= 1) run[place] = run[place - 1];
    run[place] = key;
  }
}
