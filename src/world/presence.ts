/**
 * Presence: what tenants make of a node that goes and comes back.
 *
 * Traffic starts with a node's boot and ends with its failure; a tenant who moves waits for a node
 * out of reach until patience is over. The turns of an epoch are laid down before the chain judges
 * it, so only those that somebody reacts to are put on the agenda: a node's next start or stop
 * where a tenant has traffic, and the end of a patience that will not be rewarded.
 */

import { settle } from "./account.ts";
import { NONE } from "./contract.ts";
import { Due, Priority } from "./due.ts";
import { Fact } from "./facts.ts";
import { firstOn } from "./occupancy.ts";
import type { World } from "./state.ts";
import { USER } from "./user.ts";

/** An epoch has been laid out: puts on the agenda what the chain and the tenants must see of it. */
export function followEpoch(world: World): void {
  const { fleet, agenda, users } = world;
  if (fleet.nodes.count > world.followed.length)
    world.followed = new Uint8Array(fleet.nodes.capacity);
  else world.followed.fill(0);
  for (const { second, kind, node } of fleet.changes) {
    if (kind === Fact.nodeJoined) agenda.push(second, Priority.node, node, Due.join);
    else agenda.push(second, Priority.leave, node, Due.leave);
  }
  const { rows } = users.holdings;
  for (let user = 0; user < users.count; user++) {
    const end = users.endOf(user);
    for (let at = users.block[user * USER]; at < end; at++) follow(world, rows[at]);
  }
}

/** Follows a contract's node from now on, as far as its tenant reacts to it. */
export function follow(world: World, row: number): void {
  const { contracts } = world;
  const node = contracts.node[row];
  if (node === NONE || !contracts.lives(row)) return;
  if (contracts.trafficPerSecond[row] > 0) followRun(world, node);
  if (contracts.patience[row] !== Number.POSITIVE_INFINITY) startPatience(world, row);
}

/** Puts the node's next start or stop of this epoch on the agenda, unless it stands there. */
function followRun(world: World, node: number): void {
  if (world.followed[node] === 1) return;
  const second = world.view.nextRun(node);
  if (second === Number.POSITIVE_INFINITY) return;
  world.followed[node] = 1;
  world.agenda.push(second, Priority.node, node, Due.run);
}

/**
 * Puts the end of a tenant's patience on the agenda, if a spell out of reach that has begun or
 * begins in this epoch will last so long and it ends within the epoch; where the spell outlasts
 * the epoch, the contract remembers, and is asked again when the next one has been laid out.
 */
function startPatience(world: World, row: number): void {
  const { contracts, view, agenda } = world;
  const node = contracts.node[row];
  let until = contracts.moveAt[row];
  // A spell that was on when the epoch began.
  const waits = until !== Number.POSITIVE_INFINITY && until >= view.now;
  if (!waits || view.nextShow(node) <= until)
    until = view.firstAbsence(node, contracts.patience[row]);
  contracts.moveAt[row] = until;
  if (until < view.end) agenda.push(until, Priority.move, row, Due.move);
}

/** A tenant could not move: it waits for the next spell out of reach. */
export function waitOn(world: World, row: number): void {
  const { contracts, view } = world;
  contracts.moveAt[row] = view.firstAbsence(contracts.node[row], contracts.patience[row]);
  if (contracts.moveAt[row] < view.end)
    world.agenda.push(contracts.moveAt[row], Priority.move, row, Due.move);
}

/** A followed node has started or stopped running. */
export function turnRun(world: World, node: number, second: number): void {
  world.followed[node] = 0;
  if (world.view.runs(node)) startTraffic(world, node, second);
  else stopTraffic(world, node, second);
  const { contracts } = world;
  for (let row = firstOn(world, node); row !== NONE; row = contracts.nextOfNode[row])
    if (contracts.trafficPerSecond[row] > 0) return followRun(world, node);
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
