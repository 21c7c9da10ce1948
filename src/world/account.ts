/**
 * Accounts: bringing a user's bills up to date, and funding.
 *
 * An account sleeps until something happens to it. Then all its bills since are done at once, what
 * they moved is booked, and the chain notes when to look again at the latest.
 */
import { advance, Change, closeRow, MeterState, nextChange } from "../protocol/index.ts";
import { assert, UNITS_PER_TOKEN } from "../units/index.ts";
import { lengthened } from "./column.ts";
import { NONE } from "./contract.ts";
import { Due, Priority } from "./due.ts";
import { Ending, Fact } from "./facts.ts";
import { leaveNode } from "./occupancy.ts";
import type { World } from "./state.ts";
import { walletOf } from "./user.ts";

/** Does a user's bills up to and including a block, and books what they moved. */
export function settle(world: World, user: number, block: number): void {
  if (world.users.done[user] >= block) return;
  const { wallet, contracts, terms, takings } = world;
  open(world, user);
  takings.changes = 0;
  advance(wallet, contracts, terms, world.token, block, world.notes, takings);
  close(world, user);
}

/** Ends a contract at its owner's word or with its node; bills up to the block must be done. */
export function endContract(world: World, row: number, block: number, how: number): void {
  const { wallet, contracts, terms, takings, users } = world;
  const user = contracts.user[row];
  assert(users.done[user] === block, "an account is settled before a contract ends");
  // Nothing but the row itself is billed, so the wallet holds no other.
  wallet.free = users.free[user];
  wallet.done = block;
  wallet.rows[0] = row;
  wallet.count = 1;
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
  const dearest = token.dearestFrom(users.done[user]);
  let burn = 0;
  for (let row = users.firstContract[user]; row !== NONE; row = contracts.nextOfUser[row]) {
    const cls = contracts.busyClass[row];
    burn += dearest.due[cls * dearest.levels] + dearest.extra[cls];
  }
  return burn;
}

/** Asks the chain to look at an account before anything can happen to it unseen. */
export function watch(world: World, user: number): void {
  const { wallet, contracts, terms, users } = world;
  if (users.firstContract[user] === NONE) return;
  const burn = burnAtMost(world, user);
  if (stillWatched(world, user, burn)) return;
  open(world, user);
  if (wallet.count === 0) return;
  const block = nextChange(wallet, contracts, terms, burn);
  if (block === Number.POSITIVE_INFINITY) return;
  // An earlier look that still stands serves as well: it will ask again.
  if (users.watched[user] <= block && users.watched[user] > wallet.done) return;
  users.watched[user] = block;
  const second = block * terms.secondsPerBlock;
  if (second < world.setup.length + TAIL)
    world.agenda.push(second, Priority.bill, user, Due.account);
}

/** True if the look that stands comes while the account is surely well. */
function stillWatched(world: World, user: number, burn: number): boolean {
  const { users, terms, gauges } = world;
  const { watched, done, free } = users;
  if (gauges.graceContracts > 0 && inGrace(world, user)) return false;
  if (watched[user] === Number.POSITIVE_INFINITY || watched[user] <= done[user]) return false;
  const cycles = Math.ceil((watched[user] - done[user]) / terms.frequency) + 2;
  return free[user] - terms.existentialDeposit > cycles * burn;
}

function inGrace(world: World, user: number): boolean {
  const { contracts, users } = world;
  for (let row = users.firstContract[user]; row !== NONE; row = contracts.nextOfUser[row])
    if (contracts.state[row] === MeterState.grace) return true;
  return false;
}

/** Accounts are kept in order a little past the end, while the last period is paid. */
const TAIL = 100_000;

/** What a user's contracts cost in 30 days without discount, in 1e-7 TFT. */
export function monthlyBurn(world: World, user: number): number {
  const { contracts, users, token } = world;
  const tariff = token.at(users.done[user]);
  let cycle = 0;
  for (let row = users.firstContract[user]; row !== NONE; row = contracts.nextOfUser[row]) {
    if (!contracts.lives(row)) continue;
    const cls = contracts.busyClass[row];
    cycle += tariff.due[cls * tariff.levels] + tariff.extra[cls];
  }
  return Math.ceil((cycle * MONTH) / tariff.cycleSeconds);
}

const MONTH = 30 * 86_400;

/** Fills a wallet up to its habit's ceiling where it is below the floor; true if it was filled. */
export function fill(world: World, user: number): boolean {
  const { users, terms, ledger } = world;
  const burn = monthlyBurn(world, user);
  if (burn === 0) return false;
  const { floors, ceilings } = walletOf(world, user);
  const habit = users.habit[user];
  const usable = users.free[user] - terms.existentialDeposit;
  const owed = owedBy(world, user);
  if (usable - owed >= floors[habit] * burn) return false;
  const amount = Math.ceil(ceilings[habit] * burn) + owed - usable;
  deposit(world, user, amount);
  ledger.bridged.add(Math.round(world.policy.fee.deposit * UNITS_PER_TOKEN));
  world.facts.add(Fact.walletFilled, world.now, user, amount);
  return true;
}

