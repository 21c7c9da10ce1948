/** A plain scan of all nodes for a wish: what an index must answer as well. */
import fc from "fast-check";
import { GIB } from "../../src/units/index.ts";
import { NONE } from "../../src/world/contract.ts";
import { Refusal } from "../../src/world/facts.ts";
import type { World } from "../../src/world/index.ts";
import type { Wish } from "../../src/world/sheet.ts";

/** The filters of the grid's proxy, one after the other, as a user would list them. */
const filters: readonly ((of: World, node: number, wish: Wish) => boolean)[] = [
  ({ view, fleet: { nodes, farms } }, node, wish) =>
    view.reaches(node) &&
    node !== wish.not &&
    !(wish.certified && nodes.certified[node] === 0) &&
    !(wish.country !== NONE && farms.country[nodes.farm[node]] !== wish.country) &&
    !(wish.gateway && farms.gateway[nodes.farm[node]] === 0),
  ({ fleet: { nodes } }, node, wish) => !wish.gpu || nodes.gpu[node] === 1,
  ({ fleet: { nodes, farms } }, node, wish) =>
    nodes.room.rentedBy(node) === NONE &&
    (wish.rent
      ? nodes.room.contracts(node) === 0
      : nodes.gpu[node] === 0 && farms.dedicated[nodes.farm[node]] === 0),
  ({ fleet: { nodes, farms } }, node, wish) =>
    wish.ips <= farms.ips[nodes.farm[node]] - farms.ipsUsed[nodes.farm[node]],
  ({ fleet: { nodes } }, node, wish) => wish.memory <= nodes.room.freeMru(node),
  ({ fleet: { nodes } }, node, wish) => wish.ssd <= nodes.room.freeSru(node),
  ({ fleet: { nodes } }, node, wish) => wish.hdd <= nodes.room.freeHru(node),
];

const passed = (world: World, node: number, wish: Wish): number => {
  const first = filters.findIndex((filter) => !filter(world, node, wish));
  return first < 0 ? filters.length : first;
};

/** The nodes of a list that pass every filter. */
export const eligible = (world: World, among: readonly number[], wish: Wish): readonly number[] =>
  among.filter((node) => passed(world, node, wish) === filters.length);

/** All that may be chosen, the wishes given up one after the other; or the reason for none. */
export function expected(
  world: World,
  among: readonly number[],
  wish: Wish,
): readonly number[] | number {
  const uncertified = { ...wish, certified: false };
  for (const one of [
    wish,
    { ...wish, country: NONE },
    uncertified,
    { ...uncertified, country: NONE },
  ]) {
    const may = eligible(world, among, one);
    if (may.length > 0) return may;
  }
  const last = { ...uncertified, country: NONE };
  return Math.max(Refusal.reachable, ...among.map((node) => passed(world, node, last)));
}

/** Wishes of all kinds, for countries and against nodes of a list. */
export const wishesOf = (
  countries: readonly number[],
  against: readonly number[],
): fc.Arbitrary<Wish> =>
  fc.record({
    cores: fc.nat(8),
    memory: fc.nat(600).map((size) => size * GIB),
    ssd: fc.nat(6_000).map((size) => size * GIB),
    hdd: fc.oneof(
      fc.constant(0),
      fc.nat(40_000).map((size) => size * GIB),
    ),
    ips: fc.constantFrom(0, 0, 1, 3),
    rent: fc.boolean(),
    gpu: fc.constantFrom(false, false, true),
    gateway: fc.constantFrom(false, false, true),
    certified: fc.boolean(),
    country: fc.constantFrom(NONE, ...countries),
    not: fc.constantFrom(NONE, ...against),
  });
