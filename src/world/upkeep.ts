/**
 * Upkeep: what farms cost their owners in dollars.
 */
import { lineCost, powerCost, purchasePrice, runningCost, wear } from "../models/index.ts";
import type { World } from "./state.ts";

/** What all farms cost their owners, USD. */
export interface Upkeep {
  readonly power: number;
  readonly line: number;
  readonly hardware: number;
}

/**
 * What all farms have cost their owners at the end of an epoch, since the start: power while nodes
 * ran, hardware while they were on the grid, a line from a farm's first node to its last.
 */
export function upkeep({ fleet, setup }: World, until: number): Upkeep {
  const { nodes, farms } = fleet;
  const { farmer } = setup.assumptions;
  const from = new Float64Array(farms.count).fill(until);
  const to = new Float64Array(farms.count);
  const sums = { power: 0, line: 0, hardware: 0 };
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.joined[node] >= until) continue;
    const farm = nodes.farm[node];
    from[farm] = Math.min(from[farm], Math.max(0, nodes.joined[node]));
    to[farm] = Math.max(to[farm], Math.min(until, nodes.left[node]));
    const span = nodes.runningUntil(node, until);
    sums.power += powerCost(farmer, { nodes: 1, cores: nodes.cru[node], span });
    const onGrid = nodes.enrolledUntil(node, until);
    sums.hardware += wear(farmer, purchasePrice(farmer, machineOf(nodes, node)), onGrid);
  }
  for (let farm = 0; farm < farms.count; farm++)
    sums.line += lineCost(farmer, Math.max(0, to[farm] - from[farm]));
  return sums;
}

/**
 * What each farm costs its owner in a stretch of seconds with the nodes that it has at a second,
 * all running, USD by dense farm; the fleet may have lived beyond that second.
 */
export function upkeepByFarm({ fleet, setup }: World, second: number, span: number): Float64Array {
  const { nodes, farms } = fleet;
  const { farmer } = setup.assumptions;
  const sums = new Float64Array(farms.count);
  const sizes = new Float64Array(farms.count);
  const cores = new Float64Array(farms.count);
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.joined[node] > second || nodes.left[node] <= second) continue;
    const farm = nodes.farm[node];
    sizes[farm] += 1;
    cores[farm] += nodes.cru[node];
    sums[farm] += wear(farmer, purchasePrice(farmer, machineOf(nodes, node)), span);
  }
  for (let farm = 0; farm < farms.count; farm++)
    if (sizes[farm] > 0)
      sums[farm] += runningCost(farmer, { nodes: sizes[farm], cores: cores[farm], span });
  return sums;
}

const machineOf = (
  { mru, sru, hru }: World["fleet"]["nodes"],
  node: number,
): { readonly mru: number; readonly sru: number; readonly hru: number } => ({
  mru: mru[node],
  sru: sru[node],
  hru: hru[node],
});
