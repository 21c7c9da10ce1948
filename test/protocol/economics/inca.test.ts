import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allocations,
  divide,
  findEconomics,
  freedInca,
  freedInMonth,
  freedPercent,
  INCA_GRANTS,
  INCA_START_EURO_CENTS,
  type IncaReleaseName,
  inca,
  incaRelease,
  incaReleases,
  incaReward,
  incaTotal,
  lastingOf,
  meetsIncaMinimum,
  registrarReward,
} from "../../../src/protocol/index.ts";
import { bytes } from "../../../src/units/index.ts";

const SETTINGS = { seed: 504_103, numRuns: 200 };
const INCA = 10_000_000n;
const none = { memoryGb: 0n, ssdGb: 0n, hddGb: 0n, networkGb: 0n };

describe("the reward of a node of grid v4", () => {
  it.each([
    [{ memoryGb: 64n, ssdGb: 2_000n }, 575n * INCA],
    [{ memoryGb: 32n, ssdGb: 1_000n }, 2_875_000_000n],
    [{ memoryGb: 1n }, 8n * INCA],
    [{ ssdGb: 1_000n }, 315_000_000n],
    [{ hddGb: 1_000n }, 7n * INCA],
    [{ networkGb: 1_000n }, 30n * INCA],
    [{ ssdGb: 1n }, 315_000n],
    [{}, 0n],
  ])("of %o is %s units a month", (capacity, units) => {
    expect(incaReward({ ...none, ...capacity })).toBe(units);
  });

  it("of 64 GB and 2 TB comes to 10,350 INCA, and to 57.50 euro a month at the first price", () => {
    const monthly = incaReward({ ...none, memoryGb: 64n, ssdGb: 2_000n });
    expect(incaTotal(monthly)).toBe(10_350n * INCA);
    expect((monthly * INCA_START_EURO_CENTS) / INCA).toBe(5_750n);
  });

  it("of a million nodes is seven times the grants and empties the plan in five months", () => {
    const all = incaReward({ ...none, memoryGb: 32n, ssdGb: 1_000n }) * 1_000_000n;
    expect(all).toBe(287_500_000n * INCA);
    const plan = allocations.find(({ name }) => name === "inca-2024-08-16");
    const stock = (plan?.lines.find(({ to }) => to === "farmers of grid 4")?.amount ?? 0n) * INCA;
    expect(lastingOf(stock, all)?.months).toBe(5n);
    expect(lastingOf(stock, INCA_GRANTS)?.months).toBe(36n);
    expect(all / INCA_GRANTS).toBe(7n);
  });

  it.each([
    [16n, 1_000n, 3_200n, true],
    [15n, 1_000n, 3_200n, false],
    [16n, 999n, 3_200n, false],
    [16n, 1_000n, 3_199n, false],
    [64n, 2_000n, 12_800n, true],
  ])("asks of %s GB, %s GB and %s passmark whether it is large enough: %s", (m, s, p, enough) => {
    expect(meetsIncaMinimum({ memoryGb: m, ssdGb: s, passmark: p })).toBe(enough);
  });

  it("asked for twice the disk at first", () => {
    const node = { memoryGb: 16n, ssdGb: 1_000n, passmark: 3_200n };
    expect(meetsIncaMinimum(node, 2_000n)).toBe(false);
  });
});

const FREED = `
  release     used     month  percent
  2024-11-09  -           11        0   nothing in the first eleven months
  2024-11-09  -           12        4
  2024-11-09  -           35       96
  2024-11-09  -           36      100
  2024-11-09  all         11        0   use does nothing any more
  2024-11-09  all         36      100
  2024-11-08  -           11        0
  2024-11-08  1            2        4   a month of use frees a step in the next one
  2024-11-08  1            3        4
  2024-11-08  11          12        8   and counts twice once the lock is over
  2024-11-08  all         12       48
  2024-11-08  all         19      100   so that a node always used is free in month 19
  2024-11-08  all         18       96
  2024-11-08  -           36      100
  2024-10-31  -           24        0
  2024-10-31  -           25      100
  2024-10-31  5            5        0
  2024-10-31  5            6      100   one whole month of use ends the lock
`;

