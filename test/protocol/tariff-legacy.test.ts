/** What a bill of the lock based rules owes: whole cycles by the table, odd ones by the chain. */
import { describe, expect, it } from "vitest";
import type { PricingPolicy } from "../../src/protocol/pricing.ts";
import { type ClassBook, classBook, classNumber } from "../../src/protocol/resource-class.ts";
import { dueOfRow, legacyTariff } from "../../src/protocol/tariff-legacy.ts";
import { milliUsd, usd } from "../../src/units/index.ts";
import { policiesFor } from "./interval-grid.ts";
import { account, type LockRow, lockTerms } from "./legacy-hand.ts";

const NOTHING = { cores: 0, memory: 0, ssd: 0, hdd: 0, ips: 0, trafficPerHour: 0, extraFee: 0 };
const BASE = { ...NOTHING, kind: "node", certified: false, rented: true } as const;

/** One address, the same with a gigabyte of traffic an hour, a fee, and nothing at all. */
const book: ClassBook = classBook();
const ADDRESS = classNumber(book, { ...BASE, ips: 1 });
const BUSY = classNumber(book, { ...BASE, ips: 1, trafficPerHour: 1_000_000_000 });
const FEE = classNumber(book, { ...BASE, ips: 1, extraFee: 7_200 });
const NOTHING_DUE = classNumber(book, BASE);

const law = { distributionCycles: 3, graceBlocks: 60_000, pricing: 0, frequency: 600 };
const policies = policiesFor(law);
/** At 1 USD a TFT an address is 40,000 an hour, and 28,800,000 a month. */
const tariff = legacyTariff(book, milliUsd(1_000n), policies);
const MONTH = 28_800_000;

/** What one row owes at a block, with what it notes; its last bill was in block 0. */
function due(
  row: LockRow,
  block: number,
  more: { free?: number; frozen?: number; stash?: number; by?: typeof tariff } = {},
) {
  const of = account(more.free ?? 0, more.frozen ?? 0, [row]);
  of.wallet.stash = more.stash ?? 0;
  const { wallet, meter, out } = of;
  const told = dueOfRow(wallet, meter, lockTerms, more.by ?? tariff, 0, block, out);
  const { whole, standard, additional, level, slack } = out;
  const traffic = [meter.unbilled[0], meter.trafficFrom[0], meter.trafficSeconds[0]];
  return { told, whole, standard, additional, level, slack, traffic };
}

/** Blocks since the last bill, what is usable, and what is due at which level. */
const DUES = `
  blocks    usable  standard  level  safe
     600         0     40000      0  Infinity
     600  43199999     40000      0  Infinity
     600  43200000     32000      1  0          one and a half months are 20 percent off
     600  86399999     32000      1  43199999
     600  86400000     28000      2  0          three are 30
     600 172800000     24000      3  0          six are 40
     600 518400000     16000      4  0          eighteen are 60
     600 518400007     16000      4  7
     300         0     20000      0  0          half an hour
     300  43199999     20000      0  43199999
     300  43200000     16000      1  0
     300  86400005     14000      2  5
     300 518400000      8000      4  0
    1200  86400000     56000      2  0          two hours
`;

