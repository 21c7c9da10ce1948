import { describe, expect, it } from "vitest";
import { accountOf, bridge } from "../../src/protocol/index.ts";
import { tft } from "../../src/units/index.ts";
import { root, Stage } from "./stage.ts";

const KEY = "GBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z";
const TFT = 10_000_000;

/** A bridge of four validators, and a user with 100 TFT. */
function opened(config: object = {}): Stage {
  const stage = new Stage("runtime", { balances: { u: 100 * TFT }, ...config });
  for (const target of ["d", "a", "c", "b"]) {
    stage.act(root, "bridge.add_bridge_validator", { target });
  }
  return stage;
}

const free = (stage: Stage, account: string): bigint => accountOf(stage.state.ledger, account).free;

describe("the quorum", () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
  ])("of %d validators is %d", (validators, enough) => {
    expect(bridge.quorum(validators)).toBe(enough);
  });
});

describe("the bridge's settings", () => {
  it("are the council's and the DAO's", () => {
    const stage = opened();
    expect(stage.state.bridge.validators).toEqual(["a", "b", "c", "d"]);
    const again = { target: "a" };
    expect(stage.act(root, "bridge.add_bridge_validator", again)).toBe(
      "TFTBridgeModule.ValidatorExists",
    );
    expect(stage.act("a", "bridge.set_deposit_fee", { amount: 1 })).toBe("BadOrigin");
    stage.act(root, "bridge.remove_bridge_validator", again);
    expect(stage.act(root, "bridge.remove_bridge_validator", again)).toBe(
      "TFTBridgeModule.ValidatorNotExists",
    );
  });
});

describe("a deposit", () => {
  const says = (stage: Stage, who: string, amount = 5 * TFT, target = "u") =>
    stage.act(who, "bridge.propose_or_vote_mint_transaction", { transaction: "t", target, amount });

  it("comes to be with the third of four votes, less the fee, which is created too", () => {
    const stage = opened();
    expect([says(stage, "a"), says(stage, "b"), free(stage, "u")]).toEqual([
      "Yes",
      "Yes",
      BigInt(100 * TFT),
    ]);
    expect(says(stage, "c")).toBe("Yes");
    expect(free(stage, "u")).toBe(BigInt(104 * TFT));
    expect(free(stage, "bridge_fee")).toBe(BigInt(TFT));
    expect(stage.state.ledger.issuance).toBe(BigInt(105 * TFT));
    expect(says(stage, "d")).toBe("TFTBridgeModule.MintTransactionAlreadyExecuted");
    expect(says(stage, "x")).toBe("TFTBridgeModule.ValidatorNotExists");
  });

  it("counts a validator twice, and ignores what later votes say of it", () => {
    const stage = opened();
    says(stage, "a");
    says(stage, "a", 50 * TFT, "thief");
    says(stage, "a");
    expect(free(stage, "u")).toBe(BigInt(104 * TFT));
    expect(free(stage, "thief")).toBe(0n);
  });

  it("not above the fee fails with the vote that would complete it, and waits", () => {
    const stage = opened();
    says(stage, "a", TFT);
    says(stage, "b", TFT);
    for (let again = 0; again < 2; again++) {
      expect(says(stage, "c", TFT)).toBe("TFTBridgeModule.AmountIsLessThanDepositFee");
      expect(stage.state.bridge.mints.open.get("t")?.votes).toBe(2);
    }
    stage.act(root, "bridge.set_deposit_fee", { amount: 0 });
    expect(says(stage, "c", TFT)).toBe("Yes");
  });

  it("too small to open an account vanishes, its fee does not", () => {
    const stage = opened();
    for (const who of ["a", "b", "c"]) says(stage, who, TFT + 499, "new");
    expect(stage.state.ledger.accounts.has("new")).toBe(false);
    expect(stage.state.ledger.issuance).toBe(BigInt(101 * TFT));
  });

  it("creates no fee where no account receives it", () => {
    const stage = opened({ fee_account: undefined });
    for (const who of ["a", "b", "c"]) says(stage, who);
    expect(stage.state.ledger.issuance).toBe(BigInt(104 * TFT));
  });
});

