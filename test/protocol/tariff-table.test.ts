/** A price list of several classes, under today's rules and earlier ones. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contractCostEarlier, toTftEarlier } from "../../src/protocol/cost-earlier.ts";
import {
  billableOf,
  type ClassBook,
  classBook,
  classNumber,
  contractCost,
  discountedDue,
  discountLevels,
  extraFeeCost,
  levelFloor,
  monthlyCost,
  type ResourceClass,
  refresh,
  type TariffPolicies,
  tariff,
  toTft,
} from "../../src/protocol/index.ts";
import { milliUsd, seconds, type Tft, tft, type Usd, usd } from "../../src/units/index.ts";
import { PRICINGS, policiesFor } from "./interval-grid.ts";
import { toldHourly } from "./told-hourly.ts";

const GIB = 2 ** 30;
const law = { frequency: 600, distributionCycles: 24, graceBlocks: 201_600, pricing: 0 };
const TODAY = policiesFor(law);
const PRICE = milliUsd(50n);

const NODE: ResourceClass = {
  kind: "node",
  ...{ cores: 4, memory: 8 * GIB, ssd: 100 * GIB, hdd: 50 * GIB, ips: 1 },
  ...{ certified: false, rented: false, trafficPerHour: 7_200_000, extraFee: 0 },
};
const RENT: ResourceClass = { ...NODE, kind: "rent", ips: 0, trafficPerHour: 0, extraFee: 5_000 };
const NAME: ResourceClass = {
  ...RENT,
  ...{ kind: "name", cores: 0, memory: 0, ssd: 0, hdd: 0, extraFee: 0 },
};
const SHARE: ResourceClass = { ...NODE, ips: 0, rented: true };

interface Asked {
  readonly elapsed: number;
  readonly traffic: number;
  readonly told: number;
  readonly usable: number;
}

/** What the rules say is due: standard, fee, level, and the level's least balance. */
function exact(cls: ResourceClass, asked: Asked, by: TariffPolicies): readonly number[] {
  const { pricing, discount, rounding } = by;
  const earlier = rounding === "earlier";
  const elapsed = seconds(asked.elapsed);
  const fresh = toldHourly(cls.trafficPerHour, asked.traffic, pricing);
  const what = billableOf(cls, usd(fresh + BigInt(asked.told)));
  const cost = earlier ? contractCostEarlier : contractCost;
  const inTft = (amount: Usd): Tft => (earlier ? toTftEarlier : toTft)(amount, PRICE);
  const full = inTft(cost(what, elapsed, pricing));
  const fee = inTft(extraFeeCost(milliUsd(BigInt(cls.extraFee)), elapsed));
  const monthly = monthlyCost(full, elapsed, discount.hour);
  if (monthly === 0n) return [full, fee, 0, 0].map(Number);
  const payer = { balance: tft(BigInt(asked.usable)), certified: cls.certified };
  const { due, level } = discountedDue(full, elapsed, payer, discount);
  return [due, fee, discountLevels.indexOf(level), levelFloor(level, monthly, discount)].map(
    Number,
  );
}

const sizes = fc.record({
  cores: fc.nat(64),
  memory: fc.nat(1_000).map((half) => (half * GIB) / 2),
  ssd: fc.nat(2_000).map((one) => one * GIB),
  hdd: fc.nat(9_000).map((one) => one * GIB),
});
const classes: fc.Arbitrary<ResourceClass> = fc
  .record({
    of: fc.constantFrom(NODE, RENT, NAME, SHARE),
    size: sizes,
    ips: fc.nat(3),
    certified: fc.boolean(),
    busy: fc.boolean(),
    fee: fc.nat(10_000_000),
  })
  .map(({ of, size, ips, certified, busy, fee }) => ({
    ...of,
    ...(of.kind === "name" ? {} : { ...size, certified }),
    ...(of.kind === "node" ? { ips, trafficPerHour: busy ? of.trafficPerHour : 0 } : {}),
    extraFee: of.kind === "rent" ? fee : 0,
  }));
const words = fc.record({
  hour: fc.constantFrom("current" as const, "inverted" as const),
  rounding: fc.constantFrom("nearest" as const, "earlier" as const),
  quirk: fc.constant("compat" as const),
});
const laws = fc.record({
  frequency: fc.constantFrom(600, 1_200, 14_400),
  distributionCycles: fc.constant(24),
  graceBlocks: fc.constant(0),
  pricing: fc.nat(PRICINGS.length - 1),
  words,
});
const asking = fc.record({
  elapsed: fc.oneof(fc.integer({ min: 1, max: 90_000 }), fc.constant(3_600)),
  share: fc.nat(4),
  told: fc.oneof(fc.constant(0), fc.nat(1_000_000)),
  usable: fc.oneof(
    fc.nat(10_000_000),
    fc.maxSafeNat().map((one) => one % 2 ** 44),
  ),
});

