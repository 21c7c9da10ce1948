/** The carbon mint: what a payday mints besides for one wallet, node by node, and who notices. */
import { describe, expect, it, test } from "vitest";
import {
  carbonReward,
  milliUsd,
  mintUnits,
  PERIOD_LENGTH,
  type Policy,
  PRINTED_PRICE,
} from "../../src/protocol/index.ts";
import { replicate } from "../../src/run/replicate.ts";
import { keyOf } from "../../src/run/seed.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { bytes, cores, seconds, UNITS_PER_TOKEN } from "../../src/units/index.ts";
import type { World } from "../../src/world/index.ts";
import { holdersOf, supplyOf } from "../../src/world/market.ts";
import type { Setup } from "../../src/world/setup.ts";
import { DAY, run, small } from "./money.ts";
import { setting } from "./setting.ts";

type Words = Partial<Policy["minting"]>;

const SUPPLY = 1_000_000;

/** Three periods of a fleet that others join, some of whose lines hide reports. */
function setupUnder(words: Words, timeline: Setup["timeline"] = []): Setup {
  const made = setting(
    { fleet: { nodes: 60 }, churn: { growth: 4 }, price: { supply: SUPPLY } },
    { periods: 3, timeline },
  );
  const { policy } = made;
  const farming = { ...policy.farming, connectionPrice: 100 };
  return {
    ...made,
    length: seconds(3 * PERIOD_LENGTH),
    policy: { ...policy, farming, minting: { ...policy.minting, ...words } },
  };
}

/** What the program mints for carbon by a node, for the period that a world has just paid. */
function expectedOf({ fleet, mint }: World, node: number, words: Words, end: number): bigint {
  const { nodes } = fleet;
  const there = nodes.joined[node] < end && nodes.left[node] > end - PERIOD_LENGTH;
  if (!there || !fleet.settledReported(node)) return 0n;
  const resources = {
    cru: cores(BigInt(nodes.cru[node])),
    mru: bytes(BigInt(nodes.mru[node])),
    sru: bytes(BigInt(nodes.sru[node])),
    hru: bytes(BigInt(nodes.hru[node])),
  };
  return carbonReward(
    {
      // The network carried more, of which the carbon mint knows nothing.
      units: mintUnits(resources, bytes(BigInt(mint.traffic[node])), words.units ?? "current"),
      connectionPrice:
        words.pricePaid === "one" ? PRINTED_PRICE : milliUsd(BigInt(mint.price[node])),
      virtualized: false,
      violated: fleet.settledViolated(node),
    },
    seconds(fleet.settledSeconds(node)),
  ).tft;
}

/** Lives a world; the second payday's carbon node by node, and how many nodes broke a rule. */
function lived(words: Words, timeline: Setup["timeline"] = []) {
  let each: readonly bigint[] = [];
  let unpaid = 0;
  const world = run(setupUnder(words, timeline), {
    check: true,
    see: (seen) => {
      if (seen.paydays.length !== 2 || each.length > 0) return;
      const { end } = seen.paydays[1];
      each = Array.from(seen.mint.paid.subarray(0, seen.fleet.nodes.count), (_, node) =>
        expectedOf(seen, node, words, end),
      );
      unpaid = each.filter((units, node) => units > 0n && seen.mint.paid[node] === 0).length;
    },
  });
  return { world, each, unpaid };
}

const sum = (amounts: Iterable<bigint>): bigint => [...amounts].reduce((a, b) => a + b, 0n);
const carbonOf = ({ paydays }: World): readonly number[] => paydays.map(({ carbon }) => carbon);
const farmersOf = ({ paydays }: World): readonly number[] => paydays.map(({ tft }) => tft);

const without = lived({});
const minted = lived({ carbon: "minted" });

describe("a payday mints for carbon what the program comes to, node by node", () => {
  it.each<[string, Words]>([
    ["as today", {}],
    ["by units of early 2022", { units: "v3.0" }],
    ["at one price", { pricePaid: "one" }],
    ["of a new node, still by the whole period", { newNodes: "ownPart" }],
    ["where no uptime is too low, for the same nodes", { rules: "2022" }],
  ])("%s", (_, words) => {
    const { world, each } = lived({ ...words, carbon: "minted" });
    expect(BigInt(world.paydays[1].carbon)).toBe(sum(each));
    expect(each.filter((units) => units > 0n).length).toBeGreaterThan(20);
  });

  it("also by nodes whose uptime is too low to be paid themselves", () => {
    expect(minted.unpaid).toBeGreaterThan(0);
  });
});

