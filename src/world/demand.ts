/**
 * Demand: when users deploy.
 *
 * Every user is a Poisson stream of candidates at the pace of the busiest hour; a candidate becomes
 * a deployment as often as the hour of the user's day says (thinning), so a change of demand keeps
 * every deployment that it does not remove. A surge is a stream of its own on top, and so is what a
 * user deploys beyond the pace of the start where demand grows.
 */
import { ln, streamId } from "../kernel/index.ts";
import { stepAt } from "../units/index.ts";
import { Due, Priority } from "./due.ts";
import { answered, givesUp, scheduleAnswer, wishFor } from "./response.ts";
import type { Pace, World } from "./state.ts";
import { deploy } from "./tenant.ts";
import { lawsOfUser, USER } from "./user.ts";
import { rateOf } from "./user-laws.ts";

const STREAM = {
  gap: streamId("arrival.gap"),
  keep: streamId("arrival.keep"),
  moreGap: streamId("arrival.more.gap"),
  moreKeep: streamId("arrival.more.keep"),
  surgeGap: streamId("surge.gap"),
  surgeKeep: streamId("surge.keep"),
  surgeUser: streamId("surge.user"),
} as const;

const DAY = 86_400;
const HOUR = 3600;
/** 1970-01-01 was a Thursday; Saturday and Sunday are days 5 and 6 of a week from Monday. */
const THURSDAY = 3;
const SATURDAY = 5;
/** Ordinals from here on belong to demand that has grown, then to surges, and to nothing else. */
const MORE = 0x6000_0000;
const SURGE = 0x8000_0000;

/** The pace of a world's arrivals. */
export function paceOf(world: Pick<World, "setup" | "laws" | "users" | "chance">): Pace {
  const { setup, users, chance } = world;
  const week = rhythmOf(setup.rhythm);
  const rates = new Float64Array(users.count);
  let most = 0;
  for (let user = 0; user < users.count; user++) {
    const laws = lawsOfUser(world, user);
    rates[user] = rateOf(laws, chance, user);
    most = Math.max(most, rates[user], laws.rates === null ? 0 : laws.rateMax);
  }
  return {
    rates,
    rate: most,
    week,
    peak: week.reduce((peak, factor) => Math.max(peak, factor), 0),
    more: new Uint32Array(users.count),
    answers: new Uint32Array(users.count),
  };
}

/** Demand of each hour of a week against its mean, Monday to Sunday. */
function rhythmOf(rhythm: readonly number[]): Float64Array {
  const week = new Float64Array(7 * 24);
  let sum = 0;
  for (let hour = 0; hour < week.length; hour++) {
    const weekend = Math.floor(hour / 24) >= SATURDAY;
    week[hour] = rhythm[(weekend ? 24 : 0) + (hour % 24)];
    sum += week[hour];
  }
  for (let hour = 0; hour < week.length; hour++) week[hour] *= week.length / sum;
  return week;
}

/** Puts a user's next candidate on the agenda, counted from a second. */
export function scheduleArrival(world: World, user: number, second: number): void {
  const { users, chance, pace } = world;
  const rate = pace.rates[user] * pace.peak * users.appetite[user * USER];
  if (rate <= 0) return;
  const number = users.candidates[user * USER];
  users.candidates[user * USER] = number + 1;
  const gap = -ln(chance.uniform(STREAM.gap, 0, user, number)) / rate;
  world.agenda.push(second + gap, Priority.arrival, user, Due.arrival);
}

/** A user's candidate has come: it deploys if its hour and the demand say so. */
export function arrive(world: World, user: number, second: number): void {
  const { users, chance, pace } = world;
  const number = users.candidates[user * USER] - 1;
  const keep = (hourFactor(world, user, second) * demandAt(world, second)) / pace.peak;
  const left = Math.min(1, rateAt(world, user, second) / pace.rates[user]);
  const u = chance.uniform(STREAM.keep, 0, user, number);
  if (stays(world, user, number, u / (keep * left))) ask(world, user, number, second);
  scheduleArrival(world, user, second);
}

/** True if a candidate is kept whose lot, as a share of what the hour keeps, is this. */
const stays = (world: World, user: number, ordinal: number, lot: number): boolean =>
  lot < 1 && lot < wishFor(world, user, ordinal);

