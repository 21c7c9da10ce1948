/** Odd dues in doubles, against the exact rule. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  billableOf,
  classBook,
  classNumber,
  contractCost,
  discountBlock,
  discountedDue,
  discountLevels,
  discountPolicy,
  levelFloor,
  monthlyCost,
  pricingBlock,
  pricingPolicy,
  type ResourceClass,
  toTft,
} from "../../src/protocol/index.ts";
import { costAt, oddCosts, oddInDoubles, oddPolicy, oddRate } from "../../src/protocol/odd-due.ts";
import { bytes, cores, milliUsd, seconds, tft, usd } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";
import { toldHourly } from "./told-hourly.ts";

const pricing = pricingPolicy(defaults(pricingBlock));
const discount = discountPolicy(defaults(discountBlock));
const plain = oddPolicy(pricing, discount);

/** What is due of what costs so much a second. */
const byRate = (
  rate: number,
  of: Parameters<typeof oddInDoubles>[1],
  ...rest: [typeof plain, Parameters<typeof oddInDoubles>[3]]
): boolean => oddInDoubles(costAt(rate, of.elapsed), of, ...rest);

const OUT = { standard: 0, level: 0, floor: 0 };
const ELAPSED = (elapsed: number) => ({
  ...{ elapsed, traffic: 0, trafficPerHour: 0, usable: 0, price: 1_000, certified: false },
});

interface Asked {
  readonly cls: ResourceClass;
  readonly elapsed: number;
  readonly traffic: number;
  readonly usable: number;
  readonly price: number;
}

/** The exact rule: standard due, level, and the least balance of that level. */
function exact({ cls, elapsed, traffic, usable, price }: Asked): readonly bigint[] {
  const time = seconds(elapsed);
  const unbilled = toldHourly(cls.trafficPerHour, traffic, pricing);
  const resources = {
    cru: cores(BigInt(cls.cores)),
    mru: bytes(BigInt(cls.memory)),
    sru: bytes(BigInt(cls.ssd)),
    hru: bytes(BigInt(cls.hdd)),
  };
  const what = { kind: "node", resources, ips: BigInt(cls.ips), rented: cls.rented, unbilled };
  const full = toTft(contractCost(what as never, time, pricing), milliUsd(BigInt(price)));
  const payer = { balance: tft(BigInt(usable)), certified: cls.certified };
  const { due, level } = discountedDue(full, time, payer, discount);
  const floor = level === "None" ? 0n : levelFloor(level, monthlyCost(full, time), discount);
  return [due, BigInt(discountLevels.indexOf(level)), floor];
}

const GIB = 2 ** 30;
const asked: fc.Arbitrary<Asked> = fc.record({
  cls: fc.record({
    kind: fc.constant("node" as const),
    cores: fc.integer({ min: 0, max: 64 }),
    memory: fc.integer({ min: 0, max: 512 }).map((half) => (half * GIB) / 2),
    ssd: fc.integer({ min: 0, max: 4_000 }).map((gib) => gib * GIB),
    hdd: fc.constantFrom(0, 100 * GIB, 1_234_567_890),
    ips: fc.constantFrom(0, 0, 1, 3),
    certified: fc.boolean(),
    rented: fc.constantFrom(false, false, false, true),
    trafficPerHour: fc.constantFrom(0, 10_000_000, 123_456_789, 3_600_000_000),
    extraFee: fc.constant(0),
  }),
  elapsed: fc.integer({ min: 1, max: 1_200 }).map((blocks) => blocks * 6),
  traffic: fc.constantFrom(0, 6, 600, 3_594, 3_600),
  usable: fc.oneof(fc.integer({ min: 0, max: 1e12 }), fc.integer({ min: 0, max: 1e6 })),
  price: fc.oneof(fc.constantFrom(10, 20, 80), fc.integer({ min: 1, max: 1_000 })),
});