describe("what is minted for carbon", () => {
  it("is nothing by default, and all is as it was before", () => {
    expect(carbonOf(without.world)).toEqual([0, 0, 0]);
    expect(without.world.ledger.carbon.value).toBe(0n);
  });

  it("comes on top of what farmers are paid, which stays as it is", () => {
    const { ledger } = minted.world;
    expect(farmersOf(minted.world)).toEqual(farmersOf(without.world));
    expect(ledger.carbon.value).toBe(sum(carbonOf(minted.world).map(BigInt)));
    expect(ledger.minted.value).toBe(without.world.ledger.minted.value + ledger.carbon.value);
    expect(supplyOf(minted.world, null) - supplyOf(without.world, null)).toBe(ledger.carbon.value);
    expect([...minted.world.earnings.farmMinted]).toEqual([...without.world.earnings.farmMinted]);
  });

  test("ends with the period in which the word changes, and not in the one before", () => {
    const off = { key: "policy.minting.carbon", value: "none" };
    const changed = (at: number) =>
      carbonOf(
        lived({ carbon: "minted" }, [{ kind: "policy", at: seconds(at), changes: [off] }]).world,
      );
    const [first, second] = carbonOf(minted.world);
    const { end } = minted.world.paydays[1];
    // In the last second of a period; in the first of the next; and days before its payday.
    expect(changed(end - 1)).toEqual([first, 0, 0]);
    expect(changed(end)).toEqual([first, second, 0]);
    expect(changed(end - 20 * DAY)).toEqual([first, 0, 0]);
  });

  it("is cut like the rest where no more tokens may be", () => {
    const [first] = farmersOf(without.world);
    const [carbon] = carbonOf(minted.world);
    // Half of what the first period's farmers and carbon come to.
    const cap = SUPPLY + Math.floor((first + carbon) / 2 / UNITS_PER_TOKEN);
    const { world } = lived({ carbon: "minted", cap });
    const [held] = carbonOf(world);
    const room = BigInt(cap - SUPPLY) * BigInt(UNITS_PER_TOKEN);
    expect(BigInt(held)).toBe((BigInt(carbon) * room) / BigInt(first + carbon));
    expect(supplyOf(world, null)).toBeLessThanOrEqual(BigInt(cap) * BigInt(UNITS_PER_TOKEN));
  });

  it("is held by a wallet of its own in a market, which loses and makes no token", () => {
    const made = small(
      { fleet: { nodes: 30 }, price: { model: "pool" } },
      { length: seconds(60 * DAY), periods: 1 },
    );
    const minting = { ...made.policy.minting, carbon: "minted" as const };
    const world = run({ ...made, policy: { ...made.policy, minting } }, { check: true });
    if (world.market === null) throw new Error("there is no market");
    const held = new Map(holdersOf(world, world.market));
    expect(held.get("carbon wallet")).toBe(world.ledger.carbon.value);
    expect(world.ledger.carbon.value).toBeGreaterThan(0n);
    expect(sum(held.values())).toBe(supplyOf(world, world.market));
  });
});

/** What a run of a few nodes tells. */
function told(set: readonly string[]) {
  const loaded = loadScenario("baseline", {
    set: ["fleet.nodes=40", ...set],
    run: { periods: "2" },
  });
  if (!loaded.ok) throw new Error(loaded.faults.map(({ found }) => found).join());
  const { setup } = loaded.value;
  const place = { time: null, event: "" };
  const options = { checkInvariants: true, place };
  return replicate({ ...setup, tables: ["ledger"] }, keyOf("carbon"), 0, options);
}

describe("a run", () => {
  const before = told([]);
  const after = told(["policy.minting.carbon=minted"]);
  const exact = ({ metrics }: typeof before, name: string) =>
    metrics.find((metric) => metric.name === name)?.exact;
  const ledger = ({ tables }: typeof before) => {
    const { line, tft } = tables["ledger"];
    return new Map([...line].map((one, row) => [String(one), BigInt(tft[row] ?? 0)]));
  };

  it("tells a metric of it where it is asked for, and changes none but the supply", () => {
    const names = before.metrics.map(({ name }) => name);
    expect(names).not.toContain("mint.carbon_tft");
    const rest = after.metrics.filter(({ name }) => name !== "mint.carbon_tft");
    const moved = rest.filter((metric, at) => !Object.is(metric.value, before.metrics[at].value));
    expect(moved.map(({ name }) => name)).toEqual(["token.supply_tft"]);
    const more = BigInt(exact(after, "token.supply_tft") ?? 0);
    expect(more - BigInt(exact(before, "token.supply_tft") ?? 0)).toBe(
      BigInt(exact(after, "mint.carbon_tft") ?? 0),
    );
    expect(after.series.find(({ metric }) => metric === "mint.carbon_tft")?.value).toHaveLength(2);
  });

  it("has a row for it in its ledger, which still comes to nothing", () => {
    expect(sum(ledger(after).values())).toBe(0n);
    expect(ledger(after).get("carbon wallet, minted")).toBe(
      BigInt(exact(after, "mint.carbon_tft") ?? 0),
    );
    expect(ledger(before).has("carbon wallet, minted")).toBe(false);
    expect(ledger(after).get("farmers, minted")).toBe(ledger(before).get("farmers, minted"));
  });
});
