/**
 * Invariants of a world: what must hold after every window, whatever happened in it.
 *
 * Bills are brought up to date first, but only those of blocks before the window's end: a later one
 * belongs to the next window, and whoever watches must not see it sooner for having checked.
 */

import { Kind, MeterState } from "../protocol/index.ts";
import { assert } from "../units/index.ts";
import { settle } from "./account.ts";
import { NONE, STEP } from "./contract.ts";
import { holdersOf, supplyOf } from "./market.ts";
import { firstOn } from "./occupancy.ts";
import type { World } from "./state.ts";
import { USER } from "./user.ts";

/** Asserts that nothing is lost, made, held twice or forgotten, all bills before a second done. */
export function checkInvariants(world: World, second: number): void {
  const block = Math.ceil(second / world.terms.secondsPerBlock) - 1;
  for (let user = 0; user < world.users.count; user++) settle(world, user, block);
  checkContracts(world);
  checkTokens(world);
  checkAccounts(world);
  checkSupply(world);
  const held = recount(world, second);
  checkGauges(world, held);
  checkNodes(world, held);
}

/**
 * What a user or a contract holds came from outside, and what it no longer holds went somewhere.
 */
function checkTokens({ users, contracts, ledger }: World): void {
  let held = 0n;
  for (let user = 0; user < users.count; user++) held += BigInt(users.free[user * USER]);
  for (let row = 0; row < contracts.count; row += STEP)
    held += BigInt(contracts.reserve[row]) + BigInt(contracts.extraReserve[row]);
  const { fees, staking, foundation, farmers, sales, burned } = ledger;
  const paid = [fees, staking, foundation, farmers, sales, burned].reduce(
    (sum, { value }) => sum + value,
    0n,
  );
  const brought = ledger.endowed.value + ledger.deposited.value - ledger.withdrawn.value;
  assert(held + paid === brought, `tokens are lost or made: ${held + paid} of ${brought}`);
}

/** Every token has one holder: what there was, and was minted, less what was burned. */
function checkSupply(world: World): void {
  const { market } = world;
  if (market === null) return;
  const held = holdersOf(world, market).reduce((sum, [, units]) => sum + units, 0n);
  const supply = supplyOf(world, market);
  assert(held === supply, `tokens are lost or made in the market: ${held} of ${supply}`);
}

/** Every contract has whole amounts, owes only in grace, and keeps nothing when it has ended. */
function checkContracts({ contracts, locks, upgradedAt }: World): void {
  for (let row = 0; row < contracts.count; row += STEP) {
    const reserve = contracts.reserve[row] + contracts.extraReserve[row];
    const owed = contracts.overdraft[row] + contracts.extraOverdraft[row];
    const whole = Number.isSafeInteger(reserve) && Number.isSafeInteger(owed);
    assert(whole && reserve >= 0 && owed >= 0, `contract ${row} has no whole amounts`);
    const locked = contracts.locked[row] + contracts.extraLocked[row];
    assert(Number.isSafeInteger(locked) && locked >= 0, `contract ${row} has ${locked} locked`);
    assert(
      locks === null ? locked === 0 : reserve + owed === 0,
      `contract ${row} has money under other rules than those that bill it`,
    );
    // An upgrade makes what was locked a debt, which the next bill takes.
    const billed =
      upgradedAt === Number.POSITIVE_INFINITY || contracts.lastBilled[row] > upgradedAt;
    if (contracts.state[row] === MeterState.created && billed)
      assert(owed === 0, `contract ${row} owes ${owed} outside grace`);
    if (contracts.lives(row)) continue;
    const keeps = reserve + locked;
    assert(keeps === 0, `contract ${row} has ended and keeps ${keeps}`);
    assert(Number.isFinite(contracts.endedAt[row]), `contract ${row} has ended at no time`);
  }
}

/** Every account is solvent, and lists its living contracts in the order of billing. */
function checkAccounts({ users, contracts, locks }: World): void {
  let listed = 0;
  for (let user = 0; user < users.count; user++) {
    const free = users.free[user * USER];
    assert(Number.isSafeInteger(free) && free >= 0, `user ${user} has a balance of ${free}`);
    const frozen = users.frozen[user * USER];
    const most = locks === null ? 0 : free;
    assert(frozen >= 0 && frozen <= most, `user ${user} has ${frozen} of ${free} frozen`);
    let before = NONE;
    const end = users.endOf(user);
    for (let at = users.block[user * USER]; at < end; at++) {
      const row = users.holdings.rows[at];
      listed += 1;
      assert(contracts.user[row] === user, `contract ${row} is in the list of user ${user}`);
      assert(contracts.lives(row), `contract ${row} is listed and has ended`);
      const ordered =
        before === NONE ||
        contracts.phase[before] < contracts.phase[row] ||
        (contracts.phase[before] === contracts.phase[row] &&
          contracts.created[before] <= contracts.created[row]);
      assert(ordered, `contract ${row} is billed out of order`);
      before = row;
    }
  }
  let living = 0;
  for (let row = 0; row < contracts.count; row += STEP) if (contracts.lives(row)) living += 1;
  assert(listed === living, `${living} contracts live and ${listed} are listed`);
}

