import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ClassBook,
  classBook,
  classNumber,
  contractCost,
  discountedDue,
  discountLevels,
  extraFeeCost,
  monthlyCost,
  type ResourceClass,
  refresh,
  shareOf,
  tariff,
  toTft,
} from "../../src/protocol/index.ts";
import {
  bytes,
  cores,
  milliUsd,
  perbillPercentOf,
  seconds,
  tft,
  usd,
} from "../../src/units/index.ts";
import { discount, PRICINGS, policiesFor } from "./interval-grid.ts";
import { toldHourly } from "./told-hourly.ts";

const classes: fc.Arbitrary<ResourceClass> = fc.record({
  kind: fc.constantFrom("node", "rent", "name"),
  cores: fc.nat(256),
  memory: fc.oneof(
    fc.nat(),
    fc.maxSafeNat().map((size) => size % 2 ** 42),
  ),
  ssd: fc.maxSafeNat().map((size) => size % 2 ** 45),
  hdd: fc.maxSafeNat().map((size) => size % 2 ** 47),
  ips: fc.nat(4),
  certified: fc.boolean(),
  rented: fc.boolean(),
  trafficPerHour: fc.oneof(
    fc.constant(0),
    fc.nat(1_000_000).map((rate) => rate * 3_600),
  ),
  extraFee: fc.oneof(fc.constant(0), fc.nat(10_000_000)),
});

const law = fc.record({
  frequency: fc.constantFrom(600, 1200, 14_400),
  distributionCycles: fc.constant(24),
  graceBlocks: fc.constant(201_600),
  pricing: fc.nat(PRICINGS.length - 1),
});

/** What the rules say is due, from the exact arithmetic itself. */
function exactDue(
  cls: ResourceClass,
  price: bigint,
  pricing: number,
  of: { readonly elapsed: number; readonly traffic: number; readonly usable: bigint },
): { readonly standard: bigint; readonly additional: bigint; readonly level: number } {
  const policy = PRICINGS[pricing];
  const elapsed = seconds(of.elapsed);
  const resources = {
    cru: cores(BigInt(cls.cores)),
    mru: bytes(BigInt(cls.memory)),
    sru: bytes(BigInt(cls.ssd)),
    hru: bytes(BigInt(cls.hdd)),
  };
  const unbilled = usd(toldHourly(cls.trafficPerHour, of.traffic, policy));
  const what =
    cls.kind === "node"
      ? { kind: cls.kind, resources, ips: BigInt(cls.ips), rented: cls.rented, unbilled }
      : cls.kind === "rent"
        ? { kind: cls.kind, capacity: resources }
        : { kind: cls.kind };
  const full = toTft(contractCost(what, elapsed, policy), milliUsd(price));
  const additional = toTft(extraFeeCost(milliUsd(BigInt(cls.extraFee)), elapsed), milliUsd(price));
  if (full === 0n) return { standard: 0n, additional, level: 0 };
  const payer = { balance: tft(of.usable), certified: cls.kind !== "name" && cls.certified };
  const due = discountedDue(full, elapsed, payer, discount);
  return { standard: due.due, additional, level: discountLevels.indexOf(due.level) };
}

/** A usable balance near a threshold of a class, or anywhere. */
const usableOf = (
  monthly: bigint,
  at: { readonly level: number; readonly off: number },
): bigint => {
  const floors = [0n, (3n * monthly) / 2n, 3n * monthly, 6n * monthly, 18n * monthly];
  const balance = floors[at.level] + BigInt(at.off);
  return balance < 0n ? 0n : balance;
};

describe("a price list", () => {
  test("holds what the exact arithmetic says of a whole cycle at every balance", () => {
    fc.assert(
      fc.property(
        classes,
        law,
        fc.integer({ min: 10, max: 1000 }),
        fc.record({ level: fc.nat(4), off: fc.integer({ min: -3, max: 3 }) }),
        (cls, rules, price, at) => {
          const book: ClassBook = classBook();
          const table = tariff(book, milliUsd(BigInt(price)), policiesFor(rules));
          const number = classNumber(book, named(cls));
          refresh(table, book, milliUsd(BigInt(price)), policiesFor(rules));
          const elapsed = rules.frequency * 6;
          const of = { elapsed, traffic: cls.kind === "node" ? elapsed : 0 };
          const plain = { ...named(cls), certified: false };
          const full = exactDue(plain, BigInt(price), rules.pricing, { ...of, usable: 0n });
          const month = monthlyCost(
            tft(full.standard === 0n ? 1n : full.standard),
            seconds(elapsed),
          );
          const usable = usableOf(month, at);
          const exact = exactDue(named(cls), BigInt(price), rules.pricing, { ...of, usable });
          const level = table.levelOf(number, Number(usable));
          expect([
            BigInt(table.due[number * table.levels + level]),
            BigInt(table.extra[number]),
            level,
          ]).toStrictEqual([exact.standard, exact.additional, exact.level]);
        },
      ),
      { seed: 11, numRuns: 3_000 },
    );
  });

  test("answers what the exact arithmetic says of an odd stretch of time", () => {
    fc.assert(
      fc.property(
        classes,
        law,
        fc.integer({ min: 10, max: 1000 }),
        fc.record({ elapsed: fc.integer({ min: 1, max: 90_000 }), share: fc.nat(100) }),
        fc.oneof(
          fc.nat(1_000_000),
          fc.maxSafeNat().map((one) => one % 2 ** 50),
        ),
        (cls, rules, price, span, usable) => {
          const book: ClassBook = classBook();
          const table = tariff(book, milliUsd(BigInt(price)), policiesFor(rules));
          const number = classNumber(book, named(cls));
          const traffic = Math.floor((span.elapsed * span.share) / 100);
          const of = { elapsed: span.elapsed, traffic: cls.kind === "node" ? traffic : 0 };
          const exact = exactDue(named(cls), BigInt(price), rules.pricing, {
            ...of,
            usable: BigInt(usable),
          });
          const odd = table.odd(number, of.elapsed, of.traffic, usable);
          expect([BigInt(odd.standard), BigInt(odd.additional), odd.level]).toStrictEqual([
            exact.standard,
            exact.additional,
            exact.level,
          ]);
        },
      ),
      { seed: 12, numRuns: 2_000 },
    );
  });
});

/** Names know no certification and no traffic; only rents know an extra fee. */
const named = (cls: ResourceClass): ResourceClass => ({
  ...cls,
  certified: cls.kind !== "name" && cls.certified,
  trafficPerHour: cls.kind === "node" ? cls.trafficPerHour : 0,
  extraFee: cls.kind === "rent" ? cls.extraFee : 0,
});

test("a share of a payout is the chain's Perbill, ties down", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(100), (amount, percent) => {
      const exact = perbillPercentOf(BigInt(percent), BigInt(amount));
      expect(BigInt(shareOf(amount, percent * 100))).toBe(exact);
    }),
    { seed: 13, numRuns: 5_000 },
  );
});
