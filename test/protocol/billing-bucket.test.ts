import { describe, expect, it } from "vitest";
import {
  type BillingTerms,
  billBlock,
  bucketOf,
  contractId,
  type GridState,
  leaveLoop,
  pricingId,
  raiseFrequency,
} from "../../src/protocol/index.ts";
import { blocks } from "../../src/units/index.ts";
import { deploy, rent, start, tryCancel, USED } from "./acts.ts";
import { run, terms, testPricing, time, value, word } from "./grid.ts";

const BEFORE = terms("reserve");

/** A grid whose next contract has a number, with one deployment of bob's of that number. */
const numbered = (id: number, by: BillingTerms = BEFORE): GridState =>
  deploy({ ...start(), contractsMade: id - 1 }, "bob", { used: USED }, by);

/** The state and the terms after the council raised the frequency from 10 to 15 blocks. */
function raised(state: GridState, by: BillingTerms = BEFORE) {
  const done = value(raiseFrequency(state, by.billing, blocks(15)));
  return { state: done.state, by: { ...by, billing: done.policy } };
}

const billedBlocks = (state: GridState, by: BillingTerms, to: number): number[] =>
  run(state, { from: 2, to }, by).bills.map((one) => one.block);

describe("a contract that leaves the loop", () => {
  // test_remove_from_billing_loop_wrong_index_fails
  it("is found in the bucket of its number, where others are not", () => {
    const state = numbered(1);
    const leave = (id: number) => leaveLoop(state, contractId(id), BEFORE.billing.frequency);
    expect([leave(2), leave(11)].map(word)).toEqual([
      "ContractWrongBillingLoopIndex",
      "ContractWrongBillingLoopIndex",
    ]);
    expect(value(leave(1)).contracts.size).toBe(0);
  });
});

describe("a frequency that the council raised from 10 to 15", () => {
  it.each([
    [12, [2, 17, 32], "its old bucket 2, once in every 15 blocks"],
    [11, [16, 31], "its old bucket 1"],
    [3, [3, 18, 33], "bucket 3, which is its own under both"],
  ])("bills contract %i in blocks %j: %s", (id, expected) => {
    const { state, by } = raised(numbered(id));
    expect(billedBlocks(state, by, 34)).toEqual(expected);
  });

  it.each([
    [12, "ContractWrongBillingLoopIndex"],
    [3, "ok"],
  ])("ends contract %i with %s", (id, answer) => {
    const { state, by } = raised(numbered(id));
    const gone = tryCancel(state, "bob", contractId(id), { by, block: 5 });
    expect(word(gone)).toBe(answer);
  });

  it.each(["reserve", "legacy"] as const)(
    "leaves a %s contract in grace for ever, its last bill failing in each turn",
    (rules) => {
      const by = terms(rules);
      const poor = deploy({ ...start(), contractsMade: 11 }, "charlie", { used: USED }, by);
      const later = raised(run(poor, { from: 2, to: 42 }, by).state, by);
      expect(later.state.contracts.get(contractId(12))?.state.kind).toBe("grace");
      const { state, bills } = run(later.state, { from: 43, to: 200 }, later.by);
      expect(state.contracts.size).toBe(1);
      const failed = bills.flatMap((one) => ("error" in one ? [one.error] : []));
      expect(new Set(failed)).toEqual(new Set(["ContractWrongBillingLoopIndex"]));
      expect(failed.length).toBeGreaterThan(1);
    },
  );

  it("keeps a rent from ending with a node contract in a wrong bucket", () => {
    const by = terms("legacy");
    const rented = rent({ ...start(), contractsMade: 2 }, "charlie", by);
    const both = deploy({ ...rented, contractsMade: 11 }, "charlie", { used: USED }, by);
    const later = raised(run(both, { from: 2, to: 13 }, by).state, by);
    const { state, bills } = run(later.state, { from: 14, to: 200 }, later.by);
    expect(state.contracts.size).toBe(2);
    expect(bills[bills.length - 1]).toMatchObject({ error: "ContractWrongBillingLoopIndex" });
  });

  it("lets a rent end with a node contract where both are in the bucket of their number", () => {
    const rented = rent({ ...start(), contractsMade: 2 }, "bob", BEFORE);
    const both = deploy({ ...rented, contractsMade: 3 }, "bob", { used: USED }, BEFORE);
    const later = raised(both);
    const gone = tryCancel(later.state, "bob", contractId(4), { by: later.by, block: 5 });
    const alone = tryCancel(value(gone).state, "bob", contractId(3), { by: later.by, block: 5 });
    expect(value(alone).state.contracts.size).toBe(0);
    // Out of funds it takes the node contract along.
    const by = terms("legacy");
    const poor = rent({ ...start(), contractsMade: 2 }, "charlie", by);
    const two = raised(deploy({ ...poor, contractsMade: 3 }, "charlie", { used: USED }, by), by);
    const { state, bills } = run(two.state, { from: 2, to: 200 }, two.by);
    expect([state.contracts.size, state.buckets?.size]).toEqual([0, 0]);
    expect(bills.filter((one) => "error" in one)).toEqual([]);
  });

  it("tells nothing of a block in which nobody is billed", () => {
    const state = numbered(12);
    expect(billBlock(state, time(3), BEFORE)).toEqual({ state, events: [], bills: [] });
  });

  it("puts contracts made later where their number says", () => {
    const { state, by } = raised(numbered(3));
    const second = deploy({ ...state, contractsMade: 11 }, "bob", { used: USED, block: 2 }, by);
    const { frequency } = by.billing;
    expect(bucketOf(second, contractId(12), frequency)).toBe(12);
    expect(word(tryCancel(second, "bob", contractId(12), { by, block: 3 }))).toBe("ok");
  });

  it("remembers the first bucket through a second rise", () => {
    const once = raised(numbered(12));
    const twice = value(raiseFrequency(once.state, once.by.billing, blocks(40)));
    expect(bucketOf(twice.state, contractId(12), blocks(40))).toBe(2);
  });

  it("moves everybody where the switch staleBucket is mended", () => {
    const by = { ...BEFORE, billing: { ...BEFORE.billing, quirks: { staleBucket: "fixed" } } };
    const later = raised(numbered(12), by as BillingTerms);
    expect(billedBlocks(later.state, later.by, 30)).toEqual([12, 27]);
    expect(word(tryCancel(later.state, "bob", contractId(12), { by: later.by, block: 5 }))).toBe(
      "ok",
    );
  });

  it("is no rise where it is the same or less", () => {
    for (const frequency of [10, 9, 0]) {
      expect(word(raiseFrequency(start(), BEFORE.billing, blocks(frequency)))).toBe(
        "CanOnlyIncreaseFrequency",
      );
    }
  });
});

describe("pricing policies that the state keeps", () => {
  const dear = { ...testPricing, cu: { ...testPricing.cu, value: testPricing.cu.value } };
  const withPolicies = (ids: readonly number[]): GridState => ({
    ...numbered(1),
    pricings: new Map(ids.map((id) => [pricingId(id), dear])),
  });

  it.each([
    [[1], "ok"],
    [[2], "PricingPolicyNotExists"],
    [[], "PricingPolicyNotExists"],
  ])("with numbers %j answer a bill with %s", (ids, answer) => {
    const { bills } = billBlock(withPolicies(ids), time(11), BEFORE);
    const [first] = bills;
    expect(first !== undefined && "error" in first ? first.error : "ok").toBe(answer);
  });
});
