/**
 * The exit auction: how holders leave a pool for money, at one price for all.
 *
 * Lifecycle: everybody offers before the end, the lowest prices are filled first, the last that
 * fits sets the price. Source: docs_tfgrid_economics dutch-auction-exit.md 65fbdb8 and
 * liquidity-pool.md 5187f69 (2025-10-10 and 11): at most 5 % of the pool's USDC in a period, a
 * discount of at least 20 %, and in all no more than half of what was ever put in. The same kind of
 * exit is announced for SPORE, without numbers.
 * Open: whether an offer may be filled in part (here it may not: the first that does not fit ends
 * the auction), and which of two equal prices goes first (here the earlier offer).
 */
import { accepted, type Outcome, refused } from "../../units/index.ts";
import { least } from "./share.ts";
import { type Tftf, tftf, type Usdc, usdc } from "./token.ts";

/** A holder's wish to leave with an amount, for no less than a price. */
export interface ExitOffer {
  readonly holder: string;
  /** What is to be paid out. */
  readonly amount: Usdc;
  /** The least that is asked for one whole TFTF. */
  readonly price: Usdc;
}

/** The rules of an auction. */
export interface ExitRules {
  /** The most of the pool's money that leaves in a period, in percent. */
  readonly periodPercent: bigint;
  /** The least discount on the reference price, in percent. */
  readonly discountPercent: bigint;
  /** The most of all that was ever put in which may leave by auctions, in percent. */
  readonly everPercent: bigint;
}

/** The rules as published. */
export const exitRules: ExitRules = { periodPercent: 5n, discountPercent: 20n, everPercent: 50n };

/** The pool before an auction. */
export interface ExitPool {
  readonly money: Usdc;
  /** All that was ever put in, and what has left by auctions. */
  readonly contributed: Usdc;
  readonly exited: Usdc;
  /** What one whole TFTF is worth on the market. */
  readonly reference: Usdc;
}

/** What one holder gives and gets. */
export interface ExitFill {
  readonly holder: string;
  readonly paid: Usdc;
  /** Rounded up, so that the pool never pays more than the price. */
  readonly given: Tftf;
}

/** An auction's result; `price` is null where nobody could leave. */
export interface ExitResult {
  readonly price: Usdc | null;
  readonly fills: readonly ExitFill[];
  readonly paid: Usdc;
}

/** The most that may leave now; both limits are rounded down. */
export function exitLimit(pool: ExitPool, rules: ExitRules): Usdc {
  const period = (pool.money * rules.periodPercent) / 100n;
  const ever = (pool.contributed * rules.everPercent) / 100n - pool.exited;
  const limit = least(period, ever);
  return usdc(limit > 0n ? limit : 0n);
}

/** The highest price that keeps the discount, rounded down. */
export const highestExitPrice = (pool: ExitPool, rules: ExitRules): Usdc =>
  usdc((pool.reference * (100n - rules.discountPercent)) / 100n);

/** Adds an offer; refuses one for nothing or for no price, and one above the discounted price. */
export function offerExit(
  offers: readonly ExitOffer[],
  offer: ExitOffer,
  pool: ExitPool,
  rules: ExitRules,
): Outcome<readonly ExitOffer[], "EmptyOffer" | "DiscountTooSmall"> {
  if (offer.amount <= 0n || offer.price <= 0n) return refused("EmptyOffer");
  if (offer.price > highestExitPrice(pool, rules)) return refused("DiscountTooSmall");
  return accepted([...offers, offer]);
}

const TFTF = 10_000_000n;

/** Closes the auction: fills from the lowest price up while whole offers fit, at one price. */
export function closeExit(
  offers: readonly ExitOffer[],
  pool: ExitPool,
  rules: ExitRules,
): ExitResult {
  const limit = exitLimit(pool, rules);
  const highest = highestExitPrice(pool, rules);
  const ranked = offers
    .filter((offer) => offer.price <= highest)
    .sort((a, b) => (a.price < b.price ? -1 : a.price > b.price ? 1 : 0));
  const filled: ExitOffer[] = [];
  let paid = 0n;
  for (const offer of ranked) {
    if (paid + offer.amount > limit) break;
    filled.push(offer);
    paid += offer.amount;
  }
  const price = filled.at(-1)?.price ?? null;
  if (price === null) return { price, fills: [], paid: usdc(0n) };
  const fills = filled.map(({ holder, amount }) => ({
    holder,
    paid: amount,
    given: tftf((amount * TFTF + price - 1n) / price),
  }));
  return { price, fills, paid: usdc(paid) };
}
