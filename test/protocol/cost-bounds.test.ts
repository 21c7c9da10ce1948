/**
 * What the cost in fewer steps takes upon itself, and what it leaves to the exact rule: seen by
 * what it asks of the policy, which it looks at once, while the exact rule asks it every time.
 */
import { describe, expect, it } from "vitest";
import {
  type Billable,
  contractCost,
  type PricingPolicy,
  quickContractCost,
  type Resources,
  TEST_PRICES,
} from "../../src/protocol/index.ts";
import { bytes, cores, seconds, usd } from "../../src/units/index.ts";

const GIB = 2n ** 30n;
const PIB = 2n ** 50n;
const HOUR = 3_600;

const MACHINE: Resources = {
  cru: cores(4n),
  mru: bytes(8n * GIB),
  sru: bytes(100n * GIB),
  hru: bytes(500n * GIB),
};
const node = (change: Partial<Resources> = {}, ips = 1n, rented = false): Billable => ({
  kind: "node",
  resources: { ...MACHINE, ...change },
  ips,
  rented,
  unbilled: usd(7n),
});
const rent = (change: Partial<Resources> = {}): Billable => ({
  kind: "rent",
  capacity: { ...MACHINE, ...change },
});
const name: Billable = { kind: "name" };

/** A policy that counts what is asked of it. */
function watched(policy: PricingPolicy): { readonly policy: PricingPolicy; asked(): number } {
  let count = 0;
  const get = (of: PricingPolicy, key: string | symbol): unknown => {
    if (key !== "dedicatedPercent") count += 1;
    return Reflect.get(of, key);
  };
  return { policy: new Proxy(policy, { get }), asked: () => count };
}

/** Whether a bill is answered without a further look at the prices; the answer is the exact one. */
function isQuick(what: Billable, elapsed: number, by: PricingPolicy = TEST_PRICES): boolean {
  const { policy, asked } = watched(by);
  const ask = () => quickContractCost(what, seconds(elapsed), policy);
  const exact = contractCost(what, seconds(elapsed), by);
  expect(ask()).toBe(exact);
  const before = asked();
  expect(ask()).toBe(exact);
  return asked() === before;
}

describe("the cost in fewer steps", () => {
  it.each<readonly [string, Billable, number, boolean]>([
    ["a deployment", node(), HOUR, true],
    ["a deployment that uses nothing", node(noMachine()), HOUR, true],
    ["a rent", rent(), HOUR, true],
    ["a rent of nothing", rent(noMachine()), HOUR, true],
    ["a name", name, HOUR, true],
    ["no time at all", node(), 0, true],
    ["no time at all of a name", name, 0, true],
    ["half a year less a second", node(), 2 ** 24 - 1, true],
    ["half a year", node(), 2 ** 24, false],
    ["half a year of a name", name, 2 ** 24, false],
    ["512 addresses", node({}, 512n), HOUR, true],
    ["513 addresses", node({}, 513n), HOUR, false],
    ["512 addresses on a rented node", node({}, 512n, true), HOUR, true],
    ["513 addresses on a rented node", node({}, 513n, true), HOUR, false],
    ["a million cores less one", node({ cru: cores(2n ** 20n - 1n) }), HOUR, true],
    ["a million cores", node({ cru: cores(2n ** 20n) }), HOUR, false],
    ["a million cores, rented", rent({ cru: cores(2n ** 20n) }), HOUR, false],
    ["a pebibyte of memory less a byte", node({ mru: bytes(PIB - 1n) }), HOUR, true],
    ["a pebibyte of memory", node({ mru: bytes(PIB) }), HOUR, false],
    ["a pebibyte of memory, rented", rent({ mru: bytes(PIB) }), HOUR, false],
    ["a pebibyte of SSD less a byte", node({ sru: bytes(PIB - 1n) }), HOUR, true],
    ["a pebibyte of SSD", node({ sru: bytes(PIB) }), HOUR, false],
    ["a pebibyte of disk less a byte", node({ hru: bytes(PIB - 1n) }), HOUR, true],
    ["a pebibyte of disk", node({ hru: bytes(PIB) }), HOUR, false],
    ["a pebibyte that a rent pays", node({ hru: bytes(PIB) }, 1n, true), HOUR, true],
  ])("of %s", (_, what, elapsed, quick) => {
    expect(isQuick(what, elapsed)).toBe(quick);
  });

  const at = (value: bigint) => ({ value: usd(value), unit: "Gigabytes" }) as const;
  const MOST = 2n ** 32n;

  it.each<readonly [string, Partial<PricingPolicy>, boolean]>([
    ["all of 400 USD less a bit", everyPrice(MOST - 1n), true],
    ["a CU of 400 USD", { cu: at(MOST) }, false],
    ["an SU of 400 USD", { su: at(MOST) }, false],
    ["an address of 400 USD", { ipu: usd(MOST) }, false],
    ["a name of 400 USD", { uniqueName: usd(MOST) }, false],
    ["a CU of terabytes", { cu: { ...TEST_PRICES.cu, unit: "Terabytes" } }, false],
    ["an SU of terabytes", { su: { ...TEST_PRICES.su, unit: "Terabytes" } }, false],
  ])("at prices with %s", (_, change, quick) => {
    const by = { ...TEST_PRICES, ...change };
    for (const what of [node(), rent(), name]) expect(isQuick(what, HOUR, by)).toBe(quick);
  });

  it.each([-1, Number.NaN])(
    "leaves %d seconds to the exact rule, whatever that says",
    (elapsed) => {
      const answer = (rule: typeof contractCost, by: PricingPolicy): unknown => {
        try {
          return rule(node(), elapsed as never, by);
        } catch (fault) {
          return String(fault);
        }
      };
      const { policy, asked } = watched(TEST_PRICES);
      answer(quickContractCost, policy);
      const before = asked();
      expect(answer(quickContractCost, policy)).toEqual(answer(contractCost, TEST_PRICES));
      expect(asked()).toBeGreaterThan(before);
    },
  );
});

function noMachine(): Resources {
  return { cru: cores(0n), mru: bytes(0n), sru: bytes(0n), hru: bytes(0n) };
}

function everyPrice(value: bigint): Partial<PricingPolicy> {
  const price = { value: usd(value), unit: "Gigabytes" } as const;
  return { cu: price, su: price, ipu: usd(value), uniqueName: usd(value) };
}
