/** The hold model: N pending events; each executed event schedules another, exponentially far. */
import { Agenda, ln } from "../../dist/kernel/index.js";
import { Heap4 } from "./heap4.mjs";
import { NATIVE, nativeCalendar } from "./native.mjs";
import { compareAll, rate } from "./row.mjs";

/** Distances drawn beforehand, so that a run measures the queue and not the logarithm. */
const DISTANCES = new Float64Array(65_536);
for (let i = 0, state = 1; i < DISTANCES.length; i += 1) {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  DISTANCES[i] = -ln((state + 0.5) / 4_294_967_296);
}

/** Executes events on a queue that has been filled, and answers their number. */
export function hold(queue, events, offset) {
  for (let i = 0; i < events; i += 1) {
    queue.next(Number.POSITIVE_INFINITY);
    const distance = DISTANCES[(Math.imul(i, 40_503) + offset) & 65_535];
    queue.push(queue.time + distance, 0, queue.entity, queue.tag);
  }
  return events;
}

/** Puts the first events on an empty queue, all within some distance of now. */
export function fill(queue, pending) {
  for (let i = 0; i < pending; i += 1)
    queue.push(DISTANCES[Math.imul(i, 40_503) & 65_535] + i * 1e-9, 0, i, 0);
  return queue;
}

/** Events a second of a queue at a steady number of pending events, after one turnover. */
function pace(make, pending, events) {
  const queue = fill(make(pending), pending);
  hold(queue, pending, 17);
  return rate(() => hold(queue, events, 4_711));
}

/** The hold model at a thousand, a hundred thousand and a million pending events. */
export function measureHold({ runs = 5, tiny = false, say }) {
  const cases = [
    ["hold-1e3", 1_000, 2_000_000],
    ["hold-1e5", 100_000, 2_000_000],
    ["hold-1e6", 1_000_000, 2_000_000],
  ];
  const chosen = tiny ? [["hold-tiny", 100, 10_000]] : cases;
  const native = nativeCalendar(say);
  return chosen.flatMap(([name, pending, events]) => {
    const calendar = () => {
      const found = native("hold", String(pending), String(events));
      return found.events / found.seconds;
    };
    return compareAll({
      name,
      unit: "events/s",
      runs,
      ours: () => pace((expected) => new Agenda(expected), pending, events),
      references: {
        "js-heap4": () => pace((expected) => new Heap4(expected), pending, events),
        ...(native === null ? {} : { [NATIVE]: calendar }),
      },
    });
  });
}
