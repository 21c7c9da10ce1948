/** What one bill leaves and tells, whole, up to spec 151; amounts added up by hand. */
import { describe, expect, it } from "vitest";
import {
  approveProvider,
  attachProvider,
  bill,
  createProvider,
  freeze,
  type GridState,
  providerId,
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
  stateOf,
  tryCancel,
  tryFee,
  tryName,
  UNUSED,
} from "./acts.ts";
import { grid, NODE, terms, time, value, word } from "./grid.ts";
import { inGrace, recordedLegacy } from "./records.ts";

const by = terms("legacy");
const at = (state: GridState, block: number, id = FIRST) => value(bill(state, id, time(block), by));
const deployed = (account: string, more: object = {}, state = start()) =>
  deploy(state, account, more, by);
const rented = (account: string, state = start()) => rent(state, account, by);
const record = (state: GridState, id = FIRST) => state.payments.get(id);
const frozen = (state: GridState, account: string) => state.ledger.accounts.get(account)?.frozen;

/** charlie's deployment in grace since block 21; 121300 are locked, 242600 recorded. */
const poor = (): GridState => at(at(deployed("charlie"), 11).state, 21).state;

describe("a bill up to spec 151 tells and leaves", () => {
  it("a full one: what is locked, and the next stretch begins", () => {
    const done = at(deployed("bob"), 11);
    expect(done.events).toEqual([{ kind: "ContractBilled", contract: 1, amount: 121_300n }]);
    expect(done.bill).toEqual({
      ...{ contract: 1, block: 11, elapsed: 60, due: 121_300n, level: "None" },
      ...{ state: { kind: "created" }, taken: 121_300n, overdrawn: 0n, distributed: 0n },
    });
    expect(record(done.state)).toEqual({
      ...{ rules: "legacy", locked: 121_300n, extraLocked: 0n, cycles: 1, updated: time(11).now },
    });
    expect(frozen(done.state, "bob")).toBe(121_300n);
    expect(free(done.state, "bob")).toBe(2_500_000_000n);
  });

  it("a short one: that grace began, and that nothing more is locked", () => {
    const before = at(deployed("charlie"), 11).state;
    const done = at(before, 21);
    expect(done.events).toEqual([{ kind: "ContractGracePeriodStarted", contract: 1, since: 21 }]);
    expect(done.bill).toEqual({
      ...{ contract: 1, block: 21, elapsed: 60, due: 121_300n, level: "None" },
      ...{ state: { kind: "grace", since: 21 }, taken: 0n, overdrawn: 0n, distributed: 0n },
    });
    expect(frozen(done.state, "charlie")).toBe(121_300n);
    expect(record(done.state)).toMatchObject({ locked: 242_600n, cycles: 2 });
  });

  it("one in grace: nothing, and what is due adds up", () => {
    const done = at(poor(), 31);
    expect(done.events).toEqual([]);
    expect(done.bill).toMatchObject({ taken: 0n, state: { kind: "grace", since: 21 } });
    expect(record(done.state)).toMatchObject({ locked: 363_900n, cycles: 3 });
  });

  it("one that ends the grace: that it ended, and what is new", () => {
    const done = at(pay(poor(), "charlie", 10n ** 6n), 31);
    expect(done.events).toEqual([
      { kind: "ContractGracePeriodEnded", contract: 1 },
      { kind: "ContractBilled", contract: 1, amount: 121_300n },
    ]);
    expect(frozen(done.state, "charlie")).toBe(242_600n);
  });

  it("one when grace is over: what could be paid of all that was recorded", () => {
    const done = at(poor(), 121);
    // 600 seconds are 60653 of 1e-7 USD, rounded once, and are announced. Of 242600 recorded
    // 149500 can be paid, because 500 have to stay.
    expect(done.bill).toMatchObject({
      ...{ due: 1_213_060n, state: { kind: "deleted", cause: "OutOfFunds" } },
      distributed: 149_500n,
    });
    // 14950 and 7475 go to two, half to the sales, and of 74750 what is left is burned.
    expect(done.events).toEqual([
      { kind: "TokensBurned", contract: 1, amount: 52_325n },
      { kind: "ContractBilled", contract: 1, amount: 1_213_060n },
    ]);
    expect(done.state.contracts.size).toBe(0);
    expect(stateOf(at(poor(), 120).state, FIRST)).toEqual({ kind: "grace", since: 21 });
  });

  it("one whose burn would touch the deposit: an error, and its transfers are undone", () => {
    // 20000 go to the farmer, then all of 130000: 84500 to three, and 45500 should burn.
    const due = recordedLegacy(poor(), FIRST, {
      ...{ locked: tft(140_000n), extraLocked: tft(20_000n) },
    });
    expect(word(bill(due, FIRST, time(121), by))).toBe("Expendability");
    expect([free(due, "charlie"), stateOf(due, FIRST)]).toEqual([
      ...[150_000n, { kind: "grace", since: 21 }],
    ]);
    const less = recordedLegacy(poor(), FIRST, {
      ...{ locked: tft(129_500n), extraLocked: tft(20_000n) },
    });
    expect(free(at(less, 121).state, "charlie")).toBe(500n);
  });

  it("the 24th: the burn before the bill, and an empty record", () => {
    const done = at(recordedLegacy(at(deployed("bob"), 11).state, FIRST, { cycles: 23 }), 21);
    expect(done.events).toEqual([
      { kind: "TokensBurned", contract: 1, amount: 84_910n },
      { kind: "ContractBilled", contract: 1, amount: 121_300n },
    ]);
    expect(done.bill).toMatchObject({ taken: 121_300n, distributed: 242_600n });
    expect(record(done.state)).toMatchObject({ locked: 0n, extraLocked: 0n, cycles: 0 });
    const early = at(recordedLegacy(at(deployed("bob"), 11).state, FIRST, { cycles: 22 }), 21);
    expect(early.bill?.distributed).toBe(0n);
  });

  it("one for nothing: nothing at all", () => {
    const idle = deployed("bob", { used: UNUSED });
    expect(at(idle, 11)).toEqual({ state: idle, events: [], bill: null });
  });

  it("one of traffic: it is charged once", () => {
    const told = { contract: FIRST, traffic: bytes(3_000_000_000n), window: seconds(60) };
    const used = value(
      reportTraffic(deployed("bob"), NODE, { ...told, until: time(2).now }, by.pricing),
    );
    const first = at(used, 11);
    expect(first.bill?.due).toBe(171_300n);
    expect(first.state.contracts.get(FIRST)).toMatchObject({ unbilled: 0n });
    const early = value(
      reportTraffic(deployed("bob"), NODE, { ...told, until: time(1).now }, by.pricing),
    );
    expect(word(bill(early, FIRST, time(1), by))).toBe("ArithmeticOverflow");
  });

  it("one of a rent or a name: nothing on the contract itself", () => {
    const node = rented("bob");
    expect(at(node, 11).state.contracts.get(FIRST)).toEqual(node.contracts.get(FIRST));
    const named = value(tryName(start(), "bob", "some_name", { by })).state;
    expect(at(named, 11).state.contracts.get(FIRST)).toEqual(named.contracts.get(FIRST));
  });

  it("one whose payout fails: nothing, and the contract goes on", () => {
    const alone = grid({ alice: 10n ** 12n, bob: 10n ** 9n, staking: 10n ** 6n, sales: 10n ** 6n });
    const named = value(tryName(alone, "bob", "some_name", { by })).state;
    const billed = at(named, 11).state;
    // A tenth of 2784 cannot open the foundation's account.
    const answer = tryCancel(billed, "bob", FIRST, { by, block: 12 });
    expect(word(answer)).toBe("BelowMinimum");
  });
});

