/** A fleet lived in shards is the fleet lived alone, whatever their number and their cuts. */
import { describe, expect, it, test } from "vitest";
import { Chance } from "../../src/kernel/index.ts";
import { PERIOD_LENGTH } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import { build, prepare, type World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { type Crew, Shard, type ShardOrder, type ShardReport } from "../../src/world/shard.ts";
import { Chronicle, DAY, KEY } from "./chronicle.ts";
import { setting } from "./setting.ts";

/** A crew in this very thread, the last shard first, which lives as soon or as late as it may. */
class CrewHere implements Crew {
  readonly count: number;
  /** Epochs that were begun, and the farms of each order. */
  readonly begun: { readonly start: number; readonly cuts: readonly (readonly number[])[] }[] = [];
  readonly #shards: readonly Shard[];
  readonly #soon: boolean;
  #waiting: () => readonly ShardReport[] = () => [];

  constructor(setup: Setup, count: number, soon = false) {
    this.count = count;
    this.#soon = soon;
    this.#shards = Array.from({ length: count }, () => new Shard(setup, new Chance(KEY, 0)));
  }

  begin(orders: readonly ShardOrder[]): void {
    this.begun.push({
      start: orders[0].outline.start,
      cuts: orders.map(({ from, to }) => [from, to]),
    });
    const live = () =>
      orders
        .map((order, i) => [this.#shards[i], order] as const)
        .reverse()
        .map(([shard, order]) => shard.live(order))
        .reverse();
    if (!this.#soon) this.#waiting = live;
    else {
      const reports = live();
      this.#waiting = () => reports;
    }
  }

  end(): readonly ShardReport[] {
    return this.#waiting();
  }
}

const outage = {
  kind: "outage",
  at: seconds(20 * DAY),
  target: { country: "BE", share: 0.7 },
  lasts: seconds(7200),
} as const;
const small = setting({ fleet: { nodes: 600 } }, { timeline: [outage] });

/** All that is told of a fleet, and all that its nodes were credited. */
function lived(count: number): object {
  const crew = count === 0 ? null : new CrewHere(small, count);
  const credits: number[][] = [];
  const credit = (): void => {
    const { fleet } = chronicle;
    const rows = Array.from({ length: fleet.nodes.count }, (_, node) => node);
    credits.push(rows.map((node) => fleet.settledSeconds(node)));
    credits.push(rows.map((node) => (fleet.settledReported(node) ? 1 : 0)));
  };
  const chronicle: Chronicle = new Chronicle(small, 0, credit, crew);
  chronicle.advance(2 * PERIOD_LENGTH + 5 * DAY);
  const { fleet } = chronicle;
  const told = chronicle.told();
  const days = fleet.census.days(66);
  return { told, credits, days, events: fleet.events, changes: fleet.changes };
}

test("any number of shards tells the same facts, credits and counts as none", () => {
  const alone = lived(0);
  expect(alone).toMatchObject({ credits: { length: 4 }, days: { length: 66 } });
  for (const count of [1, 2, 3, 8]) expect(lived(count), `${count} shards`).toEqual(alone);
});

describe("the orders of a crew", () => {
  const crew = new CrewHere(small, 3);
  new Chronicle(small, 0, () => {}, crew).advance(DAY);

  it("cut all farms into stretches of neighbours with about as many nodes", () => {
    const [{ cuts }] = crew.begun;
    expect(cuts[0][0]).toBe(0);
    expect(cuts[1][0]).toBe(cuts[0][1]);
    expect(cuts[2][0]).toBe(cuts[1][1]);
    for (const [from, to] of cuts) expect(to - from).toBeGreaterThan(20);
  });
});

/** What becomes of a world, and of the epochs that a crew began, each with how far was judged. */
function judged(setup: Setup, count: number, soon = false): { told: object; ahead: number } {
  const crew = count === 0 ? null : new CrewHere(setup, count, soon);
  const simulation = build(prepare(setup), new Chance(KEY, 0), { crew });
  let ahead = 0;
  for (let until = DAY; until < simulation.end + DAY; until += DAY) {
    simulation.local(Math.min(until, simulation.end));
    if ((crew?.begun.at(-1)?.start ?? 0) > until) ahead += 1;
    simulation.judge(Math.min(until, simulation.end));
  }
  return { told: moneyOf(simulation.world), ahead };
}

function moneyOf({ ledger, mint, paydays, closings, fleet, executed, earnings }: World): object {
  const sums = Object.entries(ledger).map(([name, total]) => [name, String(total.value)]);
  const { paid, permille } = mint;
  const { count } = fleet.nodes;
  const left = fleet.nodes.left.slice(0, count);
  const { farmMinted, farmTotal } = earnings;
  return { sums, paid, permille, paydays, closings, executed, left, farmMinted, farmTotal };
}

describe("a world whose fleet is lived by shards", () => {
  const length = seconds(100 * DAY);
  const world = (changes = {}, rest = {}): Setup =>
    setting({ fleet: { nodes: 300 }, demand: { users: 0.5 }, ...changes }, { length, ...rest });

  it("has the history of one whose fleet lives alone, epochs ahead of the chain", () => {
    const alone = judged(world(), 0);
    for (const [count, soon] of [
      [1, false],
      [1, true],
      [3, true],
    ] as const) {
      const { told, ahead } = judged(world(), count, soon);
      expect(told).toEqual(alone.told);
      expect(ahead).toBeGreaterThan(60);
    }
  });

  it("does not go ahead where farmers answer to their income", () => {
    const setup = world({ response: { lossesBorne: 1, entry: 1 } });
    const { told, ahead } = judged(setup, 2);
    expect(told).toEqual(judged(setup, 0).told);
    expect(ahead).toBe(0);
  });

  it("does not go ahead where the timeline changes the minting", () => {
    const changes = [{ key: "policy.minting.rules", value: "2022" }];
    const timeline = [{ kind: "policy", at: seconds(40 * DAY), changes }] as const;
    const { told, ahead } = judged(world({}, { timeline }), 2);
    expect(told).toEqual(judged(world({}, { timeline }), 0).told);
    expect(ahead).toBe(0);
  });
});
