/** Power: an outage of a country's grid takes down the farms of one connected part of it. */
import { exponential, streamId } from "../kernel/index.ts";
import { inArc } from "../models/index.ts";
import { Cause } from "./facts.ts";
import { type Ground, Local } from "./ground.ts";
import { ownValue } from "./variation.ts";

const INTERVAL = streamId("power.interval");
const LENGTH = streamId("power.length");
const ARC = streamId("power.arc");
const NOTICE = streamId("power.notice");

const unitWait = exponential(1);

/** Outages older than this at the start have ended. */
const PAST = 30 * 86_400;

/** Lets each country's outages begin long before the start; those still on at second 0 count. */
export function startPower(ground: Ground): void {
  for (let country = 0; country < ground.laws.countries.length; country++) {
    let time = dueOutage(ground, country, -PAST);
    while (time < 0) time = strike(ground, country, time);
  }
}

/** Power is gone in a part of the country; returns the second of the country's next outage. */
export function strike(ground: Ground, country: number, now: number): number {
  const { chance, farms, laws, powerNumber } = ground;
  const { cause, powerLength, values } = laws.countries[country];
  const { scope } = values.power;
  const number = powerNumber[country];
  const until = now + chance.draw(powerLength, LENGTH, cause, 0, number);
  const from = chance.uniform(ARC, cause, 0, number);
  const roster = ground.rosters[country];
  for (let i = 0; i < roster.farms.length; i++) {
    if (!inArc(roster.positions[i], from, scope)) continue;
    const farm = roster.farms[i];
    if (chance.uniform(NOTICE, farms.cause[farm], 0, number) >= rideOf(ground, farm)) {
      blackOut(ground, farm, now, until);
    }
  }
  powerNumber[country] = number + 1;
  return dueOutage(ground, country, now);
}

/** Probability that a farm does not notice an outage of the grid. */
function rideOf({ farms, laws, chance }: Ground, farm: number): number {
  const { ride, ownRide } = laws.farms[farms.linePlace(farm)];
  const [own] = ownRide;
  return own === undefined ? ride : ownValue(own, chance, farms.cause[farm], 0);
}

function blackOut(ground: Ground, farm: number, now: number, until: number): void {
  const { farms, nodes } = ground;
  farms.losePower(farm, until);
  for (let node = farms.firstNode[farm]; node >= 0; node = nodes.nextInFarm[node]) {
    if (ground.gone(node)) continue;
    const back = until + ground.bootSeconds(node, now);
    if (now >= 0) ground.takeDown(node, now, back, Cause.power);
    else if (back > 0) nodes.keepDown(node, Math.ceil(back));
  }
}

/** Draws the second of a country's next outage, and makes it due if it lies in the run. */
function dueOutage(ground: Ground, country: number, now: number): number {
  const { cause, powerInterval, powerCourse } = ground.laws.countries[country];
  if (powerInterval === null && powerCourse === null) return Number.POSITIVE_INFINITY;
  const u = ground.chance.uniform(INTERVAL, cause, 0, ground.powerNumber[country]);
  const next =
    powerCourse === null
      ? now + (powerInterval?.quantile(u) ?? Number.POSITIVE_INFINITY)
      : powerCourse.after(now, unitWait.quantile(u));
  const time = Math.ceil(next);
  if (time >= 0) ground.due(time, Local.power, country);
  return time;
}
