/**
 * Effects: what a variant does to each metric, pair by pair over shared replications.
 */
import { Chance, streamId } from "../kernel/index.ts";
import type { MetricEntry } from "../metrics/summary.ts";
import type { Guard, Smallest } from "../scenario/guard.ts";
import { familyOf, mean, type Paired, relativeChange } from "../stats/index.ts";
import { identityOf } from "./identity.ts";
import type { Row } from "./results.ts";
import { keyOf } from "./seed.ts";

type Bounds = readonly [low: number, high: number];

/**
 * How an effect is to be read: `none` is exactly nothing; `small` surely below the smallest size
 * that matters; `clear` at least that size and told from nothing; `open` all else.
 */
export type Weight = "none" | "small" | "clear" | "open";

/** What a variant does to one metric; null where it cannot be known. */
export interface Effect {
  readonly name: string;
  readonly unit: string;
  readonly base: number | null;
  readonly variant: number | null;
  readonly n: number;
  readonly difference: number | null;
  readonly ci95: Bounds | null;
  readonly bootstrap95: Bounds | null;
  readonly simultaneous95: Bounds | null;
  readonly p: number | null;
  readonly pAdjusted: number | null;
  readonly relative: number | null;
  readonly relative95: Bounds | null;
  /** Null where the pairs have no spread, so that nothing is left to reduce. */
  readonly varianceReduction: number | null;
  /** Why it follows from accounting; null for a finding. */
  readonly identity: string | null;
  /** The smallest effect that matters, in the unit of the metric, and as it was given. */
  readonly smallest: { readonly size: number | null; readonly text: string };
  readonly weight: Weight;
}

/** Two arms over the same replications, and how their difference is to be judged. */
export interface EffectPlan {
  readonly base: readonly Row[];
  readonly variant: readonly Row[];
  readonly entries: readonly MetricEntry[];
  readonly seed: string;
  /** The keys in which the arms differ, and whether behaviour is frozen. */
  readonly keys: readonly string[];
  readonly frozen: boolean;
  readonly smallest: Readonly<Record<string, Smallest>>;
}

/** Resamples of the bootstrap, and the level of all intervals. */
const RESAMPLES = 1999;
const LEVEL = 0.95;
const RESAMPLE = streamId("compare.resample");

/** Where nobody says otherwise, half a percent of the base's mean is the least that matters. */
const SMALLEST: Smallest = { text: "0.5 %", amount: 0.005, unit: "%" };

