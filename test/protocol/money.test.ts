/** Calls that move money, keep texts or hold several calls: what they do and what they announce. */
import { describe, expect, it } from "vitest";
import { root, Stage } from "./stage.ts";

/** A chain with a deposit of 500 and 10,000 units on one account. */
function rich(): Stage {
  const stage = new Stage("runtime", { balances: { a: 10_000 } });
  expect(stage.state.ledger.existentialDeposit).toBe(500n);
  return stage;
}

const free = (stage: Stage, account: string) => stage.state.ledger.accounts.get(account)?.free;

describe("a transfer by a call", () => {
  it.each(["transfer_allow_death", "transfer_keep_alive"])("%s moves and is told", (name) => {
    const stage = rich();
    expect(stage.told("a", `balances.${name}`, { dest: "b", value: 600 })).toEqual([
      "Yes",
      { event: "Balances.Transfer", from: "a", to: "b", amount: 600n },
    ]);
    expect([free(stage, "a"), free(stage, "b")]).toEqual([9_400n, 600n]);
  });

  it("may end the payer, keep it alive, or be root's for any two", () => {
    const all = { dest: "b", value: 10_000 };
    expect(rich().told("a", "balances.transfer_keep_alive", all)).toEqual(["Token.NotExpendable"]);
    expect(rich().act("a", "balances.transfer_allow_death", all)).toBe("Yes");
    const more = { dest: "b", value: 10_001 };
    expect(rich().act("a", "balances.transfer_allow_death", more)).toBe("Token.FundsUnavailable");
    const forced = { source: "a", dest: "b", value: 10_000 };
    expect(rich().act("a", "balances.force_transfer", forced)).toBe("BadOrigin");
    const stage = rich();
    expect(stage.told(root, "balances.force_transfer", forced)).toEqual([
      "Yes",
      { event: "Balances.Transfer", from: "a", to: "b", amount: 10_000n },
    ]);
    expect([free(stage, "a"), free(stage, "b")]).toEqual([undefined, 10_000n]);
    expect(rich().act(root, "balances.force_transfer", { ...forced, value: 10_001 })).toBe(
      "Token.FundsUnavailable",
    );
  });

  it("sets a balance by root, and the issuance with it", () => {
    const stage = rich();
    const set = { who: "a", new_free: 700 };
    expect(stage.act("a", "balances.force_set_balance", set)).toBe("BadOrigin");
    expect(stage.told(root, "balances.force_set_balance", set)).toEqual([
      "Yes",
      { event: "Balances.BalanceSet", who: "a", free: 700n },
    ]);
    expect([free(stage, "a"), stage.state.ledger.issuance]).toEqual([700n, 700n]);
  });
});

describe("burning by a call", () => {
  const burn = (amount: number) => ({ amount, message: "why" });

  it("destroys all that is free, is logged and told, and refuses one unit more", () => {
    const stage = rich();
    expect(stage.told("a", "burning.burn_tft", burn(10_001))).toEqual([
      "BurningModule.NotEnoughBalanceToBurn",
    ]);
    const { block } = stage;
    const log = { target: "a", amount: 9_000n, block, message: "why" };
    expect(stage.told("a", "burning.burn_tft", burn(9_000))).toEqual([
      "Yes",
      { event: "BurningModule.BurnTransactionCreated", ...log },
    ]);
    expect(stage.act("a", "burning.burn_tft", burn(1_000))).toBe("Yes");
    expect(stage.state.burned).toEqual([log, { ...log, amount: 1_000n }]);
    expect(stage.state.ledger.issuance).toBe(0n);
  });
});