describe("a bill up to spec 151 asks", () => {
  it("for those whom it concerns, then for its record", () => {
    const state = deployed("bob");
    expect(word(bill({ ...state, farms: new Map() }, FIRST, time(11), by))).toBe("FarmNotExists");
    const reserve = deploy(start(), "bob");
    expect(word(bill(reserve, FIRST, time(11), by))).toBe("ContractPaymentStateNotExists");
    const none = { ...state, payments: new Map() };
    expect(word(bill(none, FIRST, time(11), by))).toBe("ContractPaymentStateNotExists");
  });

  it("whether a contract that ends is where the loop looks for it", () => {
    const state = { ...deployed("bob"), buckets: new Map([[FIRST, 5]]) };
    const answer = tryCancel(state, "bob", FIRST, { by, block: 11 });
    expect(word(answer)).toBe("ContractWrongBillingLoopIndex");
  });

  it("for more than is recorded and due, the fee among it", () => {
    const kind = (balance: bigint) => {
      const state = grid({ alice: 10n ** 12n, bob: balance });
      const dear = rented("bob", value(tryFee(state, "alice", 100_000n)));
      return stateOf(at(dear, 11).state, FIRST)?.kind;
    };
    // 314320 and a fee of 462960.
    expect([kind(777_281n), kind(777_280n)]).toEqual(["created", "grace"]);
  });

  it("for what is due alone where that is mended, but not in grace", () => {
    const mended = { ...by, billing: { ...by.billing, quirks: { lockedTwice: "fixed" } } } as const;
    const locked = { locked: tft(10n ** 6n) };
    const state = recordedLegacy(deployed("charlie"), FIRST, locked);
    const kind = (of: GridState) => stateOf(value(bill(of, FIRST, time(11), mended)).state, FIRST);
    expect(kind(state)).toEqual({ kind: "created" });
    expect(kind(inGrace(state, FIRST, 5))).toEqual({ kind: "grace", since: 5 });
  });

  it("whether both the cost and the fee are nothing, and not whether they are equal", () => {
    // A fee of 67893 is 314320 a minute, as the rent is.
    const equal = rented("bob", value(tryFee(start(), "alice", 67_893n)));
    expect(at(equal, 11).bill?.due).toBe(628_640n);
  });
});

