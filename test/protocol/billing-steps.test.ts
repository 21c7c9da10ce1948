/** What one bill leaves and tells, whole, under the reserve rules; amounts added up by hand. */
import { describe, expect, it } from "vitest";
import {
  bill,
  freeze,
  type GridState,
  optOut,
  reportTraffic,
  twinId,
  withLedger,
} from "../../src/protocol/index.ts";
import { bytes, seconds, tft } from "../../src/units/index.ts";
import {
  deploy,
  FIRST,
  free,
  pay,
  power,
  rent,
  SECOND,
  start,
  tryCancel,
  tryFee,
  tryName,
} from "./acts.ts";
import { NODE, run, terms, time, value, word } from "./grid.ts";
import { inGrace, recorded } from "./records.ts";

const by = terms("reserve");
const at = (state: GridState, block: number, id = FIRST) => value(bill(state, id, time(block), by));
const record = (state: GridState, id = FIRST) => state.payments.get(id);
const reserved = (state: GridState, account: string) =>
  state.ledger.accounts.get(account)?.reserved;

/** charlie's deployment in grace since block 21, owing 214400, with 500 left; bills of 121300. */
const poor = (): GridState => run(deploy(start(), "charlie"), { from: 2, to: 31 }, by).state;

describe("a bill tells and leaves", () => {
  it("a full one: what was taken, and the next stretch begins", () => {
    const state = deploy(start(), "bob");
    const done = at(state, 11);
    expect(done.events).toEqual([{ kind: "ContractBilled", contract: 1, amount: 121_300n }]);
    expect(done.bill).toEqual({
      ...{ contract: 1, block: 11, elapsed: 60, due: 121_300n, level: "None" },
      ...{ state: { kind: "created" }, taken: 121_300n, overdrawn: 0n, distributed: 0n },
    });
    expect(record(done.state)).toEqual({
      ...{ rules: "reserve", standardReserve: 121_300n, additionalReserve: 0n },
      ...{ standardOverdraft: 0n, additionalOverdraft: 0n, cycles: 1, updated: time(11).now },
    });
    expect(reserved(done.state, "bob")).toBe(121_300n);
  });

  it("a short one: what was there, and what was missing", () => {
    const first = at(deploy(start(), "charlie"), 11).state;
    const done = at(first, 21);
    expect(done.events).toEqual([
      { kind: "ContractGracePeriodStarted", contract: 1, since: 21 },
      { kind: "ContractPaymentOverdrawn", contract: 1, reserved: 28_200n, overdrawn: 93_100n },
    ]);
    expect(done.bill).toEqual({
      ...{ contract: 1, block: 21, elapsed: 60, due: 121_300n, level: "None" },
      ...{ state: { kind: "grace", since: 21 }, taken: 28_200n, overdrawn: 93_100n },
      distributed: 0n,
    });
    expect(record(done.state)).toMatchObject({ cycles: 2, updated: time(21).now });
  });

  it("one in grace that finds more than is new, but not all: nothing new is missing", () => {
    const done = at(pay(poor(), "charlie", 200_000n), 41);
    expect(done.events).toEqual([
      { kind: "ContractPaymentOverdrawn", contract: 1, reserved: 200_000n, overdrawn: 0n },
    ]);
    expect(done.bill).toMatchObject({ taken: 200_000n, overdrawn: 0n, due: 121_300n });
    expect(done.bill?.state).toEqual({ kind: "grace", since: 21 });
    // 214400 were owed and 121300 are new.
    expect(record(done.state)).toMatchObject({
      ...{ standardOverdraft: 135_700n, standardReserve: 349_500n, cycles: 4 },
    });
  });

  it("one in grace that finds exactly what is new: nothing new is missing either", () => {
    expect(at(pay(poor(), "charlie", 121_300n), 41).bill).toMatchObject({ overdrawn: 0n });
    expect(at(pay(poor(), "charlie", 121_299n), 41).bill).toMatchObject({ overdrawn: 1n });
  });

  it("one that ends the grace: that it ended, and all that was owed", () => {
    const done = at(pay(poor(), "charlie", 335_700n), 41);
    expect(done.events).toEqual([
      { kind: "ContractGracePeriodEnded", contract: 1 },
      { kind: "ContractBilled", contract: 1, amount: 335_700n },
    ]);
    expect(done.bill).toMatchObject({ due: 121_300n, taken: 335_700n, overdrawn: 0n });
    expect(record(done.state)).toMatchObject({
      ...{ standardReserve: 485_200n, standardOverdraft: 0n, additionalOverdraft: 0n, cycles: 4 },
    });
  });

  it("the 24th: what was distributed beside it, even where it fell short", () => {
    const due = recorded(poor(), FIRST, { cycles: 23 });
    const done = at(due, 41);
    // 121300 and 28200 had been set aside.
    expect(done.events).toEqual([
      { kind: "ContractPaymentOverdrawn", contract: 1, reserved: 0n, overdrawn: 121_300n },
      { kind: "RewardDistributed", contract: 1, standard: 149_500n, additional: 0n },
    ]);
    expect(done.bill?.distributed).toBe(149_500n);
    expect(record(done.state)).toMatchObject({ cycles: 0, standardOverdraft: 335_700n });
  });

  it("one when grace is over: why the contract ends", () => {
    const done = at(poor(), 121);
    expect(done.bill?.state).toEqual({ kind: "deleted", cause: "OutOfFunds" });
    expect(done.state.contracts.size).toBe(0);
  });

  it("one of traffic: it is charged once", () => {
    const told = { contract: FIRST, traffic: bytes(3_000_000_000n), window: seconds(60) };
    const used = value(
      reportTraffic(deploy(start(), "bob"), NODE, { ...told, until: time(2).now }, by.pricing),
    );
    // 2500 units of 1e-7 USD are 50000 at 0.05 USD.
    const first = at(used, 11);
    expect(first.bill?.due).toBe(171_300n);
    expect(first.state.contracts.get(FIRST)).toMatchObject({ unbilled: 0n });
    expect(at(first.state, 21).bill?.due).toBe(121_300n);
  });

  it("one of a name: nothing of traffic is left on it", () => {
    const named = value(tryName(start(), "bob", "some_name")).state;
    const done = at(named, 11);
    expect(done.state.contracts.get(FIRST)).toEqual(named.contracts.get(FIRST));
    expect(done.bill).toMatchObject({ due: 2_784n, level: "Silver" });
  });
});