/** A user deploys, and may give up for good where it is refused. */
function ask(world: World, user: number, ordinal: number, second: number): void {
  if (deploy(world, user, ordinal, Math.ceil(second))) return;
  if (givesUp(world, user, ordinal)) world.users.appetite[user * USER] = 0;
}

/** A user's candidate that only lower prices bring has come. */
export function arriveForPrice(world: World, user: number, second: number): void {
  const { pace } = world;
  const keep = (hourFactor(world, user, second) * demandAt(world, second)) / pace.peak;
  const left = Math.min(1, rateAt(world, user, second) / pace.rates[user]);
  const { ordinal, brought } = answered(world, user);
  if (brought < keep * left) ask(world, user, ordinal, second);
  scheduleAnswer(world, user, second);
}

/** Puts a user's next candidate beyond the pace of the start on the agenda, if it ever grows. */
export function scheduleMore(world: World, user: number, second: number): void {
  const { users, chance, pace } = world;
  const { more } = lawsOfUser(world, user);
  const appetite = pace.peak * users.appetite[user * USER];
  if (more === null || appetite <= 0) return;
  const number = pace.more[user]++;
  const units = -ln(chance.uniform(STREAM.moreGap, 0, user, number)) / appetite;
  const due = more.after(second, units);
  if (due < Number.POSITIVE_INFINITY)
    world.agenda.push(due, Priority.arrival, user, Due.moreArrival);
}

/** A user's candidate beyond the pace of the start has come. */
export function arriveMore(world: World, user: number, second: number): void {
  const { chance, pace } = world;
  const number = pace.more[user] - 1;
  const keep = (hourFactor(world, user, second) * demandAt(world, second)) / pace.peak;
  const u = chance.uniform(STREAM.moreKeep, 0, user, number);
  if (stays(world, user, MORE + number, u / keep)) ask(world, user, MORE + number, second);
  scheduleMore(world, user, second);
}

/** Deployments a second of a user, but for its appetite, at a second. */
function rateAt(world: World, user: number, second: number): number {
  const { rates } = lawsOfUser(world, user);
  return rates === null ? world.pace.rates[user] : stepAt(rates, second);
}

/** Puts the next candidate of a surge on the agenda, counted from a second. */
export function scheduleSurge(world: World, entry: number, second: number): void {
  const { setup, chance, users, pace, surges } = world;
  const shock = setup.timeline[entry];
  if (shock.kind !== "demand" || shock.factor <= 1) return;
  const rate = (shock.factor - 1) * pace.rate * pace.peak * users.count;
  if (rate <= 0) return;
  const number = surges[entry]++;
  const due = second - ln(chance.uniform(STREAM.surgeGap, 0, entry, number)) / rate;
  if (due < shock.at + shock.lasts) world.agenda.push(due, Priority.arrival, entry, Due.surge);
}

/** A candidate of a surge has come: some user deploys, as often as its hour and appetite say. */
export function surge(world: World, entry: number, second: number): void {
  const { chance, users, pace, surges } = world;
  const number = surges[entry] - 1;
  const user = chance.index(users.count, STREAM.surgeUser, 0, entry, number);
  const share = rateAt(world, user, second) / pace.rate;
  const keep = (hourFactor(world, user, second) / pace.peak) * share;
  const ordinal = SURGE + entry * 0x10_0000 + number;
  const u = chance.uniform(STREAM.surgeKeep, 0, entry, number);
  if (stays(world, user, ordinal, u / keep)) ask(world, user, ordinal, second);
  scheduleSurge(world, entry, second);
}

/** Demand of a user's local hour against the mean of a week. */
function hourFactor(world: World, user: number, second: number): number {
  const { setup, users, pace } = world;
  const local =
    setup.start + second + setup.countries[users.country[user * USER]].utcOffsetMinutes * 60;
  const day = (Math.floor(local / DAY) + THURSDAY) % 7;
  const hour = Math.floor((local % DAY) / HOUR);
  return pace.week[day * 24 + hour];
}

/** The product of the demand factors below one that hold at a second. */
function demandAt(world: World, second: number): number {
  let factor = 1;
  for (const entry of world.setup.timeline) {
    if (entry.kind !== "demand" || entry.factor >= 1) continue;
    if (second >= entry.at && second < entry.at + entry.lasts) factor *= entry.factor;
  }
  return factor;
}
