/**
 * Wallets: a user looks at the account from time to time and fills it when it is low.
 *
 * The moments of all looks follow from the user's chance alone. A look at an account that cannot
 * be low by then finds nothing to do, so only the first that may find something stands on the
 * agenda; whatever makes an account fall sooner asks again.
 */
import { ln, streamId } from "../kernel/index.ts";
import { burnAtMost, fill, inGrace, owedBy, settle, takeBack, usableOf, watch } from "./account.ts";
import { Due, Priority } from "./due.ts";
import type { World } from "./state.ts";
import { lawsOfUser, USER, walletOf } from "./user.ts";
import { lookMean } from "./user-laws.ts";

const STREAM_LOOK = streamId("wallet.look");
const MONTH = 30 * 86_400;

/** What a user pays for has changed: the chain and the user know when to look at the account. */
export function attend(world: World, user: number): void {
  watch(world, user);
  expectLook(world, user);
}

/** Something that a user paid for has ended: the next look may find more than is needed. */
export function release(world: World, user: number): void {
  world.users.freed[user * USER] = 1;
  attend(world, user);
}

/** A user looks at the wallet, and fills it if it is below the floor of the user's habit. */
export function lookAtWallet(world: World, user: number, second: number): void {
  const { users, terms } = world;
  if (users.lookDue[user * USER] !== second) return;
  users.lookDue[user * USER] = Number.POSITIVE_INFINITY;
  const block = Math.ceil(second / terms.secondsPerBlock);
  if (block > fullUntil(world, user)) {
    settle(world, user, block);
    if (!fill(world, user) && users.freed[user * USER] === 1) takeBack(world, user);
    users.freed[user * USER] = 0;
    watch(world, user);
  }
  expectLook(world, user);
}

/** Looks that are passed over at most before one is put on the agenda, needed or not. */
const AHEAD = 8;

/** Puts the first look that may find the wallet low on the agenda. */
function expectLook(world: World, user: number): void {
  const { users, terms, now, chance } = world;
  const { drawn } = world.sheet;
  const full = fullUntil(world, user);
  if (full === Number.POSITIVE_INFINITY) return;
  // A look that stands already was the first that could find it low; now it is low even later.
  if (
    users.lookDue[user * USER] !== Number.POSITIVE_INFINITY &&
    full >= users.fullUntil[user * USER]
  )
    return;
  users.fullUntil[user * USER] = full;
  const law = lawsOfUser(world, user).look[users.careless[user] === 1 ? 1 : 0];
  const mean = lookMean(law, chance, user);
  let number = users.looks[user * USER];
  let second = users.lookedAt[user * USER];
  let ahead = 0;
  for (;;) {
    chance.pair(drawn, STREAM_LOOK, 0, user, number);
    const units = -ln(drawn[0]);
    const next = law.course === null ? second + units * mean : law.course.after(second, units);
    const past = next <= now && now > 0;
    if (!past) ahead += 1;
    if (ahead >= AHEAD || (ahead > 0 && Math.ceil(next / terms.secondsPerBlock) > full)) {
      // A look that stands already and comes before serves as well: it will ask again.
      if (next >= users.lookDue[user * USER]) return;
      users.lookDue[user * USER] = next;
      world.agenda.push(next, Priority.wallet, user, Due.wallet);
      return;
    }
    second = next;
    number += 1;
    if (!past) continue;
    users.looks[user * USER] = number;
    users.lookedAt[user * USER] = second;
  }
}

/** The last block at which an account cannot be below its floor, however dear its bills were. */
function fullUntil(world: World, user: number): number {
  const { users, terms, contracts } = world;
  // A late bill takes more than a cycle's worth, so that no bound holds.
  if (users.freed[user * USER] === 1 || contracts.loop !== null) return Number.NEGATIVE_INFINITY;
  const burn = burnAtMost(world, user);
  if (burn === 0) return Number.POSITIVE_INFINITY;
  const cycle = terms.frequency * terms.secondsPerBlock;
  const floor = (walletOf(world, user).floors[users.habit[user * USER]] * burn * MONTH) / cycle;
  // By lock, what contracts in grace need grows faster, and the deposit is held back or not.
  if (world.locks !== null && inGrace(world, user)) return Number.NEGATIVE_INFINITY;
  const loose = world.locks === null ? 1 : 4 * terms.existentialDeposit;
  const spare = usableOf(world, user) - owedBy(world, user) - floor - loose;
  const cycles = Math.ceil(spare / burn) - 2;
  return cycles < 0 ? Number.NEGATIVE_INFINITY : users.done[user * USER] + cycles * terms.frequency;
}
