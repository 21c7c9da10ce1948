/**
 * Ledger: who holds how much TFT, and what of it is reserved or frozen.
 *
 * Lifecycle: an account comes to be with a deposit of at least the existential deposit; bills
 * reserve (since spec 152) or freeze (before) what they will pay out later.
 * Source: substrate, pallet-balances of the release that tfchain 33046d6 builds on, `Currency`,
 * `ReservableCurrency` and `LockableCurrency`; pallet-smart-contract/src/billing.rs,
 * `get_usable_balance` and `transfer_reserved`.
 * Quirk: a share too small to open its beneficiary's account is destroyed when it is paid from a
 * reserve, but fails the whole bill when it is an ordinary transfer.
 */
import { accepted, type Outcome, refused, type Tft, tft } from "../units/index.ts";

/** The name of an account. */
export type AccountId = string;

/** What an account holds, in 1e-7 TFT; `frozen` is the part of all of it that may not leave. */
export interface Account {
  readonly free: Tft;
  readonly reserved: Tft;
  readonly frozen: Tft;
}

/** All accounts, and the sum of what they hold. */
export interface Ledger {
  readonly accounts: ReadonlyMap<AccountId, Account>;
  readonly issuance: Tft;
  /** The least that an account may hold. */
  readonly existentialDeposit: Tft;
}

/** Why the token layer refuses, in the chain's words. */
export type TokenError =
  | "FundsUnavailable"
  | "InsufficientBalance"
  | "Frozen"
  | "LiquidityRestrictions"
  | "NotExpendable"
  | "OnlyProvider"
  | "Expendability"
  | "BelowMinimum"
  | "RewardDistributionError";

const NOTHING: Account = { free: tft(0n), reserved: tft(0n), frozen: tft(0n) };
const greater = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** The account, or an empty one if it does not exist. */
export const accountOf = (ledger: Ledger, id: AccountId): Account =>
  ledger.accounts.get(id) ?? NOTHING;

/** What bills may use up to spec 151, in 1e-7 TFT: the deposit stays once anything is held. */
export function usableLegacy(ledger: Ledger, id: AccountId): Tft {
  const account = accountOf(ledger, id);
  let untouchable = greater(account.frozen - account.reserved, 0n);
  if (isReferenced(account)) untouchable = greater(untouchable, ledger.existentialDeposit);
  return tft(greater(account.free - untouchable, 0n));
}

/** What bills may use since spec 152, in 1e-7 TFT: all but the deposit and what is frozen. */
export function usableReserve(ledger: Ledger, id: AccountId): Tft {
  const account = accountOf(ledger, id);
  return tft(greater(account.free - greater(ledger.existentialDeposit, account.frozen), 0n));
}

/** True if a lock or a reserve keeps the account from being removed. */
const isReferenced = (account: Account): boolean => account.frozen > 0n || account.reserved > 0n;

/** True if `amount` can be reserved; nothing always can. */
export function canReserve(ledger: Ledger, id: AccountId, amount: Tft): boolean {
  if (amount === 0n) return true;
  const account = accountOf(ledger, id);
  return account.free - amount >= greater(ledger.existentialDeposit, account.frozen);
}

/** Moves from free to reserved; refuses more than is there. */
export function reserve(
  ledger: Ledger,
  id: AccountId,
  amount: Tft,
): Outcome<Ledger, "InsufficientBalance"> {
  if (!canReserve(ledger, id, amount)) return refused("InsufficientBalance");
  if (amount === 0n) return accepted(ledger);
  const account = accountOf(ledger, id);
  return accepted(
    withAccount(ledger, id, {
      ...account,
      free: tft(account.free - amount),
      reserved: tft(account.reserved + amount),
    }),
  );
}

/** Freezes `amount` of an account in all, in place of what was frozen; zero frees it. */
export function freeze(ledger: Ledger, id: AccountId, amount: Tft): Ledger {
  return withAccount(ledger, id, { ...accountOf(ledger, id), frozen: amount });
}

/** Transfers and keeps the payer alive; refuses what would kill it or cannot open the receiver. */
export function transferKeepAlive(
  ledger: Ledger,
  { from, to, amount }: { readonly from: AccountId; readonly to: AccountId; readonly amount: Tft },
): Outcome<Ledger, TokenError> {
  if (amount === 0n || from === to) return accepted(ledger);
  const payer = accountOf(ledger, from);
  if (payer.free < amount) return refused("FundsUnavailable");
  if (amount > usableLegacy(ledger, from)) return refused("Frozen");
  if (payer.free - amount < ledger.existentialDeposit) {
    return refused(isReferenced(payer) ? "OnlyProvider" : "NotExpendable");
  }
  const receiver = accountOf(ledger, to);
  if (receiver.free + amount < ledger.existentialDeposit) return refused("BelowMinimum");
  const paid = withAccount(ledger, from, { ...payer, free: tft(payer.free - amount) });
  return accepted(withAccount(paid, to, { ...receiver, free: tft(receiver.free + amount) }));
}

