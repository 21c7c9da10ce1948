/**
 * Joining: farms that are founded and nodes that join them, at the start and later.
 *
 * The farms of the start bring forth arrivals at a rate in step with their size then; an arrival
 * joins its farm or founds another in the same country, so that countries keep their share.
 */
import { Agenda, exponential, streamId } from "../kernel/index.ts";
import {
  arrivalMean,
  dataCentreProbability,
  departureHazard,
  flakyProbability,
  specBytes,
} from "../models/index.ts";
import { Fact } from "./facts.ts";
import { failureAfter, faultAfter } from "./failure.ts";
import type { Ground } from "./ground.ts";
import { nodeLawsAt } from "./laws.ts";
import { workLine } from "./line.ts";
import { type Draft, draftMachine, type Machines, type Scale, scaled } from "./machine.ts";
import { restMeanOf } from "./node-laws.ts";
import type { Machine, Reserved } from "./room.ts";
import { placeAt } from "./site.ts";

const PLACE = streamId("farm.place");
const KIND = streamId("farm.kind");
const ADDRESSES = streamId("farm.addresses");
const TRAITS = streamId("node.traits");
const HARDWARE = streamId("node.hardware");
const STAY = streamId("node.stay");
const ARRIVAL = streamId("farm.arrival");
const FOUNDING = streamId("farm.founding");
const JOINS = streamId("farm.joins");

const unitWait = exponential(1);
/** Arrival numbers of a farm's nodes begin here, above all nodes of the start. */
const ARRIVALS = 65_536;
/** Causes of farms founded in a run: one block of the upper half of the words for each parent. */
const FOUNDED = 0x8000_0000;
const BLOCK = 1024;

/** How later machines are drawn like those of the start. */
export interface Mould {
  readonly machines: Machines;
  readonly scale: Scale;
}

/** What a farm is founded with. */
export interface Founding {
  readonly cause: number;
  /** Row of the setup's countries. */
  readonly country: number;
  /** Nodes it will begin with. */
  readonly size: number;
  readonly joined: number;
}

/** Adds a farm without nodes and returns its row. */
export function foundFarm(ground: Ground, farm: Founding): number {
  const { chance, farms, laws, setup } = ground;
  const { cause, country } = farm;
  const { ring, values } = laws.countries[country];
  const draw = (stream: number, number: number): number => chance.uniform(stream, cause, 0, number);
  const dataCentre = draw(KIND, 0) < dataCentreProbability(values.fleet, farm.size);
  const { fleet } = laws.farms[country * 2 + (dataCentre ? 1 : 0)].values;
  const hasIps = draw(KIND, 2) < fleet.publicIps;
  const place = placeAt(setup.countries[country], ring, {
    position: draw(PLACE, 0),
    north: draw(PLACE, 1),
    east: draw(PLACE, 2),
  });
  return farms.add({
    cause,
    country,
    ...place,
    dataCentre,
    dedicated: draw(KIND, 1) < fleet.dedicated,
    gateway: hasIps && draw(KIND, 3) < fleet.gateway,
    ips: hasIps ? chance.draw(laws.addresses, ADDRESSES, cause, 0, 0) : 0,
    joined: farm.joined,
  });
}

/** Adds a node that does not run yet and returns its row. */
export function addNode(
  ground: Ground,
  node: {
    readonly farm: number;
    readonly causeLow: number;
    readonly draft: Draft;
    readonly joined: number;
  },
): number {
  const { chance, farms } = ground;
  const { farm, causeLow, draft } = node;
  const laws = nodeLawsAt(ground.laws, farms.linePlace(farm), draft.class);
  const { fleet, failure } = laws.values;
  const trait = (number: number): number =>
    chance.uniform(TRAITS, farms.cause[farm], causeLow, number);
  const flaky = trait(0) < flakyProbability(failure);
  return ground.nodes.add(farms, {
    farm,
    causeLow,
    class: draft.class,
    machine: machineOf(ground, draft),
    reserved: reservedOf(ground),
    certified: trait(1) < fleet.certified,
    gpu: trait(2) < fleet.gpu,
    flaky,
    restMean: restMeanOf(laws, flaky, chance, { high: farms.cause[farm], low: causeLow }),
    joined: node.joined,
  });
}

/** The machine of a draft, in bytes. */
export function machineOf(ground: Ground, draft: Draft): Machine {
  const { fleet } = ground.setup.assumptions;
  return {
    cru: draft.cores,
    mru: specBytes(fleet, draft.memory),
    sru: specBytes(fleet, draft.ssd),
    hru: specBytes(fleet, draft.hdd),
  };
}

/** What Zero-OS keeps of any machine. */
export function reservedOf(ground: Ground): Reserved {
  const { fleet } = ground.setup.assumptions;
  return {
    memoryShare: fleet.reservedMemory,
    memoryLeast: fleet.reservedMemoryLeast,
    cache: fleet.cache,
  };
}

