import { describe, expect, it } from "vitest";
import {
  approveService,
  billService,
  cancelService,
  createService,
  type GridState,
  rejectService,
  serviceId,
  setServiceFees,
  setServiceMetadata,
} from "../../src/protocol/index.ts";
import { milliUsd, type Outcome, seconds, tft } from "../../src/units/index.ts";
import { grid, terms } from "./grid.ts";

const START = seconds(1_628_082_000);
/** The text of the chain's own test, and the shortest that is too long. */
const LONG = "very_loooooooooooooooooooooooooooooooooooooooooooooooooong_metadata";
const LONGER = "x".repeat(65);

/** The twins alice (service), bob (consumer) and charlie; one contract, brought to a stage. */
function at(stage: "created" | "agreementReady" | "approvedByBoth", bobs = 10_000_000_000n) {
  let state = grid({ alice: 10_000_000_000n, bob: bobs, charlie: 10_000_000_000n });
  const id = serviceId(1);
  const step = (outcome: Outcome<GridState, string>) => {
    if (!outcome.ok) throw new Error(outcome.error);
    state = outcome.value;
  };
  const made = createService(state, { account: "alice", service: "alice", consumer: "bob" });
  if (!made.ok) throw new Error(made.error);
  state = made.value.state;
  if (stage === "created") return state;
  step(setServiceMetadata(state, { account: "bob", id, metadata: "some_metadata" }));
  step(setServiceFees(state, { account: "alice", id, ...fees(10_000n, 10_000n) }));
  if (stage === "agreementReady") return state;
  step(approveService(state, { account: "alice", id }, START));
  step(approveService(state, { account: "bob", id }, START));
  return state;
}

const fees = (base: bigint, variable: bigint) => ({
  baseFee: milliUsd(base),
  variableFee: milliUsd(variable),
});

const bill = (state: GridState, account: string, variable: bigint, later: number, metadata = "") =>
  billService(
    state,
    { account, id: serviceId(1), variableAmount: milliUsd(variable), metadata },
    seconds(START + later),
    terms(),
  );

const word = (outcome: Outcome<unknown, string>) => (outcome.ok ? "ok" : outcome.error);

