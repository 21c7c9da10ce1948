/**
 * The start: users, deployments and balances as after a long run.
 *
 * Deployments alive at a random moment are more often the long-lived ones, and what is left of
 * their life follows the equilibrium law; contracts stand somewhere in their cycle of bills and
 * payouts; a balance stands somewhere between two fillings, or below, in grace.
 */
import { exp, ln, streamId } from "../kernel/index.ts";
import {
  departureHazard,
  dryHazard,
  lifeLeft,
  livedMean,
  type Presence,
  WORKLOADS,
} from "../models/index.ts";
import { MeterState } from "../protocol/index.ts";
import { monthlyBurn } from "./account.ts";
import { NONE } from "./contract.ts";
import { scheduleArrival, scheduleMore } from "./demand.ts";
import { Due, Priority } from "./due.ts";
import { plan } from "./plan.ts";
import { scheduleAnswer } from "./response.ts";
import type { World } from "./state.ts";
import { placeAll, start } from "./tenant.ts";
import { lawsOfUser, walletOf } from "./user.ts";
import { lookMean } from "./user-laws.ts";
import { attend } from "./wallet.ts";

const STREAM = {
  count: streamId("initial.count"),
  residual: streamId("initial.residual"),
  cycles: streamId("initial.cycles"),
  balance: streamId("initial.balance"),
  overdue: streamId("initial.overdue"),
} as const;

/** Ordinals of deployments that were there before the run. */
const BEFORE = 0x4000_0000;
/** Ordinals for each kind of workload. */
const KINDS = 0x10_0000;
const SECONDS_PER_MONTH = 30 * 86_400;

/** Fills a new world with its users' deployments and balances. */
export function settleIn(world: World): void {
  const leaving = meanDeparture(world);
  for (let user = 0; user < world.users.count; user++) {
    const moment = momentOf(world, user, leaving);
    deployInitial(world, user, moment);
    endow(world, user, moment);
    attend(world, user);
    scheduleArrival(world, user, 0);
    scheduleMore(world, user, 0);
    scheduleAnswer(world, user, 0);
  }
}

/** Where between two fillings of its wallet a user is met. */
interface Moment {
  /** Share of the way from full to the floor that is behind it. */
  readonly worn: number;
  /** Seconds since the floor was passed; 0 above it. */
  readonly overdue: number;
  readonly presence: Presence;
  /** How often a second its deployments of each kind end before their plan. */
  readonly early: readonly number[];
}

