/** Words of the minting that a scenario chooses: what the world pays by them, node by node. */
import { describe, expect, it } from "vitest";
import {
  alreadyRunning,
  type CapacityRule,
  closePeriod,
  defaultPolicies,
  enrol,
  lineCameBack,
  lineWentDown,
  milliUsd,
  minimumUptime,
  mintUnits,
  ownPart,
  PERIOD_LENGTH,
  type Policy,
  PRINTED_PRICE,
  reward,
  settledUptime,
  settlePeriod,
  uptimeRulesOf,
  uptimeTable,
} from "../../src/protocol/index.ts";
import { bytes, cores, seconds } from "../../src/units/index.ts";
import type { World } from "../../src/world/index.ts";
import { paidUnder } from "../../src/world/mint.ts";
import { run } from "./money.ts";
import { setting } from "./setting.ts";

type Words = Partial<Policy["minting"]>;

/** Three periods of a fleet that others join; the price at registration is not the printed one. */
function setupUnder(words: Words) {
  const made = setting({ fleet: { nodes: 60 }, churn: { growth: 4 } }, { periods: 3 });
  const { policy } = made;
  const farming = { ...policy.farming, connectionPrice: 100 };
  return {
    ...made,
    length: seconds(3 * PERIOD_LENGTH),
    policy: { ...policy, farming, minting: { ...policy.minting, ...words } },
  };
}

/** What a payday paid a node, and all that a program would know of it. */
interface Paid {
  readonly paid: bigint;
  readonly expected: bigint;
}

/** The exact reward of a node for the period that a world has just paid. */
function expectedOf({ fleet, mint }: World, node: number, policy: Policy, start: number): bigint {
  const { nodes } = fleet;
  // The fleet lives ahead of its paydays, and has nodes that join later.
  if (nodes.joined[node] >= start + PERIOD_LENGTH) return 0n;
  const { units: rule, newNodes, pricePaid } = policy.minting;
  const certified = nodes.certified[node] === 1;
  const resources = {
    cru: cores(BigInt(nodes.cru[node])),
    mru: bytes(BigInt(nodes.mru[node])),
    sru: bytes(BigInt(nodes.sru[node])),
    hru: bytes(BigInt(nodes.hru[node])),
  };
  const period = { start: seconds(start), end: seconds(start + PERIOD_LENGTH) };
  const joined = seconds(nodes.joined[node]);
  const minted = {
    units: mintUnits(resources, bytes(BigInt(mint.traffic[node])), rule),
    ipSeconds: BigInt(mint.ipSeconds[node]),
    certification: certified ? ("Certified" as const) : ("Diy" as const),
    policy: defaultPolicies(policy.farming)[certified ? 1 : 0],
    connectionPrice: pricePaid === "one" ? PRINTED_PRICE : milliUsd(BigInt(mint.price[node])),
    virtualized: false,
    violated: fleet.settledViolated(node),
  };
  const credited = fleet.settledReported(node) ? seconds(fleet.settledSeconds(node)) : null;
  const length = newNodes === "ownPart" ? ownPart(period, joined) : PERIOD_LENGTH;
  return reward(minted, credited, minimumUptime(policy.minting), length).paid.tft;
}

/** Lives a world under some words; the second payday node by node, and what others would pay. */
function lived(words: Words, others: Words = {}) {
  const setup = setupUnder(words);
  const other = setupUnder(others).policy;
  let second: Paid[] = [];
  let under = 0;
  const world = run(setup, {
    check: true,
    see: (seen) => {
      if (seen.paydays.length !== 2 || second.length > 0) return;
      const start = seen.paydays[1].end - PERIOD_LENGTH;
      second = Array.from(seen.mint.paid.subarray(0, seen.fleet.nodes.count), (paid, node) => ({
        paid: BigInt(paid),
        expected: expectedOf(seen, node, setup.policy, start),
      }));
      under = paidUnder(seen, other).reduce((sum, each) => sum + each, 0);
    },
  });
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
  return { world, second, under, total: sum(second.map(({ paid }) => paid)) };
}

