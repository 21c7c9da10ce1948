import { describe, expect, it } from "vitest";
import {
  type Account,
  burn,
  canReserve,
  freeze,
  type Ledger,
  reserve,
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
