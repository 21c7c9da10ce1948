/**
 * Population: the farms and nodes of the start, met as after a long time.
 *
 * Every draw is addressed by the farm's or the node's own cause, so that one farm more changes
 * nobody else's place, class, age or luck; only the last adjustment of the machines to the totals
 * is common to all.
 */
import { exponential, streamId } from "../kernel/index.ts";
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
import { startLine } from "./line.ts";
import { classShares, type Draft, draftMachine, meetTotals, totalsFor } from "./machine.ts";
import { startPower } from "./power.ts";
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
  const shares = classShares(setup.classes);
  const drafts: Draft[] = [];
  for (let cause = 0; drafts.length < total; cause++) {
    const drawn = chance.draw(ground.laws.size, SIZE, cause, 0, 0);
    const size = Math.min(drawn, total - drafts.length);
    const country = countryOf(ground, cause);
    const farm = foundFarm(ground, { cause, country, size, joined: 0 });
    let oldest = 0;
    for (let low = 0; low < size; low++) {
      const draft = draftMachine(chance, setup, shares, { high: cause, low });
      drafts.push(draft);
      const joined = joinedBefore(ground, cause, low);
      oldest = Math.min(oldest, joined);
      addNode(ground, { farm, causeLow: low, draft, joined });
    }
    farms.startWith(farm, size, oldest);
  }
  const scale = meetTotals(drafts, totalsFor(setup.totals, total));
  const reserved = reservedOf(ground);
  for (let node = 0; node < total; node++) {
    nodes.setMachine(node, machineOf(ground, drafts[node]), reserved);
  }
  ground.fit();
  for (let node = 0; node < total; node++) meet(ground, node);
  for (let farm = 0; farm < farms.count; farm++) startLine(ground, farm);
  startPower(ground);
  for (let node = 0; node < total; node++) start(ground, node);
  for (let farm = 0; farm < farms.count; farm++) dueArrival(ground, farm, 0);
  return { shares, scale };
}

function countryOf(ground: Ground, cause: number): number {
  const { countryShares } = ground.laws;
  const u = ground.chance.uniform(COUNTRY, cause, 0, 0);
  let country = 0;
  while (country < countryShares.length - 1 && u >= countryShares[country]) country++;
  return country;
}

/** When a node of the start joined: as long ago as one of a steady population would have. */
function joinedBefore(ground: Ground, high: number, low: number): number {
  const { stay } = ground.laws;
  if (stay === null) return -OLDEST;
  return -Math.ceil(stay.quantile(ground.chance.uniform(AGE, high, low, 0)));
}

/** Meets a node at second 0: running since a while, or down for a while. */
function meet(ground: Ground, node: number): void {
  const { nodes, farms, chance, laws, setup } = ground;
  const farm = nodes.farm[node];
  const place = farms.dataCentre[farm] === 1 ? 1 : 0;
  const high = nodes.causeHigh[node];
  const low = nodes.causeLow[node];
  const rest = 1 / nodes.restMean(node);
  const hazard = laws.countries[farms.country[farm]].explained[place] + rest;
  const since = hazard > 0 ? unitWait.quantile(chance.uniform(AGE, high, low, 1)) / hazard : 0;
  nodes.meetRunning(node, Math.max(-Math.ceil(since), nodes.joined[node]));
  // Share of time that a cause keeps a node down, failures and repairs taking turns.
  const share = (rate: number, mean: number): number => (rate * mean) / (1 + rate * mean);
  const u = (number: number): number => chance.uniform(DOWN, high, low, number);
  if (u(0) < share(rest, laws.outage[place].mean)) {
    nodes.keepDown(node, Math.ceil(laws.outageStill[place](u(1), u(2))));
  }
  if (u(3) < share(faultHazard(setup.assumptions.hardware), laws.repair[place].mean)) {
    nodes.keepDown(node, Math.ceil(laws.repairStill[place](u(4), u(5))));
  }
}

/** Puts a node's state into the ledger of uptimes, and draws its future. */
function start(ground: Ground, node: number): void {
  const { nodes, farms, laws, chance } = ground;
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
  const first = laws.faultFirst === null ? Number.POSITIVE_INFINITY : laws.faultFirst.quantile(u);
  dueOwn(ground, node, 0, first);
}
