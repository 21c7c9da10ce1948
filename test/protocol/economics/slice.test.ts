import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cloudSlices,
  equalCuts,
  reconcile,
  SLICE_PRICE,
  type SlicedNode,
  sliceOffers,
  storageSlices,
} from "../../../src/protocol/index.ts";

const node: SlicedNode = {
  memoryGb: 64n,
  ssdGb: 2_000n,
  hddGb: 4_050n,
  vcores: 24n,
  passmark: 30_000n,
  bandwidthMbps: 100n,
};

const LIMITS = `
  changed             count  why
  memoryGb=64            15  2 GB are kept, so 62 / 4
  memoryGb=66            16
  memoryGb=5              0
  ssdGb=500               9  a tenth is kept, so 450 / 50
  vcores=7               14  four times oversubscribed, two each
  passmark=7499          14  500 each
  bandwidthMbps=3         3  1 Mbit/s each
  memoryGb=1              0
`;

describe("cloud slices", () => {
  it("of a node of 64 GB, 2 TB and 24 cores are 15 of 4 GB, 120 GB and 6.4 cores", () => {
    expect(cloudSlices(node)).toEqual({
      count: 15n,
      memoryGb: 4n,
      ssdGb: 120n,
      milliCores: 6_400n,
    });
  });

  it.each(
    LIMITS.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/)),
  )("of a node with %s are %s", (changed, count) => {
    const [key = "", value = ""] = (changed ?? "").split("=");
    expect(cloudSlices({ ...node, [key]: BigInt(value) }).count).toBe(BigInt(count ?? ""));
  });

  it("never hand out what the node keeps or does not have", () => {
    const sizes = fc.record({
      memoryGb: fc.bigInt(0n, 2_000n),
      ssdGb: fc.bigInt(0n, 50_000n),
      hddGb: fc.bigInt(0n, 50_000n),
      vcores: fc.bigInt(0n, 256n),
      passmark: fc.bigInt(0n, 200_000n),
      bandwidthMbps: fc.bigInt(0n, 10_000n),
    });
    fc.assert(
      fc.property(sizes, (some) => {
        const cut = cloudSlices(some);
        if (cut.count === 0n) return;
        expect(cut.count * 4n + 2n <= some.memoryGb).toBe(true);
        expect(cut.count * cut.ssdGb * 10n <= some.ssdGb * 9n).toBe(true);
        expect(cut.ssdGb >= 50n && cut.milliCores >= 2_000n).toBe(true);
        expect(cut.count * cut.milliCores <= some.vcores * 4_000n).toBe(true);
      }),
      { seed: 504_110, numRuns: 200 },
    );
  });
});

describe("storage slices", () => {
  it.each([
    [995, 999, 40n],
    [994, 999, 0n],
    [995, 998, 0n],
  ])("at an uptime of %s here and %s of the place are %s", (own, location, count) => {
    expect(storageSlices(node, { node: own, location })).toBe(count);
  });

  it("need a line of their own", () => {
    const slow = { ...node, bandwidthMbps: 3n };
    expect(storageSlices(slow, { node: 1000, location: 1000 })).toBe(3n);
  });
});

describe("equal cuts", () => {
  it("of 32 GB, 16 cores and 2 TB are 1, 2, 4 and 8 pieces, down to 4 GB", () => {
    const cuts = equalCuts({ ...node, memoryGb: 32n, vcores: 16n, passmark: 25_000n });
    expect(cuts.map(({ pieces, memoryGb }) => [pieces, memoryGb])).toEqual([
      [1n, 32n],
      [2n, 16n],
      [4n, 8n],
      [8n, 4n],
    ]);
    expect(cuts[1]).toMatchObject({ ssdGb: 1_000n, milliCores: 8_000n, passmark: 12_500n });
    expect(cuts[3]).toMatchObject({ ssdGb: 250n, milliCores: 2_000n });
  });

  it("are multiples of 4 GB, what does not divide is left over, and a small node has none", () => {
    const cuts = equalCuts({ ...node, memoryGb: 30n });
    expect(cuts.map(({ memoryGb }) => memoryGb)).toEqual([28n, 12n, 4n]);
    expect(equalCuts({ ...node, memoryGb: 3n })).toEqual([]);
  });
});

/** Node, hardware in USD, income in hundredths of a credit, slices, and whether they agree. */
const OFFERS = `
  Home, Mini1    350-500    1092-12600    7   no
  Mini2          800-800    2300-27000    15  no
  Mini3          1000-1000  4836-55800    25  no
  Large 512 GB   2000-2000  19800-228600  -   -
  AI mini        -          5200-60000    4   no
  Nvidia 6000    -          39000-450000  1   no
  2 Nvidia 6000  -          78000-900000  2   no
`;

describe("the table of 2025", () => {
  it("is as printed", () => {
    const told = sliceOffers.map(({ node: name, hardwareUsd, income, slices }) =>
      [name, hardwareUsd?.join("-") ?? "-", income.join("-"), slices ?? "-"].join("  "),
    );
    const rows = OFFERS.trim()
      .split("\n")
      .map((line) =>
        line
          .trim()
          .split(/\s{2,}/)
          .slice(0, 4),
      );
    expect(told).toEqual(rows.map((row) => row.join("  ")));
  });

  it("agrees with its slices where both ends do, and not where one does", () => {
    const [home] = sliceOffers;
    if (home === undefined) throw new Error("the table is empty");
    // Seven slices at 1.20 to 12 credits.
    const agrees = (low: bigint, high: bigint) =>
      reconcile({ ...home, income: [low, high] })?.agrees;
    expect(agrees(840n, 8_400n)).toBe(true);
    expect(agrees(840n, 8_401n)).toBe(false);
    expect(agrees(841n, 8_400n)).toBe(false);
    expect(reconcile({ ...home, slices: null })).toBeNull();
  });

  it("does not follow from its slices and their price, in any row", () => {
    const judged = sliceOffers.flatMap((offer) => reconcile(offer) ?? []);
    expect(judged).toHaveLength(6);
    expect(judged.filter(({ agrees }) => agrees)).toEqual([]);
  });

  it("has for the smallest node 10.92 to 126 credits where seven slices bring 8.40 to 84", () => {
    const [home] = sliceOffers;
    if (home === undefined) throw new Error("the table is empty");
    expect(home.income).toEqual([1_092n, 12_600n]);
    expect(reconcile(home)).toEqual({ sold: [840n, 8_400n], agrees: false });
    expect(SLICE_PRICE).toEqual([120n, 1_200n]);
  });
});
