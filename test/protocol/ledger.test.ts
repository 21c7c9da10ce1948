import { describe, expect, it } from "vitest";
import {
  type Account,
  burn,
  canReserve,
  credit,
  forceTransfer,
  freeze,
  type Ledger,
  reserve,
  setFree,
  slash,
  transferKeepAlive,
  transferReserved,
  usableLegacy,
  usableReserve,
} from "../../src/protocol/index.ts";
import { tft } from "../../src/units/index.ts";
import { value, word } from "./grid.ts";

const account = (free: bigint, reserved = 0n, frozen = 0n): Account => ({
  free: tft(free),
  reserved: tft(reserved),
  frozen: tft(frozen),
});

function ledger(accounts: Readonly<Record<string, Account>>): Ledger {
  const rows = Object.entries(accounts);
  const sum = rows.reduce((total, [, { free, reserved }]) => total + free + reserved, 0n);
  return { accounts: new Map(rows), issuance: tft(sum), existentialDeposit: tft(500n) };
}

const total = (book: Ledger): bigint =>
  [...book.accounts.values()].reduce((sum, { free, reserved }) => sum + free + reserved, 0n);

describe("what bills may use of an account", () => {
  it.each([
    // test_lock
    [100n, 2_499_999_500n, "the deposit stays once anything is locked"],
    [600n, 2_499_999_400n, "more than the deposit is locked"],
    [1_000n, 2_499_999_000n, "more than the deposit is locked"],
    [0n, 2_500_000_000n, "an account without a lock is usable whole"],
  ])("up to spec 151, with %s locked, is %s: %s", (locked, usable) => {
    const book = freeze(ledger({ bob: account(2_500_000_000n) }), "bob", tft(locked));
    expect(usableLegacy(book, "bob")).toBe(usable);
  });

  it.each([
    ["all but the deposit", account(1_000n), 500n],
    ["nothing of less than the deposit", account(400n), 0n],
    ["nothing of what is reserved", account(1_000n, 5_000n), 500n],
    ["all but what is frozen, where that is more", account(1_000n, 0n, 700n), 300n],
  ])("since spec 152 is %s", (_what, held, usable) => {
    const book = ledger({ bob: held });
    expect(usableReserve(book, "bob")).toBe(usable);
    expect(canReserve(book, "bob", tft(usable))).toBe(true);
    expect(canReserve(book, "bob", tft(usable + 1n))).toBe(false);
  });
});

describe("what is usable by a lock", () => {
  it.each([
    ["an account without lock or reserve is usable whole", account(400n), 400n],
    ["of what is reserved, only the deposit stays", account(1_000n, 1n), 500n],
    ["a lock within the reserve holds the deposit alone", account(1_000n, 700n, 700n), 500n],
    ["a lock holds what it exceeds the reserve by", account(1_000n, 100n, 800n), 300n],
    ["and never more than there is", account(100n, 0n, 800n), 0n],
  ])("up to spec 151: %s", (_what, held, usable) => {
    expect(usableLegacy(ledger({ bob: held }), "bob")).toBe(usable);
  });
});

describe("a reserve", () => {
  it("of nothing is always possible and changes nothing", () => {
    const book = ledger({ bob: account(1n) });
    expect(canReserve(book, "bob", tft(0n))).toBe(true);
    expect(value(reserve(book, "bob", tft(0n)))).toBe(book);
    expect(value(reserve(book, "nobody", tft(0n)))).toBe(book);
  });

  it("moves what is free, down to the deposit or the lock, and refuses one unit more", () => {
    const book = ledger({ bob: account(1_000n, 30n, 600n) });
    expect(word(reserve(book, "bob", tft(401n)))).toBe("InsufficientBalance");
    const kept = value(reserve(book, "bob", tft(400n)));
    expect(kept.accounts.get("bob")).toEqual(account(600n, 430n, 600n));
    expect(kept.issuance).toBe(book.issuance);
  });
});

