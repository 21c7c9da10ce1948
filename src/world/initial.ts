/**
 * The start: users, deployments and balances as after a long run.
 *
 * Every user has a past of some months; what is left of it at the start is placed on the grid, and
 * the wallet holds what that past has left in it. Contracts stand somewhere in their cycle of bills
 * and payouts.
 */

import { streamId } from "../kernel/index.ts";
import { MeterState } from "../protocol/index.ts";
import { monthlyBurn } from "./account.ts";
import { scheduleArrival, scheduleMore } from "./demand.ts";
import { Due, Priority } from "./due.ts";
import { type Bygone, meanDeparture, pastOf } from "./past.ts";
import { type Found, followWallet } from "./past-wallet.ts";
import { scheduleAnswer } from "./response.ts";
import { SheetBlock } from "./sheet.ts";
import type { World } from "./state.ts";
import { placeAll, start } from "./tenant.ts";
import { USER } from "./user.ts";
import { attend } from "./wallet.ts";

const STREAM_CYCLES = streamId("initial.cycles");

/** Fills a new world with its users' deployments and balances. */
export function settleIn(world: World): void {
  const leaving = meanDeparture(world);
  const wallets = new Wallets(world.users.count);
  // Whole machines go last: they are let where nobody is, as they were on a grid in use.
  const whole: Bygone[] = [];
  const sheets = new SheetBlock();
  for (let user = 0; user < world.users.count; user++) {
    const past = pastOf(world, user, leaving, sheets);
    const found = followWallet(world, user, past);
    wallets.keep(user, found);
    // A past is long: what of it is over is not kept until all users have one.
    for (const of of past.deployments) {
      if (of.begins <= found.lost || !of.until.some((second) => second > 0)) continue;
      if (!of.made.parts.some(({ rented }) => rented)) deployInitial(world, of);
      else {
        whole.push(of);
        sheets.lose(of.made);
      }
    }
    sheets.giveBack();
  }
  for (const of of whole) deployInitial(world, of);
  for (let user = 0; user < world.users.count; user++) {
    endow(world, user, wallets.of(user));
    attend(world, user);
    scheduleArrival(world, user, 0);
    scheduleMore(world, user, 0);
    scheduleAnswer(world, user, 0);
  }
}

/** What a past leaves in a wallet, but for what was lost. */
type Wallet = Omit<Found, "lost">;

/** The wallets that the pasts of all users leave, in columns. */
class Wallets {
  readonly #usable: Float64Array;
  readonly #burn: Float64Array;
  readonly #dry: Float64Array;
  readonly #freed: Uint8Array;

  constructor(users: number) {
    this.#usable = new Float64Array(users);
    this.#burn = new Float64Array(users);
    this.#dry = new Float64Array(users);
    this.#freed = new Uint8Array(users);
  }

  keep(user: number, { usable, burn, dry, freed }: Wallet): void {
    this.#usable[user] = usable;
    this.#burn[user] = burn;
    this.#dry[user] = dry;
    this.#freed[user] = freed ? 1 : 0;
  }

  of(user: number): Wallet {
    return {
      usable: this.#usable[user],
      burn: this.#burn[user],
      dry: this.#dry[user],
      freed: this.#freed[user] === 1,
    };
  }
}

/** Places a deployment that is left of a user's past. */
function deployInitial(world: World, { made, ends, until }: Bygone): void {
  const kept = (at: number): boolean => until[at] > 0;
  if (placeAll(world, made, 0, kept) >= 0) return;
  const last = Math.max(1, ends);
  const row = start(world, made, 0, last, kept);
  world.agenda.push(last, Priority.end, row, Due.end);
}

/** Gives a user's account and contracts the balances that its past has left. */
function endow(world: World, user: number, found: Wallet): void {
  const { users, terms, ledger } = world;
  users.free[user * USER] = terms.existentialDeposit;
  users.freed[user * USER] = found.freed ? 1 : 0;
  const burn = monthlyBurn(world, user);
  if (found.dry >= 0) enterGrace(world, user, found.dry);
  else {
    // Where a machine found no place or costs more on its node, the months that are paid stay.
    const scale = burn > 0 && found.burn > 0 ? burn / found.burn : 1;
    users.free[user * USER] += Math.ceil(found.usable * scale);
  }
  startCycles(world, user);
  ledger.endowed.add(users.free[user * USER]);
}

/** An account that ran dry some seconds ago: its contracts are in grace, and owe. */
function enterGrace(world: World, user: number, ago: number): void {
  const { contracts, users, terms, token } = world;
  const blocks = Math.floor(ago / terms.secondsPerBlock);
  const tariff = token.at(0);
  const cycles = Math.floor(blocks / terms.frequency);
  const { rows } = users.holdings;
  const end = users.endOf(user);
  for (let at = users.block[user * USER]; at < end; at++) {
    const row = rows[at];
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
  const usable = Math.max(users.free[user * USER] - terms.existentialDeposit, 0);
  const tariff = token.at(0);
  const { rows } = users.holdings;
  const end = users.endOf(user);
  for (let at = users.block[user * USER]; at < end; at++) {
    const row = rows[at];
    const { phase, lastBilled } = contracts;
    lastBilled[row] = phase[row] === 0 ? 0 : phase[row] - terms.frequency;
    // What a machine had to say of its traffic since the last bill, it still says.
    if (contracts.trafficFrom[row] === 0)
      contracts.trafficFrom[row] = lastBilled[row] * terms.secondsPerBlock;
    const ordinal = world.deployments.ordinal[contracts.deployment[row]];
    const u = chance.uniform(STREAM_CYCLES, user, ordinal, contracts.part[row]);
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
      users.free[user * USER] += held + extra;
      users.frozen[user * USER] += held + extra;
      continue;
    }
    contracts.reserve[row] = held;
    contracts.extraReserve[row] = extra;
    ledger.endowed.add(held + extra);
  }
}
