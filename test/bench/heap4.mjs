/**
 * The reference of the kernel's benches: a plain 4-ary heap on typed arrays, with the same order
 * (time, priority, entity, sequence) and the same surface as the agenda.
 *
 * The heap itself moves only times and slots; what an event carries lies still in its slot.
 */
export class Heap4 {
  /** @param {number} expected pending events to make room for */
  constructor(expected) {
    this.room = Math.max(16, expected + 1);
    this.size = 0;
    this.pushed = 0;
    this.time = 0;
    this.priority = 0;
    this.entity = 0;
    this.tag = 0;
    this.sequence = 0;
    this.times = new Float64Array(this.room);
    this.slots = Int32Array.from({ length: this.room }, (_, slot) => slot);
    this.priorities = new Int32Array(this.room);
    this.entities = new Int32Array(this.room);
    this.tags = new Int32Array(this.room);
    this.sequences = new Float64Array(this.room);
  }

  /** Whether the event in slot a comes before the one in slot b, both due at the same time. */
  tieBefore(a, b) {
    if (this.priorities[a] !== this.priorities[b]) return this.priorities[a] < this.priorities[b];
    if (this.entities[a] !== this.entities[b]) return this.entities[a] < this.entities[b];
    return this.sequences[a] < this.sequences[b];
  }

  push(time, priority, entity, tag) {
    const { times, slots } = this;
    if (this.size === this.room) throw new RangeError("the reference heap is full");
    let place = this.size;
    const slot = slots[place];
    this.size += 1;
    this.priorities[slot] = priority;
    this.entities[slot] = entity;
    this.tags[slot] = tag;
    this.sequences[slot] = this.pushed;
    this.pushed += 1;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const at = times[parent];
      if (at < time || (at === time && this.tieBefore(slots[parent], slot))) break;
      times[place] = at;
      slots[place] = slots[parent];
      place = parent;
    }
    times[place] = time;
    slots[place] = slot;
  }

  next(before) {
    const { times, slots } = this;
    if (this.size === 0 || !(times[0] < before)) return false;
    const taken = slots[0];
    this.time = times[0];
    this.priority = this.priorities[taken];
    this.entity = this.entities[taken];
    this.tag = this.tags[taken];
    this.sequence = this.sequences[taken];
    this.size -= 1;
    const last = this.size;
    const time = times[last];
    const slot = slots[last];
    let place = 0;
    for (let first = 1; first < last; first = 4 * place + 1) {
      const end = Math.min(first + 4, last);
      let least = first;
      let at = times[first];
      for (let child = first + 1; child < end; child += 1) {
        const other = times[child];
        if (other < at || (other === at && this.tieBefore(slots[child], slots[least]))) {
          least = child;
          at = other;
        }
      }
      if (time < at || (time === at && this.tieBefore(slot, slots[least]))) break;
      times[place] = at;
      slots[place] = slots[least];
      place = least;
    }
    times[place] = time;
    slots[place] = slot;
    // The freed slot waits behind the heap, for the next push.
    slots[last] = taken;
    return true;
  }
}