describe("a transfer that keeps the payer alive", () => {
  it.each([
    ["down to the deposit", account(1_500n), 1_000n, "ok"],
    ["below the deposit", account(1_500n), 1_001n, "NotExpendable"],
    ["of more than there is", account(1_500n), 1_501n, "FundsUnavailable"],
    ["of what is frozen", account(1_500n, 0n, 1_400n), 200n, "Frozen"],
    ["of nothing", account(1_500n), 0n, "ok"],
  ])("%s", (_what, held, amount, answer) => {
    const book = ledger({ bob: held, alice: account(500n) });
    const paid = transferKeepAlive(book, { from: "bob", to: "alice", amount: tft(amount) });
    expect(word(paid)).toBe(answer);
  });

  it("takes all but the deposit of a payer with a reserve, who then provides for it alone", () => {
    const book = ledger({ bob: account(1_000n, 100n), alice: account(500n) });
    const order = (amount: bigint) => ({ from: "bob", to: "alice", amount: tft(amount) });
    const paid = value(transferKeepAlive(book, order(500n)));
    expect(paid.accounts.get("bob")).toEqual(account(500n, 100n));
    // A lock smaller than the deposit holds the deposit, so that more is frozen.
    expect(word(transferKeepAlive(book, order(501n)))).toBe("Frozen");
  });

  it("to oneself or of nothing is no transfer, whatever there is", () => {
    const book = ledger({ bob: account(600n) });
    const order = { from: "bob", to: "bob", amount: tft(9_999n) };
    expect(value(transferKeepAlive(book, order))).toBe(book);
    expect(value(forceTransfer(book, order))).toBe(book);
    const nothing = { from: "nobody", to: "bob", amount: tft(0n) };
    expect(value(transferKeepAlive(book, nothing))).toBe(book);
    expect(value(forceTransfer(book, nothing))).toBe(book);
  });

  it("opens an account with the deposit, and not with less", () => {
    const book = ledger({ bob: account(10_000n) });
    const order = (amount: bigint) => ({ from: "bob", to: "new", amount: tft(amount) });
    expect(word(transferKeepAlive(book, order(499n)))).toBe("BelowMinimum");
    const opened = value(transferKeepAlive(book, order(500n)));
    expect(opened.accounts.get("new")).toEqual(account(500n));
    expect(total(opened)).toBe(10_000n);
  });
});

describe("a payment from a reserve", () => {
  it("reaches an account that exists, however small", () => {
    const book = value(
      reserve(ledger({ bob: account(2_000n), farmer: account(500n) }), "bob", tft(900n)),
    );
    const paid = value(transferReserved(book, { from: "bob", to: "farmer", amount: tft(1n) }));
    expect(paid.accounts.get("farmer")).toEqual(account(501n));
    expect(paid.accounts.get("bob")).toEqual(account(1_100n, 899n));
    expect(total(paid)).toBe(paid.issuance);
  });

  it("opens an account with the deposit, and is destroyed where it is less", () => {
    const book = ledger({ bob: account(500n, 2_000n) });
    const opened = value(transferReserved(book, { from: "bob", to: "new", amount: tft(500n) }));
    expect(opened.accounts.get("new")).toEqual(account(500n));
    const lost = value(transferReserved(book, { from: "bob", to: "new", amount: tft(499n) }));
    expect(lost.accounts.has("new")).toBe(false);
    expect(lost.issuance).toBe(book.issuance - 499n);
    expect(total(lost)).toBe(lost.issuance);
  });

  it("fails where it asks for more than is reserved, or where a lock holds it back", () => {
    const order = { from: "bob", to: "farmer", amount: tft(101n) };
    const short = ledger({ bob: account(500n, 100n), farmer: account(500n) });
    expect(word(transferReserved(short, order))).toBe("RewardDistributionError");
    const held = ledger({ bob: account(500n, 200n, 650n), farmer: account(500n) });
    expect(word(transferReserved(held, order))).toBe("RewardDistributionError");
  });

  it("goes back to the payer's free balance where the payer is the receiver", () => {
    const book = ledger({ bob: account(500n, 200n) });
    const paid = value(transferReserved(book, { from: "bob", to: "bob", amount: tft(150n) }));
    expect(paid.accounts.get("bob")).toEqual(account(650n, 50n));
  });
});

describe("burning", () => {
  it("lowers the issuance by what it takes, and keeps the account alive", () => {
    const book = ledger({ bob: account(1_000n) });
    expect(value(burn(book, "bob", tft(500n))).issuance).toBe(500n);
    expect(word(burn(book, "bob", tft(501n)))).toBe("Expendability");
    expect(word(burn(book, "bob", tft(1_001n)))).toBe("InsufficientBalance");
    expect(word(burn(book, "bob", tft(1_000n)))).toBe("Expendability");
  });
});

describe("burning on one's own", () => {
  it("leaves what a lock holds, and does nothing of nothing", () => {
    const book = ledger({ bob: account(1_000n, 0n, 700n) });
    expect(word(burn(book, "bob", tft(301n)))).toBe("LiquidityRestrictions");
    expect(value(burn(book, "bob", tft(300n))).accounts.get("bob")).toEqual(
      account(700n, 0n, 700n),
    );
    expect(value(burn(book, "nobody", tft(0n)))).toBe(book);
    expect(word(burn(ledger({ bob: account(1_000n) }), "bob", tft(1_001n)))).toBe(
      "InsufficientBalance",
    );
  });
});

