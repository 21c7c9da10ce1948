/** Failures: what takes down one node by itself, and what is imposed on many from outside. */
import { exponential, streamId } from "../kernel/index.ts";
import { rolloutDelay } from "../models/index.ts";
import { Cause } from "./facts.ts";
import { type Ground, Local } from "./ground.ts";
import type { TimelineEntry } from "./setup.ts";

const REST = streamId("node.rest");
const OUTAGE = streamId("node.outage");
const HARDWARE = streamId("node.hardware");
const REPAIR = streamId("node.repair");
const ROLLOUT = streamId("rollout.interval");
const UPDATE = streamId("node.update");
const IMPOSED = streamId("node.imposed");

const unitWait = exponential(1);

/**
 * A node fails by itself. One that is down cannot fail, but the next failure is drawn all the
 * same, so that other causes do not shift this one.
 */
export function fail(ground: Ground, node: number, now: number): void {
  if (ground.gone(node)) return;
  const { nodes, chance, laws } = ground;
  const high = nodes.causeHigh[node];
  const low = nodes.causeLow[node];
  const number = nodes.nextRest(node);
  const wait = unitWait.quantile(chance.uniform(REST, high, low, number));
  ground.due(now + wait * nodes.restMean(node), Local.rest, node);
  if (nodes.running[node] === 0) return;
  const lasts = chance.draw(laws.outage[placeOf(ground, node)], OUTAGE, high, low, number);
  ground.takeDown(node, now, now + lasts, Cause.rest);
}

/** A node's hardware fails, running or not. */
export function breakDown(ground: Ground, node: number, now: number): void {
  const { nodes, chance, laws } = ground;
  if (ground.gone(node) || laws.fault === null) return;
  const high = nodes.causeHigh[node];
  const low = nodes.causeLow[node];
  const number = nodes.nextHardware(node);
  ground.due(now + chance.draw(laws.fault, HARDWARE, high, low, number), Local.hardware, node);
  const lasts = chance.draw(laws.repair[placeOf(ground, node)], REPAIR, high, low, number);
  ground.takeDown(node, now, now + lasts, Cause.hardware);
}

/** Makes the next rollout due. */
export function dueRollout(ground: Ground, now: number): void {
  const { rollout } = ground.laws;
  if (rollout === null) return;
  const wait = ground.chance.draw(rollout, ROLLOUT, 0, 0, ground.rolloutNumber);
  ground.due(now + wait, Local.rollout, 0);
}

/** An operating system is rolled out: some nodes will reboot as they find it. */
export function rollOut(ground: Ground, now: number): void {
  const { nodes, chance, setup } = ground;
  const { update } = setup.assumptions;
  const number = ground.rolloutNumber;
  for (let node = 0; node < nodes.count; node++) {
    if (ground.gone(node)) continue;
    const high = nodes.causeHigh[node];
    const low = nodes.causeLow[node];
    const u = (part: number): number => chance.uniform(UPDATE, high, low, number * 3 + part);
    if (u(0) >= update.share) continue;
    ground.due(now + rolloutDelay(update, u(1), u(2)), Local.reboot, node);
  }
  ground.rolloutNumber = number + 1;
  dueRollout(ground, now);
}

/** A node reboots because it is told to; one that is down finds the update when it boots. */
export function reboot(ground: Ground, node: number, now: number): void {
  if (ground.gone(node) || ground.nodes.running[node] === 0) return;
  ground.takeDown(node, now, now + ground.bootSeconds(node, now), Cause.update);
}

/** Makes the outages of the timeline due. */
export function dueImposed(ground: Ground): void {
  ground.setup.timeline.forEach((entry, i) => {
    if (entry.kind === "outage") ground.due(entry.at, Local.imposed, i);
  });
}

/** An outage of the timeline strikes the nodes it names; they boot when it is over. */
export function impose(ground: Ground, row: number, now: number): void {
  const entry: TimelineEntry = ground.setup.timeline[row];
  if (entry.kind !== "outage") return;
  const { nodes, farms, chance, setup } = ground;
  const { country, farm, share } = entry.target;
  const struck =
    country === undefined ? -1 : setup.countries.findIndex((one) => one.code === country);
  for (let node = 0; node < nodes.count; node++) {
    const home = nodes.farm[node];
    if (ground.gone(node)) continue;
    if (country !== undefined && farms.country[home] !== struck) continue;
    if (farm !== undefined && home !== farm) continue;
    const u = chance.uniform(IMPOSED, nodes.causeHigh[node], nodes.causeLow[node], row);
    if (u >= share) continue;
    const back = now + entry.lasts + ground.bootSeconds(node, now);
    ground.takeDown(node, now, back, Cause.imposed);
  }
}

const placeOf = (ground: Ground, node: number): 0 | 1 =>
  ground.farms.dataCentre[ground.nodes.farm[node]] === 1 ? 1 : 0;