/** What living contracts hold, counted anew. */
interface Held {
  live: number;
  grace: number;
  cores: number;
  memory: number;
  ssd: number;
  hdd: number;
  readonly ofNode: {
    readonly cores: Float64Array;
    readonly memory: Float64Array;
    readonly ssd: Float64Array;
    readonly hdd: Float64Array;
    readonly contracts: Float64Array;
    readonly rent: Int32Array;
  };
  readonly ipsOfFarm: Float64Array;
}

function recount({ contracts, fleet }: World, second: number): Held {
  const { count } = fleet.nodes;
  const ofNode = {
    cores: new Float64Array(count),
    memory: new Float64Array(count),
    ssd: new Float64Array(count),
    hdd: new Float64Array(count),
    contracts: new Float64Array(count),
    rent: new Int32Array(count).fill(NONE),
  };
  const ipsOfFarm = new Float64Array(fleet.farms.count);
  const held: Held = { live: 0, grace: 0, cores: 0, memory: 0, ssd: 0, hdd: 0, ofNode, ipsOfFarm };
  for (let row = 0; row < contracts.count; row += STEP) {
    if (!contracts.lives(row)) continue;
    held.live += 1;
    if (contracts.state[row] === MeterState.grace) held.grace += 1;
    const node = contracts.node[row];
    if (node === NONE) continue;
    assert(fleet.nodes.left[node] >= second, `contract ${row} lives on node ${node}, which left`);
    if (contracts.kind[row] === Kind.rent) {
      assert(ofNode.rent[node] === NONE, `node ${node} is rented twice`);
      ofNode.rent[node] = row;
      continue;
    }
    ofNode.contracts[node] += 1;
    for (const of of ["cores", "memory", "ssd", "hdd"] as const) {
      held[of] += contracts[of][row];
      ofNode[of][node] += contracts[of][row];
    }
    ipsOfFarm[contracts.farm[row]] += contracts.ips[row];
  }
  return held;
}

/** The gauges that metrics read are what a count of the tables gives. */
function checkGauges({ gauges }: World, held: Held): void {
  const pairs = [
    ["living contracts", gauges.liveContracts, held.live],
    ["contracts in grace", gauges.graceContracts, held.grace],
    ["cores in use", gauges.usedCores, held.cores],
    ["memory in use", gauges.usedMemory, held.memory],
    ["SSD in use", gauges.usedSsd, held.ssd],
    ["HDD in use", gauges.usedHdd, held.hdd],
  ] as const;
  for (const [what, gauge, count] of pairs)
    assert(gauge === count, `${what}: the gauge says ${gauge}, the tables ${count}`);
}

/** A node lends no more than it has, to whom its list says; a farm's addresses are all told. */
function checkNodes(world: World, { ofNode, ipsOfFarm }: Held): void {
  const { nodes, farms } = world.fleet;
  for (let node = 0; node < nodes.count; node++) {
    const lent =
      nodes.room.usedCru(node) === ofNode.cores[node] &&
      nodes.room.contracts(node) === ofNode.contracts[node] &&
      nodes.room.rentedBy(node) === ofNode.rent[node];
    assert(lent, `node ${node} is lent to others than its contracts`);
    const free = [nodes.room.freeMru(node), nodes.room.freeSru(node), nodes.room.freeHru(node)];
    const within =
      free[0] + ofNode.memory[node] <= nodes.mru[node] &&
      free[1] + ofNode.ssd[node] <= nodes.sru[node] &&
      free[2] + ofNode.hdd[node] <= nodes.hru[node];
    assert(within && free.every((one) => one >= 0), `node ${node} lends what it has not`);
    let listed = ofNode.rent[node] === NONE ? 0 : -1;
    for (let row = firstOn(world, node); row !== NONE; row = world.contracts.nextOfNode[row])
      listed += 1;
    assert(listed === ofNode.contracts[node], `node ${node} lists other contracts than it has`);
  }
  for (let farm = 0; farm < farms.count; farm++)
    assert(
      farms.ipsUsed[farm] === ipsOfFarm[farm],
      `farm ${farm} lent other addresses than it says`,
    );
}
