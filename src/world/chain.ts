/**
 * The chain: what is judged at the end of each window, second by second.
 *
 *   1. nodes that join or leave, and starts and stops of nodes that somebody reacts to
 *   2. bills of accounts where something can change
 *   3. ends and payments of minting periods
 *   4. changes of the policy
 *   5. wallets, ends of deployments, tenants that move, new deployments
 *
 * What is due comes in the order of its second, and nodes are seen as they are at that second, so
 * that nothing is judged on what was not yet known; accounts where nothing can happen are not
 * looked at.
 */

import { PERIOD_LENGTH } from "../protocol/index.ts";
import { settle, watch } from "./account.ts";
import type { BillingLoop } from "./billing-loop.ts";
import { runLoop } from "./congestion.ts";
import { NONE } from "./contract.ts";
import { govern } from "./dao.ts";
import { arrive, arriveForPrice, arriveMore, surge } from "./demand.ts";
import { Due, Priority } from "./due.ts";
import { Fact } from "./facts.ts";
import { decide } from "./farmer.ts";
import { trade } from "./market.ts";
import { closeMintPeriod, payPeriod } from "./mint.ts";
import { firstOn } from "./occupancy.ts";
import { changePolicy } from "./policy.ts";
import { turnRun, waitOn } from "./presence.ts";
import type { Closing, World } from "./state.ts";
import { abandonNode, endDeployment, move } from "./tenant.ts";
import { USER } from "./user.ts";
import { lookAtWallet } from "./wallet.ts";
import { endPrice, putAside, spentBy } from "./worth.ts";

/** Judges everything before `until`. */
export function judge(world: World, until: number): void {
  const { loop } = world.contracts;
  while (world.agenda.next(until)) {
    if (loop !== null) catchUp(world, loop);
    execute(world);
  }
  if (loop !== null)
    runLoop(world, loop, Math.ceil(until / world.terms.secondsPerBlock) - 1, until - 1);
  world.now = until;
  // What happens in the second `until` has not been judged.
  world.view.now = until - 1;
}

/** Does the bills of all blocks that come before the event which the agenda has just taken. */
function catchUp(world: World, loop: BillingLoop): void {
  const { time, priority } = world.agenda;
  const blocks = time / world.terms.secondsPerBlock;
  const before = priority < Priority.bill ? Math.ceil(blocks) - 1 : Math.floor(blocks);
  runLoop(world, loop, before, time);
}

/** Makes the nodes of the start known, before anybody looks for one. */
export function admitAll(world: World): void {
  for (let node = 0; node < world.fleet.nodes.count; node++) admit(world, node);
  world.places.open();
}

/** Makes a node known to the chain and to whoever looks for one. */
function admit(world: World, node: number): void {
  const { fleet, places, mint } = world;
  mint.register(fleet.nodes, node, world.policy.farming.connectionPrice);
  growEarnings(world, node);
  places.join(node, fleet);
}

function leave(world: World, node: number, second: number): void {
  world.places.leave(node);
  if (firstOn(world, node) !== NONE) abandonNode(world, node, second);
}

function growEarnings(world: World, node: number): void {
  const { earnings, fleet } = world;
  // Columns of a kind are of one length, and mostly long enough.
  if (node < earnings.nodeTraffic.length && fleet.farms.count <= earnings.farmPeriod.length) return;
  for (const name of ["nodeTraffic", "nodeIpSeconds"] as const)
    earnings[name] = longEnough(earnings[name], node + 1);
  for (const name of FARM_COLUMNS) earnings[name] = longEnough(earnings[name], fleet.farms.count);
}

const FARM_COLUMNS = [
  "farmPeriod",
  "farmValued",
  "farmPeriodUsd",
  "farmTotal",
  "farmMinted",
  "farmMintedUsd",
  "farmUserUsd",
] as const;

function longEnough(column: Float64Array, size: number): Float64Array {
  if (size <= column.length) return column;
  const longer = new Float64Array(Math.max(size, column.length * 2));
  longer.set(column);
  return longer;
}

/** Executes the event that the agenda has just taken. */
function execute(world: World): void {
  const { agenda, users, terms } = world;
  const { time, entity, tag } = agenda;
  world.now = time;
  world.view.now = time;
  world.executed += 1;
  switch (tag) {
    case Due.account: {
      const block = Math.round(time / terms.secondsPerBlock);
      if (users.watched[entity * USER] !== block) return;
      users.watched[entity * USER] = Number.POSITIVE_INFINITY;
      settle(world, entity, block);
      watch(world, entity);
      return;
    }
    case Due.wallet:
      lookAtWallet(world, entity, time);
      return;
    case Due.end:
      endDeployment(world, entity, time);
      return;
    case Due.arrival:
      arrive(world, entity, time);
      return;
    case Due.moreArrival:
      arriveMore(world, entity, time);
      return;
    case Due.answer:
      arriveForPrice(world, entity, time);
      return;
    case Due.surge:
      surge(world, entity, time);
      return;
    case Due.move:
      tryToMove(world, entity, time);
      return;
    case Due.join:
      world.facts.add(Fact.nodeJoined, time, entity, 0);
      admit(world, entity);
      return;
    case Due.leave:
      world.facts.add(Fact.nodeLeft, time, entity, 0);
      leave(world, entity, time);
      return;
    case Due.run:
      turnRun(world, entity, time);
      return;
    default:
      decree(world, tag, entity);
  }
}

/** Executes what concerns everybody: policies, periods, prices, votes. */
function decree(world: World, tag: number, entity: number): void {
  switch (tag) {
    case Due.policy:
      changePolicy(world, entity);
      return;
    case Due.periodEnd:
      endPeriod(world);
      return;
    case Due.payday:
      pay(world, entity);
      return;
    case Due.price:
      endPrice(world);
      return;
    case Due.trade:
      trade(world);
      return;
    default:
      govern(world, tag, entity);
  }
}

/** A tenant's patience is over; one that finds no other place waits for the next spell. */
function tryToMove(world: World, contract: number, second: number): void {
  const { contracts } = world;
  if (!contracts.lives(contract) || contracts.moveAt[contract] !== second) return;
  const moved = move(world, contracts.deployment[contract], contracts.node[contract], second);
  if (!moved) waitOn(world, contract);
}

/** A minting period ends: all bills are done, and what was earned so far is put aside. */
function endPeriod(world: World): void {
  world.closings.push(closing(world, world.now));
  closeMintPeriod(world);
  putAside(world);
}

/** Does all bills up to a second and answers where the money then stands. */
export function closing(world: World, second: number): Closing {
  const { users, terms, ledger } = world;
  const block = Math.floor(second / terms.secondsPerBlock);
  for (let user = 0; user < users.count; user++) settle(world, user, block);
  return {
    second,
    charged: ledger.charged.value,
    forgiven: ledger.forgiven.value,
    farmers: ledger.farmers.value,
    foundation: ledger.foundation.value,
    staking: ledger.staking.value,
    sales: ledger.sales.value,
    burned: ledger.burned.value,
    deposited: ledger.deposited.value,
    spent: spentBy(world, second),
  };
}

function pay(world: World, period: number): void {
  const { paydays, closings } = world;
  const { second: end } = closings[period];
  paydays.push(payPeriod(world, end - PERIOD_LENGTH, end));
  decide(world);
}
