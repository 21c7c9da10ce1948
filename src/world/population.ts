/**
 * Population: the farms and nodes of the start, met as after a long time.
 *
 * Every draw is addressed by the farm's or the node's own cause, so that one farm more changes
 * nobody else's place, class, age or luck; only the last adjustment of the machines to the totals
 * is common to all.
 */
import { type Chance, exponential, streamId } from "../kernel/index.ts";
import { faultHazard } from "../models/index.ts";
import { alreadyRunning, enrol } from "../protocol/index.ts";
import { seconds } from "../units/index.ts";
import type { Ground } from "./ground.ts";
import {
  addNode,
  dueArrival,
  dueOwn,
  foundFarm,
  type Mould,
  machineOf,
  reservedOf,
} from "./joining.ts";
import { nodeLawsAt } from "./laws.ts";
import { leavingFarms } from "./leaving.ts";
import { startLine } from "./line.ts";
import { DraftTable, draftMachine, machinesOf, meetTotals, totalsFor } from "./machine.ts";
import { faultFactor, timesOf } from "./node-laws.ts";
import { startPower } from "./power.ts";
import type { Prepared } from "./prepared.ts";
import type { Setup } from "./setup.ts";

const SIZE = streamId("farm.size");
const COUNTRY = streamId("farm.country");
const AGE = streamId("node.age");
const DOWN = streamId("node.down");
const HARDWARE_FIRST = streamId("node.hardware.first");

/** Age of every node, in seconds, where none ever leaves: older than any boot that counts. */
const OLDEST = 20 * 31_557_600;

const unitWait = exponential(1);

/** Nodes that a setup has at the start. */
export const nodesAtStart = (setup: Setup): number =>
  setup.assumptions.fleet.nodes || setup.totals.nodes;

/** Fills bare ground with the fleet of the start, in equilibrium at second 0. */
export function settle(ground: Ground): Mould {
  const { setup, chance, nodes, farms } = ground;
  const total = nodesAtStart(setup);
  const machines = machinesOf(setup);
  const drafts = new DraftTable(total);
  for (let cause = 0; nodes.count < total; cause++) {
    const size = Math.min(sizeOf(ground, cause), total - nodes.count);
    const country = countryOf(ground, cause);
    const farm = foundFarm(ground, { cause, country, size, joined: 0 });
    let oldest = 0;
    for (let low = 0; low < size; low++) {
      const draft = draftMachine(chance, machines, { high: cause, low });
      drafts.put(nodes.count, draft);
      const joined = joinedBefore(ground, farm, low);
      oldest = Math.min(oldest, joined);
      addNode(ground, { farm, causeLow: low, draft, joined });
    }
    farms.startWith(farm, size, oldest);
  }
  ground.farmEnds = leavingFarms(ground);
  const scale = meetTotals(drafts, totalsFor(setup.totals, total));
  const reserved = reservedOf(ground);
  for (let node = 0; node < total; node++) {
    nodes.setMachine(node, machineOf(ground, drafts.at(node)), reserved);
  }
  ground.fit();
  for (let node = 0; node < total; node++) meet(ground, node);
  for (let farm = 0; farm < farms.count; farm++) startLine(ground, farm);
  startPower(ground);
  for (let node = 0; node < total; node++) start(ground, node);
  for (let farm = 0; farm < farms.count; farm++) dueArrival(ground, farm, 0);
  return { machines, scale };
}

/** Nodes of a farm of the start, were there as many as it draws. */
const sizeOf = ({ chance, laws }: Pick<Ground, "chance" | "laws">, cause: number): number =>
  chance.draw(laws.size, SIZE, cause, 0, 0);

/** How many farms a setup has at the start, by the chance of one replication. */
export function farmsAtStart({ setup, laws }: Prepared, chance: Chance): number {
  const total = nodesAtStart(setup);
  let farms = 0;
  for (let nodes = 0; nodes < total; farms++) nodes += sizeOf({ chance, laws: laws.fleet }, farms);
  return farms;
}

function countryOf(ground: Ground, cause: number): number {
  const { countryShares } = ground.laws;
  const u = ground.chance.uniform(COUNTRY, cause, 0, 0);
  let country = 0;
  while (country < countryShares.length - 1 && u >= countryShares[country]) country++;
  return country;
}

/** When a node of the start joined: as long ago as one of a steady population would have. */
function joinedBefore({ farms, laws, chance }: Ground, farm: number, low: number): number {
  // No law differs by class here, so the first class of the place answers for all.
  const { stay } = nodeLawsAt(laws, farms.linePlace(farm), 0);
  if (stay === null) return -OLDEST;
  return -Math.ceil(stay.quantile(chance.uniform(AGE, farms.cause[farm], low, 0)));
}

/** Meets a node at second 0: running since a while, or down for a while. */
function meet(ground: Ground, node: number): void {
  const { nodes, chance } = ground;
  const laws = ground.lawsOf(node);
  const high = nodes.causeHigh[node];
  const low = nodes.causeLow[node];
  const rest = 1 / nodes.restMean(node);
  const hazard = laws.explained + rest;
  const since = hazard > 0 ? unitWait.quantile(chance.uniform(AGE, high, low, 1)) / hazard : 0;
  nodes.meetRunning(node, Math.max(-Math.ceil(since), nodes.joined[node]));
  // Share of time that a cause keeps a node down, failures and repairs taking turns.
  const share = (rate: number, mean: number): number => (rate * mean) / (1 + rate * mean);
  const u = (number: number): number => chance.uniform(DOWN, high, low, number);
  const times = timesOf(laws, chance, high, low);
  if (u(0) < share(rest, times.outage.mean)) {
    nodes.keepDown(node, Math.ceil(times.outageStill(u(1), u(2))));
  }
  const faults = faultHazard(laws.values.hardware) / faultFactor(laws, chance, high, low);
  if (u(3) < share(faults, times.repair.mean)) {
    nodes.keepDown(node, Math.ceil(times.repairStill(u(4), u(5))));
  }
}

/** Puts a node's state into the ledger of uptimes, and draws its future. */
function start(ground: Ground, node: number): void {
  const { nodes, farms, chance } = ground;
  const lineUp = farms.lineDown[nodes.farm[node]] === 0;
  enrol(ground.uptime, node, lineUp);
  ground.census.enrol(0, 1);
  if (nodes.running[node] === 1) {
    alreadyRunning(ground.uptime, node, seconds(nodes.boot[node]), seconds(0));
    if (lineUp) {
      nodes.startReachable(node, 0);
      ground.census.reach(0, 1);
    }
  }
  const u = chance.uniform(HARDWARE_FIRST, nodes.causeHigh[node], nodes.causeLow[node], 0);
  const first = ground.lawsOf(node).faultFirst?.quantile(u) ?? Number.POSITIVE_INFINITY;
  dueOwn(ground, node, 0, first);
}