describe("a payment of nothing from a reserve", () => {
  it("opens and closes no account", () => {
    const book = ledger({ bob: account(500n, 0n, 900n) });
    const order = { from: "bob", to: "new", amount: tft(0n) };
    expect(value(transferReserved(book, order))).toBe(book);
  });
});

/** What an account has before, what is added, and what it has then; the deposit is 500. */
const CREDITS: readonly (readonly [string, Account | null, bigint, Account | null])[] = [
  ["too little to open an account vanishes", null, 499n, null],
  ["the deposit opens one", null, 500n, account(500n)],
  ["to an account that exists anything adds up", account(500n), 1n, account(501n)],
  ["to a reserve alone too", account(0n, 10n), 1n, account(1n, 10n)],
  ["nothing is nothing", account(500n), 0n, account(500n)],
  ["not even for an account that is not there", null, 0n, null],
];

describe("TFT that is made", () => {
  it.each(CREDITS)("%s", (_what, before, amount, after) => {
    const book = ledger(before === null ? {} : { bob: before });
    const made = credit(book, "bob", tft(amount));
    expect(made.accounts.get("bob") ?? null).toEqual(after);
    expect(total(made)).toBe(made.issuance);
  });
});

/** What is held, what is to be destroyed, and what is left; null where the account ends. */
const SLASHES: readonly (readonly [string, Account, bigint, Account | null])[] = [
  ["takes all of an account that nothing holds", account(1_000n), 1_000n, null],
  ["ends one of which less than the deposit is left", account(1_000n), 501n, null],
  ["keeps one that has the deposit left", account(1_000n), 500n, account(500n)],
  ["leaves the deposit to a reserve", account(1_000n, 5n), 1_000n, account(500n, 5n)],
  [
    "and to a lock, which holds nothing more",
    account(1_000n, 0n, 900n),
    1_000n,
    account(500n, 0n, 900n),
  ],
  ["takes less where less is asked", account(1_000n, 5n), 499n, account(501n, 5n)],
  ["takes nothing of less than the deposit", account(400n, 5n), 100n, account(400n, 5n)],
];

describe("TFT that is destroyed", () => {
  it.each(SLASHES)("%s", (_what, before, amount, after) => {
    const cut = slash(ledger({ bob: before }), "bob", tft(amount));
    expect(cut.accounts.get("bob") ?? null).toEqual(after);
    expect(total(cut)).toBe(cut.issuance);
  });
});

describe("a balance that is set", () => {
  it.each([
    ["below the deposit ends an account", account(1_000n), 499n, null],
    ["at the deposit keeps it", account(1_000n), 500n, account(500n)],
    ["below it stays beside a reserve", account(1_000n, 3n), 1n, account(1n, 3n)],
    [
      "to nothing beside a reserve is nothing, and the account stays",
      account(9n, 3n),
      0n,
      account(0n, 3n),
    ],
    ["to nothing under a lock leaves the lock", account(900n, 0n, 7n), 0n, account(0n, 0n, 7n)],
  ] as const)("%s", (_what, before, free, after) => {
    const set = setFree(ledger({ bob: before }), "bob", tft(free));
    expect(set.accounts.get("bob") ?? null).toEqual(after);
    expect(total(set)).toBe(set.issuance);
  });
});

describe("a transfer that may end the payer", () => {
  const order = (amount: bigint, to = "alice") => ({ from: "bob", to, amount: tft(amount) });

  it("moves the amount, all of it where the payer likes, and the dust is destroyed", () => {
    const book = ledger({ bob: account(1_500n), alice: account(500n) });
    const part = value(forceTransfer(book, order(1_000n)));
    expect([...part.accounts]).toEqual([
      ["bob", account(500n)],
      ["alice", account(1_500n)],
    ]);
    const all = value(forceTransfer(book, order(1_500n)));
    expect([...all.accounts]).toEqual([["alice", account(2_000n)]]);
    expect(all.issuance).toBe(2_000n);
    const dusty = value(forceTransfer(book, order(1_001n)));
    expect([...dusty.accounts]).toEqual([["alice", account(1_501n)]]);
    expect(dusty.issuance).toBe(1_501n);
  });

  it.each([
    ["more than there is", account(1_500n), 1_501n, "alice", "FundsUnavailable"],
    ["what a lock holds", account(1_500n, 0n, 600n), 901n, "alice", "Frozen"],
    ["less than opens an account", account(1_500n), 499n, "new", "BelowMinimum"],
    ["what opens an account", account(1_500n), 500n, "new", "ok"],
    ["what a lock leaves", account(1_500n, 0n, 600n), 900n, "alice", "ok"],
  ])("answers of %s", (_what, held, amount, to, answer) => {
    const book = ledger({ bob: held, alice: account(500n) });
    expect(word(forceTransfer(book, order(amount, to)))).toBe(answer);
  });
});