describe("a service contract", () => {
  it.each([
    // test_service_contract_create_works
    ["alice", "alice", "bob", "ok"],
    ["bob", "alice", "bob", "ok"],
    // test_service_contract_create_by_anyone_fails
    ["charlie", "alice", "bob", "TwinNotAuthorized"],
    // test_service_contract_create_same_account_fails
    ["alice", "alice", "alice", "ServiceContractCreationNotAllowed"],
    ["alice", "alice", "nobody", "TwinNotExists"],
    ["bob", "nobody", "bob", "TwinNotExists"],
    ["nobody", "alice", "bob", "TwinNotExists"],
  ])("opened by %s between %s and %s: %s", (account, service, consumer, answer) => {
    const state = grid({ alice: 1_000n, bob: 1_000n, charlie: 1_000n });
    expect(word(createService(state, { account, service, consumer }))).toBe(answer);
  });

  it.each([
    // test_service_contract_set_metadata_works
    ["created", "alice", "some", "ok"],
    ["created", "bob", "some", "ok"],
    // test_service_contract_set_metadata_by_unauthorized_fails
    ["created", "charlie", "some", "TwinNotAuthorized"],
    // test_service_contract_set_metadata_too_long_fails
    ["created", "alice", LONG, "ServiceContractMetadataTooLong"],
    ["created", "alice", LONGER, "ServiceContractMetadataTooLong"],
    ["agreementReady", "bob", "some", "ok"],
    // test_service_contract_set_metadata_already_approved_fails
    ["approvedByBoth", "alice", "some", "ServiceContractModificationNotAllowed"],
  ] as const)("at %s takes metadata of %s: %s -> %s", (stage, account, metadata, answer) => {
    const call = { account, id: serviceId(1), metadata };
    expect(word(setServiceMetadata(at(stage), call))).toBe(answer);
  });

  it.each([
    // test_service_contract_set_fees_works
    ["created", "alice", "ok"],
    // test_service_contract_set_fees_by_unauthorized_fails
    ["created", "bob", "TwinNotAuthorized"],
    // test_service_contract_set_fees_already_approved_fails
    ["approvedByBoth", "alice", "ServiceContractModificationNotAllowed"],
  ] as const)("at %s takes fees of %s: %s", (stage, account, answer) => {
    const call = { account, id: serviceId(1), ...fees(1_000n, 1_000n) };
    expect(word(setServiceFees(at(stage), call))).toBe(answer);
  });

  it.each([
    // test_service_contract_approve_agreement_not_ready_fails
    ["created", "alice", "ServiceContractApprovalNotAllowed"],
    // test_service_contract_approve_works
    ["agreementReady", "alice", "ok"],
    // test_service_contract_approve_by_unauthorized_fails
    ["agreementReady", "charlie", "TwinNotAuthorized"],
    // test_service_contract_approve_already_approved_fails
    ["approvedByBoth", "alice", "ServiceContractApprovalNotAllowed"],
  ] as const)("at %s is approved by %s: %s", (stage, account, answer) => {
    expect(word(approveService(at(stage), { account, id: serviceId(1) }, START))).toBe(answer);
  });

  it.each([
    // test_service_contract_reject_agreement_not_ready_fails
    ["created", "alice", "ServiceContractRejectionNotAllowed"],
    // test_service_contract_reject_works
    ["agreementReady", "bob", "ok"],
    // test_service_contract_reject_by_unauthorized_fails
    ["agreementReady", "charlie", "TwinNotAuthorized"],
    // test_service_contract_reject_already_approved_fails
    ["approvedByBoth", "alice", "ServiceContractRejectionNotAllowed"],
  ] as const)("at %s is rejected by %s: %s", (stage, account, answer) => {
    expect(word(rejectService(at(stage), { account, id: serviceId(1) }))).toBe(answer);
  });

  it.each([
    ["created", "alice", "ok"],
    // test_service_contract_cancel_works
    ["approvedByBoth", "bob", "ok"],
    // test_service_contract_cancel_by_unauthorized_fails
    ["created", "charlie", "TwinNotAuthorized"],
  ] as const)("at %s is cancelled by %s: %s", (stage, account, answer) => {
    expect(word(cancelService(at(stage), { account, id: serviceId(1) }))).toBe(answer);
  });

  it("is ready only once it has metadata and a base fee, whatever the order", () => {
    const id = serviceId(1);
    const kind = (outcome: Outcome<GridState, string>) =>
      outcome.ok ? outcome.value.services.get(id)?.state.kind : outcome.error;
    const feesFirst = setServiceFees(at("created"), { account: "alice", id, ...fees(1n, 0n) });
    expect(kind(feesFirst)).toBe("created");
    if (!feesFirst.ok) return;
    const both = setServiceMetadata(feesFirst.value, { account: "bob", id, metadata: "m" });
    expect(kind(both)).toBe("agreementReady");
  });

  it("keeps one party's approval through the other's edit", () => {
    const id = serviceId(1);
    const once = approveService(at("agreementReady"), { account: "bob", id }, START);
    if (!once.ok) throw new Error(once.error);
    const dearer = setServiceFees(once.value, { account: "alice", id, ...fees(99_000n, 0n) });
    if (!dearer.ok) throw new Error(dearer.error);
    const twice = approveService(dearer.value, { account: "alice", id }, START);
    expect(twice.ok && twice.value.services.get(id)?.state.kind).toBe("approvedByBoth");
  });
});

