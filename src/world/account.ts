/**
 * Accounts: bringing a user's bills up to date, and funding.
 *
 * An account sleeps until something happens to it. Then all its bills since are done at once, what
 * they moved is booked, and the chain notes when to look again at the latest. Which rules bill is
 * the policy's; what is different by lock stands in `account-legacy.ts`.
 */
import { advance, closeRow, MeterState, nextChange } from "../protocol/index.ts";
import { assert, UNITS_PER_TOKEN } from "../units/index.ts";
import { endLocked, lockedOwed, nextLockedChange, settleLocked } from "./account-legacy.ts";
import { close, open, openOne, remove } from "./booking.ts";
import { runLoop } from "./congestion.ts";
import { Due, Priority } from "./due.ts";
import { Fact } from "./facts.ts";
import type { World } from "./state.ts";
import { USER, walletOf } from "./user.ts";

/** Does a user's bills up to and including a block, and books what they moved. */
export function settle(world: World, user: number, block: number): void {
  if (world.users.done[user * USER] >= block) return;
  if (world.locks !== null) {
    settleLocked(world, world.locks, user, block);
    return;
  }
  const { wallet, contracts, terms, takings } = world;
  if (contracts.loop !== null) {
    runLoop(world, contracts.loop, block, world.view.now);
    world.users.done[user * USER] = block;
    return;
  }
  open(world, user);
  takings.changes = 0;
  advance(wallet, contracts, terms, world.token, block, world.notes, takings);
  close(world, user);
}

/** Ends a contract at its owner's word or with its node; bills up to the block must be done. */
export function endContract(world: World, row: number, block: number, how: number): void {
  const { wallet, contracts, terms, takings, users } = world;
  const user = contracts.user[row];
  assert(users.done[user * USER] === block, "an account is settled before a contract ends");
  if (world.locks !== null) {
    endLocked(world, world.locks, row, block);
    remove(world, row, block, how);
    return;
  }
  // Nothing but the row itself is billed, so the wallet holds no other.
  openOne(world, row, block);
  takings.changes = 0;
  const grace = contracts.state[row] === MeterState.grace;
  closeRow(wallet, contracts, terms, world.token.at(block), row, block, takings);
  close(world, user);
  if (grace) world.gauges.graceContracts -= 1;
  remove(world, row, block, how);
}

/** Nearest bound of what a cycle takes from an account for the rest of the run, 1e-7 TFT. */
export function burnAtMost(world: World, user: number): number {
  const { contracts, users, token } = world;
  const dearest = token.dearestFrom(users.done[user * USER]);
  let burn = 0;
  const { rows } = users.holdings;
  const end = users.endOf(user);
  for (let at = users.block[user * USER]; at < end; at++) {
    const row = rows[at];
    const cls = contracts.busyClass[row];
    burn += dearest.due[cls * dearest.levels] + dearest.extra[cls];
  }
  return burn;
}

/** Asks the chain to look at an account before anything can happen to it unseen. */
export function watch(world: World, user: number): void {
  const { wallet, contracts, terms, users } = world;
  // The loop passes by every account in every cycle.
  if (users.held[user * USER] === 0 || contracts.loop !== null) return;
  const burn = burnAtMost(world, user);
  if (world.locks === null && stillWatched(world, user, burn)) return;
  open(world, user);
  if (wallet.count === 0) return;
  // What an upgrade left owed is taken by the next bill, besides what a cycle burns.
  wallet.free -= owedOutsideGrace(world, user);
  const block =
    world.locks === null
      ? nextChange(wallet, contracts, terms, burn)
      : nextLockedChange(world, world.locks, user, burn);
  if (block === Number.POSITIVE_INFINITY) return;
  // An earlier look that still stands serves as well: it will ask again.
  if (users.watched[user * USER] <= block && users.watched[user * USER] > wallet.done) return;
  users.watched[user * USER] = block;
  const second = block * terms.secondsPerBlock;
  if (second < world.setup.length + TAIL)
    world.agenda.push(second, Priority.bill, user, Due.account);
}

/** True if the look that stands comes while the account is surely well. */
function stillWatched(world: World, user: number, burn: number): boolean {
  const { users, terms, gauges } = world;
  const watched = users.watched[user * USER];
  const done = users.done[user * USER];
  if (gauges.graceContracts > 0 && inGrace(world, user)) return false;
  if (watched === Number.POSITIVE_INFINITY || watched <= done) return false;
  const cycles = Math.ceil((watched - done) / terms.frequency) + 2;
  const spare = users.free[user * USER] - owedOutsideGrace(world, user) - terms.existentialDeposit;
  return spare > cycles * burn;
}

