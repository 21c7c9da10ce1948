/** Failures: what takes down one node by itself, and what is imposed on many from outside. */
import { exponential, streamId } from "../kernel/index.ts";
import { rolloutDelay } from "../models/index.ts";
import { Cause } from "./facts.ts";
import { type Ground, Local } from "./ground.ts";
import { faultFactor, timesOf } from "./node-laws.ts";
import type { TimelineEntry } from "./setup.ts";
import { valueAt } from "./variation.ts";

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
  const { nodes, chance } = ground;
  const high = nodes.causeHigh[node];
  const low = nodes.causeLow[node];
  const number = nodes.nextRest(node);
  dueFailure(ground, node, now, number);
  if (nodes.running[node] === 0) return;
  const { outage } = timesOf(ground.lawsOf(node), chance, high, low);
  const lasts = chance.draw(outage, OUTAGE, high, low, number);
  ground.takeDown(node, now, now + lasts, Cause.rest);
}

/** Makes a node's next failure of its own due; `number` is that of its draw. */
export function dueFailure(ground: Ground, node: number, now: number, number: number): void {
  const { nodes, chance } = ground;
  const u = chance.uniform(REST, nodes.causeHigh[node], nodes.causeLow[node], number);
  const { restCourse } = ground.lawsOf(node);
  const course = restCourse === null ? null : restCourse[nodes.flaky[node] === 1 ? 1 : 0];
  const units = unitWait.quantile(u);
  const time = course === null ? now + units * nodes.restMean(node) : course.after(now, units);
  ground.due(time, Local.rest, node);
}

/** A node's hardware fails, running or not. */
export function breakDown(ground: Ground, node: number, now: number): void {
  const { nodes, chance } = ground;
  const laws = ground.lawsOf(node);
  if (ground.gone(node) || laws.fault === null) return;
  const high = nodes.causeHigh[node];
  const low = nodes.causeLow[node];
  const number = nodes.nextHardware(node);
  dueFault(ground, node, now, chance.draw(laws.fault, HARDWARE, high, low, number));
  const { repair } = timesOf(laws, chance, high, low);
  const lasts = chance.draw(repair, REPAIR, high, low, number);
  ground.takeDown(node, now, now + lasts, Cause.hardware);
}

/** Makes a node's next fault due, after such a wait of a usual server at the start of the run. */
export function dueFault(ground: Ground, node: number, now: number, wait: number): void {
  const { nodes, chance } = ground;
  const laws = ground.lawsOf(node);
  const own = wait * faultFactor(laws, chance, nodes.causeHigh[node], nodes.causeLow[node]);
  const { faultCourse } = laws;
  ground.due(faultCourse === null ? now + own : faultCourse.after(now, own), Local.hardware, node);
}

/** Makes the next rollout due. */
export function dueRollout(ground: Ground, now: number): void {
  const { rollout, rolloutCourse } = ground.laws;
  if (rollout === null) return;
  const u = ground.chance.uniform(ROLLOUT, 0, 0, ground.rolloutNumber);
  const time =
    rolloutCourse === null
      ? now + rollout.quantile(u)
      : rolloutCourse.after(now, unitWait.quantile(u));
  ground.due(time, Local.rollout, 0);
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
    const { rolloutShare, rolloutSteps } = ground.lawsOf(node);
    if (u(0) >= valueAt(rolloutSteps, now, rolloutShare)) continue;
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
