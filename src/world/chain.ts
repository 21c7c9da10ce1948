/**
 * The chain: what is judged at the end of each window, second by second.
 *
 *   1. what happened to nodes and farms, in the order in which it happened
 *   2. bills of accounts where something can change
 *   3. ends and payments of minting periods
 *   4. changes of the policy
 *   5. wallets, ends of deployments, tenants that move, new deployments
 *
 * Facts and due events are merged by their second, so that nothing is judged on what was not yet
 * known; accounts where nothing can happen are not looked at.
 */
import { PERIOD_LENGTH } from "../protocol/index.ts";
import { UNITS_PER_TOKEN } from "../units/index.ts";
import { settle, watch } from "./account.ts";
import { NONE } from "./contract.ts";
import { arrive, arriveMore, surge } from "./demand.ts";
import { Due } from "./due.ts";
import { Fact, type FactLog } from "./facts.ts";
import { closeMintPeriod, payPeriod } from "./mint.ts";
import { firstOn } from "./occupancy.ts";
import type { Rarity } from "./places.ts";
import { changePolicy } from "./policy.ts";
import type { Closing, World } from "./state.ts";
import { abandonNode, endDeployment, endPatience, move, startPatience } from "./tenant.ts";
import { Seen } from "./view.ts";
import { lookAtWallet } from "./wallet.ts";

/** Judges everything before `until`, the fleet's facts and what is due merged by their second. */
export function judge(world: World, fleetFacts: FactLog, until: number): void {
  const { agenda, view } = world;
  const { kind, time, entity, count } = fleetFacts;
  let due = agenda.peek();
  for (let row = 0; row < count; row++) {
    const second = time[row];
    if (due < second) {
      while (agenda.next(second)) execute(world);
      due = agenda.peek();
    }
    const node = entity[row];
    const step = STEPS[kind[row]];
    // Nobody is on most nodes: then a fact is a byte.
    if (step !== 0 && !view.hasTenants(node)) {
      if (step > 0) view.flags[node] |= step;
      else view.flags[node] &= ~-step;
      continue;
    }
    world.now = second;
    witness(world, kind[row], node, second);
    due = agenda.peek();
  }
  while (agenda.next(until)) execute(world);
  world.now = until;
}

/** What a fact does to a node's byte: the bit it sets, or clears where negative; 0 for others. */
const STEPS: Int8Array = Int8Array.from(
  (() => {
    const steps: number[] = new Array(32).fill(0);
    steps[Fact.nodeBooted] = Seen.running;
    steps[Fact.nodeFailed] = -Seen.running;
    steps[Fact.nodeReachable] = Seen.reachable;
    steps[Fact.nodeUnreachable] = -Seen.reachable;
    return steps;
  })(),
);

/** Takes note of what happened to a node, and lets those on it react. */
function witness(world: World, kind: number, node: number, second: number): void {
  const { view, contracts } = world;
  switch (kind) {
    case Fact.nodeJoined:
      admit(world, node);
      return;
    case Fact.nodeBooted:
      view.run(node, true);
      startTraffic(world, node, second);
      return;
    case Fact.nodeFailed:
      view.run(node, false);
      stopTraffic(world, node, second);
      return;
    case Fact.nodeReachable:
      view.appear(node, second);
      for (let row = firstOn(world, node); row !== NONE; row = contracts.nextOfNode[row])
        endPatience(world, row);
      return;
    case Fact.nodeUnreachable:
      view.vanish(node, second);
      for (let row = firstOn(world, node); row !== NONE; row = contracts.nextOfNode[row])
        startPatience(world, row, second);
      return;
    case Fact.nodeLeft:
      leave(world, node, second);
      return;
    default:
  }
}

/** Makes a node known to the chain and to whoever looks for one. */
export function admit(world: World, node: number): void {
  const { fleet, places, view, mint } = world;
  const { nodes, farms } = fleet;
  view.admit(node);
  mint.register(world.fleet.nodes, node, world.policy.farming.connectionPrice);
  growEarnings(world, node);
  const word = (of: number): number => places.word(nodes.causeHigh[of], nodes.causeLow[of]);
  places.join(node, farms.country[nodes.farm[node]], rarityOf(world, node), word);
}