/** What contracts that are not in grace owe, which none does but after an upgrade, in 1e-7 TFT. */
function owedOutsideGrace(world: World, user: number): number {
  if (world.upgradedAt === Number.POSITIVE_INFINITY) return 0;
  const { contracts, users } = world;
  let owed = 0;
  const { rows } = users.holdings;
  const end = users.endOf(user);
  for (let at = users.block[user * USER]; at < end; at++) {
    const row = rows[at];
    if (contracts.state[row] === MeterState.created)
      owed += contracts.overdraft[row] + contracts.extraOverdraft[row];
  }
  return owed;
}

/** Whether any contract of a user is in grace. */
export function inGrace(world: World, user: number): boolean {
  const { contracts, users } = world;
  const { rows } = users.holdings;
  const end = users.endOf(user);
  for (let at = users.block[user * USER]; at < end; at++) {
    const row = rows[at];
    if (contracts.state[row] === MeterState.grace) return true;
  }
  return false;
}

/** Accounts are kept in order a little past the end, while the last period is paid. */
const TAIL = 100_000;

/** What a user's contracts cost in 30 days without discount, in 1e-7 TFT. */
export function monthlyBurn(world: World, user: number): number {
  const { contracts, users, token } = world;
  const tariff = token.at(users.done[user * USER]);
  let cycle = 0;
  const { rows } = users.holdings;
  const end = users.endOf(user);
  for (let at = users.block[user * USER]; at < end; at++) {
    const row = rows[at];
    if (!contracts.lives(row)) continue;
    const cls = contracts.busyClass[row];
    cycle += tariff.due[cls * tariff.levels] + tariff.extra[cls];
  }
  return Math.ceil((cycle * MONTH) / tariff.cycleSeconds);
}

const MONTH = 30 * 86_400;

/** Fills a wallet up to its habit's ceiling where it is below the floor; true if it was filled. */
export function fill(world: World, user: number): boolean {
  const { users, ledger } = world;
  const burn = monthlyBurn(world, user);
  if (burn === 0) return false;
  const { floors, ceilings } = walletOf(world, user);
  const habit = users.habit[user * USER];
  const usable = usableOf(world, user);
  const owed = owedBy(world, user);
  if (usable - owed >= floors[habit] * burn) return false;
  const amount = Math.ceil(ceilings[habit] * burn) + owed - usable;
  deposit(world, user, amount);
  ledger.bridged.add(Math.round(world.policy.fee.deposit * UNITS_PER_TOKEN));
  world.facts.add(Fact.walletFilled, world.now, user, amount);
  return true;
}

/**
 * Takes what a wallet holds above its habit's ceiling back off the chain, if that is worth the
 * bridge's fee.
 */
export function takeBack(world: World, user: number): void {
  const { users, ledger, policy } = world;
  const ceiling = Math.ceil(
    walletOf(world, user).ceilings[users.habit[user * USER]] * monthlyBurn(world, user),
  );
  const spare = usableOf(world, user) - owedBy(world, user) - ceiling;
  if (spare <= Math.round(policy.fee.deposit * UNITS_PER_TOKEN)) return;
  users.free[user * USER] -= spare;
  ledger.withdrawn.add(spare);
  world.facts.add(Fact.walletEmptied, world.now, user, spare);
}

/** What a user may spend, in 1e-7 TFT: all but the deposit, or what is frozen if that is more. */
export const usableOf = ({ users, terms }: World, user: number): number =>
  users.free[user * USER] - Math.max(terms.existentialDeposit, users.frozen[user * USER]);

/** What a user's contracts are behind with, in 1e-7 TFT. */
export function owedBy(world: World, user: number): number {
  const { contracts, users, gauges } = world;
  if (world.locks !== null) return lockedOwed(world, user);
  if (gauges.graceContracts === 0 && world.upgradedAt === Number.POSITIVE_INFINITY) return 0;
  let owed = 0;
  const { rows } = users.holdings;
  const end = users.endOf(user);
  for (let at = users.block[user * USER]; at < end; at++) {
    const row = rows[at];
    if (contracts.lives(row)) owed += contracts.overdraft[row] + contracts.extraOverdraft[row];
  }
  return owed;
}

/** Brings tokens onto the chain for a user; the bridge's fee comes on top. */
export function deposit(world: World, user: number, amount: number): void {
  assert(Number.isSafeInteger(amount) && amount >= 0, "a deposit is a whole amount");
  world.users.free[user * USER] += amount;
  world.ledger.deposited.add(amount);
}

/** Pays a call's fee to the author of the block; a caller who cannot pay brings tokens first. */
export function payFee(world: World, user: number, amount: number): void {
  const { users, ledger } = world;
  const short = amount - usableOf(world, user);
  if (short > 0) deposit(world, user, short);
  users.free[user * USER] -= amount;
  ledger.fees.add(amount);
}
