import { describe, expect, it } from "vitest";
import {
  type Bill,
  bill as billOne,
  type ContractId,
  type FailedBill,
  type GridState,
  optOut,
  type ReservePayment,
  reportResources,
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
  tryFee,
  tryName,
  UNUSED,
  USED,
} from "./acts.ts";
import { grid, NODE, run, terms, time, value, word } from "./grid.ts";

const by = terms("reserve");
const cancel = (state: GridState, account: string, id: ContractId, block: number) =>
  value(tryCancel(state, account, id, { block }));

const row = (one: Bill | FailedBill) =>
  "error" in one ? [one.block, one.error] : [one.block, one.due, one.taken, one.overdrawn];
const reserved = (state: GridState, account: string) =>
  state.ledger.accounts.get(account)?.reserved;
const payment = (state: GridState, id: ContractId): ReservePayment => {
  const record = state.payments.get(id);
  if (record?.rules !== "reserve") throw new Error("no record of the reserve rules");
  return record;
};

describe("a bill since spec 152", () => {
  it("reserves what is due and pays it out after 24 bills", () => {
    const done = run(deploy(start(), "bob"), { from: 2, to: 241 }, by);
    expect(done.bills[0] && row(done.bills[0])).toEqual([11, 121_300n, 121_300n, 0n]);
    const whole = 24n * 121_300n;
    expect(free(done.state, "bob")).toBe(2_500_000_000n - whole);
    expect(reserved(done.state, "bob")).toBe(0n);
    expect(free(done.state, "staking")).toBe(10n ** 6n + whole / 10n);
    expect(free(done.state, "foundation")).toBe(10n ** 6n + (whole * 4n) / 10n);
    expect(free(done.state, "alice")).toBe(10n ** 12n + whole / 2n);
    expect(free(done.state, "sales")).toBe(10n ** 6n);
    expect(done.state.ledger.issuance).toBe(start().ledger.issuance);
  });

  it("costs a quarter more on a certified node, but not for its extra fee", () => {
    const plain = value(tryFee(start(), "alice", 100_000n));
    const node = { ...plain.nodes.get(NODE)!, certified: true };
    const certified = { ...plain, nodes: new Map([[NODE, node]]) };
    const due = (state: GridState) => {
      const [first] = run(rent(state, "bob"), { from: 2, to: 11 }, by).bills;
      return "error" in first ? null : first.due;
    };
    expect(due(plain)).toBe(314_320n + 462_960n);
    expect(due(certified)).toBe(392_900n + 462_960n);
  });

  it("reserves the whole account where it falls short, and remembers the rest", () => {
    const done = run(deploy(start(), "charlie"), { from: 2, to: 31 }, by);
    expect(done.bills.map(row)).toEqual([
      [11, 121_300n, 121_300n, 0n],
      [21, 121_300n, 28_200n, 93_100n],
      [31, 121_300n, 0n, 121_300n],
    ]);
    expect(free(done.state, "charlie")).toBe(500n);
    expect(stateOf(done.state, FIRST)).toEqual({ kind: "grace", since: 21 });
    expect(payment(done.state, FIRST)).toMatchObject({
      standardReserve: 149_500n,
      standardOverdraft: 214_400n,
      cycles: 3,
    });
  });

  it("takes the overdraft with the first bill that finds enough for all of it", () => {
    const poor = run(deploy(start(), "charlie"), { from: 2, to: 31 }, by).state;
    const short = run(pay(poor, "charlie", 335_699n), { from: 32, to: 41 }, by);
    expect(stateOf(short.state, FIRST)).toEqual({ kind: "grace", since: 21 });
    const saved = run(pay(poor, "charlie", 335_700n), { from: 32, to: 41 }, by);
    expect(saved.bills.map(row)).toEqual([[41, 121_300n, 335_700n, 0n]]);
    expect(stateOf(saved.state, FIRST)).toEqual({ kind: "created" });
    expect(payment(saved.state, FIRST).standardOverdraft).toBe(0n);
  });

  it("settles the extra fee before the cost where money is short", () => {
    const state = rent(value(tryFee(start(), "alice", 100_000n)), "charlie");
    const short = run(pay(state, "charlie", 400_000n), { from: 2, to: 11 }, by).state;
    expect(payment(short, FIRST)).toMatchObject({
      additionalReserve: 462_960n,
      standardReserve: 549_500n - 462_960n,
      standardOverdraft: 314_320n - (549_500n - 462_960n),
      additionalOverdraft: 0n,
    });
  });

  it("leaves the contract's clock alone where nothing is due", () => {
    const idle = deploy(start(), "bob", { used: UNUSED });
    const early = value(billOne(idle, FIRST, time(101), by));
    expect(early).toEqual({ state: idle, events: [], bill: null });
    const used = value(reportResources(idle, NODE, { contract: FIRST, used: USED }));
    const late = value(billOne(used, FIRST, time(101), by)).bill;
    expect(late?.elapsed).toBe(600);
  });

  it("fails without a trace where traffic is due but no time has passed", () => {
    const report = {
      contract: FIRST,
      traffic: bytes(10n ** 9n),
      window: seconds(60),
      until: time(1).now,
    };
    const state = value(reportTraffic(deploy(start(), "bob"), NODE, report, by.pricing));
    expect(word(billOne(state, FIRST, time(1), by))).toBe("ArithmeticOverflow");
  });

  it("charges the last stretch of time when a contract ends, and forgives the overdraft", () => {
    const running = run(deploy(start(), "bob"), { from: 2, to: 27 }, by).state;
    const { state, bill } = cancel(running, "bob", FIRST, 28);
    expect(bill && row(bill)).toEqual([28, 84_920n, 84_920n, 0n]);
    expect(free(state, "bob")).toBe(2_500_000_000n - 2n * 121_300n - 84_920n);
    const poor = run(deploy(start(), "charlie"), { from: 2, to: 31 }, by).state;
    const gone = cancel(poor, "charlie", FIRST, 33).state;
    expect(gone.contracts.size + gone.payments.size).toBe(0);
    expect(gone.ledger.accounts.get("charlie")).toMatchObject({ free: 500n, reserved: 0n });
  });

  it("gives a name's payment to the foundation and the staking pool alone", () => {
    const named = value(tryName(start(), "bob", "some_name")).state;
    const gone = cancel(named, "bob", FIRST, 11).state;
    // 232 units are 4640; Silver leaves 2784, of which a tenth is 278.
    expect(free(gone, "staking")).toBe(10n ** 6n + 278n);
    expect(free(gone, "foundation")).toBe(10n ** 6n + 2_506n);
    expect(free(gone, "alice")).toBe(10n ** 12n);
  });

  it("destroys a share that is too small to open its beneficiary's account", () => {
    const { staking: _gone, ...others } = {
      staking: 0n,
      alice: 10n ** 12n,
      bob: 10n ** 9n,
      foundation: 10n ** 6n,
    };
    const state = grid(others);
    const named = value(tryName(state, "bob", "some_name"));
    const gone = cancel(named.state, "bob", FIRST, 11).state;
    expect(gone.ledger.accounts.has("staking")).toBe(false);
    expect(state.ledger.issuance - gone.ledger.issuance).toBeGreaterThan(0n);
  });
});

