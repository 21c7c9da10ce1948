/** Small systems on the kernel's agenda whose answers are known: a station, and a workshop. */
import { Agenda, type Chance, type Distribution, streamId } from "../../src/kernel/index.ts";

const ARRIVE = 0;
const LEAVE = 1;
const ARRIVALS = streamId("arrivals");
const SERVICES = streamId("services");
const START = streamId("start");
const RESIDUALS = streamId("residuals");

/** A station where customers arrive, wait where there is room, and are served. */
export interface Station {
  readonly between: Distribution;
  readonly service: Distribution;
  /** What is left of a service under way at the start. */
  readonly left: Distribution;
  readonly servers: number;
  /** Customers that may wait; who finds no room is refused. */
  readonly room: number;
  /** How many customers are there at the start. */
  readonly present: Distribution;
}

/** What the customers met, those that arrived after the first `skip`. */
export interface Visits {
  readonly waited: number;
  readonly refused: number;
  readonly meanWait: number;
  readonly meanSojourn: number;
}

/** Serves customers until the last of the counted ones has left. */
export function visit(station: Station, chance: Chance, counted: number, skip = 0): Visits {
  const agenda = new Agenda();
  const { servers, room } = station;
  let served = 0;
  const start = (arrived: number, number: number): void => {
    const time = chance.draw(station.service, SERVICES, 0, served, 0);
    served += 1;
    agenda.push(agenda.time + time, 0, number, LEAVE);
    if (number < skip) return;
    const wait = agenda.time - arrived;
    total.wait += wait;
    total.sojourn += wait + time;
    total.started += 1;
    if (wait > 0) total.waited += 1;
  };
  const total = { wait: 0, sojourn: 0, started: 0, waited: 0, refused: 0 };
  const line: [number, number][] = [];
  let head = 0;
  let busy = 0;
  const present = chance.draw(station.present, START, 0, 0, 0);
  for (let i = 0; i < present; i += 1) {
    if (busy < servers) {
      agenda.push(chance.draw(station.left, RESIDUALS, 0, i, 0), 0, -1, LEAVE);
      busy += 1;
    } else line.push([0, -1]);
  }
  agenda.push(chance.draw(station.between, ARRIVALS, 0, 0, 0), 0, 0, ARRIVE);
  while (total.started + total.refused < counted && agenda.next(Number.POSITIVE_INFINITY)) {
    if (agenda.tag === ARRIVE) {
      const number = agenda.entity;
      const gap = chance.draw(station.between, ARRIVALS, 0, number + 1, 0);
      agenda.push(agenda.time + gap, 0, number + 1, ARRIVE);
      if (busy < servers) {
        busy += 1;
        start(agenda.time, number);
      } else if (line.length - head < room) line.push([agenda.time, number]);
      else if (number >= skip) total.refused += 1;
    } else if (head < line.length) {
      start(line[head][0], line[head][1]);
      head += 1;
    } else busy -= 1;
  }
  return {
    waited: total.waited / counted,
    refused: total.refused / counted,
    meanWait: total.wait / total.started,
    meanSojourn: total.sojourn / total.started,
  };
}

/** Machines that fail and are repaired by a number of crews. */
export interface Workshop {
  readonly machines: number;
  readonly crews: number;
  readonly life: Distribution;
  readonly repair: Distribution;
  /** How many machines are down at the start; lives and repairs have no memory. */
  readonly down: Distribution;
}

/** Share of machine time that is up, and share of time in which no machine is down. */
export function repair(
  shop: Workshop,
  chance: Chance,
  horizon: number,
): { up: number; noneDown: number } {
  const agenda = new Agenda(shop.machines);
  const turns = new Int32Array(shop.machines);
  const waiting: number[] = [];
  let head = 0;
  let down = chance.draw(shop.down, START, 0, 0, 0);
  let last = 0;
  let downTime = 0;
  let quiet = 0;
  const due = (machine: number, law: Distribution, tag: number): void => {
    turns[machine] += 1;
    const length = chance.draw(
      law,
      tag === ARRIVE ? ARRIVALS : SERVICES,
      0,
      machine,
      turns[machine],
    );
    agenda.push(agenda.time + length, 0, machine, tag);
  };
  for (let machine = 0; machine < shop.machines; machine += 1) {
    if (machine >= down) due(machine, shop.life, ARRIVE);
    else if (machine < shop.crews) due(machine, shop.repair, LEAVE);
    else waiting.push(machine);
  }
  const pass = (until: number): void => {
    downTime += down * (until - last);
    if (down === 0) quiet += until - last;
    last = until;
  };
  while (agenda.next(horizon)) {
    pass(agenda.time);
    const machine = agenda.entity;
    if (agenda.tag === ARRIVE) {
      if (down - (waiting.length - head) < shop.crews) due(machine, shop.repair, LEAVE);
      else waiting.push(machine);
      down += 1;
    } else {
      down -= 1;
      due(machine, shop.life, ARRIVE);
      if (head < waiting.length) {
        due(waiting[head], shop.repair, LEAVE);
        head += 1;
      }
    }
  }
  pass(horizon);
  return { up: 1 - downTime / (shop.machines * horizon), noneDown: quiet / horizon };
}