function rarityOf({ fleet }: World, node: number): Rarity {
  const farm = fleet.nodes.farm[node];
  return {
    gpu: fleet.nodes.gpu[node] === 1,
    gateway: fleet.farms.gateway[farm] === 1,
    addresses: fleet.farms.ips[farm] > 0,
    certified: fleet.nodes.certified[node] === 1,
  };
}

function leave(world: World, node: number, second: number): void {
  const { fleet, places } = world;
  const { nodes, farms } = fleet;
  const word = (of: number): number => places.word(nodes.causeHigh[of], nodes.causeLow[of]);
  places.leave(node, farms.country[nodes.farm[node]], rarityOf(world, node), word);
  if (firstOn(world, node) !== NONE) abandonNode(world, node, second);
}

function growEarnings(world: World, node: number): void {
  const { earnings, fleet } = world;
  for (const name of ["nodeTraffic", "nodeIpSeconds"] as const)
    earnings[name] = longEnough(earnings[name], node + 1);
  for (const name of FARM_COLUMNS) earnings[name] = longEnough(earnings[name], fleet.farms.count);
}

const FARM_COLUMNS = [
  "farmPeriod",
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

/** Traffic of a node's contracts starts with its boot. */
function startTraffic(world: World, node: number, second: number): void {
  const { contracts } = world;
  for (let row = firstOn(world, node); row !== NONE; row = contracts.nextOfNode[row])
    if (contracts.trafficPerSecond[row] > 0) contracts.trafficFrom[row] = second;
}

/** Traffic ends when the node fails; what was not reported by then is lost. */
function stopTraffic(world: World, node: number, second: number): void {
  const { contracts, terms } = world;
  // The last bill before the failure carries the last report.
  const block = Math.floor(second / terms.secondsPerBlock);
  let row = firstOn(world, node);
  while (row !== NONE) {
    // A bill may end the contract, which takes it out of the list.
    const next = contracts.nextOfNode[row];
    if (contracts.trafficPerSecond[row] > 0) {
      settle(world, contracts.user[row], block);
      contracts.trafficFrom[row] = Number.POSITIVE_INFINITY;
    }
    row = next;
  }
}

/** Executes the event that the agenda has just taken. */
function execute(world: World): void {
  const { agenda, contracts, users, terms } = world;
  const { time, entity, tag } = agenda;
  world.now = time;
  world.executed += 1;
  switch (tag) {
    case Due.account: {
      const block = Math.round(time / terms.secondsPerBlock);
      if (users.watched[entity] !== block) return;
      users.watched[entity] = Number.POSITIVE_INFINITY;
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
    case Due.surge:
      surge(world, entity, time);
      return;
    case Due.move:
      if (contracts.lives(entity) && contracts.moveAt[entity] === time)
        move(world, contracts.deployment[entity], contracts.node[entity], time);
      return;
    case Due.policy:
      changePolicy(world, entity);
      return;
    case Due.periodEnd:
      endPeriod(world);
      return;
    case Due.payday:
      pay(world, entity);
      return;
    default:
  }
}

/** A minting period ends: all bills are done, and what was earned so far is put aside. */
function endPeriod(world: World): void {
  const { earnings, fleet, token, now } = world;
  world.closings.push(closing(world, now));
  closeMintPeriod(world);
  const usd = token.usdAt(now) / UNITS_PER_TOKEN;
  for (let farm = 0; farm < fleet.farms.count; farm++) {
    earnings.farmTotal[farm] += earnings.farmPeriod[farm];
    earnings.farmUserUsd[farm] += earnings.farmPeriod[farm] * usd;
    earnings.farmPeriod[farm] = 0;
  }
}

/** Does all bills up to a second and answers where the money then stands. */
export function closing(world: World, second: number): Closing {
  const { users, terms, ledger, token } = world;
  const block = Math.floor(second / terms.secondsPerBlock);
  for (let user = 0; user < users.count; user++) settle(world, user, block);
  return {
    second,
    charged: ledger.charged.value,
    forgiven: ledger.forgiven.value,
    farmers: ledger.farmers.value,
    foundation: ledger.foundation.value,
    staking: ledger.staking.value,
    deposited: ledger.deposited.value,
    usd: token.usdAt(second),
  };
}

function pay(world: World, period: number): void {
  const { paydays, closings } = world;
  const { second: end } = closings[period];
  paydays.push(payPeriod(world, end - PERIOD_LENGTH, end));
}