describe("the release of what was earned", () => {
  const rows = FREED.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/));

  it.each(rows)("%s used in %s: by month %s %s percent are free", (name, used, month, percent) => {
    const months = Array.from({ length: 40 }, (_, at) => used === "all" || used === `${at + 1}`);
    const release = incaRelease(name as IncaReleaseName);
    expect(freedPercent(release, months, Number(month))).toBe(BigInt(percent ?? ""));
  });

  it("has three schedules, of which use ends the first, and the last is not in question", () => {
    const told = incaReleases.map((one) => [one.name, one.useFreesAll, one.open.length]);
    expect(told).toEqual([
      ["2024-10-31", true, 1],
      ["2024-11-08", false, 1],
      ["2024-11-09", false, 0],
    ]);
    const texts = incaReleases.flatMap(({ source, open }) => [source, ...open]);
    expect(texts.filter((text) => !/\w{3}/.test(text))).toEqual([]);
    expect(() => incaRelease("2024-12-01" as IncaReleaseName)).toThrow("no schedule of 2024-12-01");
  });

  it("of 575 INCA a month is 414 in every month from 12 to 36, and 10,350 in all", () => {
    const release = incaRelease("2024-11-09");
    const claim = { monthly: inca(575n * INCA), used: [] };
    const months = Array.from({ length: 40 }, (_, at) => freedInMonth(release, claim, at + 1));
    expect(months.slice(0, 11)).toEqual(Array(11).fill(0n));
    expect(months.slice(11, 36)).toEqual(Array(25).fill(414n * INCA));
    expect(months.slice(36)).toEqual(Array(4).fill(0n));
    expect(months.reduce((sum, each) => sum + each, 0n)).toBe(10_350n * INCA);
  });

  it("never frees more than was earned, never takes back, and ends at the last unit", () => {
    const claims = fc.record({
      monthly: fc.bigInt(0n, 10n ** 12n).map(inca),
      used: fc.array(fc.boolean(), { maxLength: 40 }),
    });
    fc.assert(
      fc.property(claims, fc.constantFrom(...incaReleases), (claim, release) => {
        let sum = 0n;
        for (let month = 1; month <= 40; month++) {
          const freed = freedInMonth(release, claim, month);
          expect(freed >= 0n).toBe(true);
          sum += freed;
          expect(sum <= claim.monthly * BigInt(Math.min(month, 18))).toBe(true);
          expect(freedInca(release, claim, month)).toBe(sum);
        }
        expect(sum).toBe(incaTotal(claim.monthly));
      }),
      SETTINGS,
    );
  });
});

describe("the registrar's reward", () => {
  const node = { memory: bytes(64n << 30n), ssd: bytes(2n << 40n), hdd: bytes(0n) };

  it.each([
    [10_000n, 575_000n, 345_000n, 115_000n],
    [9_000n, 517_500n, 310_500n, 103_500n],
    [8_999n, 0n, 0n, 0n],
    [9_999n, 574_942n, 344_965n, 114_988n],
  ])("at %s hundredths of a percent is %s thousandths: %s, %s", (uptime, total, farmer, rest) => {
    const reward = registrarReward({ ...node, uptime });
    expect(reward).toEqual({
      farmer: farmer * 10_000n,
      threefold: rest * 10_000n,
      pool: rest * 10_000n,
      total: total * 10_000n,
    });
  });

  it("cuts its three parts one by one, so that a thousandth may go to nobody", () => {
    const { farmer, threefold, pool, total } = registrarReward({ ...node, uptime: 9_999n });
    expect(total - farmer - threefold - pool).toBe(10_000n);
  });

  it("pays for a terabyte of a slow disk, of 2^40 bytes, 7 INCA beside the rest", () => {
    const of = (hdd: bigint) =>
      registrarReward({ ...node, hdd: bytes(hdd), uptime: 10_000n }).total;
    expect(of(1n << 40n) - of(0n)).toBe(7n * INCA);
    expect(of(5n << 38n) - of(0n)).toBe(87_500_000n);
  });

  it("of a whole amount agrees with the published split", () => {
    const { farmer, threefold, pool, total } = registrarReward({ ...node, uptime: 10_000n });
    const parts = divide(total, findEconomics("v4-2024-11")?.shares ?? []);
    expect(parts.map(({ amount }) => amount)).toEqual([farmer, pool, threefold]);
  });
});