const today = lived({});
const UNITS: readonly CapacityRule[] = ["v3.0", "draft-2021", "manual-2022"];

describe("a payday pays every node what the rules of the minting come to", () => {
  it.each<[string, Words]>([
    ["as today", {}],
    ...UNITS.map((units): [string, Words] => [`units ${units}`, { units }]),
    ["newNodes ownPart", { newNodes: "ownPart" }],
    ["pricePaid one", { pricePaid: "one" }],
  ])("%s", (_, words) => {
    const { second } = lived(words);
    expect(second.map(({ paid }) => paid)).toEqual(second.map(({ expected }) => expected));
    expect(second.filter(({ paid }) => paid > 0n).length).toBeGreaterThan(20);
  });
});

/** The uptime of a node whose line is dead from an hour before the end to `hours` after it. */
function silentAtTheEnd(hours: number, tail: number): number {
  const next = { start: PERIOD_LENGTH, end: seconds(2 * PERIOD_LENGTH) };
  const rules = uptimeRulesOf({ ...setupUnder({}).policy.minting, tail });
  const table = uptimeTable(1, { start: seconds(0), end: PERIOD_LENGTH }, rules);
  enrol(table, 0, true);
  alreadyRunning(table, 0, seconds(-600), seconds(0));
  lineWentDown(table, 0, seconds(PERIOD_LENGTH - 3_600));
  closePeriod(table, 1, next);
  lineCameBack(table, 0, seconds(PERIOD_LENGTH + hours * 3_600));
  settlePeriod(table, 1);
  return settledUptime(table, 0);
}

describe("a report after the end of a period", () => {
  it.each([
    [1, 27, true],
    [3, 27, true],
    [1, 2, true],
    [3, 2, false],
  ])("%i h later, with a tail of %i h, counts: %s", (hours, tail, counts) => {
    const without = silentAtTheEnd(hours, 0);
    const credited = silentAtTheEnd(hours, tail * 3_600) - without;
    // One report is worth 41 minutes at most, and the node was silent for longer.
    expect(credited).toBe(counts ? 2_460 : 0);
  });
});

describe("a word of the minting", () => {
  it("changes nothing where it says what is so by default", () => {
    const tail = seconds(27 * 3_600);
    const said = lived({ units: "current", newNodes: "whole", pricePaid: "own", tail });
    expect(said.second).toEqual(today.second);
    expect(said.world.ledger.minted.value).toBe(today.world.ledger.minted.value);
  });

  it("counts hardware: less for a thread, less for an SSD, more for a decimal GB", () => {
    expect(lived({ units: "v3.0" }).total).toBeLessThan(today.total);
    expect(lived({ units: "manual-2022" }).total).toBeGreaterThan(today.total);
    expect(lived({ units: "draft-2021" }).total).not.toBe(today.total);
  });

  it("pays who joined in the period, and was up ever since, as for all of it", () => {
    const own = lived({ newNodes: "ownPart" });
    const more = own.second.filter(({ paid }, node) => paid > (today.second[node]?.paid ?? 0n));
    expect(more.length).toBeGreaterThan(0);
    expect(own.second.every(({ paid }, node) => paid >= (today.second[node]?.paid ?? 0n))).toBe(
      true,
    );
  });

  it("pays at the printed price, five quarters of what the price of 0.1 USD gives", () => {
    const one = lived({ pricePaid: "one" }).total;
    const difference = 4n * one - 5n * today.total;
    // Each node's amount is cut, twice.
    expect(difference < 0n ? -difference : difference).toBeLessThan(1000n);
  });

  it("loses the last minutes of a period where no report is looked for after its end", () => {
    const { world, total } = lived({ tail: seconds(0) });
    expect(total).toBeLessThan(today.total);
    expect(world.paydays.map(({ end }) => end)).toEqual(today.world.paydays.map(({ end }) => end));
  });

  it("is known to who votes on it: what a farm would have had under the other", () => {
    for (const words of [{ units: "v3.0" }, { pricePaid: "one" }] satisfies Words[]) {
      expect(BigInt(lived({}, words).under)).toBe(lived(words).total);
    }
  });
});