/** The effects on all metrics, in the order of their names. */
export function effectsOf(plan: EffectPlan): readonly Effect[] {
  const entries = plan.entries
    .filter((entry) => entry.onRequest !== true || isTold(plan.base, plan.variant, entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const family = entries.map(({ name }): Paired => {
    return { base: column(plan.base, name), variant: column(plan.variant, name) };
  });
  const chance = new Chance(keyOf(plan.seed), 0);
  const members = familyOf(family, {
    resamples: RESAMPLES,
    level: LEVEL,
    uniform: (resample, pair) => chance.uniform(RESAMPLE, 0, resample, pair),
  });
  return entries.map((entry, at): Effect => {
    const { difference, bootstrap, simultaneous, pAdjusted } = members[at];
    const paired = measured(family[at]);
    const relative = relativeChange(paired, LEVEL);
    const proportional = relative?.isProportional ?? false;
    const because = identityOf(entry.name, plan.keys, { proportional, frozen: plan.frozen });
    const moved = difference.n > 0 && !isNothing(paired);
    const base = known(mean(paired.base));
    const smallest = sizeOf(plan.smallest, entry, base);
    const ci95 = bounds([difference.low, difference.high]);
    return {
      name: entry.name,
      unit: entry.unit,
      base,
      variant: known(mean(paired.variant)),
      n: difference.n,
      difference: known(difference.mean),
      ci95,
      bootstrap95: bounds(bootstrap),
      simultaneous95: bounds(simultaneous),
      p: known(difference.p),
      pAdjusted: known(pAdjusted),
      relative: known(relative?.change ?? Number.NaN),
      relative95: relative === null ? null : bounds([relative.low, relative.high]),
      varianceReduction: known(difference.varianceReduction),
      identity: moved ? because : null,
      smallest,
      weight: weigh({ moved, difference: difference.mean, ci95, pAdjusted, size: smallest.size }),
    };
  });
}

/** Whether either arm was asked for a metric. */
const isTold = (base: readonly Row[], variant: readonly Row[], name: string): boolean =>
  [base, variant].some((rows) => rows[0]?.metrics.some((metric) => metric.name === name));

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
const bounds = ([low, high]: Bounds): Bounds | null =>
  Number.isFinite(low) && Number.isFinite(high) ? [low, high] : null;

const isNothing = ({ base, variant }: Paired): boolean =>
  base.every((value, pair) => value === variant[pair]);

/** The values of a metric, one a replication; NaN where it was not measured. */
function column(rows: readonly Row[], name: string): readonly number[] {
  const at = rows[0]?.metrics.findIndex((metric) => metric.name === name) ?? -1;
  return rows.map(({ metrics }) => (at < 0 ? Number.NaN : metrics[at].value));
}

/** The pairs that both arms measured. */
function measured({ base, variant }: Paired): Paired {
  const told = base.flatMap((_, pair) => (Number.isNaN(variant[pair] - base[pair]) ? [] : [pair]));
  return { base: told.map((pair) => base[pair]), variant: told.map((pair) => variant[pair]) };
}

/** The least that matters of a metric, in its own unit. */
function sizeOf(
  given: Readonly<Record<string, Smallest>>,
  { name, unit }: MetricEntry,
  base: number | null,
): Effect["smallest"] {
  const wished = given[name] ?? given["default"] ?? SMALLEST;
  // A default in points fits shares alone; other metrics keep half a percent.
  const smallest = wished.unit === "pp" && unit !== "1" ? SMALLEST : wished;
  if (smallest.unit !== "%") return { size: smallest.amount, text: smallest.text };
  const size = base === null ? null : smallest.amount * Math.abs(base);
  return { size, text: smallest.text };
}

function weigh({
  moved,
  difference,
  ci95,
  pAdjusted,
  size,
}: {
  readonly moved: boolean;
  readonly difference: number;
  readonly ci95: Bounds | null;
  readonly pAdjusted: number;
  readonly size: number | null;
}): Weight {
  if (!moved) return "none";
  if (ci95 === null || size === null) return "open";
  if (Math.max(Math.abs(ci95[0]), Math.abs(ci95[1])) < size) return "small";
  return Math.abs(difference) >= size && pAdjusted < 1 - LEVEL ? "clear" : "open";
}

/** How a guard came out. */
export interface JudgedGuard {
  readonly guard: string;
  readonly result: "pass" | "fail" | "undecided";
  /** The bound that was held against the limit, and the limit, as shares. */
  readonly interval: Bounds | null;
  readonly limit: number;
}

/** Holds guards against the bounds of the intervals: passed only where no part of one breaks it. */
export function judgeGuards(
  guards: readonly Guard[],
  effects: readonly Effect[],
): readonly JudgedGuard[] {
  return guards.map(({ text, metric, sense, limit, unit }): JudgedGuard => {
    const effect = effects.find(({ name }) => name === metric);
    const interval = effect === undefined ? null : guarded(effect, unit);
    const told = { guard: text, interval, limit };
    if (interval === null) return { ...told, result: "undecided" };
    const [low, high] = interval;
    const [worst, best] = sense === ">=" ? [low, high] : [-high, -low];
    const least = sense === ">=" ? limit : -limit;
    return { ...told, result: worst >= least ? "pass" : best < least ? "fail" : "undecided" };
  });
}

/** The interval that a guard is held against; nothing that moved has one even without a base. */
function guarded({ weight, n, relative95, ci95 }: Effect, unit: Guard["unit"]): Bounds | null {
  if (weight === "none" && n > 1) return [0, 0];
  return unit === "%" ? relative95 : ci95;
}
