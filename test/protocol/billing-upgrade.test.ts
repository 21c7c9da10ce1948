import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BillingTerms,
  bill,
  contractId,
  type GridState,
  type Payment,
  setPowerState,
  upgradeToReserve,
} from "../../src/protocol/index.ts";
import { milliUsd } from "../../src/units/index.ts";
import {
  deploy,
  FIRST,
  free,
  pay,
  rent,
  SECOND,
  start,
  stateOf,
  tryCancel,
  tryFee,
  tryName,
  UNUSED,
} from "./acts.ts";
import { NODE, run, terms, time, value } from "./grid.ts";

const legacy = terms("legacy");
const reserve = terms("reserve");

const lockedOf = (payment: Payment): bigint =>
  payment.rules === "legacy"
    ? payment.locked + payment.extraLocked
    : payment.standardOverdraft + payment.additionalOverdraft;
const sum = (state: GridState, of: (payment: Payment) => bigint): bigint =>
  [...state.payments.values()].reduce((total, one) => total + of(one), 0n);

describe("the upgrade from locks to reserves", () => {
  const running = run(deploy(start(), "bob", { ips: 1 }, legacy), { from: 2, to: 31 }, legacy);

  it("leaves a contract without a record, and a payer without an account, as they are", () => {
    const bare = { ...running.state, payments: new Map() };
    expect(upgradeToReserve(bare)).toEqual({ state: bare, records: 0, owed: 0n, thawed: 0n });
    const ledger = { ...running.state.ledger, accounts: new Map() };
    const poor = upgradeToReserve({ ...running.state, ledger });
    expect([poor.records, poor.thawed, poor.state.ledger.accounts.size]).toEqual([1, 0n, 0]);
  });

  it("makes what was locked an overdraft, and keeps cycles and clock", () => {
    const { state, records, owed, thawed } = upgradeToReserve(running.state);
    const before = running.state.payments.get(FIRST);
    if (before?.rules !== "legacy") throw new Error("no lock");
    expect(before.locked).toBeGreaterThan(0n);
    expect(state.payments.get(FIRST)).toEqual({
      rules: "reserve",
      standardReserve: 0n,
      additionalReserve: 0n,
      standardOverdraft: before.locked,
      additionalOverdraft: before.extraLocked,
      updated: before.updated,
      cycles: before.cycles,
    });
    expect({ records, owed, thawed }).toEqual({
      records: 1,
      owed: before.locked,
      thawed: before.locked,
    });
    expect(state.ledger.accounts.get("bob")?.frozen).toBe(0n);
  });

  it("has the next bill take the overdraft together with what is due", () => {
    const { state } = upgradeToReserve(running.state);
    const owed = sum(state, lockedOf);
    const billed = value(bill(state, FIRST, time(41), reserve)).bill;
    expect(billed?.taken).toBe(owed + (billed?.due ?? 0n));
    expect(billed?.elapsed).toBe(60);
  });

  it("keeps grace with its first block, and the traffic that was charged there again", () => {
    const poor = run(deploy(start(), "charlie", {}, legacy), { from: 2, to: 31 }, legacy).state;
    expect(stateOf(poor, FIRST)).toEqual({ kind: "grace", since: 21 });
    const upgraded = upgradeToReserve(poor).state;
    expect(stateOf(upgraded, FIRST)).toEqual({ kind: "grace", since: 21 });
    const saved = value(bill(pay(upgraded, "charlie", 10n ** 8n), FIRST, time(41), reserve));
    expect(stateOf(saved.state, FIRST)).toEqual({ kind: "created" });
  });

  it("sends a contract into grace whose account spent what was locked", () => {
    const spent = {
      ...running.state,
      ledger: {
        ...running.state.ledger,
        accounts: new Map(running.state.ledger.accounts).set("bob", {
          free: 600n,
          reserved: 0n,
          frozen: 600n,
        } as never),
      },
    };
    const { state } = upgradeToReserve(spent);
    const after = value(bill(state, FIRST, time(41), reserve)).state;
    expect(stateOf(after, FIRST)).toEqual({ kind: "grace", since: 41 });
    expect(after.payments.get(FIRST)).toMatchObject({ standardReserve: 100n });
  });

  it("ends a rent that was cancelled while its node slept", () => {
    const asleep = value(setPowerState(rent(start(), "bob", legacy), NODE, true, time(2).now));
    const stuck = value(tryCancel(asleep, "bob", FIRST, { by: legacy, block: 3 })).state;
    expect(stateOf(stuck, FIRST)?.kind).toBe("deleted");
    const after = value(bill(upgradeToReserve(stuck).state, FIRST, time(11), reserve)).state;
    expect(after.contracts.size).toBe(0);
  });

  it("leaves the record of a contract whose twin is gone", () => {
    const orphan = { ...running.state, twins: new Map() };
    const { state, records } = upgradeToReserve(orphan);
    expect(records).toBe(0);
    expect(state.payments.get(FIRST)?.rules).toBe("legacy");
    expect(bill(state, FIRST, time(41), reserve)).toEqual({ ok: false, error: "TwinNotExists" });
  });
});

