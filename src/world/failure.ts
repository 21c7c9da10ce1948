/** What makes a node fail: itself, its hardware, an update, what is imposed on many. */
import { exponential, streamId } from "../kernel/index.ts";
import { rolloutDelay } from "../models/index.ts";
import { Cause } from "./facts.ts";
import type { Ground } from "./ground.ts";
import { faultFactor, type NodeLaws, timesOf } from "./node-laws.ts";
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
 * same, so that other causes do not shift this one; answers its second.
 */
export function fail(ground: Ground, node: number, now: number): number {
  const { nodes, chance } = ground;
  const high = nodes.causeHigh[node];
  const low = nodes.causeLow[node];
  const number = nodes.nextRest(node);
  const laws = ground.lawsOf(node);
  if (nodes.running[node] === 1) {
    const { outage } = timesOf(laws, chance, high, low);
    const lasts = chance.draw(outage, OUTAGE, high, low, number);
    ground.takeDown(node, now, now + lasts, Cause.rest);
  }
  return failureAfter(ground, node, now, { number, laws });
}

/** The second of a node's next failure of its own; `number` is that of its draw. */
export function failureAfter(
  { nodes, chance }: Ground,
  node: number,
  now: number,
  { number, laws }: { readonly number: number; readonly laws: NodeLaws },
): number {
  const u = chance.uniform(REST, nodes.causeHigh[node], nodes.causeLow[node], number);
  const units = unitWait.quantile(u);
  const { restCourse } = laws;
  const course = restCourse === null ? null : restCourse[nodes.flaky[node] === 1 ? 1 : 0];
  return Math.ceil(course === null ? now + units * nodes.restMean(node) : course.after(now, units));
}

/** A node's hardware fails, running or not; answers the second of its next fault. */
export function breakDown(ground: Ground, node: number, now: number): number {
  const { nodes, chance } = ground;
  const laws = ground.lawsOf(node);
  if (laws.fault === null) return Number.POSITIVE_INFINITY;
  const high = nodes.causeHigh[node];
  const low = nodes.causeLow[node];
  const number = nodes.nextHardware(node);
  const wait = chance.draw(laws.fault, HARDWARE, high, low, number);
  const { repair } = timesOf(laws, chance, high, low);
  const lasts = chance.draw(repair, REPAIR, high, low, number);
  ground.takeDown(node, now, now + lasts, Cause.hardware);
  return faultAfter(ground, node, now, { wait, laws });
}

/**
 * The second of a node's next fault, after what would be such a wait of a usual server at the start
 * of the run.
 */
export function faultAfter(
  { nodes, chance }: Ground,
  node: number,
  now: number,
  { wait, laws }: { readonly wait: number; readonly laws: NodeLaws },
): number {
  const own = wait * faultFactor(laws, chance, nodes.causeHigh[node], nodes.causeLow[node]);
  const { faultCourse } = laws;
  return Math.ceil(faultCourse === null ? now + own : faultCourse.after(now, own));
}

/** Draws when the next rollout is. */
export function dueRollout(ground: Ground, now: number): void {
  const { rollout, rolloutCourse } = ground.laws;
  if (rollout === null) return;
  const u = ground.chance.uniform(ROLLOUT, 0, 0, ground.rolloutNumber);
  const time =
    rolloutCourse === null
      ? now + rollout.quantile(u)
      : rolloutCourse.after(now, unitWait.quantile(u));
  ground.rolloutDue = Math.ceil(time);
}

/** Keeps the rollouts that may still reboot a node within the epoch, and draws those within. */
export function layRollouts(ground: Ground): void {
  const { epoch, setup } = ground;
  const latest = rolloutDelay(setup.assumptions.update, 1, 1) + 1;
  epoch.rollouts = epoch.rollouts.filter(({ second }) => second + latest >= epoch.start);
  while (ground.rolloutDue < epoch.end) {
    const second = ground.rolloutDue;
    epoch.rollouts.push({ second, number: ground.rolloutNumber });
    ground.rolloutNumber += 1;
    ground.events += 1;
    dueRollout(ground, second);
  }
}

/**
 * The first second after `now` at which a node reboots as it finds an update; Infinity if none.
 * A node that joined after the rollout has the update.
 */
export function nextReboot(ground: Ground, node: number, now: number): number {
  const { nodes, chance, setup, epoch } = ground;
  const { update } = setup.assumptions;
  const { rolloutShare, rolloutSteps } = ground.lawsOf(node);
  let next = Number.POSITIVE_INFINITY;
  for (const { second, number } of epoch.rollouts) {
    if (nodes.joined[node] >= second) continue;
    const high = nodes.causeHigh[node];
    const low = nodes.causeLow[node];
    const lot = chance.uniform(UPDATE, high, low, number * 3);
    if (lot >= valueAt(rolloutSteps, second, rolloutShare)) continue;
    const check = chance.uniform(UPDATE, high, low, number * 3 + 1);
    const wait = chance.uniform(UPDATE, high, low, number * 3 + 2);
    const reboot = Math.ceil(second + rolloutDelay(update, check, wait));
    if (reboot > now && reboot < next) next = reboot;
  }
  return next;
}

/** A node reboots because it is told to; one that is down finds the update when it boots. */
export function reboot(ground: Ground, node: number, now: number): void {
  if (ground.nodes.running[node] === 0) return;
  ground.takeDown(node, now, now + ground.bootSeconds(node, now), Cause.update);
}

/** Collects the outages of the timeline that strike within the epoch, by their seconds. */
export function layImposed(ground: Ground): void {
  const { epoch, setup } = ground;
  epoch.imposed = [];
  for (const [entry, what] of setup.timeline.entries()) {
    const at = Math.ceil(what.at);
    if (what.kind === "outage" && at >= epoch.start && at < epoch.end) epoch.imposed.push(entry);
  }
  epoch.imposed.sort((a, b) => setup.timeline[a].at - setup.timeline[b].at || a - b);
}

/** The second at which an entry of the timeline strikes. */
export const imposedAt = ({ setup }: Ground, entry: number): number =>
  Math.ceil(setup.timeline[entry].at);

/** An outage of the timeline strikes a node that it names; it boots when that is over. */
export function impose(ground: Ground, node: number, row: number): void {
  const entry = ground.setup.timeline[row];
  if (entry.kind !== "outage") return;
  const { nodes, farms, chance, setup } = ground;
  const { country, farm, share } = entry.target;
  const home = nodes.farm[node];
  const now = imposedAt(ground, row);
  if (nodes.joined[node] >= now) return;
  if (country !== undefined && setup.countries[farms.country[home]].code !== country) return;
  if (farm !== undefined && home !== farm) return;
  const u = chance.uniform(IMPOSED, nodes.causeHigh[node], nodes.causeLow[node], row);
  if (u >= share) return;
  const back = now + entry.lasts + ground.bootSeconds(node, now);
  ground.takeDown(node, now, back, Cause.imposed);
}