describe("what a call leaves of a service contract", () => {
  const id = serviceId(1);
  const none = { metadata: "", baseFee: 0n, variableFee: 0n };
  const contract = (state: GridState) => state.services.get(id);

  it("is written down whole, under the next number", () => {
    const state = at("created");
    expect(contract(state)).toEqual({
      ...{ id, service: 1, consumer: 2, state: { kind: "created" } },
      ...none,
    });
    const next = createService(state, { account: "bob", service: "alice", consumer: "bob" });
    expect(next.ok && next.value.id).toBe(2);
    expect(next.ok && next.value.state.services.size).toBe(2);
  });

  it("is metadata and fees without approvals, then one approval, then the window's start", () => {
    const state = at("agreementReady");
    expect(contract(state)).toMatchObject({
      ...{ metadata: "some_metadata", baseFee: 10_000n, variableFee: 10_000n },
      state: { kind: "agreementReady", byService: false, byConsumer: false },
    });
    const by = (account: string, from: GridState) => {
      const outcome = approveService(from, { account, id }, START);
      if (!outcome.ok) throw new Error(outcome.error);
      return outcome.value;
    };
    const [service, consumer] = [by("alice", state), by("bob", state)];
    const one = { kind: "agreementReady", byService: true, byConsumer: false };
    expect(contract(service)?.state).toEqual(one);
    expect(contract(by("alice", service))?.state).toEqual(one);
    const other = { kind: "agreementReady", byService: false, byConsumer: true };
    expect(contract(consumer)?.state).toEqual(other);
    const both = { kind: "approvedByBoth", lastBill: START };
    expect(contract(by("bob", service))?.state).toEqual(both);
    expect(contract(by("alice", consumer))?.state).toEqual(both);
  });

  it("is nothing where it was rejected or cancelled", () => {
    const call = { account: "bob", id };
    const [rejected, cancelled] = [
      rejectService(at("agreementReady"), call),
      cancelService(at("approvedByBoth"), call),
    ];
    expect(rejected.ok && rejected.value.services.size).toBe(0);
    expect(cancelled.ok && cancelled.value.services.size).toBe(0);
  });

  it("waits with metadata alone for a base fee, and with a fee alone for metadata", () => {
    const called = setServiceMetadata(at("created"), { account: "bob", id, metadata: "m" });
    expect(called.ok && contract(called.value)?.state).toEqual({ kind: "created" });
    const fee = setServiceFees(at("created"), { account: "alice", id, ...fees(0n, 5n) });
    expect(fee.ok && contract(fee.value)).toMatchObject({ state: { kind: "created" } });
    expect(fee.ok && contract(fee.value)).toMatchObject({ baseFee: 0n, variableFee: 5n });
  });

  it("of 64 bytes of metadata is kept, and bytes are counted, not letters", () => {
    const set = (metadata: string) =>
      word(setServiceMetadata(at("created"), { account: "bob", id, metadata }));
    expect(set("x".repeat(64))).toBe("ok");
    expect(set("\u00e9".repeat(32))).toBe("ok");
    expect(set("\u00e9".repeat(33))).toBe("ServiceContractMetadataTooLong");
  });

  const CALLS: Readonly<Record<string, (account: string, id: number) => Outcome<unknown, string>>> =
    {
      metadata: (account, of) =>
        setServiceMetadata(at("approvedByBoth"), { account, id: serviceId(of), metadata: "m" }),
      fees: (account, of) =>
        setServiceFees(at("approvedByBoth"), { account, id: serviceId(of), ...fees(1n, 1n) }),
      approval: (account, of) =>
        approveService(at("agreementReady"), { account, id: serviceId(of) }, START),
      rejection: (account, of) =>
        rejectService(at("agreementReady"), { account, id: serviceId(of) }),
      cancellation: (account, of) =>
        cancelService(at("approvedByBoth"), { account, id: serviceId(of) }),
    };
  it.each(Object.keys(CALLS))("asks for a twin and a contract: %s", (name) => {
    expect(word(CALLS[name]("nobody", 1))).toBe("TwinNotExists");
    expect(word(CALLS[name]("alice", 2))).toBe("ServiceContractNotExists");
  });
});