describe("the discount up to spec 151 is judged", () => {
  const stashed = (stash: string | null) => {
    const state = deployed("bob");
    return { ...state, twins: new Map(state.twins).set(twinId(2), { account: "bob", stash }) };
  };

  it("on the twin's stash beside its own balance, and locks nothing of it", () => {
    expect(at(stashed(null), 11).bill).toMatchObject({ level: "None", due: 121_300n });
    const done = at(stashed("rich"), 11);
    expect(done.bill).toMatchObject({ level: "Gold", due: 48_520n });
    expect([frozen(done.state, "rich"), frozen(done.state, "bob")]).toEqual([0n, 48_520n]);
  });
});

describe("a sleeping node up to spec 151", () => {
  it("keeps its rent from being billed, and from ending", () => {
    const asleep = power(rented("bob"), true, 5);
    expect(at(asleep, 11)).toEqual({ state: asleep, events: [], bill: null });
  });

  it("does not keep a deployment from it", () => {
    expect(at(power(deployed("bob"), true, 5), 11).bill?.due).toBe(121_300n);
  });
});

describe("grace up to spec 151", () => {
  it("of a rent is told of each deployment on its node, going in and coming out", () => {
    const both = deployed("charlie", { used: UNUSED }, rented("charlie"));
    const into = at(both, 11);
    expect(into.events).toEqual([
      { kind: "ContractGracePeriodStarted", contract: 1, since: 11 },
      { kind: "ContractGracePeriodStarted", contract: 2, since: 11 },
    ]);
    const out = at(pay(into.state, "charlie", 10n ** 9n), 21);
    expect(out.events.slice(0, 2)).toEqual([
      { kind: "ContractGracePeriodEnded", contract: 1 },
      { kind: "ContractGracePeriodEnded", contract: 2 },
    ]);
    expect([stateOf(out.state, FIRST), stateOf(out.state, SECOND)]).toEqual([
      { kind: "created" },
      { kind: "created" },
    ]);
  });

  it("of a deployment is its own", () => {
    const both = deployed("charlie", {}, deployed("bob"));
    const poorer = at(at(both, 12, SECOND).state, 22, SECOND);
    expect(poorer.events).toHaveLength(1);
    expect(stateOf(poorer.state, FIRST)).toEqual({ kind: "created" });
    expect(stateOf(poorer.state, SECOND)).toEqual({ kind: "grace", since: 22 });
  });
});