/** What a user's contracts are behind with, in 1e-7 TFT. */
export function owedBy({ contracts, users, gauges }: World, user: number): number {
  if (gauges.graceContracts === 0) return 0;
  let owed = 0;
  for (let row = users.firstContract[user]; row !== NONE; row = contracts.nextOfUser[row])
    if (contracts.lives(row)) owed += contracts.overdraft[row] + contracts.extraOverdraft[row];
  return owed;
}

/** Brings tokens onto the chain for a user; the bridge's fee comes on top. */
export function deposit(world: World, user: number, amount: number): void {
  assert(Number.isSafeInteger(amount) && amount >= 0, "a deposit is a whole amount");
  world.users.free[user] += amount;
  world.ledger.deposited.add(amount);
}

/** Pays a call's fee to the author of the block; a caller who cannot pay brings tokens first. */
export function payFee(world: World, user: number, amount: number): void {
  const { users, terms, ledger } = world;
  const short = amount + terms.existentialDeposit - users.free[user];
  if (short > 0) deposit(world, user, short);
  users.free[user] -= amount;
  ledger.fees.add(amount);
}

/** Loads an account and its living contracts into the scratch wallet. */
function open(world: World, user: number): void {
  const { wallet, users, contracts } = world;
  wallet.free = users.free[user];
  wallet.done = users.done[user];
  let count = 0;
  for (let row = users.firstContract[user]; row !== NONE; row = contracts.nextOfUser[row]) {
    if (!contracts.lives(row)) continue;
    if (count === wallet.rows.length)
      wallet.rows = lengthened(wallet.rows, new Uint32Array(count * 2));
    wallet.rows[count++] = row;
  }
  wallet.count = count;
}

/** Writes the account back, books what its bills moved, and carries out changes of state. */
function close(world: World, user: number): void {
  const { wallet, users, contracts, takings, ledger, earnings } = world;
  users.free[user] = wallet.free;
  users.done[user] = wallet.done;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    const paid = contracts.charged[row];
    if (paid !== 0) {
      users.spent[user] += paid;
      ledger.charged.add(paid);
      contracts.charged[row] = 0;
    }
    const share = contracts.farmerShare[row];
    if (share !== 0) {
      earnings.farmPeriod[contracts.farm[row]] += share;
      ledger.farmers.add(share);
      contracts.farmerShare[row] = 0;
    }
    const flow = contracts.trafficSeconds[row];
    if (flow !== 0) {
      const node = contracts.node[row];
      earnings.nodeTraffic[node] += flow * contracts.trafficPerSecond[row];
      earnings.nodeIpSeconds[node] += flow * contracts.ips[row];
      contracts.trafficSeconds[row] = 0;
    }
  }
  ledger.staking.add(takings.staking);
  ledger.foundation.add(takings.foundation);
  takings.staking = 0;
  takings.foundation = 0;
  carryOut(world);
}

/** Turns the changes of state of the last bills into facts and frees what ended. */
function carryOut(world: World): void {
  const { takings, gauges, facts, terms } = world;
  for (let at = 0; at < takings.changes; at++) {
    const row = takings.changeRow[at];
    const block = takings.changeBlock[at];
    const second = block * terms.secondsPerBlock;
    switch (takings.change[at]) {
      case Change.graceEntered:
        gauges.graceContracts += 1;
        facts.add(Fact.graceEntered, second, row, 0);
        break;
      case Change.graceLeft:
        gauges.graceContracts -= 1;
        facts.add(Fact.graceLeft, second, row, 0);
        break;
      default:
        gauges.graceContracts -= 1;
        remove(world, row, block, Ending.outOfFunds);
    }
  }
}

/** Takes an ended contract out of the world: its capacity, its place in the lists. */
function remove(world: World, row: number, block: number, how: number): void {
  const { contracts, users, ledger, facts, terms } = world;
  const second = block * terms.secondsPerBlock;
  ledger.forgiven.add(contracts.overdraft[row] + contracts.extraOverdraft[row]);
  contracts.overdraft[row] = 0;
  contracts.extraOverdraft[row] = 0;
  contracts.endedAt[row] = second;
  leaveNode(world, row, second);
  const user = contracts.user[row];
  if (users.firstContract[user] === row) users.firstContract[user] = contracts.nextOfUser[row];
  else {
    let before = users.firstContract[user];
    while (before !== NONE && contracts.nextOfUser[before] !== row)
      before = contracts.nextOfUser[before];
    if (before !== NONE) contracts.nextOfUser[before] = contracts.nextOfUser[row];
  }
  facts.add(Fact.contractEnded, second, row, how);
}