/** Destroys part of an account and keeps it alive; refuses what would kill it. */
export function burn(ledger: Ledger, id: AccountId, amount: Tft): Outcome<Ledger, TokenError> {
  if (amount === 0n) return accepted(ledger);
  const account = accountOf(ledger, id);
  const free = account.free - amount;
  if (free < 0n) return refused("InsufficientBalance");
  if (free < ledger.existentialDeposit) return refused("Expendability");
  if (free < account.frozen) return refused("LiquidityRestrictions");
  const burned = withAccount(ledger, id, { ...account, free: tft(free) });
  return accepted({ ...burned, issuance: tft(ledger.issuance - amount) });
}

/** Pays from a reserve; opens the receiver's account, or destroys a share too small for that. */
export function transferReserved(
  ledger: Ledger,
  { from, to, amount }: { readonly from: AccountId; readonly to: AccountId; readonly amount: Tft },
): Outcome<Ledger, TokenError> {
  if (amount === 0n) return accepted(ledger);
  const exists = ledger.accounts.has(to);
  const payer = accountOf(ledger, from);
  // What is frozen beyond the free balance holds back a reserve, but not from being slashed.
  const held = exists ? greater(payer.frozen - payer.free, 0n) : 0n;
  if (payer.reserved - held < amount) return refused("RewardDistributionError");
  const paid = withAccount(ledger, from, { ...payer, reserved: tft(payer.reserved - amount) });
  if (!exists && amount < ledger.existentialDeposit) {
    return accepted({ ...paid, issuance: tft(paid.issuance - amount) });
  }
  const receiver = accountOf(paid, to);
  return accepted(withAccount(paid, to, { ...receiver, free: tft(receiver.free + amount) }));
}

/** Creates TFT in an account; what is too little to open one, or to keep it, vanishes. */
export function credit(ledger: Ledger, id: AccountId, amount: Tft): Ledger {
  const before = ledger.accounts.get(id);
  const { free, reserved } = before ?? NOTHING;
  const isNew = free + reserved === 0n;
  if (amount === 0n || (isNew && amount < ledger.existentialDeposit)) return ledger;
  return setFree(ledger, id, tft(free + amount));
}

/**
 * Destroys up to `amount` of what is free; the deposit stays where a lock or a reserve needs it.
 * Locks hold nothing else back.
 */
export function slash(ledger: Ledger, id: AccountId, amount: Tft): Ledger {
  const account = accountOf(ledger, id);
  const kept = isReferenced(account) ? ledger.existentialDeposit : 0n;
  const most = greater(account.free - kept, 0n);
  return setFree(ledger, id, tft(account.free - (amount < most ? amount : most)));
}

/** Sets what is free in an account, creating or destroying the rest; too little ends it. */
export function setFree(ledger: Ledger, id: AccountId, free: Tft): Ledger {
  const before = accountOf(ledger, id);
  const dust = before.reserved === 0n && free < ledger.existentialDeposit;
  const after = dust ? tft(0n) : free;
  const issuance = tft(ledger.issuance + after - before.free);
  const empty = after === 0n && before.reserved === 0n && before.frozen === 0n;
  if (empty) return { ...withoutAccount(ledger, id), issuance };
  return { ...withAccount(ledger, id, { ...before, free: after }), issuance };
}

/** Transfers on the chain's own authority, which may end the payer's account. */
export function forceTransfer(
  ledger: Ledger,
  { from, to, amount }: { readonly from: AccountId; readonly to: AccountId; readonly amount: Tft },
): Outcome<Ledger, TokenError> {
  if (amount === 0n || from === to) return accepted(ledger);
  const payer = accountOf(ledger, from);
  if (payer.free < amount) return refused("FundsUnavailable");
  if (amount > usableLegacy(ledger, from)) return refused("Frozen");
  if (accountOf(ledger, to).free + amount < ledger.existentialDeposit) {
    return refused("BelowMinimum");
  }
  const paid = setFree(ledger, from, tft(payer.free - amount));
  return accepted(setFree(paid, to, tft(accountOf(paid, to).free + amount)));
}

function withAccount(ledger: Ledger, id: AccountId, account: Account): Ledger {
  return { ...ledger, accounts: new Map(ledger.accounts).set(id, account) };
}

function withoutAccount(ledger: Ledger, id: AccountId): Ledger {
  const accounts = new Map(ledger.accounts);
  accounts.delete(id);
  return { ...ledger, accounts };
}
