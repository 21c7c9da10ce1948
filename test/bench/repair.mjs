/**
 * Machine repair: machines fail (90 days on average) and are repaired (1 day), for a year.
 *
 * Nobody needs another, so a chronicle tells it: each machine lives a few days alone, and these
 * days are told in order. The references keep one pending event a machine in a queue. All draw the
 * same numbers and must end with the same events and the same share of time up, to the last bit:
 * the sum behind it takes each event in its turn, so another order would give another sum.
 */
import {
  Agenda,
  Batch,
  Chance,
  Chronicle,
  exponential,
  streamId,
} from "../../dist/kernel/index.js";
import { Heap4 } from "./heap4.mjs";
import { NATIVE, nativeCalendar } from "./native.mjs";
import { compare, compareAll, rate } from "./row.mjs";

const FAIL = 0;
const RETURN = 1;
const CYCLES = streamId("cycles");
const KEY = [1, 1];
const YEAR = 365;
/** Days that machines live ahead. */
const STRETCH = 8;
const life = exponential(90);
const absence = exponential(1);

/** Counts events in their order, and the machine days up between them. */
class Watch {
  constructor(machines) {
    this.machines = machines;
    this.up = machines;
    this.since = 0;
    this.days = 0;
    this.events = 0;
  }

  see(time, tag) {
    this.days += this.up * (time - this.since);
    this.since = time;
    this.up += tag === FAIL ? -1 : 1;
    this.events += 1;
  }

  get availability() {
    return (this.days + this.up * (YEAR - this.since)) / (this.machines * YEAR);
  }
}

/** The year on a queue. */
function queued(queue, machines) {
  const chance = new Chance(KEY, 0);
  const watch = new Watch(machines);
  const turns = new Int32Array(machines);
  const rest = new Float64Array(machines);
  const pair = new Float64Array(2);
  const start = (machine, now) => {
    chance.pair(pair, CYCLES, 0, machine, turns[machine]);
    turns[machine] += 1;
    rest[machine] = absence.quantile(pair[1]);
    queue.push(now + life.quantile(pair[0]), 0, machine, FAIL);
  };
  for (let machine = 0; machine < machines; machine += 1) start(machine, 0);
  while (queue.next(YEAR)) {
    const { time, entity, tag } = queue;
    watch.see(time, tag);
    if (tag === FAIL) queue.push(time + rest[entity], 0, entity, RETURN);
    else start(entity, time);
  }
  return watch;
}

/**
 * The year by a chronicle, a stretch at a time. Who lives in a stretch is known when it begins, and
 * so is the address of the first draw that each may need: these are drawn by the batch.
 */
function chronicled(machines) {
  const chance = new Chance(KEY, 0);
  const watch = new Watch(machines);
  const chronicle = new Chronicle(machines / 4);
  const batch = new Batch();
  const turns = new Int32Array(machines);
  const failures = new Float64Array(machines);
  const returns = new Float64Array(machines);
  const draw = (count) => {
    chance.pairs(batch, count, CYCLES, 0);
    batch.exponentials("first", count, life.mean);
    batch.exponentials("second", count, absence.mean);
  };
  begin({ batch, draw, turns, failures, returns });
  const pair = new Float64Array(2);
  for (let from = 0; from < YEAR; from += STRETCH) {
    const until = Math.min(YEAR, from + STRETCH);
    chronicle.begin(from, until);
    for (let next = 0; next < machines; ) {
      let count = 0;
      for (; next < machines && count < Batch.room; next += 1) {
        if (failures[next] >= until) continue;
        batch.causes[count] = next;
        batch.numbers[count] = turns[next];
        count += 1;
      }
      draw(count);
      for (let i = 0; i < count; i += 1) {
        const machine = batch.causes[i];
        if (failures[machine] >= from) chronicle.note(failures[machine], 0, machine, FAIL);
        let up = returns[machine];
        if (up >= until) continue;
        chronicle.note(up, 0, machine, RETURN);
        let turn = batch.numbers[i] + 1;
        let down = up + batch.first[i];
        up = down + batch.second[i];
        for (; up < until; up = down + absence.quantile(pair[1])) {
          chronicle.note(down, 0, machine, FAIL);
          chronicle.note(up, 0, machine, RETURN);
          chance.pair(pair, CYCLES, 0, machine, turn);
          turn += 1;
          down = up + life.quantile(pair[0]);
        }
        if (down < until) chronicle.note(down, 0, machine, FAIL);
        turns[machine] = turn;
        failures[machine] = down;
        returns[machine] = up;
      }
    }
    while (chronicle.next()) watch.see(chronicle.time, chronicle.tag);
  }
  return watch;
}

/** The first life and absence of every machine. */
function begin({ batch, draw, turns, failures, returns }) {
  for (let first = 0; first < turns.length; first += Batch.room) {
    const count = Math.min(Batch.room, turns.length - first);
    for (let i = 0; i < count; i += 1) batch.causes[i] = first + i;
    batch.numbers.fill(0);
    draw(count);
    for (let i = 0; i < count; i += 1) {
      failures[first + i] = batch.first[i];
      returns[first + i] = batch.first[i] + batch.second[i];
    }
  }
  turns.fill(1);
}

/** Events a second of each way, which must all have seen the same year. */
function ways(machines) {
  const found = new Set();
  const agree = (events, availability) => {
    found.add(`${availability} in ${events} events`);
    if (found.size > 1) throw new Error(`years differ: ${[...found].join(" and ")}`);
    return events;
  };
  const timed = (live) =>
    rate(() => {
      const watch = live();
      return agree(watch.events, watch.availability);
    });
  return {
    chronicle: () => timed(() => chronicled(machines)),
    agenda: () => timed(() => queued(new Agenda(machines), machines)),
    heap: () => timed(() => queued(new Heap4(machines), machines)),
    calendar: (native) => () => {
      const { events, seconds, sum } = native("repair", String(machines));
      return agree(events, sum) / seconds;
    },
  };
}

/** A million machines for a year, draws and all; a tenth of them on the agenda as well. */
export function measureRepair({ runs = 5, tiny = false, say }) {
  const [many, few] = tiny ? [200, 100] : [1_000_000, 100_000];
  const [manyName, fewName] = tiny ? ["tiny", "tiny-agenda"] : ["1e6", "1e5-agenda"];
  const unit = "events/s";
  const one = ways(few);
  const native = nativeCalendar(say);
  const { chronicle, heap, calendar } = ways(many);
  const beside = native === null ? {} : { [NATIVE]: calendar(native) };
  const references = { "js-heap4": heap, ...beside };
  // The engine compiles a long loop well only after it has seen it often.
  for (let turn = 0; turn < 5; turn += 1) for (const way of [one.chronicle, one.heap]) way();
  return [
    ...compareAll({ name: `repair-${manyName}`, unit, runs, ours: chronicle, references }),
    compare({
      name: `repair-${fewName}`,
      unit,
      reference: "js-heap4",
      runs,
      ours: one.agenda,
      theirs: one.heap,
    }),
  ];
}