/** A legacy grid after some months of bob's and charlie's, who come into money or not. */
const histories = fc.record({
  fee: fc.constantFrom(0n, 1n, 100_000n),
  contracts: fc.array(
    fc.record({
      who: fc.constantFrom("bob", "charlie", "rich"),
      kind: fc.constantFrom("node", "address", "name", "rent"),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  gift: fc.bigInt({ min: 0n, max: 3_000_000n }),
  blocks: fc.integer({ min: 1, max: 130 }),
  price: fc.constantFrom(10n, 50n, 999n),
});

type Story = typeof histories extends fc.Arbitrary<infer One> ? One : never;

function played(story: Story): { readonly state: GridState; readonly by: BillingTerms } {
  const { fee, contracts, gift, blocks, price } = story;
  const by = { ...legacy, price: milliUsd(price) };
  let state = fee === 0n ? start() : value(tryFee(start(), "alice", fee));
  for (const [at, { who, kind }] of contracts.entries()) {
    try {
      if (kind === "rent") state = rent(state, who, by);
      else if (kind === "name") state = value(tryName(state, who, `name-${at}`, { by })).state;
      else if (kind === "address") state = deploy(state, who, { ips: 1, used: UNUSED }, by);
      else state = deploy(state, who, {}, by);
    } catch {
      // A refused call leaves the history without that contract.
    }
  }
  if (gift > 0n) state = pay(state, "charlie", gift);
  return { state: run(state, { from: 2, to: blocks }, by).state, by };
}

describe("whatever happened before it, the upgrade", () => {
  const SETTINGS = { seed: 20_241_104, numRuns: 300 };

  it("conserves every unit: balances and issuance stay, what was locked is owed", () => {
    fc.assert(
      fc.property(histories, (story) => {
        const { state } = played(story);
        const { state: after, owed } = upgradeToReserve(state);
        expect(after.ledger.issuance).toBe(state.ledger.issuance);
        for (const [id, account] of state.ledger.accounts) {
          const now = after.ledger.accounts.get(id);
          expect(now?.free).toBe(account.free);
          expect(now?.reserved).toBe(account.reserved);
          expect(now?.frozen).toBe(0n);
        }
        expect(sum(after, lockedOf)).toBe(sum(state, lockedOf));
        expect(owed).toBe(sum(state, lockedOf));
        expect(after.contracts).toBe(state.contracts);
        expect([...after.payments.keys()]).toEqual([...state.payments.keys()]);
      }),
      SETTINGS,
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(histories, (story) => {
        const { state } = played(story);
        const once = upgradeToReserve(state).state;
        const twice = upgradeToReserve(once);
        expect(twice.records).toBe(0);
        expect(twice.state).toEqual(once);
      }),
      SETTINGS,
    );
  });

  it("lets bills of the new rules go on and conserve every unit", () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 300 }), (story, more) => {
        const { state, by } = played(story);
        const from = story.blocks + 1;
        const to = story.blocks + more;
        const next = { ...by, billing: { ...by.billing, rules: "reserve" as const } };
        const { state: after } = run(upgradeToReserve(state).state, { from, to }, next);
        const held = [...after.ledger.accounts.values()].reduce(
          (total, { free, reserved }) => total + free + reserved,
          0n,
        );
        expect(held).toBe(after.ledger.issuance);
        for (const account of after.ledger.accounts.values()) {
          expect(account.free >= 0n && account.reserved >= 0n).toBe(true);
        }
      }),
      SETTINGS,
    );
  });

  it("is met by a payout that reaches whom the old rules would not have paid", () => {
    const state = deploy(start(), "bob", {}, legacy);
    const before = run(state, { from: 2, to: 121 }, legacy).state;
    const after = run(upgradeToReserve(before).state, { from: 122, to: 250 }, reserve).state;
    expect(free(after, "sales")).toBe(free(start(), "sales"));
    expect(free(after, "alice")).toBeGreaterThan(free(start(), "alice") ?? 0n);
    expect(after.ledger.issuance).toBe(start().ledger.issuance);
    expect(stateOf(after, SECOND)).toBeUndefined();
    expect(after.payments.get(contractId(1))).toMatchObject({ cycles: 0 });
  });
});
