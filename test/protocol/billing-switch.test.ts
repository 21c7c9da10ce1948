/** For each quirk of bills that can be mended: what the chain does, and what the mended rule. */
import { describe, expect, it } from "vitest";
import {
  type BillingQuirks,
  type BillingRules,
  type BillingTerms,
  bill,
  COMPAT,
  dedicatedOff,
  rentCost,
  reportTraffic,
} from "../../src/protocol/index.ts";
import { bytes, seconds } from "../../src/units/index.ts";
import {
  deploy,
  FIRST,
  free,
  pay,
  power,
  rent,
  SECOND,
  start,
  stateOf,
  tryCancel,
  UNUSED,
} from "./acts.ts";
import { capacity, NODE, run, terms, testPricing, time, value } from "./grid.ts";

const both = (rules: BillingRules, quirk: keyof BillingQuirks) => {
  const by = terms(rules);
  const mended: BillingTerms = {
    ...by,
    billing: { ...by.billing, quirks: { ...COMPAT, [quirk]: "fixed" } },
  };
  return { by, mended };
};

describe("a mended quirk", () => {
  it("lockedTwice: a contract stays until the account does not cover what is due", () => {
    const { by, mended } = both("legacy", "lockedTwice");
    // 121300 a bill out of 400000: the third finds 157400 usable, and 242600 locked already.
    const state = pay(deploy(start(), "charlie", {}, by), "charlie", 250_000n);
    const since = (terms: BillingTerms) => run(state, { from: 2, to: 60 }, terms);
    const first = (terms: BillingTerms) =>
      since(terms).events.find((one) => one.kind === "ContractGracePeriodStarted");
    expect(first(by)).toMatchObject({ since: 31 });
    expect(first(mended)).toMatchObject({ since: 41 });
  });

  it("graceTraffic: traffic is charged once", () => {
    const { by, mended } = both("legacy", "graceTraffic");
    const poor = run(deploy(start(), "charlie", {}, by), { from: 2, to: 22 }, by).state;
    const told = { contract: FIRST, traffic: bytes(3_000_000_000n), window: seconds(60) };
    const state = value(reportTraffic(poor, NODE, { ...told, until: time(22).now }, by.pricing));
    const dues = (terms: BillingTerms) =>
      run(state, { from: 23, to: 51 }, terms).bills.map((one) => ("error" in one ? 0n : one.due));
    expect(dues(by)).toEqual([171_300n, 171_300n, 171_300n]);
    expect(dues(mended)).toEqual([171_300n, 121_300n, 121_300n]);
  });

  it("lastStretch: what is announced at the end is collected", () => {
    const { by, mended } = both("legacy", "lastStretch");
    const running = run(deploy(start(), "bob", {}, by), { from: 2, to: 27 }, by).state;
    const left = (terms: BillingTerms) =>
      free(value(tryCancel(running, "bob", FIRST, { by: terms, block: 28 })).state, "bob");
    expect(left(by)).toBe(2_500_000_000n - 242_600n);
    expect(left(mended)).toBe(2_500_000_000n - 242_600n - 84_920n);
  });

  it("standbyCancel: a rent on a sleeping node ends when it is cancelled", () => {
    const { by, mended } = both("legacy", "standbyCancel");
    const asleep = power(run(rent(start(), "bob", by), { from: 2, to: 12 }, by).state, true, 12);
    const done = (terms: BillingTerms) =>
      value(tryCancel(asleep, "bob", FIRST, { by: terms, block: 13 }));
    expect(stateOf(done(by).state, FIRST)?.kind).toBe("deleted");
    expect(done(mended).state.contracts.size).toBe(0);
    expect(done(mended).bill).toMatchObject({ due: 0n, distributed: 314_320n });
  });

  it("childGrace: the grace of a deployment is not restarted by its rent's", () => {
    const { by, mended } = both("reserve", "childGrace");
    // The deployment, billed in block 12, falls into grace before its rent does in block 21.
    const rented = pay(rent(start(), "charlie", by), "charlie", 180_000n);
    const state = deploy(rented, "charlie", { ips: 1, used: UNUSED, block: 2 }, by);
    const done = (terms: BillingTerms) => run(state, { from: 3, to: 21 }, terms).state;
    expect(stateOf(run(state, { from: 3, to: 12 }, by).state, SECOND)?.kind).toBe("grace");
    expect(stateOf(done(by), SECOND)).toEqual({ kind: "grace", since: 21 });
    expect(stateOf(done(mended), SECOND)).toEqual({ kind: "grace", since: 12 });
  });

  it("of the dedicated percentage: what is taken off instead of what is paid", () => {
    const node = capacity(8n, 16n, 512n, 1024n);
    const third = { ...testPricing, dedicatedPercent: 30n };
    const paid = rentCost(node, seconds(3_600), third);
    const off = rentCost(node, seconds(3_600), dedicatedOff(third, 30n));
    expect([paid < off, dedicatedOff(third, 120n).dedicatedPercent]).toEqual([true, 0n]);
    expect(dedicatedOff(testPricing, 50n)).toEqual(testPricing);
  });
});

describe("without a word, and with the word compat,", () => {
  it.each(["reserve", "legacy"] as const)("%s bills are the chain's", (rules) => {
    const by = terms(rules);
    const told = { ...by, billing: { ...by.billing, quirks: COMPAT } };
    const state = deploy(rent(start(), "charlie", by), "charlie", { ips: 1 }, by);
    expect(run(state, { from: 2, to: 150 }, told)).toEqual(run(state, { from: 2, to: 150 }, by));
  });
});

describe("a price of nothing", () => {
  it("fails the bill, as the chain's division does", () => {
    const by = { ...terms(), price: 0n as never };
    expect(bill(deploy(start(), "bob"), FIRST, time(11), by)).toEqual({
      ok: false,
      error: "ArithmeticOverflow",
    });
  });
});
