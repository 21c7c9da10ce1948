/**
 * Farmers: whether they go on, by their own cash flow.
 *
 * At every payday a farmer sets what the farm earned since the last one, minted and paid by users,
 * in USD, against power and connection of the farm as it will be when the period that runs has
 * ended (a fleet lives ahead of the chain). Who has lost money so many times in a row switches off
 * for good; and where nodes earn less than they did, fewer join. Nobody decides anything while
 * `assumptions.response` is at its defaults.
 */
import { streamId } from "../kernel/index.ts";
import { runningCost, stillJoining } from "../models/index.ts";
import { PERIOD_LENGTH } from "../protocol/index.ts";
import type { World } from "./state.ts";

const STREAM_OFF = streamId("farmer.off");
/** Switching off is a matter of days once it is decided. */
const DAYS_TO_SWITCH_OFF = 7 * 86_400;

/** A period has been paid: farmers look at their books, and go on or do not. */
export function decide(world: World): void {
  const { lossesBorne, entry } = world.setup.assumptions.response;
  if (lossesBorne === 0 && entry === 0) return;
  const { farmers, fleet, earnings } = world;
  const { farms } = fleet;
  farmers.fit(farms.count);
  const cores = coresOf(world);
  let nodes = 0;
  let sum = 0;
  for (let farm = 0; farm < farms.count; farm++) {
    const earned = (earnings.farmMintedUsd[farm] ?? 0) + (earnings.farmUserUsd[farm] ?? 0);
    const income = earned - farmers.earned[farm];
    farmers.earned[farm] = earned;
    nodes += farms.nodes[farm];
    sum += income;
    if (farmers.off[farm] === 1 || farms.nodes[farm] === 0) continue;
    const size = { nodes: farms.nodes[farm], cores: cores[farm], span: PERIOD_LENGTH };
    const loss = runningCost(world.setup.assumptions.farmer, size) > income;
    farmers.losses[farm] = loss ? farmers.losses[farm] + 1 : 0;
    if (lossesBorne > 0 && farmers.losses[farm] >= lossesBorne) switchOff(world, farm);
  }
  const each = nodes === 0 ? 0 : sum / nodes;
  if (Number.isNaN(farmers.usual)) farmers.usual = each;
  else fleet.joinShare(stillJoining(each, farmers.usual, entry));
}

/** Logical cores of every farm's nodes that have not left. */
function coresOf({ fleet }: World): Float64Array {
  const { nodes, farms } = fleet;
  const cores = new Float64Array(farms.count);
  for (let node = 0; node < nodes.count; node++)
    if (!nodes.gone(node)) cores[nodes.farm[node]] += nodes.cru[node];
  return cores;
}

/** All nodes of a farm leave soon, and none joins it any more. */
function switchOff({ farmers, fleet, chance }: World, farm: number): void {
  farmers.off[farm] = 1;
  const u = chance.uniform(STREAM_OFF, fleet.farms.cause[farm], 0, 0);
  fleet.retire(farm, Math.ceil(fleet.lived + u * DAYS_TO_SWITCH_OFF));
}