describe("the grace period since spec 152", () => {
  it("ends the contract in the first bill 100 blocks after it began", () => {
    const poor = run(deploy(start(), "charlie"), { from: 2, to: 120 }, by);
    expect(poor.state.contracts.size).toBe(1);
    const gone = run(poor.state, { from: 121, to: 121 }, by);
    expect(gone.state.contracts.size).toBe(0);
    expect(gone.events.map((event) => event.kind)).toEqual([
      "ContractGracePeriodElapsed",
      "ContractPaymentOverdrawn",
      "RewardDistributed",
    ]);
  });

  it("of a rent contract begins again for its node contracts", () => {
    const both = deploy(rent(pay(start(), "charlie", 200_000n), "charlie"), "charlie", {
      ips: 1,
      used: UNUSED,
      block: 2,
    });
    const done = run(both, { from: 3, to: 21 }, by).state;
    expect(stateOf(done, FIRST)).toEqual({ kind: "grace", since: 21 });
    expect(stateOf(done, SECOND)).toEqual({ kind: "grace", since: 21 });
  });

  it("of a node contract goes on while its rent is in grace, however rich the account", () => {
    const both = deploy(rent(start(), "charlie"), "charlie", { ips: 1, used: UNUSED, block: 2 });
    const poor = run(both, { from: 3, to: 21 }, by).state;
    expect(stateOf(poor, FIRST)).toEqual({ kind: "grace", since: 11 });
    const paid = run(pay(poor, "charlie", 10n ** 9n), { from: 22, to: 22 }, by).state;
    expect(stateOf(paid, SECOND)?.kind).toBe("grace");
    expect(payment(paid, SECOND).standardOverdraft).toBe(0n);
    const saved = run(paid, { from: 23, to: 31 }, by).state;
    expect([stateOf(saved, FIRST)?.kind, stateOf(saved, SECOND)?.kind]).toEqual([
      "created",
      "created",
    ]);
  });

  it("of a rent contract waits for node contracts that have money set aside", () => {
    const both = deploy(rent(start(), "charlie"), "charlie", { ips: 1, used: UNUSED, block: 2 });
    const poor = run(both, { from: 3, to: 21 }, by).state;
    // What comes in pays the node contract's address and not the rent.
    const some = run(pay(poor, "charlie", 50_000n), { from: 22, to: 22 }, by).state;
    expect(payment(some, SECOND).standardReserve > 0n).toBe(true);
    const late = value(billOne(some, FIRST, time(400), by)).state;
    expect(stateOf(late, FIRST)).toEqual({ kind: "grace", since: 11 });
    const paidOut = value(billOne(late, SECOND, time(401), by)).state;
    expect(paidOut.contracts.has(SECOND)).toBe(false);
    expect(value(billOne(paidOut, FIRST, time(402), by)).state.contracts.size).toBe(0);
  });
});

describe("what is waived since spec 152", () => {
  it("is the rent of a sleeping node, whose clock stands until it wakes", () => {
    const asleep = power(rent(start(), "bob"), true, 5);
    const billed = value(billOne(asleep, FIRST, time(11), by));
    expect(billed).toEqual({
      state: asleep,
      events: [{ kind: "RentWaived", contract: FIRST }],
      bill: null,
    });
  });

  it("is everything new on a node that left this billing, but not what is owed", () => {
    const left = value(optOut(deploy(start(), "bob"), NODE));
    expect(value(billOne(left, FIRST, time(11), by)).state).toBe(left);
    const poor = run(deploy(start(), "charlie"), { from: 2, to: 31 }, by).state;
    const rich = value(optOut(pay(poor, "charlie", 10n ** 9n), NODE));
    const { bill } = value(billOne(rich, FIRST, time(41), by));
    expect(bill && row(bill)).toEqual([41, 0n, 214_400n, 0n]);
    expect(bill?.state).toEqual({ kind: "created" });
  });
});
