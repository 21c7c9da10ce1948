/**
 * Farming pools of grid v4: who supports farmers, promises a service level and sets prices.
 *
 * Lifecycle: a pool publishes its terms, farms join it and move between pools, and its share comes
 * off what users pay. Source: docs_tfgrid4 farming_pools.md (2024-11 and 2024-12) and
 * offer_resources.md 4b6b076; info_tfgrid commit 86f346b for the suggested prices. ThreeFold sets
 * rewards first, from the end of 2025 on each pool sets its own.
 * Open: the length of a move (here it holds from the next period on) and of a broken promise.
 */
import {
  accepted,
  type MilliUsd,
  milliUsd,
  type Outcome,
  type Permille,
  refused,
  type Seconds,
  seconds,
} from "../../units/index.ts";
import type { NodeCertification } from "../farming-policy.ts";
import { divide, type Part, type Share } from "./share.ts";

/** A lowest and a highest price, both allowed, in 1e-3 USD of the same thing. */
export interface PriceRange {
  readonly low: MilliUsd;
  readonly high: MilliUsd;
}

/** What a pool promises and takes. */
export interface FarmingPool {
  readonly name: string;
  /** Uptime of a period that the pool promises; a node below it earns nothing. */
  readonly uptime: Permille;
  /** Prices of a slice for a month, within which its farmers choose. */
  readonly slicePrice: PriceRange;
}

/** What was suggested in May 2024, in 1e-3 USD; a table of locations was announced, never found. */
export const suggestedPrices = {
  aiHour: { low: milliUsd(100n), high: milliUsd(10_000n) },
  cloudSliceHour: { low: milliUsd(5n), high: milliUsd(4_000n) },
  storageSliceMonth: { low: milliUsd(200n), high: milliUsd(2_000n) },
  transferGb: { low: milliUsd(10n), high: milliUsd(200n) },
} as const satisfies Readonly<Record<string, PriceRange>>;

/** The end of 2025, from which pools were to set slice prices and rewards themselves. */
const POOLS_DECIDE = seconds(1_767_225_600);

/** Who sets slice prices and farmers' rewards at an instant. */
export const priceSetter = (at: Seconds): "ThreeFold" | "farming pool" =>
  at < POOLS_DECIDE ? "ThreeFold" : "farming pool";

/** A price that a farmer asks, if the pool's range holds it; refuses any other. */
export function acceptPrice(
  range: PriceRange,
  price: MilliUsd,
): Outcome<MilliUsd, "PriceOutsideRange"> {
  if (price < range.low || price > range.high) return refused("PriceOutsideRange");
  return accepted(price);
}

/** A farm joins a pool in a period and belongs to it from the next one on. */
export interface PoolMove {
  readonly farm: number;
  readonly pool: string;
  /** The minting period in which the farm decided. */
  readonly period: number;
}

/** Writes down that a farm decided for a pool; refuses one that there is not. */
export function joinPool(
  moves: readonly PoolMove[],
  move: PoolMove,
  pools: readonly FarmingPool[],
): Outcome<readonly PoolMove[], "NoSuchPool"> {
  if (!pools.some(({ name }) => name === move.pool)) return refused("NoSuchPool");
  return accepted([...moves, move]);
}

/** The pool of a farm in a period: its last decision of an earlier one, null without. */
export function poolOf(moves: readonly PoolMove[], farm: number, period: number): string | null {
  const own = moves.filter((move) => move.farm === farm && move.period < period);
  let last: PoolMove | null = null;
  for (const move of own) if (last === null || move.period >= last.period) last = move;
  return last?.pool ?? null;
}

/** Whether a farm may earn at all: in a pool, or certified itself. */
export const mayFarm = (pool: string | null, certification: NodeCertification): boolean =>
  pool !== null || certification === "Certified";

/** A capacity reward under a pool's promise: all of it, or nothing below the service level. */
export const rewardUnderPromise = (reward: bigint, uptime: Permille, pool: FarmingPool): bigint =>
  uptime >= pool.uptime ? reward : 0n;

/**
 * What users paid, divided with the pool; where a farm is in no pool, the drafts do not say who has
 * the pool's share, and it is told apart as `not said`.
 */
export const divideWithPool = (
  amount: bigint,
  shares: readonly Share[],
  pool: string | null,
): readonly Part[] =>
  divide(amount, shares).map((part) =>
    part.to === "farming pool" && pool === null ? { ...part, to: "not said" } : part,
  );
