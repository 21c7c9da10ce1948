/** Re-enacts the pallet's own tests of bills (spec 149); the comment above each names them. */
import { describe, expect, it } from "vitest";
import {
  approveProvider,
  attachProvider,
  type Bill,
  type ContractId,
  changeFrequency,
  createProvider,
  endContracts,
  type FailedBill,
  type GridState,
  isBilledAt,
  providerId,
  reportTraffic,
} from "../../src/protocol/index.ts";
import { blocks, bytes, seconds } from "../../src/units/index.ts";
import {
  deploy as deployAs,
  FIRST,
  free,
  pay,
  power,
  rent as rentAs,
  SECOND,
  start,
  stateOf,
  tryCancel,
  tryFee,
  tryName,
  UNUSED,
  USED,
} from "./acts.ts";
import { NODE, run, terms, time, value, word } from "./grid.ts";

const by = terms("legacy");
const deploy = (state: GridState, account: string, ips: number, used = USED, block = 1) =>
  deployAs(state, account, { ips, used, block }, by);
const rent = (state: GridState, account: string) => rentAs(state, account, by);
const cancel = (state: GridState, account: string, id: ContractId, block: number) =>
  value(tryCancel(state, account, id, { by, block }));

const row = (one: Bill | FailedBill) =>
  "error" in one ? [one.block, one.error] : [one.block, one.elapsed, one.due, one.level];
const frozen = (state: GridState, account: string) => state.ledger.accounts.get(account)?.frozen;

/** The node reports 3e9 bytes in a minute, worth 2500 units. */
const traffic = (state: GridState, block: number) => {
  const told = { contract: FIRST, traffic: bytes(3_000_000_000n), window: seconds(60) };
  return value(reportTraffic(state, NODE, { ...told, until: time(block).now }, by.pricing));
};

describe("the billing loop", () => {
  // test_create_node_contract_works (bucket)
  it("bills contract 1 in every block that is 1 more than a multiple of the frequency", () => {
    const billed = [0, 1, 2, 10, 11, 21].filter((block) =>
      isBilledAt(FIRST, blocks(block), by.billing.frequency),
    );
    expect(billed).toEqual([1, 11, 21]);
  });

  // test_change_billing_frequency_works
  // test_change_billing_frequency_fails_if_frequency_lower
  it("turns slower only", () => {
    expect(value(changeFrequency(by.billing, blocks(900))).frequency).toBe(900);
    expect(word(changeFrequency(by.billing, blocks(10)))).toBe("CanOnlyIncreaseFrequency");
    expect(word(changeFrequency(by.billing, blocks(4)))).toBe("CanOnlyIncreaseFrequency");
  });

  // test_multiple_contracts_billing_loop_works
  it("bills every kind of contract, and passes over a deployment that uses nothing", () => {
    let state = deploy(start(), "bob", 1);
    state = value(tryName(state, "bob", "some_name", { by, block: 2 })).state;
    state = deploy(state, "bob", 0, UNUSED);
    const { bills } = run(state, { from: 3, to: 20 }, by);
    expect(bills.map((one) => [one.block, one.contract])).toEqual([
      [11, 1],
      [12, 2],
    ]);
  });

  // test_cancel_node_contract_and_remove_from_billing_loop_works
  it("knows a contract no more once it has ended", () => {
    const gone = cancel(deploy(start(), "bob", 0), "bob", FIRST, 5).state;
    expect(run(gone, { from: 6, to: 30 }, by).bills).toEqual([]);
  });
});

