/** Power: an outage of a country's grid takes down the farms of one connected part of it. */
import { exponential, streamId } from "../kernel/index.ts";
import { inArc } from "../models/index.ts";
import type { Strike } from "./epoch.ts";
import type { Ground } from "./ground.ts";
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
  const { farms, nodes, powerDue } = ground;
  for (let country = 0; country < powerDue.length; country++) dueOutage(ground, country, -PAST);
  const strikes = strikesUntil(ground, 0);
  for (let farm = 0; farm < farms.count; farm++) {
    for (const strike of strikes[farms.country[farm]]) {
      if (!hits(ground, strike, farm)) continue;
      farms.losePower(farm, strike.until);
      for (let node = farms.lineFirst(farm); node >= 0; node = nodes.nextInFarm[node]) {
        const back = strike.until + ground.bootSeconds(node, strike.second);
        if (back > 0) nodes.keepDown(node, Math.ceil(back));
      }
    }
  }
}

/** Draws every country's outages before a second. */
export function strikesUntil(ground: Ground, end: number): Strike[][] {
  const { laws, powerDue } = ground;
  return laws.countries.map((_, country) => {
    const strikes: Strike[] = [];
    while (powerDue[country] < end) strikes.push(strike(ground, country));
    return strikes;
  });
}

/** Draws the country's outage that is due, and when the next one is. */
function strike(ground: Ground, country: number): Strike {
  const { chance, laws, powerNumber, powerDue } = ground;
  const { cause, powerLength } = laws.countries[country];
  const number = powerNumber[country];
  const second = powerDue[country];
  const until = second + chance.draw(powerLength, LENGTH, cause, 0, number);
  const from = chance.uniform(ARC, cause, 0, number);
  powerNumber[country] = number + 1;
  dueOutage(ground, country, second);
  ground.events += 1;
  return { second, number, until, from };
}

/** Lays out the blackouts of a farm that was there before them. */
export function layPower(ground: Ground, farm: number): void {
  const { farms, epoch } = ground;
  for (const strike of epoch.strikes[farms.country[farm]])
    if (strike.second > farms.joined[farm] && hits(ground, strike, farm))
      epoch.blackOut(strike.second, strike.until);
}

function hits(ground: Ground, strike: Strike, farm: number): boolean {
  const { chance, farms, laws } = ground;
  const { scope } = laws.countries[farms.country[farm]].values.power;
  if (!inArc(farms.gridPosition[farm], strike.from, scope)) return false;
  return chance.uniform(NOTICE, farms.cause[farm], 0, strike.number) >= rideOf(ground, farm);
}

/** Probability that a farm does not notice an outage of the grid. */
function rideOf({ farms, laws, chance }: Ground, farm: number): number {
  const { ride, ownRide } = laws.farms[farms.linePlace(farm)];
  const [own] = ownRide;
  return own === undefined ? ride : ownValue(own, chance, farms.cause[farm], 0);
}

/** Draws the second of a country's next outage; Infinity where there are none. */
function dueOutage(ground: Ground, country: number, now: number): void {
  const { cause, powerInterval, powerCourse } = ground.laws.countries[country];
  const u = ground.chance.uniform(INTERVAL, cause, 0, ground.powerNumber[country]);
  const time =
    powerCourse === null
      ? now + (powerInterval?.quantile(u) ?? Number.POSITIVE_INFINITY)
      : powerCourse.after(now, unitWait.quantile(u));
  ground.powerDue[country] = Math.ceil(time);
}