/** Draws a node's own future: its first failure, its leaving; its first fault is given. */
export function dueOwn(ground: Ground, node: number, now: number, faultFirst: number): void {
  const { chance, nodes } = ground;
  const laws = ground.lawsOf(node);
  const { stay, stayCourse } = laws;
  const u = chance.uniform(STAY, nodes.causeHigh[node], nodes.causeLow[node], 0);
  const leaves =
    stayCourse === null
      ? now + (stay?.quantile(u) ?? Number.POSITIVE_INFINITY)
      : stayCourse.after(now, unitWait.quantile(u));
  const rest = failureAfter(ground, node, now, { number: 0, laws });
  const fault = faultAfter(ground, node, now, { wait: faultFirst, laws });
  const end = ground.farmEnds.get(nodes.farm[node]) ?? Number.POSITIVE_INFINITY;
  nodes.setFuture(node, rest, fault, Math.min(Math.ceil(leaves), end));
}

/** Draws the second of the next arrival of a farm of the start. */
export function dueArrival(ground: Ground, farm: number, now: number): void {
  const { farms, chance, laws } = ground;
  const { values, arrivalCourse } = laws.farms[farms.linePlace(farm)];
  const { churn } = values;
  const size = farms.sizeAtStart[farm];
  const course = arrivalCourse?.(size) ?? null;
  if (size === 0 || (course === null && departureHazard(churn) * churn.growth === 0)) return;
  const number = farms.arrivalNumber[farm];
  const units = unitWait.quantile(chance.uniform(ARRIVAL, farms.cause[farm], 0, number));
  const time = course === null ? now + units * arrivalMean(churn, size) : course.after(now, units);
  const last = ground.farmEnds.get(farm) ?? Number.POSITIVE_INFINITY;
  farms.expectArrival(farm, time < last ? Math.ceil(time) : Number.POSITIVE_INFINITY);
}

/** Lets all farms of the start bring forth the nodes of the epoch, in the order of time. */
export function layArrivals(ground: Ground, mould: Mould): void {
  const { farms, epoch } = ground;
  const due = new Agenda(farms.count);
  const expect = (farm: number): void => {
    const second = farms.arrivalDue(farm);
    if (second < epoch.end) due.push(second, 0, farm, 0);
  };
  for (let farm = 0; farm < farms.count; farm++) expect(farm);
  while (due.next(epoch.end)) {
    const farm = due.entity;
    arrive(ground, mould, farm, due.time);
    expect(farm);
  }
}

/** A farm of the start brings forth a node, for itself or for a farm of its own. */
function arrive(ground: Ground, mould: Mould, parent: number, now: number): void {
  const { farms, chance, laws } = ground;
  const number = farms.nextArrival(parent);
  const cause = farms.cause[parent];
  const joins =
    ground.joinShare === 1 || chance.uniform(JOINS, cause, 0, number) < ground.joinShare;
  if (!joins) {
    dueArrival(ground, parent, now);
    return;
  }
  const { founding } = laws.farms[farms.linePlace(parent)].values.churn;
  if (chance.uniform(FOUNDING, cause, 0, number) < founding) {
    const farm = foundFarm(ground, {
      cause: (FOUNDED + ((cause * BLOCK + number) % FOUNDED)) >>> 0,
      country: farms.country[parent],
      size: 1,
      joined: now,
    });
    workLine(ground, farm, now);
    join(ground, mould, { farm, causeLow: 0, now });
  } else join(ground, mould, { farm: parent, causeLow: ARRIVALS + number, now });
  dueArrival(ground, parent, now);
}

/** A node joins a farm; it boots when it lives through the epoch. */
function join(
  ground: Ground,
  mould: Mould,
  at: { readonly farm: number; readonly causeLow: number; readonly now: number },
): void {
  const { farms, chance } = ground;
  const { farm, causeLow, now } = at;
  const high = farms.cause[farm];
  const drawn = draftMachine(chance, mould.machines, { high, low: causeLow });
  const node = addNode(ground, { farm, causeLow, draft: scaled(drawn, mould.scale), joined: now });
  ground.fit();
  ground.events += 1;
  ground.census.enrol(now, 1);
  ground.epoch.note(now, Fact.nodeJoined, node);
  ground.facts?.add(Fact.nodeJoined, now, node, 0);
  const u = chance.uniform(HARDWARE, high, causeLow, 0);
  // Its machine is met in mid-life as those of the start are, so that faults keep their rate.
  const faultFirst = ground.lawsOf(node).faultFirst?.quantile(u) ?? Number.POSITIVE_INFINITY;
  dueOwn(ground, node, now, faultFirst);
}