describe("a price list of many classes", () => {
  it("has each class's own prices, whenever the class was met, under any rules", () => {
    const met = fc.uniqueArray(classes, {
      ...{ minLength: 2, maxLength: 9 },
      selector: (one) => JSON.stringify(one),
    });
    fc.assert(
      fc.property(met, fc.nat(8), laws, asking, (list, first, rules, ask) => {
        const by = policiesFor(rules);
        const book: ClassBook = classBook();
        for (const one of list.slice(0, first)) classNumber(book, one);
        const table = tariff(book, PRICE, by);
        for (const one of list) {
          classNumber(book, one);
          refresh(table, book, PRICE, by);
        }
        const cycle = rules.frequency * 6;
        for (const [cls, one] of [...list.entries()].reverse()) {
          const flows = one.kind === "node";
          const whole = { elapsed: cycle, traffic: flows ? cycle : 0, told: 0 };
          const [due, fee, level, floor] = exact(one, { ...whole, usable: ask.usable }, by);
          const found = table.levelOf(cls, ask.usable);
          expect([table.due[cls * table.levels + found], table.extra[cls], found]).toEqual([
            ...[due, fee, level],
          ]);
          if (level > 0) expect(table.floor[cls * (table.levels - 1) + level - 1]).toBe(floor);
          const traffic = flows ? Math.floor((ask.elapsed * ask.share) / 4) : 0;
          const told = flows ? ask.told : 0;
          const odd = table.odd(cls, ask.elapsed, traffic, ask.usable, told);
          expect([odd.standard, odd.additional, odd.level, odd.floor]).toEqual(
            exact(one, { ...ask, traffic, told }, by),
          );
        }
      }),
      { seed: 20_251, numRuns: 400 },
    );
  });

  it.each<readonly [string, ResourceClass, number]>([
    ["a share of a rented node", SHARE, 1],
    ["a share with an address of its own", { ...SHARE, ips: 1 }, 0],
    ["a deployment that holds nothing", { ...SHARE, rented: false, ...nothing() }, 1],
    ["one core", { ...SHARE, rented: false, ...nothing(), cores: 1 }, 0],
    ["a byte of memory", { ...SHARE, rented: false, ...nothing(), memory: 1 }, 0],
    ["a byte of SSD", { ...SHARE, rented: false, ...nothing(), ssd: 1 }, 0],
    ["a byte of disk", { ...SHARE, rented: false, ...nothing(), hdd: 1 }, 0],
    ["as much of one as of another", { ...SHARE, rented: false, ...nothing(), ssd: 7, hdd: 7 }, 0],
    ["as many cores as bytes", { ...SHARE, rented: false, ...nothing(), cores: 7, memory: 7 }, 0],
    ["an address alone", { ...SHARE, rented: false, ...nothing(), ips: 1 }, 0],
    ["a rent of nothing", { ...RENT, ...nothing() }, 0],
    ["a name", NAME, 0],
  ])("says whether without traffic nothing is ever due: %s", (_, cls, unpaid) => {
    const book = classBook();
    classNumber(book, cls);
    const table = tariff(book, PRICE, TODAY);
    expect(table.unpaid[0]).toBe(unpaid);
    const due = table.odd(0, 9_000_000, 0, 0);
    if (unpaid === 1) expect([due.standard, due.additional]).toEqual([0, 0]);
    classNumber(book, { ...cls, certified: true });
    classNumber(book, { ...NODE, cores: 63 });
    refresh(table, book, PRICE, TODAY);
    expect([...table.unpaid.slice(0, 3)]).toEqual([unpaid, unpaid, 0]);
  });

  it("knows no level of what costs nothing, however much is there", () => {
    const book = classBook();
    classNumber(book, { ...SHARE, trafficPerHour: 0 });
    const table = tariff(book, PRICE, TODAY);
    expect([0, 2 ** 50].map((usable) => table.levelOf(0, usable))).toEqual([0, 0]);
    expect(table.odd(0, 0, 0, 2 ** 50)).toEqual({ standard: 0, additional: 0, level: 0, floor: 0 });
    expect([table.count, table.levels, table.cycleSeconds]).toEqual([1, 5, 3_600]);
  });
});

describe("an odd stretch", () => {
  /** Whether an answer is the one that plain numbers give: always the same place, written anew. */
  const inDoubles = (by: TariffPolicies, cls: ResourceClass, told = 0): boolean => {
    const book = classBook();
    for (const cores of [1, 2, 3]) classNumber(book, { ...NODE, cores });
    const number = classNumber(book, cls);
    const table = tariff(book, PRICE, by);
    const [one, other] = [1, 2].map(() => table.odd(number, 1_234, 0, 10 ** 9, told));
    return one === other;
  };

  it("is told by plain numbers where those are sure, today and without a fee", () => {
    for (const cls of [NODE, { ...RENT, extraFee: 0 }, NAME])
      expect(inDoubles(TODAY, cls)).toBe(true);
    expect(inDoubles(TODAY, { ...NODE, certified: true })).toBe(true);
  });

  it("is told by the exact rule of all the rest", () => {
    expect(inDoubles(TODAY, NODE, 1)).toBe(false);
    expect(inDoubles(TODAY, { ...NODE, extraFee: 1 })).toBe(false);
    const { discount } = TODAY;
    expect(inDoubles({ ...TODAY, rounding: "earlier" }, NODE)).toBe(false);
    const inverted = { ...discount, hour: "inverted" } as const;
    expect(inDoubles({ ...TODAY, discount: inverted }, NODE)).toBe(false);
  });
});

function nothing() {
  return { cores: 0, memory: 0, ssd: 0, hdd: 0 };
}
