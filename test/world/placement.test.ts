import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GIB } from "../../src/units/index.ts";
import { NONE } from "../../src/world/contract.ts";
import { Refusal } from "../../src/world/facts.ts";
import type { World } from "../../src/world/index.ts";
import { choose, type Wish } from "../../src/world/placement.ts";
import { run, small } from "./money.ts";

// Nobody asks for addresses before the test does, so that many farms still have some.
const world = run(small({ fleet: { publicIps: 1 }, demand: { publicIps: [0, 0, 0, 0, 0, 0, 0] } }));
const { nodes, farms } = world.fleet;
const every = [...Array(nodes.count).keys()].filter((node) => world.view.runs(node));

const PLAIN: Wish = {
  cores: 1,
  memory: GIB,
  ssd: GIB,
  hdd: 0,
  ips: 0,
  rent: false,
  gpu: false,
  gateway: false,
  certified: false,
  country: NONE,
  not: NONE,
};

/** The filters of the grid's proxy, one after the other, as a user would list them. */
const filters: readonly ((of: World, node: number, wish: Wish) => boolean)[] = [
  ({ view }, node, wish) =>
    view.reaches(node) &&
    node !== wish.not &&
    !(wish.certified && nodes.certified[node] === 0) &&
    !(wish.country !== NONE && farms.country[nodes.farm[node]] !== wish.country) &&
    !(wish.gateway && farms.gateway[nodes.farm[node]] === 0),
  (_, node, wish) => !wish.gpu || nodes.gpu[node] === 1,
  (_, node, wish) =>
    nodes.room.rentedBy(node) === NONE &&
    (wish.rent
      ? nodes.room.contracts(node) === 0
      : nodes.gpu[node] === 0 && farms.dedicated[nodes.farm[node]] === 0),
  (_, node, wish) => wish.ips <= farms.ips[nodes.farm[node]] - farms.ipsUsed[nodes.farm[node]],
  (_, node, wish) => wish.memory <= nodes.room.freeMru(node),
  (_, node, wish) => wish.ssd <= nodes.room.freeSru(node),
  (_, node, wish) => wish.hdd <= nodes.room.freeHru(node),
];

const passed = (node: number, wish: Wish): number => {
  const first = filters.findIndex((filter) => !filter(world, node, wish));
  return first < 0 ? filters.length : first;
};

const eligible = (wish: Wish): readonly number[] =>
  every.filter((node) => passed(node, wish) === filters.length);

/** All that may be chosen, the wishes given up one after the other; or the reason for none. */
function expected(wish: Wish): readonly number[] | number {
  const uncertified = { ...wish, certified: false };
  for (const one of [
    wish,
    { ...wish, country: NONE },
    uncertified,
    { ...uncertified, country: NONE },
  ])
    if (eligible(one).length > 0) return eligible(one);
  const last = { ...uncertified, country: NONE };
  return Math.max(Refusal.reachable, ...every.map((node) => passed(node, last)));
}

const country = fc.constantFrom(NONE, ...new Set(every.map((at) => farms.country[nodes.farm[at]])));

const wishes: fc.Arbitrary<Wish> = fc.record({
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
  country,
  not: fc.constantFrom(NONE, ...every),
});

describe("a node is chosen", () => {
  test("among those that pass every filter, and refused for the reason of a plain scan", () => {
    fc.assert(
      fc.property(wishes, fc.nat(100_000), (wish, ordinal) => {
        const may = expected(wish);
        const found = choose(world, wish, { user: 3, ordinal, number: 0 });
        if (typeof may === "number") expect(found).toBe(-1 - may);
        else expect(may).toContain(found);
      }),
      { seed: 40, numRuns: 3_000 },
    );
  });

  const rare = (count: number): Wish => {
    const sizes = every.map((node) => nodes.room.freeHru(node)).sort((a, b) => b - a);
    return { ...PLAIN, hdd: sizes[count] };
  };
  const cases: readonly (readonly [string, Wish])[] = [
    ["anywhere", PLAIN],
    ["with a card", { ...PLAIN, gpu: true, rent: true }],
    ["with an address", { ...PLAIN, ips: 1 }],
    ["with one of the largest disks", rare(12)],
  ];
  for (const [what, wish] of cases)
    test(`with equal likelihood among those that fit: ${what}`, () => {
      const may = eligible(wish);
      expect(may.length).toBeGreaterThan(1);
      const draws = 400 * may.length;
      const counts = new Map(may.map((node) => [node, 0]));
      for (let ordinal = 0; ordinal < draws; ordinal++) {
        const node = choose(world, wish, { user: 5, ordinal, number: 0 });
        counts.set(node, (counts.get(node) ?? Number.NaN) + 1);
      }
      const chi = [...counts.values()].reduce((sum, count) => sum + (count - 400) ** 2 / 400, 0);
      // Wilson and Hilferty: chi-square as a normal variable; beyond 3.7 once in 10,000.
      const free = may.length - 1;
      const z = ((chi / free) ** (1 / 3) - (1 - 2 / (9 * free))) / Math.sqrt(2 / (9 * free));
      expect(z).toBeLessThan(3.7);
    });
});