describe("a node contract's bill up to spec 151", () => {
  // test_node_contract_billing_cycles
  it("locks 121300 every 60 seconds", () => {
    const first = run(deploy(start(), "bob", 0), { from: 2, to: 11 }, by);
    expect(first.bills.map(row)).toEqual([[11, 60, 121_300n, "None"]]);
    const second = run(first.state, { from: 12, to: 21 }, by);
    const third = run(second.state, { from: 22, to: 31 }, by);
    const locks = [first, second, third].map(({ state }) => frozen(state, "bob"));
    expect(locks).toEqual([121_300n, 242_600n, 363_900n]);
  });

  // test_node_multiple_contract_billing_cycles
  it("shares one lock with the account's other contracts", () => {
    const two = deploy(deploy(start(), "bob", 0), "bob", 0, USED, 2);
    const done = run(two, { from: 3, to: 12 }, by);
    expect(done.bills.map(row)).toEqual([
      [11, 60, 121_300n, "None"],
      [12, 60, 121_300n, "None"],
    ]);
    expect(frozen(done.state, "bob")).toBe(242_600n);
  });

  // test_node_contract_only_public_ip_billing_cycles
  it("charges an address alone where nothing else is used", () => {
    const state = deploy(start(), "bob", 1, UNUSED);
    expect(run(state, { from: 2, to: 11 }, by).bills.map(row)).toEqual([
      [11, 60, 18_512n, "Default"],
    ]);
  });

  // test_node_contract_billing_details
  it("distributes 24 cycles and the traffic of the first", () => {
    const state = traffic(deploy(start(), "bob", 1), 1);
    const done = run(state, { from: 2, to: 241 }, by);
    const paid = done.bills.flatMap((one) => ("error" in one ? [] : [one.distributed]));
    expect(paid.slice(0, 23).every((amount) => amount === 0n)).toBe(true);
    expect(paid[23]).toBe(3_516_560n);
    expect(free(done.state, "foundation")).toBe(10n ** 6n + 351_656n);
    expect(free(done.state, "staking")).toBe(10n ** 6n + 175_828n);
    expect(free(done.state, "sales")).toBe(10n ** 6n + 1_758_280n);
    expect(start().ledger.issuance - done.state.ledger.issuance).toBe(1_758_280n - 527_484n);
  });

  // test_node_contract_billing_cycles_delete_node_cancels_contract
  // test_rent_contract_and_node_contract_canceled_when_node_is_deleted_works
  it("bills the last 24 seconds when the node is deleted", () => {
    const running = run(deploy(start(), "bob", 1), { from: 2, to: 54 }, by).state;
    const gone = cancel(running, "bob", FIRST, 55);
    expect(gone.bill && row(gone.bill)).toEqual([55, 24, 57_780n, "None"]);
    expect(endContracts(running, NODE, time(55), by).state.contracts.size).toBe(0);
  });

  // test_node_contract_billing_cycles_cancel_contract_during_cycle_works
  it("announces the last 42 seconds but collects only what was locked before", () => {
    const running = run(deploy(start(), "bob", 0), { from: 2, to: 27 }, by).state;
    const { state, bill } = cancel(running, "bob", FIRST, 28);
    expect(bill && row(bill)).toEqual([28, 42, 84_920n, "None"]);
    expect(bill?.distributed).toBe(242_600n);
    expect(free(state, "bob")).toBe(2_500_000_000n - 242_600n);
    expect(frozen(state, "bob")).toBe(0n);
  });

  // test_node_contract_out_of_funds_should_move_state_to_graceperiod_works
  it("opens a grace period in block 21 where 150000 do not suffice", () => {
    const done = run(deploy(start(), "charlie", 0), { from: 2, to: 21 }, by);
    expect(stateOf(done.state, FIRST)).toEqual({ kind: "grace", since: 21 });
  });

  // test_restore_node_contract_in_grace_works
  it("ends the grace period once the account was filled", () => {
    const poor = run(deploy(start(), "charlie", 0), { from: 2, to: 41 }, by).state;
    const saved = run(pay(poor, "charlie", 100_000_000n), { from: 42, to: 62 }, by).state;
    expect(stateOf(saved, FIRST)).toEqual({ kind: "created" });
  });

  // test_node_contract_grace_period_cancels_contract_when_grace_period_ends_works
  it("removes the contract after 100 blocks of grace, and leaves the deposit of 500", () => {
    const poor = run(deploy(start(), "charlie", 0), { from: 2, to: 120 }, by).state;
    expect(stateOf(poor, FIRST)).toEqual({ kind: "grace", since: 21 });
    const gone = run(poor, { from: 121, to: 121 }, by).state;
    expect(gone.contracts.size).toBe(0);
    expect(free(gone, "charlie")).toBe(500n);
  });

  it("charges traffic again in every cycle of grace", () => {
    const poor = run(deploy(start(), "charlie", 0), { from: 2, to: 22 }, by).state;
    const billed = run(traffic(poor, 22), { from: 23, to: 51 }, by);
    expect(billed.bills.map(row)).toEqual([31, 41, 51].map((at) => [at, 60, 171_300n, "None"]));
  });

  it("pays a provider that was disapproved since, and sales what it leaves", () => {
    const shares = [{ account: "alice", take: 10n }];
    let state = value(createProvider(deploy(start(), "bob", 0), shares)).state;
    state = value(approveProvider(state, providerId(1), true));
    const call = { account: "bob", contract: FIRST, provider: providerId(1) };
    state = value(approveProvider(value(attachProvider(state, call)), providerId(1), false));
    const done = run(state, { from: 2, to: 241 }, by).state;
    const paid = 24n * 121_300n;
    expect(free(done, "alice")).toBe(10n ** 12n + paid / 10n);
    expect(free(done, "sales")).toBe(10n ** 6n + (paid * 2n) / 5n);
  });
});

describe("a name contract's bill up to spec 151", () => {
  // test_name_contract_billing
  it("is 2784 for a minute at Silver", () => {
    const named = value(tryName(start(), "bob", "some_name", { by })).state;
    expect(run(named, { from: 2, to: 11 }, by).bills.map(row)).toEqual([
      [11, 60, 2_784n, "Silver"],
    ]);
  });
});

