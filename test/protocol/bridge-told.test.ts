/** What the bridge announces and keeps, call by call. */
import { describe, expect, it } from "vitest";
import { root, Stage } from "./stage.ts";

const KEY = "GBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z";
const TFT = 10_000_000;
const tfts = (many: number): bigint => BigInt(many * TFT);
const named = (name: string) => `TFTBridgeModule.${name}`;

/** A bridge of four validators, and a user with 100 TFT. */
function opened(): Stage {
  const stage = new Stage("runtime", { balances: { u: 100 * TFT } });
  for (const target of ["a", "b", "c", "d"]) {
    stage.act(root, "bridge.add_bridge_validator", { target });
  }
  return stage;
}

/** What a call announced. */
function told(stage: Stage, act: () => string): readonly object[] {
  const before = stage.events.length;
  expect(act()).toBe("Yes");
  return stage.events.slice(before);
}

describe("the bridge's settings", () => {
  it("are kept as they were set, and announced by nothing", () => {
    const stage = opened();
    stage.act(root, "bridge.set_fee_account", { target: "purse" });
    stage.act(root, "bridge.set_withdraw_fee", { amount: 7 });
    stage.act(root, "bridge.set_deposit_fee", { amount: 9 });
    stage.act(root, "bridge.remove_bridge_validator", { target: "b" });
    expect(stage.state.bridge).toMatchObject({
      ...{ feeAccount: "purse", withdrawFee: 7n, depositFee: 9n, validators: ["a", "c", "d"] },
    });
    expect(stage.events).toEqual([]);
  });
});

describe("a deposit tells", () => {
  const says = (stage: Stage, who: string, more: object = {}) =>
    stage.act(who, "bridge.propose_or_vote_mint_transaction", {
      ...{ transaction: "t", target: "u", amount: 5 * TFT },
      ...more,
    });

  it("with its first vote what it is, with each a vote, and with enough that it is done", () => {
    const stage = opened();
    const vote = { event: named("MintTransactionVoted"), transaction: "t" };
    expect(told(stage, () => says(stage, "a"))).toEqual([
      {
        ...{ event: named("MintTransactionProposed"), transaction: "t" },
        ...{ target: "u", amount: tfts(5) },
      },
      vote,
    ]);
    expect(told(stage, () => says(stage, "b"))).toEqual([vote]);
    const block = stage.block + 3;
    expect(stage.state.bridge.mints.open.get("t")).toEqual({
      ...{ target: "u", amount: tfts(5), block: stage.block, votes: 2 },
    });
    stage.block = block;
    const done = { target: "u", amount: tfts(5), block, votes: 3 };
    expect(told(stage, () => says(stage, "c"))).toEqual([
      vote,
      { event: named("MintCompleted"), transaction: "t", ...done },
    ]);
    expect([...stage.state.bridge.mints.open.keys()]).toEqual([]);
    expect(stage.state.bridge.mints.done.get("t")).toEqual(done);
  });
});