describe("a bill asks", () => {
  it("for the contract, for those whom it concerns, and for its record", () => {
    const state = deploy(start(), "bob");
    const asked = (of: GridState, id = FIRST) => word(bill(of, id, time(11), by));
    expect(asked(state, SECOND)).toBe("ContractNotExists");
    expect(asked({ ...state, farms: new Map() })).toBe("FarmNotExists");
    expect(asked({ ...state, payments: new Map() })).toBe("ContractPaymentStateNotExists");
  });

  it("whether a contract that ends is where the loop looks for it", () => {
    const state = { ...deploy(start(), "bob"), buckets: new Map([[FIRST, 5]]) };
    const answer = tryCancel(state, "bob", FIRST, { block: 11 });
    expect(word(answer)).toBe("ContractWrongBillingLoopIndex");
  });

  it("whether cost and fee are nothing, and not whether they are equal", () => {
    // A fee of 67893 is 314320 a minute, as the rent is.
    const equal = rent(value(tryFee(start(), "alice", 67_893n)), "bob");
    expect(at(equal, 11).bill?.due).toBe(628_640n);
  });
});

describe("the discount is judged", () => {
  const bobs = twinId(2);
  const stashed = (stash: string | null) => {
    const state = deploy(start(), "bob");
    return { ...state, twins: new Map(state.twins).set(bobs, { account: "bob", stash }) };
  };

  it("on the twin's stash beside its own balance, and takes nothing from it", () => {
    expect(at(stashed(null), 11).bill).toMatchObject({ level: "None", due: 121_300n });
    const done = at(stashed("rich"), 11);
    expect(done.bill).toMatchObject({ level: "Gold", due: 48_520n });
    expect(free(done.state, "rich")).toBe(10n ** 12n);
    expect(free(done.state, "bob")).toBe(2_500_000_000n - 48_520n);
  });

  it("on what is usable of both: less the deposit, and what is locked", () => {
    // A month costs 43200 times 121300, which is 5240160000; 1.5 of it make the first level.
    const month = 43_200n * 121_300n;
    const needed = (month * 3n) / 2n;
    const level = (own: bigint) => {
      const state = stashed("charlie");
      const accounts = new Map(state.ledger.accounts);
      const none = { reserved: tft(0n), frozen: tft(0n) };
      accounts.set("bob", { free: tft(own), ...none });
      return at({ ...state, ledger: { ...state.ledger, accounts } }, 11).bill?.level;
    };
    // charlie has 149500 beside the deposit.
    expect(level(needed + 500n - 149_500n)).toBe("Default");
    expect(level(needed + 500n - 149_501n)).toBe("None");
  });
});

