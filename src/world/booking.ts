/**
 * Booking: an account into the scratch wallet and back, and what its bills have moved.
 */

import { Change, MeterState } from "../protocol/index.ts";
import { lengthened } from "./column.ts";
import { Ending, Fact } from "./facts.ts";
import { strike } from "./holding.ts";
import { leaveNode } from "./occupancy.ts";
import type { World } from "./state.ts";
import { notePaid } from "./usage.ts";
import { USER } from "./user.ts";

/** Loads an account and its living contracts into the scratch wallet. */
export function open(world: World, user: number): void {
  const { wallet, users, contracts } = world;
  wallet.free = users.free[user * USER];
  wallet.done = users.done[user * USER];
  const { rows } = users.holdings;
  const end = users.endOf(user);
  let at = users.block[user * USER];
  if (end - at > wallet.rows.length)
    wallet.rows = lengthened(wallet.rows, new Uint32Array((end - at) * 2));
  let count = 0;
  for (; at < end; at++) if (contracts.lives(rows[at])) wallet.rows[count++] = rows[at];
  wallet.count = count;
}

/** Loads an account and one of its contracts, where what is done looks at no other. */
export function openOne({ wallet, users, contracts }: World, row: number, block: number): void {
  wallet.free = users.free[contracts.user[row] * USER];
  wallet.done = block;
  wallet.rows[0] = row;
  wallet.count = 1;
}

/** Writes the account back, books what its bills moved, and carries out changes of state. */
export function close(world: World, user: number): void {
  book(world, user);
  countGrace(world);
  carryOut(world);
}

/** The same after bills by lock, where `before` says what the account had and was in grace. */
export function closeLocked(world: World, user: number, before: Before): void {
  const { wallet, users, takings, ledger, gauges } = world;
  const paid = before.free - wallet.free;
  users.frozen[user * USER] = wallet.frozen;
  users.spent[user * USER] += paid;
  ledger.charged.add(paid);
  ledger.sales.add(takings.sales);
  ledger.burned.add(takings.burned);
  ledger.forgiven.add(takings.unpaid);
  takings.sales = 0;
  takings.burned = 0;
  takings.unpaid = 0;
  gauges.graceContracts += graced(world) - before.graced;
  book(world, user);
  carryOut(world);
}

/** An account before its bills: 1e-7 TFT, and contracts in grace. */
export interface Before {
  readonly free: number;
  readonly graced: number;
}

/** How many contracts of the scratch wallet are in grace. */
export function graced({ wallet, contracts }: World): number {
  let count = 0;
  for (let at = 0; at < wallet.count; at++)
    if (contracts.state[wallet.rows[at]] === MeterState.grace) count += 1;
  return count;
}

/** Writes the account back, and books what its bills moved. */
function book(world: World, user: number): void {
  const { wallet, users, contracts, takings, ledger, earnings, usage } = world;
  users.free[user * USER] = wallet.free;
  users.done[user * USER] = wallet.done;
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    const paid = contracts.charged[row];
    if (paid !== 0) {
      users.spent[user * USER] += paid;
      ledger.charged.add(paid);
      if (usage !== null) notePaid(world, usage, row, paid);
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
}

/** Counts the contracts in grace anew; under the reserve rules none ends but from there. */
function countGrace({ takings, gauges }: World): void {
  for (let at = 0; at < takings.changes; at++)
    gauges.graceContracts += takings.change[at] === Change.graceEntered ? 1 : -1;
}

/** Turns the changes of state of the last bills into facts and frees what ended. */
function carryOut(world: World): void {
  const { takings, facts, terms } = world;
  for (let at = 0; at < takings.changes; at++) {
    const row = takings.changeRow[at];
    const block = takings.changeBlock[at];
    const second = block * terms.secondsPerBlock;
    switch (takings.change[at]) {
      case Change.graceEntered:
        facts.add(Fact.graceEntered, second, row, 0);
        break;
      case Change.graceLeft:
        facts.add(Fact.graceLeft, second, row, 0);
        break;
      default:
        remove(world, row, block, Ending.outOfFunds);
    }
  }
}

/** Takes an ended contract out of the world: its capacity, its place in the lists. */
export function remove(world: World, row: number, block: number, how: number): void {
  const { contracts, ledger, facts, terms } = world;
  const second = block * terms.secondsPerBlock;
  ledger.forgiven.add(contracts.overdraft[row] + contracts.extraOverdraft[row]);
  contracts.overdraft[row] = 0;
  contracts.extraOverdraft[row] = 0;
  contracts.locked[row] = 0;
  contracts.extraLocked[row] = 0;
  contracts.endedAt[row] = second;
  leaveNode(world, row, second);
  strike(world, contracts.user[row], row);
  leaveDeployment(world, row);
  facts.add(Fact.contractEnded, second, row, how);
  contracts.vacate(row);
}

/** Takes an ended contract out of the list of its deployment. */
function leaveDeployment({ contracts, deployments }: World, row: number): void {
  const of = contracts.deployment[row];
  let before = deployments.firstContract[of];
  if (before === row) {
    deployments.firstContract[of] = contracts.nextOfDeployment[row];
    return;
  }
  while (contracts.nextOfDeployment[before] !== row) before = contracts.nextOfDeployment[before];
  contracts.nextOfDeployment[before] = contracts.nextOfDeployment[row];
}
