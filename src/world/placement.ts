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
import { type Buckets, marked } from "./places.ts";
import {
  bitOf,
  CERTIFIED,
  cellsFor,
  RENTABLE,
  ROOM,
  Room,
  Trait,
  WHOLE_ONLY,
  WITH_ADDRESS,
} from "./room.ts";
import type { Wish } from "./sheet.ts";
import type { World } from "./state.ts";
import { ANYTHING, type Need, STRETCH } from "./vacancy.ts";

const STREAM = {
  nearby: streamId("place.nearby"),
  choice: streamId("place.choice"),
  lot: streamId("place.lot"),
} as const;
/**
 * Buckets that are drawn before the table is looked through, and nodes that fit of which one is
 * then taken: the fewer fit, the less it matters that they are neighbours.
 */
const DRAWS = 24;
const CANDIDATES = 32;
/** Addresses that the searches of one choice are apart. */
const ADDRESSES = 64;

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
  const found = chooseAs(world, wish, choice);
  if (found >= 0 || !wish.certified) return found;
  const { relaxed } = world.sheet;
  relaxed.copy(wish).certified = false;
  return chooseAs(world, relaxed, choice);
}

/** The same for a wish as it is: in its country, if it has one, and then in any. */
function chooseAs(world: World, wish: Wish, choice: Choice): number {
  if (wish.country === NONE) return search(world, wish, choice, STREAM.choice);
  const node = search(world, wish, choice, STREAM.nearby);
  if (node >= 0) return node;
  const { relaxed } = world.sheet;
  relaxed.copy(wish).country = NONE;
  return search(world, relaxed, choice, STREAM.choice);
}

/** The smallest table that holds every node that can fit. */
function tableFor({ places }: World, wish: Wish): Buckets {
  let table = wish.country === NONE ? places.everywhere : places.countries[wish.country];
  if (wish.gpu) table = smaller(table, places.graphics);
  if (wish.gateway) table = smaller(table, places.gateways);
  if (wish.ips > 0) table = smaller(table, places.addressed);
  if (wish.certified) table = smaller(table, places.certified);
  return table;
}

const smaller = (one: Buckets, other: Buckets): Buckets =>
  other.nodes.length < one.nodes.length ? other : one;

function search(world: World, wish: Wish, choice: Choice, stream: number): number {
  const table = tableFor(world, wish);
  const { nodes } = table;
  const { chance } = world;
  const { drawn } = world.sheet;
  const first = choice.number * ADDRESSES;
  for (let draw = 0; draw < DRAWS; draw++) {
    chance.pair(drawn, stream, choice.user, choice.ordinal, first + draw);
    const node = nodes[Math.floor(drawn[0] * nodes.length)];
    if (node >= 0 && fits(world, node, wish)) return node;
  }
  const found = lookThrough(world, table, wish, { ...choice, number: first + DRAWS }, stream);
  return found >= 0 ? found : -1 - reasonOf(world, table, wish);
}

/**
 * Looks through a table from a drawn bucket on for as many nodes that fit as are compared, and
 * takes the one that drew the lowest lot for this choice; -1 where nothing fits. Where no more fit
 * than are compared, all are equally likely; where more do, they nearly are, since every node has
 * as many buckets before it in the mean.
 */
function lookThrough(
  world: World,
  table: Buckets,
  wish: Wish,
  choice: Choice,
  stream: number,
): number {
  const { chance, places } = world;
  const { user, ordinal, number } = choice;
  const size = table.nodes.length;
  const start = chance.index(size / STRETCH, stream, user, ordinal, number) * STRETCH;
  const key = chance.word(stream, user, ordinal, number);
  const need = needOf(wish, FITS);
  let chosen = NONE;
  let least = 1;
  let left = CANDIDATES;
  const compare = (node: number): boolean => {
    const lot = chance.uniform(STREAM.lot, key, places.word(node), 0);
    if (lot < least) {
      least = lot;
      chosen = node;
    }
    left -= 1;
    return left === 0;
  };
  if (!scan(world, table, { start, end: size, wish, need, least: FITS }, compare))
    scan(world, table, { start: 0, end: start, wish, need, least: FITS }, compare);
  return chosen;
}

/** A part of a table to be looked through, for nodes that come at least so far. */
interface Scan {
  readonly start: number;
  readonly end: number;
  readonly wish: Wish;
  readonly need: Need;
  readonly least: number;
}