/** How often a second a node leaves, over the nodes of the start. */
function meanDeparture({ fleet, laws, setup }: World): number {
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

/**
 * Draws the moment at which a user is met: a saw tooth from ceiling to floor, then on until it
 * looks or deploys. Who has been below the floor for a while has not deployed since, so what is
 * younger is missing there, and is more above the floor, as often as makes the mean right.
 */
function momentOf(world: World, user: number, leaving: number): Moment {
  const { users, chance } = world;
  const { floors, ceilings } = walletOf(world, user);
  const early = earlyEnds(world, user, leaving);
  const habit = users.habit[user];
  const mean = meanLook(world, user);
  const down = ((ceilings[habit] - floors[habit]) / paidOf(world, user)) * SECONDS_PER_MONTH;
  const below = mean / (down + mean);
  const u = chance.uniform(STREAM.balance, 0, user, 0) * (down + mean);
  if (u < down) {
    const presence: Presence = (ends) => (1 - below / (1 + mean * ends)) / (1 - below);
    return { worn: u / down, overdue: 0, presence, early };
  }
  const overdue = -ln(chance.uniform(STREAM.overdue, 0, user, 0)) * mean;
  return { worn: 1, overdue, presence: (ends) => exp(-overdue * ends), early };
}

/** Draws a user's living deployments, as many of each kind as equilibrium has. */
function deployInitial(world: World, user: number, { presence, early }: Moment): void {
  const { chance, users, pace } = world;
  const { demand, values } = lawsOfUser(world, user);
  const { mix } = values.demand;
  for (let kind = 0; kind < WORKLOADS.length; kind++) {
    const life = demand.life[kind];
    const hazard = early[kind];
    const mean =
      pace.rates[user] * users.appetite[user] * mix[kind] * livedMean(life, hazard, presence);
    if (mean === 0) continue;
    const count = poissonCount(mean, chance.uniform(STREAM.count, 0, user, kind));
    for (let number = 0; number < count; number++) {
      const ordinal = BEFORE + kind * KINDS + number;
      const made = plan(world, user, ordinal, { workload: kind });
      const found = placeAll(world, made, { user, ordinal, number: 0 });
      if (found.refusal >= 0) continue;
      const u = chance.uniform(STREAM.residual, user, ordinal, 0);
      const left = lifeLeft(life, hazard, presence, u);
      const ends = Math.max(1, Math.ceil(left));
      const row = start(world, made, found.nodes, { user, ordinal, block: 0, ends });
      world.agenda.push(ends, Priority.end, row, Due.end);
    }
  }
}

/**
 * How often a second a user's deployments of each kind end before their plan: since nodes leave
 * (at the hazard `leaving`), or the money ends.
 */
function earlyEnds(world: World, user: number, leaving: number): readonly number[] {
  const { users, terms } = world;
  const { byWorkload, values } = lawsOfUser(world, user);
  const { wallet } = values;
  const paid = paidOf(world, user);
  const grace = terms.graceBlocks * terms.secondsPerBlock;
  const look = meanLook(world, user);
  const dry = dryHazard(wallet, { habit: users.habit[user], look, paid }, grace);
  return byWorkload.map(({ redeploy }) => leaving * (1 - redeploy.share) + dry);
}

/** How often a second one of a user's living deployments ends. */
function endingOf(world: World, user: number, early: readonly number[]): number {
  const { demand, values } = lawsOfUser(world, user);
  const { mix } = values.demand;
  const all = mix.reduce((sum, share) => sum + share, 0);
  const lived = (share: number, kind: number): number =>
    share * livedMean(demand.life[kind], early[kind]);
  return all / mix.reduce((sum, share, kind) => sum + lived(share, kind), 0);
}

/** Share of the undiscounted cost that a user of its habit pays. */
function paidOf({ policy, users }: World, user: number): number {
  const { defaultPaid, bronzePaid, silverPaid, goldPaid } = policy.discount;
  return [1, defaultPaid, bronzePaid, silverPaid, goldPaid][users.habit[user]];
}

/** Mean seconds between two moments at which a user fills a wallet that is low. */
function meanLook(world: World, user: number): number {
  const { users, pace, chance } = world;
  const law = lawsOfUser(world, user).look[users.careless[user] === 1 ? 1 : 0];
  const looks = 1 / lookMean(law, chance, user);
  return 1 / (looks + pace.rates[user] * users.appetite[user]);
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

/** Gives a user's account and contracts the balances of a moment between two fillings. */
function endow(world: World, user: number, { worn, overdue, early }: Moment): void {
  const { users, terms, ledger } = world;
  users.free[user] = terms.existentialDeposit;
  const burn = monthlyBurn(world, user);
  if (burn > 0) {
    const { floors, ceilings } = walletOf(world, user);
    const habit = users.habit[user];
    const floor = floors[habit];
    const paid = monthlyPaid(world, user, floor * burn) / burn;
    // Nothing joins what it pays for since it passed the floor, so it lasts longer than it would.
    const ending = endingOf(world, user, early);
    const used = (ending * floor * SECONDS_PER_MONTH) / paid;
    const lasts = used < 1 ? -ln(1 - used) / ending : Number.POSITIVE_INFINITY;
    if (overdue < lasts) {
      const shrunk = exp(ending * overdue);
      const spent = (paid * (shrunk - 1)) / (ending * SECONDS_PER_MONTH);
      const level = ceilings[habit] - worn * (ceilings[habit] - floor);
      users.free[user] += Math.max(0, Math.ceil((level * shrunk - spent) * burn));
    } else enterGrace(world, user, overdue - lasts, ceilings[habit] * burn);
  }
  startCycles(world, user);
  ledger.endowed.add(users.free[user]);
}

/** What a user's contracts cost in 30 days at the discounts of a balance, in 1e-7 TFT. */
function monthlyPaid(world: World, user: number, usable: number): number {
  const { contracts, users, token } = world;
  const tariff = token.at(0);
  let cycle = 0;
  for (let row = users.firstContract[user]; row !== NONE; row = contracts.nextOfUser[row]) {
    const cls = contracts.busyClass[row];
    cycle += tariff.due[cls * tariff.levels + tariff.levelOf(cls, usable)] + tariff.extra[cls];
  }
  return (cycle * SECONDS_PER_MONTH) / tariff.cycleSeconds;
}

/** An account that ran dry some seconds ago: in grace, or given up and filled since. */
function enterGrace(world: World, user: number, ago: number, full: number): void {
  const { contracts, users, terms, token } = world;
  const blocks = Math.floor(ago / terms.secondsPerBlock);
  if (blocks >= terms.graceBlocks) {
    users.free[user] += Math.ceil(full);
    return;
  }
  const tariff = token.at(0);
  const cycles = Math.floor(blocks / terms.frequency);
  for (let row = users.firstContract[user]; row !== NONE; row = contracts.nextOfUser[row]) {
    const cls = contracts.busyClass[row];
    contracts.state[row] = MeterState.grace;
    contracts.graceSince[row] = -blocks;
    const owed = world.locks === null ? contracts.overdraft : contracts.locked;
    const extra = world.locks === null ? contracts.extraOverdraft : contracts.extraLocked;
    owed[row] = cycles * tariff.due[cls * tariff.levels];
    extra[row] = cycles * tariff.extra[cls];
    world.gauges.graceContracts += 1;
  }
}

/** Sets every contract of a user somewhere between two bills and two payouts. */
function startCycles(world: World, user: number): void {
  const { contracts, users, terms, token, chance, ledger } = world;
  const usable = Math.max(users.free[user] - terms.existentialDeposit, 0);
  const tariff = token.at(0);
  for (let row = users.firstContract[user]; row !== NONE; row = contracts.nextOfUser[row]) {
    const { phase, lastBilled } = contracts;
    lastBilled[row] = phase[row] === 0 ? 0 : phase[row] - terms.frequency;
    // What a machine had to say of its traffic since the last bill, it still says.
    if (contracts.trafficFrom[row] === 0)
      contracts.trafficFrom[row] = lastBilled[row] * terms.secondsPerBlock;
    const ordinal = world.deployments.ordinal[contracts.deployment[row]];
    const u = chance.uniform(STREAM.cycles, user, ordinal, contracts.part[row]);
    contracts.cycles[row] = Math.floor(u * terms.distributionCycles);
    if (contracts.state[row] === MeterState.grace) continue;
    const cls = contracts.busyClass[row];
    const level = tariff.levelOf(cls, usable);
    const held = contracts.cycles[row] * tariff.due[cls * tariff.levels + level];
    const extra = contracts.cycles[row] * tariff.extra[cls];
    if (world.locks !== null) {
      // What would be in reserve is still in the account, frozen.
      contracts.locked[row] = held;
      contracts.extraLocked[row] = extra;
      users.free[user] += held + extra;
      users.frozen[user] += held + extra;
      continue;
    }
    contracts.reserve[row] = held;
    contracts.extraReserve[row] = extra;
    ledger.endowed.add(held + extra);
  }
}
