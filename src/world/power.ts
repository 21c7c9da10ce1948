/** Power: an outage of a country's grid takes down the farms of one connected part of it. */
import { streamId } from "../kernel/index.ts";
import { inArc, rideThrough } from "../models/index.ts";
import { Cause } from "./facts.ts";
import { type Ground, Local } from "./ground.ts";

const INTERVAL = streamId("power.interval");
const LENGTH = streamId("power.length");
const ARC = streamId("power.arc");
const NOTICE = streamId("power.notice");

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
  const { chance, farms, laws, setup, powerNumber } = ground;
  const { cause, powerLength } = laws.countries[country];
  const { power } = setup.assumptions;
  const number = powerNumber[country];
  const until = now + chance.draw(powerLength, LENGTH, cause, 0, number);
  const from = chance.uniform(ARC, cause, 0, number);
  const roster = ground.rosters[country];
  for (let i = 0; i < roster.farms.length; i++) {
    if (!inArc(roster.positions[i], from, power.scope)) continue;
    const farm = roster.farms[i];
    const rides = rideThrough(power, farms.dataCentre[farm] === 1);
    if (chance.uniform(NOTICE, farms.cause[farm], 0, number) >= rides) {
      blackOut(ground, farm, now, until);
    }
  }
  powerNumber[country] = number + 1;
  return dueOutage(ground, country, now);
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
  const { cause, powerInterval } = ground.laws.countries[country];
  if (powerInterval === null) return Number.POSITIVE_INFINITY;
  const number = ground.powerNumber[country];
  const time = Math.ceil(now + ground.chance.draw(powerInterval, INTERVAL, cause, 0, number));
  if (time >= 0) ground.due(time, Local.power, country);
  return time;
}
