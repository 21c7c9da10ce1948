import { describe, expect, test } from "vitest";
import { runningCost, stillJoining } from "../../src/models/index.ts";
import { PERIOD_LENGTH } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { run, small } from "./money.ts";

const PERIODS = 3;
const base = small({ fleet: { nodes: 40 } }, { length: seconds(PERIODS * PERIOD_LENGTH) });

interface Books {
  readonly energy?: number;
  readonly connection?: number;
  readonly lossesBorne?: number;
  readonly entry?: number;
}

function lived({ energy = 0, connection = 0, lossesBorne = 0, entry = 0 }: Books): World {
  const { assumptions } = base;
  const farmer = { ...assumptions.farmer, energy, connection };
  const response = { ...assumptions.response, lossesBorne, entry };
  const setup: Setup = { ...base, assumptions: { ...assumptions, farmer, response } };
  return run(setup, { check: true });
}

const present = ({ fleet }: World): number =>
  fleet.farms.nodes.subarray(0, fleet.farms.count).reduce((sum, count) => sum + count, 0);

describe("a farmer", () => {
  test("costs nothing to leave out: nobody decides at the defaults, whatever power costs", () => {
    const dear = lived({ energy: 50 });
    expect(dear.fleet.events).toBe(lived({}).fleet.events);
    expect(dear.farmers.off.some((off) => off === 1)).toBe(false);
  });

  test("switches off for good after the losses that are borne, and not without", () => {
    expect(present(lived({ lossesBorne: 1 }))).toBe(present(lived({})));
    const given = lived({ energy: 50, lossesBorne: 1 });
    const { farms } = given.fleet;
    const old = [...Array(farms.count).keys()].filter((farm) => farms.joined[farm] <= 0);
    expect(old.filter((farm) => farms.nodes[farm] > 0)).toEqual([]);
    expect(old.some((farm) => given.farmers.off[farm] === 1)).toBe(true);
    // Who joined after the first payday has not switched off yet.
    expect(present(given)).toBeLessThan(0.3 * present(lived({})));
    // Two losses in a row are not borne, and the second payday comes a period later.
    expect(present(lived({ energy: 50, lossesBorne: 3 }))).toBeGreaterThan(0);
  });

  test("is held to its own books: those lose whose line costs more than they earned", () => {
    const usual = lived({});
    const { farms } = usual.fleet;
    const [first] = usual.paydays;
    expect(first).toBeDefined();
    // Of the first payday alone, from a run that ends with it.
    const once = run({ ...base, length: seconds(PERIOD_LENGTH) });
    const income = (farm: number): number =>
      once.earnings.farmMintedUsd[farm] + once.earnings.farmUserUsd[farm];
    const earned = [...Array(once.fleet.farms.count).keys()].map(income).sort((a, b) => a - b);
    const middle = earned[earned.length >> 1];
    const month = 2_629_800;
    const connection = (middle * month) / PERIOD_LENGTH;
    const after = lived({ connection, lossesBorne: 1 });
    const there = (farm: number): boolean =>
      after.farmers.losses[farm] > 0 || after.farmers.off[farm] === 1;
    for (let farm = 0; farm < once.fleet.farms.count; farm++)
      if (farms.joined[farm] <= 0 && income(farm) < middle * 0.999) expect(there(farm)).toBe(true);
  });

  test("of one node with eight cores pays for power by hand: 46 W, 730.8 hours, 0.15 USD", () => {
    const costs = { ...base.assumptions.farmer, connection: 0 };
    const cost = runningCost(costs, { nodes: 1, cores: 8, span: PERIOD_LENGTH });
    expect(cost).toBeCloseTo(0.046 * 730.8 * 0.15, 12);
  });
});

test("newcomers stay away in step with what a node earns, and never come in crowds", () => {
  expect(stillJoining(5, 10, 1)).toBeCloseTo(0.5, 12);
  expect(stillJoining(5, 10, 2)).toBeCloseTo(0.25, 12);
  expect(stillJoining(20, 10, 1)).toBe(1);
  expect(stillJoining(0, 10, 1)).toBe(0);
  expect(stillJoining(5, 10, 0)).toBe(1);
});
