/** A small simulation whole: M/M/1 at load 0.9. */
import { Agenda, Chance, exponential, streamId } from "../../dist/kernel/index.js";
import { Heap4 } from "./heap4.mjs";
import { compare, rate } from "./row.mjs";

const ARRIVE = 0;
const LEAVE = 1;
const ARRIVALS = streamId("arrivals");
const SERVICES = streamId("services");

/** Serves customers in M/M/1 at load 0.9 and answers the number of events. */
function serve(agenda, customers) {
  const chance = new Chance([1, 1], 0);
  const between = exponential(1 / 0.9);
  const service = exponential(1);
  let present = 0;
  let arrived = 0;
  let events = 0;
  agenda.push(0, 0, 0, ARRIVE);
  while (agenda.next(Number.POSITIVE_INFINITY)) {
    events += 1;
    if (agenda.tag === ARRIVE) {
      present += 1;
      arrived += 1;
      if (arrived < customers) {
        const gap = chance.draw(between, ARRIVALS, 0, arrived, 0);
        agenda.push(agenda.time + gap, 0, arrived, ARRIVE);
      }
      if (present > 1) continue;
    } else {
      present -= 1;
      if (present === 0) continue;
    }
    agenda.push(agenda.time + chance.draw(service, SERVICES, 0, events, 0), 0, 0, LEAVE);
  }
  return events;
}

/** M/M/1, a million events, draws and all, on the agenda and on the reference heap. */
export function measureMm1({ runs = 5, tiny = false } = {}) {
  const customers = tiny ? 1_000 : 500_000;
  return [
    compare({
      name: tiny ? "mm1-tiny" : "mm1-0.9",
      unit: "events/s",
      reference: "js-heap4",
      runs,
      ours: () => rate(() => serve(new Agenda(), customers)),
      theirs: () => rate(() => serve(new Heap4(64), customers)),
    }),
  ];
}