describe("a withdrawal tells", () => {
  const swap = (stage: Stage) =>
    stage.act("u", "bridge.swap_to_stellar", { target_stellar_address: KEY, amount: 10 * TFT });
  const sign = (stage: Stage, who: string, more: object = {}) =>
    stage.act(who, "bridge.propose_burn_transaction_or_add_sig", {
      ...{ transaction_id: 1, target: KEY, amount: 9 * TFT },
      ...{ signature: `s${who}`, stellar_pub_key: `k${who}`, sequence_number: 3 },
      ...more,
    });
  const executed = (stage: Stage, who: string, id = 1) =>
    stage.act(who, "bridge.set_burn_transaction_executed", { transaction_id: id });
  const what = { source: "u", target: KEY, amount: tfts(9) };

  it("its number and what Stellar pays, each signature, that it is ready, and its end", () => {
    const stage = opened();
    expect(told(stage, () => swap(stage))).toEqual([
      { event: named("BurnTransactionCreated"), transactionId: 1, ...what },
    ]);
    expect(stage.state.bridge).toMatchObject({ withdrawalsMade: 1 });
    expect(stage.state.bridge.withdrawals.open.get(1)).toEqual({
      ...{ ...what, block: stage.block, signatures: [], sequence: 0n },
    });
    const added = (who: string) => ({
      ...{ event: named("BurnTransactionSignatureAdded"), transactionId: 1 },
      signature: { signature: `s${who}`, key: `k${who}` },
    });
    expect(told(stage, () => sign(stage, "a"))).toEqual([added("a")]);
    expect(told(stage, () => sign(stage, "b"))).toEqual([added("b")]);
    expect(told(stage, () => sign(stage, "c", { sequence_number: 8 }))).toEqual([
      added("c"),
      { event: named("BurnTransactionReady"), transactionId: 1 },
    ]);
    const signatures = ["a", "b", "c"].map((who) => ({ signature: `s${who}`, key: `k${who}` }));
    const whole = { ...what, block: stage.block, signatures, sequence: 8n };
    expect(executed(stage, "x")).toBe(named("ValidatorNotExists"));
    expect(executed(stage, "a", 2)).toBe(named("BurnTransactionNotExists"));
    expect(told(stage, () => executed(stage, "a"))).toEqual([
      { event: named("BurnTransactionProcessed"), ...whole },
    ]);
    expect([...stage.state.bridge.withdrawals.open.keys()]).toEqual([]);
    expect(stage.state.bridge.withdrawals.done.get(1)).toEqual(whole);
  });

  it("needs nobody's account for its fee", () => {
    const stage = new Stage("runtime", { balances: { u: 100 * TFT }, fee_account: undefined });
    expect(swap(stage)).toBe("Yes");
    expect(stage.state.ledger.issuance).toBe(tfts(90));
    expect([...stage.state.ledger.accounts.keys()]).toEqual(["u"]);
  });

  it("that it expired, before the refunds that did, and waits anew", () => {
    const stage = opened();
    expect(swap(stage)).toBe("Yes");
    const refund = { tx_hash: "h", target: KEY, amount: 5, sequence_number: 3 };
    const call = { ...refund, signature: "s", stellar_pub_key: "k" };
    expect(stage.act("a", "bridge.create_refund_transaction_or_add_sig", call)).toBe("Yes");
    expect(sign(stage, "a")).toBe("Yes");
    const before = stage.events.length;
    stage.run(22);
    expect(stage.events.slice(before)).toEqual([
      { event: named("BurnTransactionExpired"), transactionId: 1, ...what },
      { event: named("RefundTransactionExpired"), txHash: "h", target: KEY, amount: 5n },
    ]);
    const state = stage.state.bridge;
    stage.run(41);
    expect(stage.state.bridge).toBe(state);
    stage.run(42);
    expect(stage.events.slice(before)).toHaveLength(4);
  });
});

describe("a refund tells", () => {
  const sign = (stage: Stage, who: string, hash = "h") =>
    stage.act(who, "bridge.create_refund_transaction_or_add_sig", {
      ...{ tx_hash: hash, target: KEY, amount: 5, sequence_number: 3 },
      ...{ signature: `s${who}`, stellar_pub_key: `k${who}` },
    });
  const executed = (stage: Stage, who: string) =>
    stage.act(who, "bridge.set_refund_transaction_executed", { tx_hash: "h" });

  it("each signature, that it was opened, that it is ready, and its end", () => {
    const stage = opened();
    expect(sign(stage, "x")).toBe(named("ValidatorNotExists"));
    const added = (who: string) => ({
      ...{ event: named("RefundTransactionsignatureAdded"), txHash: "h" },
      signature: { signature: `s${who}`, key: `k${who}` },
    });
    expect(told(stage, () => sign(stage, "a"))).toEqual([
      added("a"),
      { event: named("RefundTransactionCreated"), txHash: "h", target: KEY, amount: 5n },
    ]);
    expect(told(stage, () => sign(stage, "b"))).toEqual([added("b")]);
    expect(told(stage, () => sign(stage, "c"))).toEqual([
      added("c"),
      { event: named("RefundTransactionReady"), txHash: "h" },
    ]);
    const signatures = ["a", "b", "c"].map((who) => ({ signature: `s${who}`, key: `k${who}` }));
    const whole = { block: stage.block, amount: 5n, target: KEY, signatures, sequence: 3n };
    expect(executed(stage, "x")).toBe(named("ValidatorNotExists"));
    expect(told(stage, () => executed(stage, "b"))).toEqual([
      { event: named("RefundTransactionProcessed"), txHash: "h", ...whole },
    ]);
    expect([...stage.state.bridge.refunds.open.keys()]).toEqual([]);
    expect(stage.state.bridge.refunds.done.get("h")).toEqual(whole);
  });

  it("is ready and opened in this order where one signature is enough", () => {
    const stage = opened();
    for (const target of ["b", "c", "d"]) {
      stage.act(root, "bridge.remove_bridge_validator", { target });
    }
    expect(told(stage, () => sign(stage, "a")).map((one) => Object.values(one)[0])).toEqual([
      named("RefundTransactionsignatureAdded"),
      named("RefundTransactionReady"),
      named("RefundTransactionCreated"),
    ]);
  });
});