describe("what a bill of locks owes", () => {
  it.each(
    DUES.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/).slice(0, 5).map(Number)),
  )("after %i blocks with %i usable is %i, at level %i", (blocks, free, standard, level, slack) => {
    expect(due({ idle: ADDRESS }, blocks, { free })).toMatchObject({
      ...{ told: true, whole: blocks === 600, standard, additional: 0, level, slack },
    });
  });

  it("goes by what is usable beside the lock, and by the stash", () => {
    for (const block of [600, 300]) {
      const level = (more: object) => due({ idle: ADDRESS }, block, more).level;
      expect(level({ free: 3 * MONTH + 500, frozen: 1 })).toBe(2);
      expect(level({ free: 3 * MONTH + 499, frozen: 1 })).toBe(1);
      expect(level({ free: 2 * MONTH, stash: MONTH })).toBe(2);
      expect(level({ free: 2 * MONTH, stash: MONTH - 1 })).toBe(1);
    }
  });

  it("has a farmer's fee besides, which no level makes less", () => {
    // 7.2 USD in 720 hours.
    const rich = { free: 20 * MONTH };
    expect(due({ idle: FEE }, 600, rich)).toMatchObject({ standard: 16_000, additional: 100_000 });
    expect(due({ idle: FEE }, 600, rich).slack).toBe(2 * MONTH);
    expect(due({ idle: FEE }, 300, rich)).toMatchObject({ standard: 8_000, additional: 50_000 });
  });

  it("is nothing where nothing is used, for any time and for none", () => {
    for (const block of [0, 1, 300, 600, 6_000])
      expect(due({ idle: NOTHING_DUE }, block)).toMatchObject({ told: true, standard: 0 });
    expect(due({ idle: ADDRESS }, 0)).toMatchObject({ told: true, standard: 0 });
  });

  it("fails where no time or a month's nothing would divide what is due", () => {
    expect(due({ idle: ADDRESS, told: 1 }, 0).told).toBe(false);
    // One unit in 300 days is less than half a unit in a month.
    expect(due({ idle: NOTHING_DUE, told: 1 }, 4_320_000).told).toBe(false);
    expect(due({ idle: NOTHING_DUE, told: 1 }, 600)).toMatchObject({ told: true, standard: 1 });
  });

  it("is rounded as the policy says", () => {
    const earlier = policiesFor({
      ...law,
      words: { rounding: "earlier", hour: "current", quirk: "compat" },
    });
    const by = (policies: typeof earlier) => legacyTariff(book, milliUsd(3_000n), policies);
    const odd = { ...lockTerms, secondsPerBlock: 1 };
    const standard = (tariff: ReturnType<typeof by>): number => {
      const { wallet, meter, out } = account(0, 0, [{ idle: ADDRESS }]);
      dueOfRow(wallet, meter, odd, tariff, 0, 95, out);
      return out.standard;
    };
    // 95 s cost 1055.56 of 1e-7 USD: 1056 to the nearest and up. A third of it is 352, which
    // the earlier quotient falls short of.
    expect([standard(by(policies)), standard(by(earlier))]).toEqual([352, 351]);
  });
});

describe("traffic that a node tells before a bill", () => {
  const GIGABYTE = 15_000;

  it("is charged by the table where it filled the cycle, and counts as told", () => {
    const row = { idle: ADDRESS, busy: BUSY, from: 0 };
    expect(due(row, 600)).toMatchObject({
      ...{ whole: true, standard: 40_000 + GIGABYTE },
      traffic: [GIGABYTE, 3_600, 3_600],
    });
  });

  it("is charged as it was told where it filled a part", () => {
    // Half the bytes in half the time are a quarter.
    expect(due({ idle: ADDRESS, busy: BUSY, from: 1_800 }, 600)).toMatchObject({
      ...{ whole: false, standard: 40_000 + GIGABYTE / 4 },
      traffic: [GIGABYTE / 4, 3_600, 1_800],
    });
    expect(due({ idle: ADDRESS, busy: BUSY, from: 0 }, 300)).toMatchObject({
      ...{ whole: false, standard: 20_000 + GIGABYTE / 4 },
      traffic: [GIGABYTE / 4, 1_800, 1_800],
    });
  });

  it("is none before it begins, nor where there is none to flow", () => {
    const none: readonly LockRow[] = [
      { idle: ADDRESS, busy: BUSY, from: 3_600 },
      { idle: ADDRESS, busy: BUSY, from: 3_601 },
      { idle: ADDRESS, busy: BUSY },
      { idle: BUSY, busy: BUSY, from: 0 },
    ];
    for (const row of none) {
      const { traffic, whole } = due(row, 600);
      expect([traffic, whole]).toEqual([[0, row.from ?? Number.POSITIVE_INFINITY, 0], true]);
    }
    expect(due(none[0], 600).standard).toBe(40_000);
  });

  it("is charged again with what was told before", () => {
    const row = { idle: ADDRESS, busy: BUSY, told: 100 };
    expect(due({ ...row, from: 0 }, 600)).toMatchObject({
      ...{ whole: false, standard: 40_000 + GIGABYTE + 100 },
      traffic: [GIGABYTE + 100, 3_600, 3_600],
    });
    expect(due(row, 600)).toMatchObject({ whole: false, standard: 40_100 });
  });

  it("costs what the policy asks for it", () => {
    const pricing: PricingPolicy = {
      ...policies.pricing,
      nu: { value: usd(1_000n), unit: "Gigabytes" },
    };
    const by = legacyTariff(book, milliUsd(1_000n), { ...policies, pricing });
    expect(due({ idle: ADDRESS, busy: BUSY, from: 0 }, 600, { by }).traffic[0]).toBe(1_000);
  });
});