describe("an odd due in doubles", () => {
  it("leaves a tie to the exact rule", () => {
    const out = { standard: 0, level: 0, floor: 0 };
    const of = { elapsed: 2, traffic: 0, trafficPerHour: 0, usable: 0, certified: false };
    expect(byRate(0.25, { ...of, price: 1_000 }, plain, out)).toBe(false);
    expect(byRate(2.5, { ...of, price: 10_000 }, plain, out)).toBe(false);
    expect(byRate(50, { ...of, price: 1_000 }, plain, out)).toBe(true);
    expect(out.standard).toBe(100);
  });

  const MONTH = 2_592_000;
  it.each([
    ["no time", 1, { elapsed: 0 }, false],
    ["a clock that went back", -1, { elapsed: -10 }, false],
    ["a rate that only the exact rule knows", Number.NaN, {}, false],
    ["a cost of nothing", 0, {}, false],
    ["a cost below nothing", -1, {}, false],
    ["a month whose half more is below 2^40", 282_000, { elapsed: MONTH }, true],
    ["a month whose half more is above it", 283_000, { elapsed: MONTH }, false],
    ["a cost above it", 424_195, { elapsed: MONTH, price: 1_000_000 }, false],
    ["a month of nothing", 1, { elapsed: MONTH * 10, price: 1e12 }, false],
    ["traffic near a tie", 1, { traffic: 3_600, trafficPerHour: 100_000 }, false],
    ["traffic apart from one", 1, { traffic: 3_600, trafficPerHour: 1_000_000 }, true],
    ["two hours near one each", 1, { traffic: 7_200, trafficPerHour: 100_000 }, false],
    ["a moment at such a rate", 1, { traffic: 6, trafficPerHour: 100_000 }, true],
    ["an hour apart from one", 1, { traffic: 3_600, trafficPerHour: 400_000 }, true],
    ["half an hour more, near one", 1, { traffic: 5_400, trafficPerHour: 400_000 }, false],
  ] as const)("has an answer to %s: %d %j: %s", (_, rate, more, answers) => {
    const out = { standard: 0, level: 0, floor: 0 };
    const of = { elapsed: 10, traffic: 0, trafficPerHour: 0, usable: 0, certified: false };
    expect(byRate(rate, { ...of, price: 1_000, ...more }, plain, out)).toBe(answers);
    if (!answers) expect(out).toEqual({ standard: 0, level: 0, floor: 0 });
  });

  it("has no rate for what is no node contract", () => {
    const cls = {
      ...{ kind: "node", cores: 1, memory: GIB, ssd: 0, hdd: 0, ips: 0, certified: false },
      ...{ rented: false, trafficPerHour: 0, extraFee: 0 },
    } as ResourceClass;
    expect(oddRate(cls, pricing)).toBeGreaterThan(0);
    expect(oddRate({ ...cls, rented: true }, pricing)).toBe(0);
    expect(oddRate({ ...cls, kind: "name" } as ResourceClass, pricing)).toBeNaN();
  });

  it("of traffic alone is one", () => {
    const out = { standard: 0, level: 0, floor: 0 };
    const of = { elapsed: 3_600, traffic: 3_600, usable: 0, certified: false, price: 1_000 };
    // 20000000 bytes for an hour at 1000 for 10^9 bytes and an hour are 20.
    const policy = { ...plain, traffic: 1_000 / 1e9 / 3_600 };
    expect(byRate(0, { ...of, trafficPerHour: 20_000_000 }, policy, out)).toBe(true);
    expect(out).toEqual({ standard: 20, level: 0, floor: 0 });
    expect(byRate(0, { ...of, trafficPerHour: 20_000_000, elapsed: 0 }, policy, out)).toBe(false);
  });

  it("has its level from the least balance on, and not one unit below", () => {
    // 100 in 2 seconds are 129600000 a month; 1.5 months are 194400000, and 3 twice that.
    const at = (usable: number, certified = false) => {
      const out = { standard: 0, level: 0, floor: 0 };
      const of = { elapsed: 2, traffic: 0, trafficPerHour: 0, price: 1_000 };
      expect(byRate(50, { ...of, usable, certified }, plain, out)).toBe(true);
      return out;
    };
    expect(at(194_399_999)).toEqual({ standard: 100, level: 0, floor: 0 });
    expect(at(194_400_000)).toEqual({ standard: 80, level: 1, floor: 194_400_000 });
    expect(at(388_799_999)).toEqual({ standard: 80, level: 1, floor: 194_400_000 });
    expect(at(388_800_000)).toEqual({ standard: 70, level: 2, floor: 388_800_000 });
    expect(at(1e12)).toEqual({ standard: 40, level: 4, floor: 2_332_800_000 });
    expect(at(194_400_000, true).standard).toBe(100);
  });

  it.each([
    // A month of 10: 1.1 times it is 11 in decimals, and a little more in doubles.
    [1.1, 10, 1e6, false],
    [1.1, 15, 17, true],
    [1.1, 15, 16, true],
    [1.3, 10, 1e6, false],
    // Halves are exact, so a whole product is no doubt.
    [1.5, 10, 15, true],
    // 2^40 is too coarse, one unit below it is not.
    [2, 2 ** 39, 0, false],
    [2, 2 ** 39 - 1, 0, true],
  ])("of levels from %d times a month of %i at %i usable: %s", (from, month, usable, answers) => {
    const out = { standard: 0, level: 0, floor: 0 };
    const policy = { ...plain, from: [0, from], paid: [1, 0.4] };
    const of = { traffic: 0, trafficPerHour: 0, usable, certified: false, price: 1_000 };
    expect(byRate(month / MONTH, { ...of, elapsed: MONTH }, policy, out)).toBe(answers);
    const least = Math.ceil(from * month);
    if (answers) expect(out.level).toBe(usable >= least ? 1 : 0);
    if (answers && usable >= least) expect(out.floor).toBe(least);
  });

  it("of exactly 2^40 is too coarse, whatever is left of it", () => {
    const out = { standard: 0, level: 0, floor: 0 };
    const of = { elapsed: 2 ** 20, traffic: 0, trafficPerHour: 0, usable: 0, certified: false };
    const price = 1e9;
    expect(byRate(2 ** 20, { ...of, price }, plain, out)).toBe(false);
    expect(byRate(2 ** 20 - 1, { ...of, price }, plain, out)).toBe(true);
  });

  it("keeps the costs of a book and a policy together, and those of others apart", () => {
    const [one, other] = [classBook(), classBook()];
    const dear = { ...pricing };
    const costs = oddCosts(one, pricing);
    expect(oddCosts(one, pricing)).toBe(costs);
    expect(oddCosts(one, dear)).not.toBe(costs);
    expect(oddCosts(other, pricing)).not.toBe(costs);
    expect(oddCosts(one, dear)).toBe(oddCosts(one, dear));
  });

  it("costs what the exact rule says, asked once or again, near a tie or not", () => {
    const kinds = fc.constantFrom("node" as const, "rent" as const, "name" as const);
    const book = classBook();
    const costs = oddCosts(book, pricing);
    fc.assert(
      fc.property(asked, kinds, ({ cls, elapsed }, kind) => {
        const one = { ...cls, kind, trafficPerHour: 0 };
        const number = classNumber(book, one);
        const what = billableOf(one, usd(0n));
        const cost = Number(contractCost(what, seconds(elapsed), pricing));
        expect([costs.of(number, elapsed), costs.of(number, elapsed)]).toEqual([cost, cost]);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  it("costs by its rate whatever the time, where plain numbers know it", () => {
    const long = 20_000_000;
    const nothing = {
      ...{ kind: "node" as const, cores: 0, memory: 0, ssd: 0, hdd: 0, ips: 0, certified: false },
      ...{ rented: false, trafficPerHour: 0, extraFee: 0 },
    };
    const book = classBook();
    const costs = oddCosts(book, pricing);
    for (const cls of [{ ...nothing, cores: 3, memory: GIB }, nothing, { ...nothing, ips: 2 }]) {
      const what = billableOf(cls, usd(0n));
      const cost = Number(contractCost(what, seconds(long), pricing));
      expect(costs.of(classNumber(book, cls), long)).toBe(cost);
      expect(cost > 0).toBe(cls !== nothing);
    }
  });

  it("has a cost below 2^40, but none from there on, nor for no time", () => {
    const million = 2 ** 20;
    const book = classBook();
    const costs = oddCosts(book, { ...pricing, uniqueName: usd(BigInt(3_600 * million)) });
    const number = classNumber(book, {
      ...{ kind: "name", cores: 0, memory: 0, ssd: 0, hdd: 0, ips: 0, certified: false },
      ...{ rented: false, trafficPerHour: 0, extraFee: 0 },
    });
    const told = [million - 1, million, million + 1].map((time) => costs.of(number, time));
    expect(told).toEqual([2 ** 40 - million, -1, -1]);
    expect(costs.of(number, 0)).toBe(-1);
  });

  it("has no cost for no time, for a clock that went back, or past what doubles tell apart", () => {
    const book = classBook();
    const size = { cores: 64, memory: 2 ** 40, ssd: 2 ** 40, hdd: 0, ips: 0, certified: false };
    const number = classNumber(book, {
      ...{ ...size, kind: "rent", rented: false, trafficPerHour: 0, extraFee: 0 },
    });
    const costs = oddCosts(book, pricing);
    expect(costs.of(number, 6)).toBeGreaterThan(0);
    for (const elapsed of [0, -6, 16_777_216, 1e12])
      expect(oddInDoubles(costs.of(number, elapsed), ELAPSED(elapsed), plain, OUT)).toBe(false);
  });

  it("is that of the exact rule wherever it answers, and mostly answers", () => {
    let answers = 0;
    let questions = 0;
    fc.assert(
      fc.property(asked, (one) => {
        const { cls, elapsed, traffic, usable, price } = one;
        const out = { standard: 0, level: 0, floor: 0 };
        const { trafficPerHour, certified } = cls;
        const of = { elapsed, traffic, trafficPerHour, usable, price, certified };
        questions += 1;
        if (!byRate(oddRate(cls, pricing), of, plain, out)) return;
        answers += 1;
        expect([out.standard, out.level, out.floor].map(BigInt)).toEqual(exact(one));
      }),
      { numRuns: 20_000, seed: 1 },
    );
    expect(answers / questions).toBeGreaterThan(0.6);
  });
});
