import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GIB, seconds } from "../../src/units/index.ts";
import { NONE } from "../../src/world/contract.ts";
import { Fact } from "../../src/world/facts.ts";
import type { World } from "../../src/world/index.ts";
import { choose } from "../../src/world/placement.ts";
import type { Wish } from "../../src/world/sheet.ts";
import { DAY, run, small } from "./money.ts";
import { eligible, expected, wishesOf } from "./scan.ts";

// Nobody asks for addresses before the test does, so that many farms still have some.
const world = run(small({ fleet: { publicIps: 1 }, demand: { publicIps: [0, 0, 0, 0, 0, 0, 0] } }));
const { nodes } = world.fleet;
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

const countriesOf = ({ fleet }: World, among: readonly number[]): readonly number[] => [
  ...new Set(among.map((at) => fleet.farms.country[fleet.nodes.farm[at]])),
];
const wishes = wishesOf(countriesOf(world, every), every);

/** Holds a choice against the plain scan. */
function hold(of: World, among: readonly number[], wish: Wish, ordinal: number): void {
  const may = expected(of, among, wish);
  const found = choose(of, wish, { user: 3, ordinal, number: 0 });
  if (typeof may === "number") expect(found).toBe(-1 - may);
  else expect(may).toContain(found);
}

describe("a node is chosen", () => {
  test("among those that pass every filter, and refused for the reason of a plain scan", () => {
    fc.assert(
      fc.property(wishes, fc.nat(100_000), (wish, ordinal) => hold(world, every, wish, ordinal)),
      { seed: 40, numRuns: 3_000 },
    );
  });

  test("so in every window of a grid whose nodes fail, join, leave, fill up and are let", () => {
    const seen = new Set<number>();
    let windows = 0;
    run(
      small({
        failure: { model: "exponential", mtbf: seconds(4 * DAY) },
        churn: { departure: 0.5 },
      }),
      {
        see(live, until) {
          for (let fact = 0; fact < live.facts.count; fact++) seen.add(live.facts.kind[fact]);
          const all = [...Array(live.fleet.nodes.count).keys()];
          const asked = fc.sample(wishesOf(countriesOf(live, all), all), {
            seed: until,
            numRuns: 6,
          });
          for (const [at, wish] of asked.entries()) hold(live, all, wish, until + at);
          windows += 1;
        },
      },
    );
    expect(windows).toBeGreaterThan(500);
    for (const kind of [Fact.nodeJoined, Fact.nodeLeft, Fact.contractStarted, Fact.contractEnded])
      expect(seen).toContain(kind);
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
      const may = eligible(world, every, wish);
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