describe("a withdrawal", () => {
  const swap = (stage: Stage, amount: number, address = KEY) =>
    stage.act("u", "bridge.swap_to_stellar", { target_stellar_address: address, amount });
  const sign = (stage: Stage, who: string, more: object = {}) =>
    stage.act(who, "bridge.propose_burn_transaction_or_add_sig", {
      ...{ transaction_id: 1, target: KEY, amount: 9 * TFT },
      ...{ signature: `s${who}`, stellar_pub_key: `k${who}`, sequence_number: 3 },
      ...more,
    });

  it("is refused for its key, then its amount, then the balance", () => {
    const stage = opened();
    expect(swap(stage, 1, "G")).toBe("TFTBridgeModule.InvalidStellarPublicKey");
    expect(swap(stage, TFT)).toBe("TFTBridgeModule.AmountIsLessThanWithdrawFee");
    expect(swap(stage, 100 * TFT + 1)).toBe("TFTBridgeModule.NotEnoughBalanceToSwap");
    expect(swap(stage, 100 * TFT)).toBe("Balances.Expendability");
    expect(swap(stage, 100 * TFT - 500)).toBe("Yes");
  });

  it("destroys what Stellar will pay, and leaves the fee", () => {
    const stage = opened();
    swap(stage, 10 * TFT);
    expect(free(stage, "u")).toBe(BigInt(90 * TFT));
    expect(stage.state.ledger.issuance).toBe(BigInt(91 * TFT));
    expect(stage.state.bridge.withdrawals.open.get(1)).toMatchObject({
      amount: BigInt(9 * TFT),
      source: "u",
    });
  });

  it("takes signatures up to the quorum, each key and each signature once", () => {
    const stage = opened();
    swap(stage, 10 * TFT);
    expect(sign(stage, "x")).toBe("TFTBridgeModule.ValidatorNotExists");
    expect(sign(stage, "a", { transaction_id: 2 })).toBe(
      "TFTBridgeModule.BurnTransactionNotExists",
    );
    expect(sign(stage, "a", { amount: 1 })).toBe("TFTBridgeModule.WrongParametersProvided");
    expect(sign(stage, "a", { target: "G" })).toBe("TFTBridgeModule.WrongParametersProvided");
    expect(sign(stage, "a")).toBe("Yes");
    expect(sign(stage, "b", { stellar_pub_key: "ka" })).toBe("TFTBridgeModule.BurnSignatureExists");
    expect(sign(stage, "b", { signature: "sa" })).toBe("TFTBridgeModule.BurnSignatureExists");
    sign(stage, "b");
    expect(sign(stage, "c", { sequence_number: 9 })).toBe("Yes");
    expect(stage.names.at(-1)).toBe("TFTBridgeModule.BurnTransactionReady");
    expect(stage.state.bridge.withdrawals.open.get(1)?.sequence).toBe(9n);
    expect(sign(stage, "d")).toBe("TFTBridgeModule.EnoughBurnSignaturesPresent");
  });

  it("whose quorum moved takes more signatures than enough", () => {
    const stage = opened();
    swap(stage, 10 * TFT);
    for (const who of ["a", "b", "c"]) sign(stage, who);
    for (const target of ["c", "d"]) stage.act(root, "bridge.remove_bridge_validator", { target });
    expect(sign(stage, "a", { signature: "s", stellar_pub_key: "k" })).toBe("Yes");
    expect(stage.names.at(-1)).toBe("TFTBridgeModule.BurnTransactionReady");
  });

  it("is executed when any one validator says so, whatever its signatures", () => {
    const stage = opened();
    swap(stage, 10 * TFT);
    const done = { transaction_id: 1 };
    expect(stage.act("a", "bridge.set_burn_transaction_executed", done)).toBe("Yes");
    expect(stage.act("a", "bridge.set_burn_transaction_executed", done)).toBe(
      "TFTBridgeModule.BurnTransactionAlreadyExecuted",
    );
    expect(sign(stage, "a")).toBe("TFTBridgeModule.BurnTransactionAlreadyExecuted");
  });

  it("loses its signatures at the end of every twentieth block, even when it is ready", () => {
    const stage = opened();
    swap(stage, 10 * TFT);
    for (const who of ["a", "b", "c"]) sign(stage, who);
    stage.run(21);
    expect(stage.state.bridge.withdrawals.open.get(1)?.signatures).toHaveLength(3);
    stage.run(22);
    expect(stage.state.bridge.withdrawals.open.get(1)).toMatchObject({
      block: 21,
      signatures: [],
      sequence: 0n,
    });
    stage.run(41);
    sign(stage, "a");
    stage.run(42);
    expect(stage.events.slice(-1)).toMatchObject([
      { event: "TFTBridgeModule.BurnTransactionExpired", transactionId: 1, source: "u" },
    ]);
    expect(stage.state.bridge.withdrawals.open.get(1)?.block).toBe(41);
  });
});