describe("the lock up to spec 151", () => {
  it("that somebody else's was is extended by what is due", () => {
    const locked = withLedger(deployed("bob"), freeze(start().ledger, "bob", tft(10n ** 6n)));
    expect(frozen(at(locked, 11).state, "bob")).toBe(1_121_300n);
  });

  it("is lifted by what is paid out, and the rest stays", () => {
    const state = withLedger(deployed("bob"), freeze(start().ledger, "bob", tft(10n ** 6n)));
    const due = recordedLegacy(state, FIRST, { cycles: 23, locked: tft(50_000n) });
    // 1000000 were locked, 121300 are added, 171300 are paid out.
    const done = at(due, 11);
    expect(done.bill?.distributed).toBe(171_300n);
    expect(frozen(done.state, "bob")).toBe(950_000n);
  });

  it.each([
    [500n, 0n],
    [501n, 501n],
  ])("of which %i remain is %i", (rest, left) => {
    const other = withLedger(deployed("bob"), freeze(start().ledger, "bob", tft(171_300n + rest)));
    // With what is due 292600 are paid out of 121300 more.
    const due = recordedLegacy(other, FIRST, { cycles: 23, locked: tft(171_300n) });
    expect(frozen(at(due, 11).state, "bob")).toBe(left);
  });
});

