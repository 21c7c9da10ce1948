import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AccelerationBegin,
  type AccelerationReading,
  type AccelerationRule,
  accelerationAt,
  farmedLock,
  freeAfter,
  generators,
  vestedBy,
  vestingMonths,
} from "../../../src/protocol/index.ts";

const SETTINGS = { seed: 504_104, numRuns: 200 };

const PRICES = `
  rule        milliChf  percent  begin
  2024-04-25       500        0  above  at the threshold nothing yet
  2024-04-25       500       50  at     or what begins there
  2024-04-25       499        0  at
  2024-04-25       599       50  at
  2024-04-25       600       60  at
  2024-04-25      1000      100  at
  2024-04-26       499        0  at
  2024-04-26       500       50  at
  2024-04-26      1000      100  at
  2024-04-25       501       50  above
  2024-04-25       600       50  above
  2024-04-25       601       60  above
  2024-04-25       999       90  above
  2024-04-25      1000       90  above
  2024-04-25      1001      100  above
  2024-04-25      9999      100  above
  2024-04-26       500        0  above
  2024-04-26       501       50  above
  2024-04-26       655       65  above  in proportion, and not in steps
  2024-04-26       999       99  above
  2024-04-26      1000      100  above
  2024-04-26      1500      100  above
  2024-04-25       499        0
  2024-04-25       500       50
  2024-04-25       999       90
  2024-04-25      1000      100
  2024-04-26       500       50
  2024-04-26       499        0
`;

describe("the acceleration at a price of INCA", () => {
  const rows = PRICES.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/));

  it.each(rows)(
    "by the draft of %s at %s thousandths of a franc is %s, where it begins %s",
    (...row) => {
      const [rule, price = "", percent = "", begin] = row;
      const words = [rule as AccelerationRule, begin as AccelerationBegin | undefined] as const;
      expect(accelerationAt(BigInt(price), ...words)).toBe(BigInt(percent));
    },
  );
});

describe("vesting", () => {
  const plain = { total: 1_000n, accelerations: [], reading: "share" } as const;

  it.each([
    [vestingMonths.convertedTft, 1, 55n],
    [vestingMonths.convertedTft, 9, 500n],
    [vestingMonths.convertedTft, 18, 1_000n],
    [vestingMonths.team, 12, 500n],
    [vestingMonths.team, 24, 1_000n],
    [vestingMonths.team, 99, 1_000n],
    [vestingMonths.team, 0, 0n],
  ])("over %s months has freed by month %s of a thousand %s", (months, month, freed) => {
    expect(vestedBy({ ...plain, months }, month)).toBe(freed);
  });

  it.each([
    ["share", [0, 0, 50], 3, 562n],
    ["share", [0, 0, 50, 0], 4, 562n],
    ["share", [100], 1, 1_000n],
    ["pace", [0, 0, 50], 3, 145n],
    ["pace", Array(12).fill(100), 12, 1_000n],
    ["pace", Array(12).fill(100), 11, 916n],
  ] as const)(
    "read as %s with %j a month has freed by month %s %s",
    (reading, percents, month, freed) => {
      const accelerations = percents.map((percent: number) => BigInt(percent));
      const vesting = { total: 1_000n, months: 24, accelerations, reading };
      expect(vestedBy(vesting, month)).toBe(freed);
    },
  );

  it("takes a month at least", () => {
    expect(() => vestedBy({ ...plain, months: 0 }, 1)).toThrow("takes at least a month");
  });

  it("never takes back, never frees more than the total, and ends with all of it", () => {
    const vestings = fc.record({
      total: fc.bigInt(0n, 10n ** 17n),
      months: fc.integer({ min: 1, max: 48 }),
      accelerations: fc.array(fc.bigInt(0n, 100n), { maxLength: 48 }),
      reading: fc.constantFrom<AccelerationReading>("share", "pace"),
    });
    fc.assert(
      fc.property(vestings, (vesting) => {
        let last = 0n;
        for (let month = 0; month <= vesting.months; month++) {
          const freed = vestedBy(vesting, month);
          expect(freed >= last && freed <= vesting.total).toBe(true);
          last = freed;
        }
        expect(last).toBe(vesting.total);
      }),
      SETTINGS,
    );
  });
});

describe("TFT farmed above the cap", () => {
  const used = (from: number, to: number): readonly boolean[] =>
    Array.from({ length: 24 }, (_, at) => at + 1 >= from && at + 1 <= to);

  it.each([
    [0, 0, farmedLock.months],
    [1, 24, 6],
    [1, 3, farmedLock.months],
    [1, 4, farmedLock.months],
    [3, 6, 6],
    [4, 7, 7],
    [10, 12, farmedLock.months],
    [10, 13, 13],
  ])("used from month %s to %s is free after month %s", (from, to, month) => {
    expect(freeAfter(used(from, to))).toBe(month);
  });
});

it("generator tokens were two, of which the second has neither price nor limit", () => {
  const told = generators.map((one) => [one.name, one.makes, one.chf, one.tft, one.soldMost]);
  expect(told).toEqual([
    ["INCA-G", 15_000n, 500n, 10_000n, 5_000n],
    ["INCA-G AA", 10_000n, null, null, null],
  ]);
});

it("a generator token was to make whole units in each of its months", () => {
  for (const { makes, months } of generators) {
    const rest = (makes * 10_000_000n) % BigInt(months);
    expect(rest < BigInt(months)).toBe(true);
  }
  expect((15_000n * 10_000_000n) / 48n).toBe(3_125_000_000n);
});