describe("the key-value store", () => {
  const set = (stage: Stage, key: string, value: string) =>
    stage.told("a", "kvstore.set", { key, value });

  it("keeps a text for each account, and gives back what it drops", () => {
    const stage = rich();
    expect(set(stage, "k", "v")).toEqual([
      "Yes",
      { event: "TFKVStore.EntrySet", account: "a", key: "k", value: "v" },
    ]);
    set(stage, "l", "w");
    set(stage, "k", "x");
    expect([...(stage.state.kv.get("a") ?? [])]).toEqual([
      ["k", "x"],
      ["l", "w"],
    ]);
    expect(stage.told("b", "kvstore.delete", { key: "k" })).toEqual(["TFKVStore.NoValueStored"]);
    expect(stage.told("a", "kvstore.delete", { key: "k" })).toEqual([
      "Yes",
      { event: "TFKVStore.EntryTaken", account: "a", key: "k", value: "x" },
    ]);
    expect([...(stage.state.kv.get("a") ?? [])]).toEqual([["l", "w"]]);
    expect(stage.told("a", "kvstore.delete", { key: "k" })).toEqual(["TFKVStore.NoValueStored"]);
  });

  it.each([
    ["512 bytes of key", "k".repeat(512), "v", "Yes"],
    ["513 bytes of key", "k".repeat(513), "v", "TFKVStore.KeyIsTooLarge"],
    ["257 letters of two bytes", "\u00e9".repeat(257), "v", "TFKVStore.KeyIsTooLarge"],
    ["256 letters of two bytes", "\u00e9".repeat(256), "v", "Yes"],
    ["171 letters of three bytes", "\u20ac".repeat(171), "v", "TFKVStore.KeyIsTooLarge"],
    ["170 letters of three bytes", "\u20ac".repeat(170), "v", "Yes"],
    ["129 signs of four bytes", "\u{1f600}".repeat(129), "v", "TFKVStore.KeyIsTooLarge"],
    ["128 signs of four bytes", "\u{1f600}".repeat(128), "v", "Yes"],
    ["512 letters of one byte and the last of them", "\u007f".repeat(512), "v", "Yes"],
    ["257 of the first letter of two bytes", "\u0080".repeat(257), "v", "TFKVStore.KeyIsTooLarge"],
    ["256 of the last letter of two bytes", "\u07ff".repeat(256), "v", "Yes"],
    ["171 of the first of three", "\u0800".repeat(171), "v", "TFKVStore.KeyIsTooLarge"],
    ["170 of the last of three", "\uffff".repeat(170), "v", "Yes"],
    ["129 of the first of four", "\u{10000}".repeat(129), "v", "TFKVStore.KeyIsTooLarge"],
    ["2048 bytes of value", "k", "v".repeat(2_048), "Yes"],
    ["2049 bytes of value", "k", "v".repeat(2_049), "TFKVStore.ValueIsTooLarge"],
  ])("takes or refuses %s", (_what, key, value, answer) => {
    expect(set(rich(), key, value)[0]).toBe(answer);
  });
});

describe("a batch", () => {
  const set = (price: number) => ({ call: "tfgrid.set_connection_price", args: { price } });
  const told = (price: number) => ({
    event: "TfgridModule.ConnectionPriceSet",
    price: BigInt(price),
  });
  const zos = (version: string) => ({
    call: "tfgrid.set_zos_version",
    args: { zos_version: version },
  });
  const done = { event: "Utility.ItemCompleted" };

  /** The first changes something, the second sets what is set, the third changes it again. */
  function make(rule: string): readonly unknown[] {
    const stage = rich();
    const calls = [set(5), zos(stage.state.zos), set(6)];
    const answer = stage.told(root, `utility.${rule}`, { calls });
    return [stage.state.farming.connectionPrice, ...answer];
  }

  it("stops at a refusal and keeps what was done", () => {
    const error = "TfgridModule.InvalidZosVersion";
    const stopped = { event: "Utility.BatchInterrupted", index: 1, error };
    expect(make("batch")).toEqual([5n, "Yes", told(5), done, stopped]);
  });

  it("goes on after a refusal, if it is forced", () => {
    const failed = { event: "Utility.ItemFailed", error: "TfgridModule.InvalidZosVersion" };
    const ended = { event: "Utility.BatchCompletedWithErrors" };
    expect(make("force_batch")).toEqual([6n, "Yes", told(5), done, failed, told(6), done, ended]);
  });

  it("undoes everything at a refusal, if it is all or nothing", () => {
    const before = rich().state.farming.connectionPrice;
    expect(make("batch_all")).toEqual([before, "TfgridModule.InvalidZosVersion"]);
  });

  it.each(["batch", "batch_all", "force_batch"])("%s without a refusal is completed", (rule) => {
    const stage = rich();
    const completed = { event: "Utility.BatchCompleted" };
    expect(stage.told(root, `utility.${rule}`, { calls: [set(5), set(6)] })).toEqual([
      ...["Yes", told(5), done, told(6), done],
      completed,
    ]);
    expect(stage.told(root, `utility.${rule}`, { calls: [] })).toEqual(["Yes", completed]);
  });
});

describe("the version of Zero-OS", () => {
  it("changes, is told, and cannot be what it is", () => {
    const stage = rich();
    expect(stage.told(root, "tfgrid.set_zos_version", { zos_version: "9" })).toEqual([
      "Yes",
      { event: "TfgridModule.ZosVersionUpdated", version: "9" },
    ]);
    expect(stage.told(root, "tfgrid.set_zos_version", { zos_version: "9" })).toEqual([
      "TfgridModule.InvalidZosVersion",
    ]);
  });
});
