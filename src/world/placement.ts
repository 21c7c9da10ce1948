/**
 * Placement: which node a deployment goes to, through filters like those of the grid's proxy.
 *
 * The chain checks no capacity and nothing places for the user: the client asks a proxy for nodes
 * that are up, free and fit, and takes one. A node that fits is taken at random, the user's own
 * country first where the user wants that.
 *
 * Source: tfgrid-sdk-go 10e7b39, grid-proxy/internal/explorer/db/postgres.go, node filters.
 */
import { streamId } from "../kernel/index.ts";
import { NONE } from "./contract.ts";
import { Refusal } from "./facts.ts";
import type { Buckets } from "./places.ts";
import { ROOM, Room, Trait } from "./room.ts";
import type { World } from "./state.ts";

const STREAM = {
  nearby: streamId("place.nearby"),
  choice: streamId("place.choice"),
  lot: streamId("place.lot"),
} as const;
/**
 * Buckets that are drawn before all are walked through: the more there are, the dearer the walk.
 */
const DRAWS_LEAST = 48;
const DRAWS_MOST = 4096;
const BUCKETS_PER_DRAW = 8;

/** What a part of a deployment asks of a node, in base units. */
export interface Wish {
  readonly cores: number;
  readonly memory: number;
  readonly ssd: number;
  readonly hdd: number;
  readonly ips: number;
  /** A whole node for rent; with a graphics card; that serves as a web gateway. */
  readonly rent: boolean;
  readonly gpu: boolean;
  readonly gateway: boolean;
  readonly certified: boolean;
  /** Country to look in first; -1 for anywhere. */
  readonly country: number;
  /** A node that must not be taken (the one that failed); -1 for none. */
  readonly not: number;
}

/** The address of a choice: user, ordinal of the deployment, number of the choice in it. */
export interface Choice {
  readonly user: number;
  readonly ordinal: number;
  readonly number: number;
}

/** Beyond the last of the filters, which are numbered as `Refusal`. */
const FITS = 7;

/** The node chosen, or `-1 - reason` where nothing fits. */
export function choose(world: World, wish: Wish, choice: Choice): number {
  if (wish.country !== NONE) {
    const node = search(world, wish, choice, STREAM.nearby);
    if (node >= 0) return node;
  }
  const found = search(world, { ...wish, country: NONE }, choice, STREAM.choice);
  if (found >= 0 || !wish.certified) return found;
  return choose(world, { ...wish, certified: false }, choice);
}

/** The smallest table that holds every node that can fit. */
function tableFor({ places }: World, wish: Wish): Buckets {
  let table = wish.country === NONE ? places.everywhere : places.countries[wish.country];
  const narrow = (other: Buckets): void => {
    if (other.nodes.length < table.nodes.length) table = other;
  };
  if (wish.gpu) narrow(places.graphics);
  if (wish.gateway) narrow(places.gateways);
  if (wish.ips > 0) narrow(places.addressed);
  if (wish.certified) narrow(places.certified);
  return table;
}

function search(world: World, wish: Wish, choice: Choice, stream: number): number {
  const { nodes } = tableFor(world, wish);
  const { chance } = world;
  const first = choice.number * DRAWS_MOST;
  const wanted = Math.floor(nodes.length / BUCKETS_PER_DRAW);
  const draws = Math.min(Math.max(wanted, DRAWS_LEAST), DRAWS_MOST);
  for (let draw = 0; draw < draws; draw++) {
    const u = chance.uniform(stream, choice.user, choice.ordinal, first + draw);
    const node = nodes[Math.floor(u * nodes.length)];
    if (node >= 0 && stageOf(world, node, wish) === FITS) return node;
  }
  return walk(world, nodes, wish, { ...choice, number: first }, stream);
}

/**
 * Looks at every bucket; of the nodes that fit it takes the one that drew the lowest lot for this
 * choice, so that all are equally likely here too. The reason of refusal where nothing fits.
 */
function walk(world: World, nodes: Int32Array, wish: Wish, choice: Choice, stream: number): number {
  const { chance, fleet } = world;
  const { causeHigh, causeLow } = fleet.nodes;
  const key = chance.word(stream, choice.user, choice.ordinal, choice.number);
  let best = firstStage(wish);
  let chosen = NONE;
  let least = 1;
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at];
    if (node < 0) continue;
    const stage = stageOf(world, node, wish);
    if (stage > best) best = stage;
    if (stage !== FITS) continue;
    const lot = chance.uniform(STREAM.lot, key, causeHigh[node], causeLow[node]);
    if (lot >= least) continue;
    least = lot;
    chosen = node;
  }
  return chosen === NONE ? -1 - best : chosen;
}

/** The stage that every node of the grid passes which is missing in the table of a rare wish. */
const firstStage = (wish: Wish): number =>
  wish.gpu ? Refusal.gpu : wish.ips > 0 && !wish.gateway ? Refusal.publicIp : Refusal.reachable;

/** How far a node comes through the filters. */
function stageOf(world: World, node: number, wish: Wish): number {
  const room = world.fleet.nodes.room.rows;
  const at = node * ROOM;
  const traits = room[at + Room.traits];
  if (!world.view.reaches(node) || node === wish.not) return Refusal.reachable;
  if (wish.certified && (traits & Trait.certified) === 0) return Refusal.reachable;
  if (wish.country !== NONE && room[at + Room.country] !== wish.country) return Refusal.reachable;
  if (wish.gateway && (traits & Trait.gateway) === 0) return Refusal.reachable;
  if (wish.gpu && (traits & Trait.gpu) === 0) return Refusal.gpu;
  if (room[at + Room.rentedBy] !== NONE) return Refusal.rentable;
  const taken = wish.rent ? room[at + Room.contracts] > 0 : (traits & WHOLE_ONLY) !== 0;
  if (taken) return Refusal.rentable;
  if (wish.ips > 0 && wish.ips > world.fleet.farms.freeIps(room[at + Room.farm]))
    return Refusal.publicIp;
  if (wish.memory > room[at + Room.mru]) return Refusal.memory;
  if (wish.ssd > room[at + Room.sru]) return Refusal.ssd;
  if (wish.hdd > room[at + Room.hru]) return Refusal.hdd;
  return FITS;
}

/** A node with a card, or of a dedicated farm, is let as a whole only. */
const WHOLE_ONLY = Trait.gpu | Trait.dedicated;