describe("a service's bill", () => {
  const at10 = (state: GridState, later: number, rule?: "refused") =>
    billService(
      state,
      { account: "alice", id: serviceId(1), variableAmount: milliUsd(0n), metadata: "" },
      seconds(START + later),
      terms(),
      rule,
    );

  it("of more than an hour is refused by the other reading, and of an hour is not", () => {
    expect(word(at10(at("approvedByBoth"), 3_600, "refused"))).toBe("ok");
    expect(word(at10(at("approvedByBoth"), 3_601, "refused"))).toBe("WindowTooLong");
    expect(word(at10(at("approvedByBoth"), 3_601))).toBe("ok");
  });

  it("of nothing asks for no price, and of something divides by none", () => {
    const free = (later: number) => {
      const call = { account: "alice", id: serviceId(1), variableAmount: milliUsd(0n) };
      const by = { ...terms(), price: milliUsd(0n) };
      const now = seconds(START + later);
      return billService(at("approvedByBoth"), { ...call, metadata: "" }, now, by);
    };
    expect(free(0)).toMatchObject({ ok: true, value: { amount: 0n } });
    expect(word(free(1))).toBe("ArithmeticOverflow");
  });

  it("takes the consumer's last usable unit, and is refused one unit above it", () => {
    // An hour is 200 TFT, and 500 units have to stay.
    expect(word(at10(at("approvedByBoth", 2_000_000_500n), 3_600))).toBe("ok");
    const short = at10(at("approvedByBoth", 2_000_000_499n), 3_600);
    expect(word(short)).toBe("ServiceContractNotEnoughFundsToPayBill");
  });

  it("up to spec 151 asks for less than must stay, and fails with the transfer", () => {
    const call = { account: "alice", id: serviceId(1), variableAmount: milliUsd(0n), metadata: "" };
    const billed = (bobs: bigint) =>
      billService(at("approvedByBoth", bobs), call, seconds(START + 3_600), terms("legacy"));
    expect(word(billed(2_000_000_500n))).toBe("ok");
    expect(word(billed(2_000_000_499n))).toBe("NotExpendable");
    expect(word(billed(1_999_999_999n))).toBe("ServiceContractNotEnoughFundsToPayBill");
  });

  it("asks for a twin, a contract, and both parties' twins", () => {
    const state = at("approvedByBoth");
    expect(word(bill(state, "nobody", 0n, 60))).toBe("TwinNotExists");
    expect(word(at10({ ...state, services: new Map() }, 60))).toBe("ServiceContractNotExists");
    const alone = { ...state, twins: new Map([...state.twins].slice(0, 1)) };
    expect(word(at10(alone, 60))).toBe("TwinNotExists");
  });

  it.each([
    // test_service_contract_bill_not_approved_fails
    ["agreementReady", "alice", 100n, "", "ServiceContractBillingNotApprovedByBoth"],
    // test_service_contract_bill_by_unauthorized_fails
    ["approvedByBoth", "bob", 100n, "", "TwinNotAuthorized"],
    ["approvedByBoth", "alice", 10_001n, "", "ServiceContractBillingVariableAmountTooHigh"],
    // test_service_contract_bill_metadata_too_long_fails
    ["approvedByBoth", "alice", 100n, LONG, "ServiceContractBillMetadataTooLong"],
    ["approvedByBoth", "alice", 10_000n, "x".repeat(51), "ServiceContractBillMetadataTooLong"],
    ["approvedByBoth", "alice", 10_000n, "x".repeat(50), "ok"],
  ] as const)("at %s by %s for %s: metadata %j: %s", (stage, account, variable, meta, answer) => {
    expect(word(bill(at(stage), account, variable, 3_600, meta))).toBe(answer);
  });

  it("covers an hour at most, and the next window begins now all the same", () => {
    const late = bill(at("approvedByBoth"), "alice", 0n, 10_000);
    if (!late.ok) throw new Error(late.error);
    expect(late.value.window).toBe(3_600);
    // 10 USD at 0.05 USD for one TFT is 200 TFT.
    expect(late.value.amount).toBe(2_000_000_000n);
    const { state } = late.value;
    expect(state.services.get(serviceId(1))?.state).toEqual({
      kind: "approvedByBoth",
      lastBill: START + 10_000,
    });
    expect(state.ledger.accounts.get("alice")?.free).toBe(12_000_000_000n);
    expect(state.ledger.accounts.get("bob")?.free).toBe(8_000_000_000n);
  });

  // test_service_contract_bill_out_of_funds_fails
  it("fails where the consumer lacks funds, and the contract survives", () => {
    for (const bobs of [0n, 1_000n]) {
      const state = at("approvedByBoth", bobs);
      const billed = bill(state, "alice", 100n, 3_600, "bill_metadata");
      expect(word(billed)).toBe("ServiceContractNotEnoughFundsToPayBill");
      expect(state.services.has(serviceId(1))).toBe(true);
      expect(state.ledger.accounts.get("bob")?.free).toBe(tft(bobs));
    }
  });
});