describe("a payout up to spec 151", () => {
  const gains = (before: GridState, after: GridState) =>
    ["alice", "bob", "staking", "foundation", "sales"].map(
      (account) => (free(after, account) ?? 0n) - (free(before, account) ?? 0n),
    );

  it("pays the farmer the fee whole, and shares the rest", () => {
    const dear = rented("bob", value(tryFee(start(), "alice", 100_000n)));
    const done = at(recordedLegacy(dear, FIRST, { cycles: 23 }), 11);
    // Of 314320: a twentieth, a tenth, half; 110012 are burned.
    expect(gains(dear, done.state)).toEqual([462_960n, -777_280n, 15_716n, 31_432n, 157_160n]);
    expect(dear.ledger.issuance - done.state.ledger.issuance).toBe(110_012n);
    expect(done.bill?.distributed).toBe(777_280n);
  });

  it("pays the fee first where there is too little, and the deposit is forgotten after it", () => {
    const dear = rented("charlie", value(tryFee(start(), "alice", 100_000n)));
    const owing = { locked: tft(200n), extraLocked: tft(100_000n) };
    const over = recordedLegacy(inGrace(dear, FIRST, 1), FIRST, owing);
    const done = value(tryCancel(over, "charlie", FIRST, { by, block: 11 }));
    // The fee, then 200: 20 and 10 to two, 100 to the sales, 70 burned.
    expect(gains(dear, done.state)).toEqual([100_000n, 0n, 10n, 20n, 100n]);
    expect(free(done.state, "charlie")).toBe(49_800n);
    expect(done.bill?.distributed).toBe(100_200n);
  });

  it("pays providers their parts of it, and the sales what they leave of half", () => {
    const shares = [
      { account: "rich", take: 10n },
      { account: "charlie", take: 25n },
    ];
    let state = value(createProvider(deployed("bob"), shares)).state;
    state = value(approveProvider(state, providerId(1), true));
    const call = { account: "bob", contract: FIRST, provider: providerId(1) };
    state = recordedLegacy(value(attachProvider(state, call)), FIRST, { cycles: 23 });
    const done = at(state, 11).state;
    // Of 121300: 10, 5, 10, 25 and 15 parts of a hundred, and 35 burned.
    expect(gains(state, done)).toEqual([0n, -121_300n, 6_065n, 12_130n, 18_195n]);
    expect((free(done, "rich") ?? 0n) - (free(state, "rich") ?? 0n)).toBe(12_130n);
    expect((free(done, "charlie") ?? 0n) - (free(state, "charlie") ?? 0n)).toBe(30_325n);
    expect(state.ledger.issuance - done.ledger.issuance).toBe(42_455n);
  });

  it("fails with a provider whom it cannot pay", () => {
    const shares = [{ account: "nobody", take: 1n }];
    let state = value(createProvider(deployed("bob"), shares)).state;
    state = value(approveProvider(state, providerId(1), true));
    const call = { account: "bob", contract: FIRST, provider: providerId(1) };
    state = recordedLegacy(value(attachProvider(state, call)), FIRST, { locked: tft(40_000n) });
    // A hundredth of 40000 opens no account, of 50000 it does.
    const answer = (of: GridState) => word(tryCancel(of, "bob", FIRST, { by, block: 11 }));
    expect(answer(state)).toBe("InvalidProviderConfiguration");
    expect(answer(recordedLegacy(state, FIRST, { locked: tft(50_000n) }))).toBe("ok");
  });

  it("of a contract that ends with nothing recorded is none, and leaves others' lock", () => {
    const state = withLedger(deployed("bob"), freeze(start().ledger, "bob", tft(276n)));
    const done = value(tryCancel(state, "bob", FIRST, { by, block: 11 }));
    expect([frozen(done.state, "bob"), done.bill?.distributed]).toEqual([276n, 0n]);
    expect(done.events.map(({ kind }) => kind)).toEqual(["ContractBilled"]);
  });

  /** The state with an account that has so much, or that is gone. */
  const holding = (state: GridState, account: string, amount: bigint | null): GridState => {
    const accounts = new Map(state.ledger.accounts);
    if (amount === null) accounts.delete(account);
    else accounts.set(account, { free: tft(amount), reserved: tft(0n), frozen: tft(0n) });
    return withLedger(state, { ...state.ledger, accounts });
  };

  it.each([
    ["sales", { locked: tft(900n) }, "BelowMinimum"],
    ["sales", { locked: tft(1_000n) }, "ok"],
    ["alice", { extraLocked: tft(499n) }, "BelowMinimum"],
    ["alice", { extraLocked: tft(500n) }, "ok"],
  ])("that cannot open the account of %s fails: %o: %s", (account, more, answer) => {
    const dear = rented("bob", value(tryFee(start(), "alice", 100_000n)));
    const state = holding(recordedLegacy(dear, FIRST, more), account, null);
    expect(word(tryCancel(state, "bob", FIRST, { by, block: 11 }))).toBe(answer);
  });

  it("of an account below its deposit is nothing", () => {
    const state = holding(recordedLegacy(deployed("bob"), FIRST, { locked: tft(9n) }), "bob", 400n);
    const done = value(tryCancel(state, "bob", FIRST, { by, block: 11 }));
    expect([free(done.state, "bob"), done.bill?.distributed]).toEqual([400n, 0n]);
  });

  it("of a contract that ends with only a fee recorded is one", () => {
    const dear = rented("bob", value(tryFee(start(), "alice", 100_000n)));
    const some = recordedLegacy(dear, FIRST, { extraLocked: tft(9n) });
    const done = value(tryCancel(some, "bob", FIRST, { by, block: 11 }));
    expect(gains(dear, done.state)).toEqual([9n, -9n, 0n, 0n, 0n]);
    expect(done.events.map(({ kind }) => kind)).toEqual(["ContractBilled"]);
  });
});
