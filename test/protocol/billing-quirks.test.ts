import { describe, expect, it } from "vitest";
import {
  bill,
  contractId,
  freeze,
  type GridState,
  setPowerState,
  withLedger,
} from "../../src/protocol/index.ts";
import { tft } from "../../src/units/index.ts";
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
  tryName,
  UNUSED,
} from "./acts.ts";
import { grid, NODE, run, terms, time, value, word } from "./grid.ts";

const reserve = terms("reserve");
const legacy = terms("legacy");
const holding = (bob: bigint) =>
  grid({ alice: 10n ** 12n, bob, staking: 1_000n, foundation: 1_000n, sales: 1_000n });

describe("funds that are just enough", () => {
  it.each([
    ["reserve", 121_799n, "grace"],
    ["reserve", 121_800n, "created"],
    ["legacy", 121_300n, "grace"],
    ["legacy", 121_301n, "created"],
  ] as const)("under the %s rules, %s for a bill of 121300 is %s", (rules, balance, kind) => {
    const by = terms(rules);
    const state = deploy(holding(balance), "bob", {}, by);
    expect(stateOf(run(state, { from: 2, to: 11 }, by).state, FIRST)?.kind).toBe(kind);
  });

  it("end a legacy grace period only where something is left beside them", () => {
    const poor = run(deploy(start(), "charlie", {}, legacy), { from: 2, to: 21 }, legacy).state;
    // Three minutes are owed with the next bill, and 150000 less the 121300 locked are usable.
    const need = 3n * 121_300n;
    const lacks = need - (150_000n - 121_300n);
    const kind = (amount: bigint) =>
      stateOf(value(bill(pay(poor, "charlie", amount), FIRST, time(31), legacy)).state, FIRST)
        ?.kind;
    expect(kind(lacks)).toBe("grace");
    expect(kind(lacks + 1n)).toBe("created");
  });
});

describe("a rent contract that leaves its grace period", () => {
  it("leaves behind a node contract that owes for its address", () => {
    const both = deploy(rent(start(), "charlie"), "charlie", { ips: 1, used: UNUSED, block: 2 });
    const poor = run(both, { from: 3, to: 21 }, reserve).state;
    const owed = poor.payments.get(FIRST);
    if (owed?.rules !== "reserve") throw new Error("no record of the reserve rules");
    const saved = value(
      bill(pay(poor, "charlie", owed.standardOverdraft), FIRST, time(21), reserve),
    ).state;
    expect(stateOf(saved, FIRST)).toEqual({ kind: "created" });
    expect(stateOf(saved, SECOND)?.kind).toBe("grace");
  });
});

describe("a legacy lock of which no more than the deposit remains", () => {
  it("is lifted whole, and the other contract's part with it", () => {
    let state = deploy(start(), "bob", {}, legacy);
    state = value(tryName(state, "bob", "some_name", { by: legacy })).state;
    state = value(bill(state, SECOND, time(2), legacy)).state;
    expect(state.ledger.accounts.get("bob")?.frozen).toBe(276n);
    state = value(bill(state, FIRST, time(11), legacy)).state;
    expect(state.ledger.accounts.get("bob")?.frozen).toBe(500n + 121_300n);
    state = value(tryCancel(state, "bob", FIRST, { by: legacy, block: 11 })).state;
    expect(state.ledger.accounts.get("bob")?.frozen).toBe(0n);
  });
});

describe("a node that tells its power state", () => {
  it("moves its rent's clock when it wakes, and not when it was awake already", () => {
    const updated = (state: GridState) => state.payments.get(FIRST)?.updated;
    const awake = rent(start(), "bob");
    const again = value(setPowerState(awake, NODE, false, time(7).now));
    expect(updated(again)).toBe(time(1).now);
    const woken = value(setPowerState(power(awake, true, 3), NODE, false, time(7).now));
    expect(updated(woken)).toBe(time(7).now);
  });
});

describe("a payout that a lock holds back", () => {
  const locked = (state: GridState) =>
    withLedger(state, freeze(state.ledger, "bob", tft(10n ** 12n)));
  const running = run(deploy(start(), "bob"), { from: 2, to: 231 }, reserve).state;

  it("fails the whole bill, so that the next one tries again", () => {
    const state = locked(running);
    expect(word(bill(state, FIRST, time(241), reserve))).toBe("RewardDistributionError");
    const later = value(bill(running, FIRST, time(251), reserve)).bill;
    expect(later?.elapsed).toBe(120);
    expect(later?.distributed).toBe(23n * 121_300n + 242_620n);
  });

  it("is passed over where the contract ends, and the money stays reserved", () => {
    const gone = value(tryCancel(locked(running), "bob", FIRST, { block: 241 })).state;
    expect(gone.contracts.size).toBe(0);
    expect(gone.ledger.accounts.get("bob")?.reserved).toBe(23n * 121_300n);
    expect(free(gone, "alice")).toBe(free(start(), "alice"));
  });
});

describe("a bill without a record", () => {
  it("fails, be it of no contract or of one that other rules made", () => {
    const state = rent(start(), "charlie", legacy);
    expect(word(bill(state, contractId(9), time(11), legacy))).toBe("ContractNotExists");
    expect(word(bill(state, FIRST, time(11), reserve))).toBe("ContractPaymentStateNotExists");
  });
});