describe("a rent contract's bill up to spec 151", () => {
  // test_rent_contract_billing
  it("covers the time since the node woke, and nothing while it sleeps", () => {
    let state = power(rent(start(), "bob"), true, 1);
    state = power(run(state, { from: 2, to: 15 }, by).state, false, 15);
    const first = run(state, { from: 16, to: 25 }, by);
    expect(first.bills.map(row)).toEqual([[21, 36, 188_600n, "None"]]);
    state = power(run(power(first.state, true, 25), { from: 26, to: 45 }, by).state, false, 45);
    expect(run(state, { from: 46, to: 55 }, by).bills.map(row)).toEqual([
      [51, 36, 188_600n, "None"],
    ]);
  });

  // test_rent_contract_billing_cancel_should_bill_reserved_balance
  it("pays what was locked when it is cancelled", () => {
    const running = run(rent(start(), "bob"), { from: 2, to: 12 }, by).state;
    const { state, bill } = cancel(running, "bob", FIRST, 13);
    expect(bill && row(bill)).toEqual([13, 12, 62_860n, "None"]);
    expect(free(state, "bob")).toBe(2_500_000_000n - 314_320n);
  });

  // test_rent_contract_canceled_mid_cycle_should_bill_for_remainder
  it("collects nothing where it is cancelled before its first bill", () => {
    const { state, bill } = cancel(rent(start(), "bob"), "bob", FIRST, 8);
    expect(bill && row(bill)).toEqual([8, 42, 220_020n, "None"]);
    expect(bill?.distributed).toBe(0n);
    expect(free(state, "bob")).toBe(2_500_000_000n);
  });

  // test_create_rent_contract_and_node_contract_excludes_node_contract_from_billing_works
  it("covers the node contracts on the node", () => {
    const { bills } = run(deploy(rent(start(), "bob"), "bob", 0), { from: 2, to: 20 }, by);
    expect(bills.map((one) => one.contract)).toEqual([FIRST]);
  });

  // test_create_rent_contract_and_node_contract_with_ip_billing_works
  it("does not cover their addresses", () => {
    const { bills } = run(
      deploy(rent(start(), "bob"), "bob", 1, UNUSED, 2),
      { from: 3, to: 12 },
      by,
    );
    expect(bills.map((one) => ("error" in one ? 0n : one.due))).toEqual([314_320n, 18_512n]);
  });

  // test_rent_contract_out_of_funds_should_move_state_to_graceperiod_works
  it("opens a grace period in block 11 where 150000 do not suffice", () => {
    const done = run(rent(start(), "charlie"), { from: 2, to: 11 }, by).state;
    expect(stateOf(done, FIRST)).toEqual({ kind: "grace", since: 11 });
  });

  // test_restore_rent_contract_in_grace_works
  // test_restore_rent_contract_and_node_contracts_in_grace_works
  it("takes its node contracts into grace and out of it", () => {
    const both = deploy(rent(start(), "charlie"), "charlie", 0);
    const poor = run(both, { from: 2, to: 31 }, by).state;
    expect(stateOf(poor, SECOND)).toEqual({ kind: "grace", since: 11 });
    const saved = run(pay(poor, "charlie", 1_000_000_000n), { from: 32, to: 41 }, by).state;
    expect([stateOf(saved, FIRST), stateOf(saved, SECOND)]).toEqual([
      { kind: "created" },
      { kind: "created" },
    ]);
  });

  // test_rent_contract_grace_period_cancels_contract_when_grace_period_ends_works
  // test_rent_contract_canceled_due_to_out_of_funds_should_cancel_node_contracts_works
  it("is removed with its node contracts in block 111, after 100 blocks of grace", () => {
    const both = deploy(rent(start(), "charlie"), "charlie", 0);
    const poor = run(both, { from: 2, to: 110 }, by).state;
    expect(poor.contracts.size).toBe(2);
    expect(run(poor, { from: 111, to: 111 }, by).state.contracts.size).toBe(0);
  });

  // test_set_dedicated_node_extra_fee_and_create_rent_contract_billing_works
  it("gives the farmer the whole extra fee after 24 cycles, without discount", () => {
    const state = rent(value(tryFee(start(), "alice", 100_000n)), "rich");
    const done = run(state, { from: 2, to: 241 }, by);
    expect(done.bills[0] && row(done.bills[0])).toEqual([11, 60, 125_728n + 462_960n, "Gold"]);
    expect(free(done.state, "alice")).toBe(10n ** 12n + 11_111_040n);
    const last = done.bills[23];
    expect("error" in last ? null : last.distributed).toBe(11_111_040n + 3_017_472n);
  });
});
