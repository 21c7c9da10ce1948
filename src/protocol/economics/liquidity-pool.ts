/**
 * Liquidity pools: the one of 2024, whose holders all trade together, and the positions of 2025.
 *
 * Sources: info_tfgrid projectinca/liquidity/liquidity_pool.md 1461fc8 (2024-08): each trade of the
 * pool changes every registered holder's two accounts in proportion, less a spread; vested tokens
 * leave through the pool alone. docs_tfgrid_economics position-based-lp.md 65fbdb8 (2025-10-10): a
 * position is an amount and a time, and no token stands for it.
 * Open: the spread, the lock-up and the discount for users are left to each pool's rules.
 */
import { accepted, assert, type Outcome, refused, type Seconds } from "../../units/index.ts";
import { proRata } from "./share.ts";

/** What a registered holder has in a pool, in the smallest units of token and counterpart. */
export interface Holding {
  readonly holder: string;
  readonly token: bigint;
  /** Gold, or the money that is paired with it. */
  readonly counter: bigint;
  /** Until when the holder may take nothing out; null without a lock-up. */
  readonly lockedUntil: Seconds | null;
}

/** A trade of the pool as a whole: what it sells, what it is paid, and the spread that is kept. */
export interface PoolTrade {
  readonly sold: bigint;
  readonly paid: bigint;
  /** The part of the payment that no holder gets. */
  readonly spread: bigint;
}

const tokenIn = (holdings: readonly Holding[]): bigint =>
  holdings.reduce((sum, { token }) => sum + token, 0n);

/**
 * Sells from the pool: each holder gives and receives in proportion to the tokens held, so that a
 * holder of 5 % of them has 5 % of the trade. Refuses more than the pool has.
 */
export function sellFromPool(
  holdings: readonly Holding[],
  { sold, paid, spread }: PoolTrade,
): Outcome<readonly Holding[], "MoreThanThePoolHas"> {
  if (sold > tokenIn(holdings)) return refused("MoreThanThePoolHas");
  assert(spread >= 0n && spread <= paid, "a spread is a part of the payment");
  if (sold === 0n) return accepted(holdings);
  const weights = holdings.map(({ token }) => token);
  const given = proRata(sold, weights);
  const received = proRata(paid - spread, weights);
  return accepted(
    holdings.map((holding, row) => ({
      ...holding,
      token: holding.token - (given[row] ?? 0n),
      counter: holding.counter + (received[row] ?? 0n),
    })),
  );
}

/** Takes tokens out of a pool; refuses before the end of the lock-up, and more than is held. */
export function withdraw(
  holding: Holding,
  amount: bigint,
  now: Seconds,
): Outcome<Holding, "LockedUp" | "MoreThanHeld"> {
  if (holding.lockedUntil !== null && now < holding.lockedUntil) return refused("LockedUp");
  if (amount > holding.token) return refused("MoreThanHeld");
  return accepted({ ...holding, token: holding.token - amount });
}

/** A position of 2025: an amount since an instant; price changes leave it as it is. */
export interface Position {
  readonly holder: string;
  readonly amount: bigint;
  readonly since: Seconds;
}

/**
 * How a reward is divided among positions at an instant: by amount times the seconds it has been
 * there, which is how we read "how much and how early"; the source gives no formula.
 */
export function divideAmongPositions(
  reward: bigint,
  positions: readonly Position[],
  now: Seconds,
): readonly bigint[] {
  const weights = positions.map(({ amount, since }) => amount * BigInt(Math.max(0, now - since)));
  if (weights.every((weight) => weight === 0n)) return positions.map(() => 0n);
  return proRata(reward, weights);
}
