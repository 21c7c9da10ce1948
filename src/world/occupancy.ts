/**
 * Occupancy: which contract sits on which node, and what it holds there.
 */
import { Kind } from "../protocol/index.ts";
import { NONE } from "./contract.ts";
import type { Machine } from "./room.ts";
import type { World } from "./state.ts";
import { noteLived } from "./usage.ts";

/** What a row holds of its node: a rent contract holds the machine, not its parts. */
function held({ contracts, fleet }: World, row: number): Machine {
  const { asked } = fleet.nodes.room;
  asked.cru = contracts.cores[row];
  asked.mru = contracts.memory[row];
  asked.sru = contracts.ssd[row];
  asked.hru = contracts.hdd[row];
  return asked;
}

/** Puts a new contract on its node and counts what it uses; a name has no node. */
export function enterNode(world: World, row: number, second: number): void {
  const { contracts, fleet, gauges } = world;
  gauges.liveContracts += 1;
  gauges.started += 1;
  const node = contracts.node[row];
  if (node === NONE) return;
  const { nodes, farms } = fleet;
  contracts.reachableBefore[row] = world.view.until(node, second);
  contracts.nextOfNode[row] = firstOn(world, node);
  world.firstOnNode[node] = row;
  if (contracts.kind[row] === Kind.rent) {
    nodes.room.rent(node, row);
    return;
  }
  nodes.room.reserve(node, held(world, row));
  if (contracts.ips[row] > 0) farms.takeIps(contracts.farm[row], contracts.ips[row]);
  gauges.usedCores += contracts.cores[row];
  gauges.usedMemory += contracts.memory[row];
  gauges.usedSsd += contracts.ssd[row];
  gauges.usedHdd += contracts.hdd[row];
}

/** Takes an ended contract off its node, and books how long it lived and could be reached. */
export function leaveNode(world: World, row: number, second: number): void {
  const { contracts, fleet, gauges } = world;
  gauges.liveContracts -= 1;
  const node = contracts.node[row];
  if (node === NONE) return;
  const { nodes } = fleet;
  const lived = second - contracts.created[row] * world.terms.secondsPerBlock;
  const reachable = reached(world, row, second);
  gauges.livedSeconds += lived;
  gauges.reachableSeconds += reachable;
  noteLived(world, row, { lived, reachable });
  unlink(world, row, node);
  if (contracts.kind[row] === Kind.rent) {
    nodes.room.vacate(node);
    world.places.raise(node);
    return;
  }
  nodes.room.release(node, held(world, row));
  world.places.raise(node);
  if (contracts.ips[row] > 0) returnIps(world, contracts.farm[row], contracts.ips[row]);
  gauges.usedCores -= contracts.cores[row];
  gauges.usedMemory -= contracts.memory[row];
  gauges.usedSsd -= contracts.ssd[row];
  gauges.usedHdd -= contracts.hdd[row];
}

/** A farm gets addresses back; where it had none, all of its nodes have more to offer. */
function returnIps({ fleet, places }: World, farm: number, count: number): void {
  const { nodes, farms } = fleet;
  const none = farms.freeIps(farm) === 0;
  farms.releaseIps(farm, count);
  if (!none) return;
  for (let node = farms.firstNode[farm]; node >= 0; node = nodes.nextInFarm[node])
    places.raise(node);
}

/** Seconds of its life so far in which a contract's node could be reached. */
export function reached(world: World, row: number, second: number): number {
  const { contracts, view } = world;
  return view.until(contracts.node[row], second) - contracts.reachableBefore[row];
}

/** The first contract on a node, -1 where there is none. */
export function firstOn(world: World, node: number): number {
  if (node >= world.firstOnNode.length) {
    const longer = new Int32Array(Math.max(node + 1, world.firstOnNode.length * 2)).fill(NONE);
    longer.set(world.firstOnNode);
    world.firstOnNode = longer;
  }
  return world.firstOnNode[node];
}

function unlink(world: World, row: number, node: number): void {
  const { contracts } = world;
  if (world.firstOnNode[node] === row) {
    world.firstOnNode[node] = contracts.nextOfNode[row];
    return;
  }
  let before = world.firstOnNode[node];
  while (contracts.nextOfNode[before] !== row) before = contracts.nextOfNode[before];
  contracts.nextOfNode[before] = contracts.nextOfNode[row];
}
