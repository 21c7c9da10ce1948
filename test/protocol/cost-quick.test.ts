import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Billable,
  contractCost,
  type PricingPolicy,
  pricingBlock,
  pricingPolicy,
  quickContractCost,
  type Resources,
  TEST_PRICES,
} from "../../src/protocol/index.ts";
import { ArithmeticOverflow, bytes, cores, seconds, usd } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";

const GIB = 2n ** 30n;
const PIB = 2n ** 50n;
const size = fc.oneof(
  fc.constantFrom(0n, 1n, GIB - 1n, GIB, GIB + 1n, PIB - 1n, PIB, PIB + 1n),
  fc.bigInt({ min: 0n, max: 4_000n }).map((gib) => gib * GIB),
  fc.bigInt({ min: 0n, max: PIB }),
  fc.bigInt({ min: 0n, max: 2n ** 63n }),
);
const resources: fc.Arbitrary<Resources> = fc.record({
  cru: fc
    .oneof(fc.bigInt({ min: 0n, max: 256n }), fc.constantFrom(2n ** 20n - 1n, 2n ** 20n, 2n ** 40n))
    .map(cores),
  mru: size.map(bytes),
  sru: size.map(bytes),
  hru: size.map(bytes),
});
/** Memory that ties with the cores at one of the six terms of a CU, or is a byte off. */
const tied: fc.Arbitrary<Resources> = fc
  .record({
    cru: fc.bigInt({ min: 1n, max: 64n }),
    times: fc.constantFrom(2n, 4n, 8n, 16n, 1n),
    off: fc.constantFrom(-1n, 0n, 1n),
    halved: fc.boolean(),
  })
  .map(({ cru, times, off, halved }) => ({
    cru: cores(cru),
    mru: bytes((cru * times * GIB) / (halved ? 2n : 1n) + off),
    sru: bytes(25n * GIB),
    hru: bytes(0n),
  }));
const anything = fc.oneof(resources, tied);
const billable: fc.Arbitrary<Billable> = fc.oneof(
  fc.record({
    kind: fc.constant("node" as const),
    resources: anything,
    ips: fc.oneof(fc.bigInt({ min: 0n, max: 4n }), fc.constantFrom(512n, 513n, 10_000n)),
    rented: fc.boolean(),
    unbilled: fc.oneof(fc.constant(usd(0n)), fc.bigInt({ min: 0n, max: 10n ** 12n }).map(usd)),
  }),
  fc.record({ kind: fc.constant("rent" as const), capacity: anything }),
  fc.constant({ kind: "name" as const }),
);
const price = fc.oneof(
  fc.constantFrom(0n, 1n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 60n),
  fc.bigInt({ min: 0n, max: 10n ** 9n }),
);
const unit = fc.constantFrom("Gigabytes" as const, "Gigabytes" as const, "Terabytes" as const);
const policy: fc.Arbitrary<PricingPolicy> = fc.oneof(
  fc.constantFrom(TEST_PRICES, pricingPolicy(defaults(pricingBlock))),
  fc
    .record({ cu: price, su: price, ipu: price, name: price, unit, percent: fc.bigInt(0n, 120n) })
    .map((one) => ({
      ...TEST_PRICES,
      cu: { value: usd(one.cu), unit: one.unit },
      su: { value: usd(one.su), unit: one.unit },
      ipu: usd(one.ipu),
      uniqueName: usd(one.name),
      dedicatedPercent: one.percent,
    })),
);
const elapsed = fc
  .oneof(
    fc.constantFrom(0, 1, 3_600, 2 ** 24 - 1, 2 ** 24, 2 ** 31),
    fc.integer({ min: 0, max: 100_000 }),
  )
  .map(seconds);

/** What a rule answers, or the name of what it raises. */
function answerOf(rule: typeof contractCost, ...asked: Parameters<typeof contractCost>): unknown {
  try {
    return rule(...asked);
  } catch (fault) {
    if (fault instanceof ArithmeticOverflow) return "ArithmeticOverflow";
    throw fault;
  }
}

describe("cost in fewer steps", () => {
  it("is the exact cost to the last unit, or the exact overflow", () => {
    fc.assert(
      fc.property(billable, elapsed, policy, (what, time, by) => {
        expect(answerOf(quickContractCost, what, time, by)).toBe(
          answerOf(contractCost, what, time, by),
        );
      }),
      { seed: 20_240_312, numRuns: 20_000 },
    );
  });

  it("forgets nothing between stretches of time and policies", () => {
    const what = { kind: "name" } as const;
    const other = { ...TEST_PRICES, uniqueName: usd(27_800n) };
    for (const time of [3_600, 60, 3_600, 60].map(seconds)) {
      for (const by of [TEST_PRICES, other]) {
        expect(quickContractCost(what, time, by)).toBe(contractCost(what, time, by));
      }
    }
  });

  it("stays in 128 bits at the largest that it takes upon itself", () => {
    const most = { cru: cores(2n ** 20n - 1n), mru: bytes(PIB - 1n), sru: bytes(PIB - 1n) };
    const node: Billable = {
      kind: "node",
      resources: { ...most, hru: bytes(PIB - 1n) },
      ips: 512n,
      rented: false,
      unbilled: usd(0n),
    };
    const dear = { value: usd(2n ** 32n - 1n), unit: "Gigabytes" } as const;
    const by = { ...TEST_PRICES, cu: dear, su: dear, ipu: dear.value };
    const time = seconds(2 ** 24 - 1);
    expect(quickContractCost(node, time, by)).toBe(contractCost(node, time, by));
  });
});