describe("a refund", () => {
  const sign = (stage: Stage, who: string, more: object = {}) =>
    stage.act(who, "bridge.create_refund_transaction_or_add_sig", {
      ...{ tx_hash: "h", target: KEY, amount: 5 },
      ...{ signature: `s${who}`, stellar_pub_key: `k${who}`, sequence_number: 3 },
      ...more,
    });
  const done = (stage: Stage) =>
    stage.act("a", "bridge.set_refund_transaction_executed", { tx_hash: "h" });

  it("opens with its first signature, moves no money, and is told of after it", () => {
    const stage = opened();
    const { ledger } = stage.state;
    expect(done(stage)).toBe("TFTBridgeModule.RefundTransactionNotExists");
    expect(sign(stage, "a")).toBe("Yes");
    expect(stage.names).toEqual([
      "TFTBridgeModule.RefundTransactionsignatureAdded",
      "TFTBridgeModule.RefundTransactionCreated",
    ]);
    expect(stage.state.ledger).toBe(ledger);
    expect(sign(stage, "a")).toBe("TFTBridgeModule.RefundSignatureExists");
    sign(stage, "b");
    sign(stage, "c");
    expect(sign(stage, "d")).toBe("TFTBridgeModule.EnoughRefundSignaturesPresent");
  });

  it("that was executed may be opened again, and not executed again", () => {
    const stage = opened();
    sign(stage, "a");
    expect(done(stage)).toBe("Yes");
    expect(sign(stage, "a")).toBe("Yes");
    expect(done(stage)).toBe("TFTBridgeModule.RefundTransactionAlreadyExecuted");
  });

  it("is signed anew like a withdrawal", () => {
    const stage = opened();
    sign(stage, "a");
    stage.run(22);
    expect(stage.names.at(-1)).toBe("TFTBridgeModule.RefundTransactionExpired");
    expect(stage.state.bridge.refunds.open.get("h")?.signatures).toEqual([]);
  });
});

describe("burning", () => {
  const burn = (stage: Stage, amount: number) =>
    stage.act("u", "burning.burn_tft", { amount, message: "m" });

  it("takes what is free, locks or not, and keeps a log", () => {
    const stage = opened();
    expect(burn(stage, 100 * TFT + 1)).toBe("BurningModule.NotEnoughBalanceToBurn");
    expect(burn(stage, 40 * TFT)).toBe("Yes");
    expect(free(stage, "u")).toBe(BigInt(60 * TFT));
    expect(stage.state.burned).toHaveLength(1);
  });

  it("ends an account, or leaves the deposit in one that is locked", () => {
    const stage = opened();
    const account = accountOf(stage.state.ledger, "u");
    const locked = { ...account, frozen: tft(BigInt(50 * TFT)) };
    const open = stage.state;
    stage.state = {
      ...open,
      ledger: { ...open.ledger, accounts: new Map([["u", locked]]) },
    };
    expect(burn(stage, 100 * TFT)).toBe("Yes");
    expect(free(stage, "u")).toBe(500n);
    expect(stage.state.burned[0].amount).toBe(BigInt(100 * TFT));
    stage.state = open;
    burn(stage, 100 * TFT - 499);
    expect(stage.state.ledger.accounts.has("u")).toBe(false);
    expect(stage.state.ledger.issuance).toBe(0n);
  });
});

describe("the store of texts", () => {
  it("has bounds in bytes, and an owner", () => {
    const stage = opened();
    const set = (key: string, value: string) => stage.act("u", "kvstore.set", { key, value });
    expect(set("ä".repeat(257), "v")).toBe("TFKVStore.KeyIsTooLarge");
    expect(set("k", "v".repeat(2_049))).toBe("TFKVStore.ValueIsTooLarge");
    expect(set("k", "v".repeat(2_048))).toBe("Yes");
    expect(stage.act("x", "kvstore.delete", { key: "k" })).toBe("TFKVStore.NoValueStored");
    expect(stage.act("u", "kvstore.delete", { key: "k" })).toBe("Yes");
  });
});