describe("a sleeping node's rent", () => {
  const asleep = (state: GridState) => power(state, true, 5);
  const waived = { kind: "RentWaived", contract: 1 };

  it("in grace that owes nothing is waived too", () => {
    const state = asleep(inGrace(rent(start(), "bob"), FIRST, 3));
    expect(at(state, 11)).toEqual({ state, events: [waived], bill: null });
  });

  it("in good standing is waived even where an upgrade left it an overdraft", () => {
    const owing = recorded(rent(start(), "bob"), FIRST, { standardOverdraft: tft(70n) });
    const state = asleep(owing);
    expect(at(state, 11)).toEqual({ state, events: [waived], bill: null });
  });

  it("in grace pays what is owed, of nothing new, and leaves it", () => {
    const owing = { standardOverdraft: tft(70n), additionalOverdraft: tft(8n) };
    const state = asleep(recorded(inGrace(rent(start(), "bob"), FIRST, 3), FIRST, owing));
    const done = at(state, 11);
    expect(done.events).toEqual([
      waived,
      { kind: "ContractGracePeriodEnded", contract: 1 },
      { kind: "ContractBilled", contract: 1, amount: 78n },
    ]);
    expect(done.bill).toMatchObject({ due: 0n, taken: 78n, level: "None" });
    expect(record(done.state)).toMatchObject({
      ...{ standardReserve: 70n, additionalReserve: 8n },
      ...{ standardOverdraft: 0n, additionalOverdraft: 0n, updated: time(11).now },
    });
  });

  it.each(["standardOverdraft", "additionalOverdraft"] as const)(
    "in grace is billed where only its %s is left",
    (owed) => {
      const state = asleep(
        recorded(inGrace(rent(start(), "bob"), FIRST, 3), FIRST, { [owed]: tft(9n) }),
      );
      expect(at(state, 11).bill).toMatchObject({ due: 0n, taken: 9n });
    },
  );

  it("ends when it is cancelled, and pays what it had set aside", () => {
    const running = run(rent(start(), "bob"), { from: 2, to: 11 }, by).state;
    const done = value(tryCancel(asleep(running), "bob", FIRST, { block: 17 }));
    expect(done.bill).toMatchObject({ due: 0n, taken: 0n, distributed: 314_320n });
    expect(done.state.contracts.size + done.state.payments.size).toBe(0);
    expect(done.events).toEqual([
      waived,
      { kind: "ContractBilled", contract: 1, amount: 0n },
      { kind: "RewardDistributed", contract: 1, standard: 314_320n, additional: 0n },
    ]);
  });

  it("is waived alone: a deployment without a rent is billed on it", () => {
    expect(at(asleep(deploy(start(), "bob")), 11)).toMatchObject({
      ...{ events: [{ kind: "ContractBilled" }], bill: { due: 121_300n } },
    });
  });
});

describe("on a node that left this billing", () => {
  const left = (state: GridState) => value(optOut(state, NODE));

  it("a contract in good standing is not billed, and nothing is told", () => {
    const state = left(deploy(start(), "bob"));
    expect(at(state, 11)).toEqual({ state, events: [], bill: null });
  });

  it("nor where an upgrade left it an overdraft", () => {
    const owing = recorded(deploy(start(), "bob"), FIRST, { standardOverdraft: tft(70n) });
    const state = left(owing);
    expect(at(state, 11)).toEqual({ state, events: [], bill: null });
  });

  it("a contract that is cancelled costs nothing more, and pays out", () => {
    const running = run(deploy(start(), "bob"), { from: 2, to: 11 }, by).state;
    const done = value(tryCancel(left(running), "bob", FIRST, { block: 17 }));
    expect(done.bill).toMatchObject({ due: 0n, taken: 0n, distributed: 121_300n });
    expect(done.state.contracts.size).toBe(0);
  });

  it("a contract in grace that owes nothing is left alone", () => {
    const state = left(inGrace(deploy(start(), "bob"), FIRST, 3));
    expect(at(state, 11)).toEqual({ state, events: [], bill: null });
  });
});

describe("a contract that is cancelled", () => {
  it("without enough pays what is there, and enters no grace", () => {
    const running = run(deploy(start(), "charlie"), { from: 2, to: 11 }, by).state;
    const done = value(tryCancel(running, "charlie", FIRST, { block: 21 }));
    expect(done.events).toEqual([
      { kind: "ContractPaymentOverdrawn", contract: 1, reserved: 28_200n, overdrawn: 93_100n },
      { kind: "RewardDistributed", contract: 1, standard: 149_500n, additional: 0n },
    ]);
    expect(done.bill).toMatchObject({
      state: { kind: "deleted", cause: "CanceledByUser" },
      ...{ taken: 28_200n, overdrawn: 93_100n, distributed: 149_500n },
    });
  });

  it("at once costs nothing and leaves nothing", () => {
    const done = value(tryCancel(deploy(start(), "bob"), "bob", FIRST, { block: 1 }));
    expect(done.bill).toMatchObject({ due: 0n, taken: 0n, distributed: 0n });
    expect(done.state.contracts.size + done.state.payments.size).toBe(0);
  });
});

describe("a lock on the account", () => {
  it("stays below what is left after a bill", () => {
    const locked = (of: bigint) =>
      withLedger(deploy(start(), "charlie"), freeze(start().ledger, "charlie", tft(of)));
    // 150000 less a bill of 121300 leaves 28700.
    expect(at(locked(28_700n), 11).bill?.state).toEqual({ kind: "created" });
    const short = at(locked(28_701n), 11);
    expect(short.bill).toMatchObject({ taken: 121_299n, overdrawn: 1n });
  });
});
