/** The tables of docs/guides/chain-capacity.md, computed anew. */
import { describe, expect, it } from "vitest";
import { Chance, streamId } from "../src/kernel/index.ts";
import { billsPerBlock, congestion, type Overflow, roomBlock } from "../src/protocol/index.ts";
import { defaults } from "../src/units/default.ts";
import { BillingLoop } from "../src/world/billing-loop.ts";
import { textOf } from "./house/source.ts";

const page = textOf("docs/guides/chain-capacity.md");
const ROOM = billsPerBlock(defaults(roomBlock));

const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
const percent = (share: number): string => {
  const tenths = Math.round(share * 1000);
  return `${count(Math.floor(tenths / 10))}.${tenths % 10} %`;
};
const minutes = (blocks: number): string => `${(blocks / 10).toFixed(1)} min`;
const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const CONTRACTS = [100_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000];
const FREQUENCIES = [600, 1_200, 2_400, 14_400];

/** So many contracts in slots, each as full as the others but for one. */
const evenly = (contracts: number, slots: number): number[] =>
  Array.from({ length: slots }, (_, slot) => {
    return Math.floor((contracts * (slot + 1)) / slots) - Math.floor((contracts * slot) / slots);
  });

/** So many contracts, each in a slot by chance. */
function byChance(contracts: number, slots: number): number[] {
  const chance = new Chance([84, 1_701], 0);
  const stream = streamId("capacity.slot");
  const loads = new Array<number>(slots).fill(0);
  for (let at = 0; at < contracts; at++)
    loads[Math.floor(chance.uniform(stream, 0, 0, at) * slots)] += 1;
  return loads;
}

const told = (loads: readonly number[], overflow: Overflow): readonly string[] => {
  const { late, never, longest, made } = congestion(loads, ROOM, overflow);
  const due = loads.reduce((sum, load) => sum + load, 0);
  return overflow === "carried"
    ? [percent(late / made), minutes(longest)]
    : [`${percent(never / due)}`];
};

describe("the page on what blocks hold", () => {
  it("tells how full blocks are, by contracts and billing frequency", () => {
    for (const contracts of CONTRACTS) {
      const fills = FREQUENCIES.map((frequency) => {
        const { fill } = congestion(evenly(contracts, frequency), ROOM, "carried");
        return percent(fill);
      });
      const least = Math.ceil(contracts / ROOM);
      expect(page).toContain(row([count(contracts), ...fills, count(least)]));
    }
  });

  it("tells when single slots overflow before the hour is full", () => {
    for (const contracts of [900_000, 960_000, 990_000, 1_010_000, 1_020_000]) {
      const loads = byChance(contracts, 600);
      const cells = [percent(contracts / (600 * ROOM)), ...told(loads, "carried")];
      expect(page).toContain(row([count(contracts), ...cells, ...told(loads, "skipped")]));
    }
  });

  it("tells what the loop does with as many, contract by contract", () => {
    const loop = new BillingLoop("carried");
    let contract = 0;
    for (const [slot, load] of byChance(1_020_000, 600).entries())
      for (let at = 0; at < load; at++) loop.enter(contract++, slot);
    for (let block = 0; block < 600; block++) loop.next(600, ROOM);
    const before = { ...loop.counts };
    for (let block = 0; block < 600; block++) loop.next(600, ROOM);
    const { late, made, longest } = loop.counts;
    const share = percent((late - before.late) / (made - before.made));
    expect(page).toContain(`| 1,020,000 | 99.9 % | ${share} | ${minutes(longest)} |`);
  });

  it("tells what raising the frequency does at once, and once all have moved", () => {
    const two = 2_000_000;
    const lines: readonly (readonly [string, readonly number[]])[] = [
      ["600 blocks", evenly(two, 600)],
      ["1,200 blocks, the day it is raised", [...evenly(two, 600), ...new Array(600).fill(0)]],
      ["1,200 blocks, once every contract is a new one", evenly(two, 1_200)],
      ["2,400 blocks, the day it is raised", [...evenly(two, 600), ...new Array(1_800).fill(0)]],
    ];
    for (const [name, loads] of lines) {
      const { fill, cycles, longest } = congestion(loads, ROOM, "carried");
      const hours = ((cycles * loads.length) / 600).toFixed(2);
      const wait = Number.isNaN(longest) ? "one behind the other" : minutes(longest);
      const left = told(loads, "skipped");
      expect(page).toContain(row([name, percent(fill), `${hours} h`, wait, ...left]));
    }
  });
});
