/**
 * Past: what a user had deployed before the run, as far back as it still matters at the start.
 *
 * A user is first met some months before the run with the deployments that equilibrium has, each
 * of its own age, and goes on deploying from there. A part of a deployment ends as planned, or
 * with its node where its tenant does not move; so who is there at the start is there for a
 * reason, and what has ended has left its mark on the wallet.
 */
import { exp, ln, streamId } from "../kernel/index.ts";
import { departureHazard, lifeMet, WORKLOADS } from "../models/index.ts";
import { plan } from "./plan.ts";
import type { Sheet, SheetBlock } from "./sheet.ts";
import type { World } from "./state.ts";
import { lawsOfUser, USER } from "./user.ts";
import { lookMean } from "./user-laws.ts";

const STREAM = {
  count: streamId("initial.count"),
  met: streamId("past.met"),
  gap: streamId("past.gap"),
  leaving: streamId("past.leaving"),
} as const;

/** Ordinals of deployments that were there before the run: by kind, then those that came later. */
const BEFORE = 0x4000_0000;
const KINDS = 0x10_0000;
const LATER = BEFORE + WORKLOADS.length * KINDS;
/** The longest past, in deployments: of what so many have left in a wallet, no mark remains. */
const MOST = 256;
/** Draws that the parts of one deployment can number. */
const PARTS = 16;

/** A deployment of the past; seconds of the run, which are below 0 before its start. */
export interface Bygone {
  readonly ordinal: number;
  readonly made: Sheet;
  readonly begins: number;
  /** When it was planned to end, and when each of its parts did or will. */
  readonly ends: number;
  readonly until: readonly number[];
}

/** What a user had deployed since a second before the run, in the order of its beginning. */
export interface Past {
  readonly from: number;
  readonly deployments: readonly Bygone[];
}

/** How often a second a node leaves, over the nodes of the start. */
export function meanDeparture({ fleet, laws, setup }: World): number {
  const { farms, nodes } = fleet;
  if (setup.varied?.["churn.departure"] === undefined)
    return departureHazard(setup.assumptions.churn);
  let sum = 0;
  for (let node = 0; node < nodes.count; node++) {
    const { values } = laws.fleet.farms[farms.linePlace(nodes.farm[node])];
    sum += departureHazard(values.churn);
  }
  return sum / nodes.count;
}

/** How much there is at the start, times what arrivals sustain. */
const startOf = ({ setup }: World): number => setup.assumptions.response.start;

/** Draws the past of a user whose nodes leave so often a second, its plans onto sheets. */
export function pastOf(world: World, user: number, leaving: number, sheets: SheetBlock): Past {
  const { chance, pace, users } = world;
  const rate = pace.rates[user] * users.appetite[user * USER] * startOf(world);
  if (rate <= 0) return { from: 0, deployments: [] };
  const { past } = lawsOfUser(world, user).values.demand;
  const from = -Math.min(past, MOST / rate);
  const deployments = metAt(world, user, { from, leaving }, sheets);
  let begins = from;
  for (let number = 0; ; number++) {
    begins -= ln(chance.uniform(STREAM.gap, 0, user, number)) / rate;
    if (begins >= 0) break;
    const ordinal = LATER + number;
    const made = plan(world, user, ordinal, sheets.take());
    const of = { user, ordinal, begins, ends: begins + made.life };
    deployments.push(bygone(world, made, of, leaving));
  }
  return { from, deployments };
}

/** Draws what a user had at a second if its money never ended: as much as equilibrium has. */
function metAt(
  world: World,
  user: number,
  { from, leaving }: { readonly from: number; readonly leaving: number },
  sheets: SheetBlock,
): Bygone[] {
  const { chance, users, pace } = world;
  const { demand, values } = lawsOfUser(world, user);
  const { mix } = values.demand;
  const all = mix.reduce((sum, share) => sum + share, 0);
  const met: Bygone[] = [];
  for (let kind = 0; kind < WORKLOADS.length; kind++) {
    const rate = (pace.rates[user] * users.appetite[user * USER] * mix[kind]) / all;
    const mean = rate * demand.life[kind].whole.mean * startOf(world);
    if (mean === 0) continue;
    const count = poissonCount(mean, chance.uniform(STREAM.count, 0, user, kind));
    for (let number = 0; number < count; number++) {
      const ordinal = BEFORE + kind * KINDS + number;
      const draw = (at: number): number => chance.uniform(STREAM.met, user, ordinal, at);
      const { age, left } = lifeMet(demand.life[kind], [draw(0), draw(1), draw(2)]);
      const made = plan(world, user, ordinal, sheets.take(), kind);
      const of = { user, ordinal, begins: from - age, ends: from + left };
      met.push(bygone(world, made, of, leaving));
    }
  }
  return met.sort((a, b) => a.begins - b.begins || a.ordinal - b.ordinal);
}

/** A deployment of the past, with the fate of its nodes. */
function bygone(
  { chance }: World,
  made: Sheet,
  of: {
    readonly user: number;
    readonly ordinal: number;
    readonly begins: number;
    readonly ends: number;
  },
  leaving: number,
): Bygone {
  const { user, ordinal, begins } = of;
  const ends = Math.ceil(of.ends);
  let first = ends;
  const until = made.parts.map((part, at) => {
    if (part.onFirst) return first;
    if (made.moves || part.wish === null || leaving === 0) return ends;
    const number = at % PARTS;
    const stays = -ln(chance.uniform(STREAM.leaving, user, ordinal, number)) / leaving;
    const gone = Math.min(ends, begins + stays);
    if (at === 0) first = gone;
    return gone;
  });
  return { ordinal, made, begins, ends, until };
}

/** Mean seconds between two moments at which a user fills a wallet that is low. */
export function meanLook(world: World, user: number): number {
  const { users, pace } = world;
  return 1 / (1 / lookOf(world, user) + pace.rates[user] * users.appetite[user * USER]);
}

/** Mean seconds between two looks of a user at the wallet, at the start. */
export function lookOf(world: World, user: number): number {
  const law = lawsOfUser(world, user).look[world.users.careless[user] === 1 ? 1 : 0];
  return lookMean(law, world.chance, user);
}

/** A Poisson count by inversion of one uniform; the few terms of a small mean need no table. */
function poissonCount(mean: number, u: number): number {
  let term = exp(-mean);
  let sum = term;
  let count = 0;
  while (u > sum && count < 10_000) {
    count += 1;
    term *= mean / count;
    sum += term;
  }
  return count;
}