/** Shows every node that comes far enough until told that it suffices; true if it was. */
function scan(
  world: World,
  table: Buckets,
  { start, end, wish, need, least }: Scan,
  suffices: (node: number) => boolean,
): boolean {
  const { nodes, marks, vacancies } = table;
  const { mask, mark } = marked(wish.country, traitsOf(wish));
  for (let at = vacancies.next(start, end, need); at < end; ) {
    let found = false;
    let less = false;
    for (const stop = at + STRETCH; at < stop; at++) {
      const node = nodes[at];
      if (node < 0 || (marks[at] & mask) !== mark) continue;
      if (least === FITS ? !fits(world, node, wish) : stageOf(world, node, wish) < least) {
        less = true;
        continue;
      }
      found = true;
      if (suffices(node)) return true;
    }
    if (less && !found) table.tighten(at - 1);
    at = vacancies.next(at, end, need);
  }
  return false;
}

/** The furthest filter that any node comes to, which is the reason of a refusal. */
function reasonOf(world: World, table: Buckets, wish: Wish): number {
  const first = firstStage(wish);
  const end = table.nodes.length;
  for (let least: number = Refusal.hdd; least > first; least--) {
    // Nothing stops at a filter that asks for nothing: what came so far came through.
    if (asks(wish, least) === 0) continue;
    const need = needOf(wish, least);
    if (scan(world, table, { start: 0, end, wish, need, least }, () => true)) return least;
  }
  return first;
}

/** What a wish asks of a filter. */
const asks = (wish: Wish, filter: number): number =>
  filter === Refusal.hdd
    ? wish.hdd
    : filter === Refusal.ssd
      ? wish.ssd
      : filter === Refusal.memory
        ? wish.memory
        : filter === Refusal.publicIp
          ? wish.ips
          : 1;

/** What a node must at least have to come as far as a stage, which is not the first. */
function needOf(wish: Wish, stage: number): Need {
  const certified = wish.certified ? CERTIFIED : 0;
  const countries = wish.country === NONE ? ANYTHING.countries : bitOf(wish.country);
  if (stage <= Refusal.rentable) return { ...ANYTHING, allOf: certified, countries };
  const address = wish.ips > 0 && stage > Refusal.publicIp ? WITH_ADDRESS : 0;
  const mru = stage > Refusal.memory ? wish.memory : 0;
  const sru = stage > Refusal.ssd ? wish.ssd : 0;
  const hru = stage > Refusal.hdd ? wish.hdd : 0;
  const oneOf = wish.rent ? RENTABLE : cellsFor(mru, sru);
  return { mru, sru, hru, whole: wish.rent, oneOf, allOf: address | certified, countries };
}

/** The stage that every node of the grid passes which is missing in the table of a rare wish. */
const firstStage = (wish: Wish): number =>
  wish.gpu ? Refusal.gpu : wish.ips > 0 && !wish.gateway ? Refusal.publicIp : Refusal.reachable;

/** The traits that a node must have. */
const traitsOf = (wish: Wish): number =>
  (wish.certified ? Trait.certified : 0) |
  (wish.gateway ? Trait.gateway : 0) |
  (wish.gpu ? Trait.gpu : 0);

/**
 * True if a node comes through all filters, as `stageOf` says too. Those come first that need no
 * more than its room: with `stageOf` alone, 100,000 nodes over 60 days took a tenth longer.
 */
function fits(world: World, node: number, wish: Wish): boolean {
  const room = world.fleet.nodes.room.rows;
  const at = node * ROOM;
  const traits = room[at + Room.traits];
  const asked = traitsOf(wish);
  if (wish.memory > room[at + Room.mru] || room[at + Room.rentedBy] !== NONE) return false;
  if (wish.ssd > room[at + Room.sru] || wish.hdd > room[at + Room.hru]) return false;
  if ((traits & asked) !== asked || node === wish.not) return false;
  if (wish.country !== NONE && room[at + Room.country] !== wish.country) return false;
  if (wish.rent ? room[at + Room.contracts] > 0 : (traits & WHOLE_ONLY) !== 0) return false;
  if (wish.ips > 0 && wish.ips > world.fleet.farms.freeIps(room[at + Room.farm])) return false;
  return world.view.reaches(node);
}

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
