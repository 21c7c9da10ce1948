/**
 * A family of paired differences: each with its own interval, and all of them together.
 *
 * The pairs are the replications, which two runs share, so one resample of replications serves all
 * metrics at once and keeps what they have to do with one another.
 *
 * - Alone: Student's interval, and the expanded percentile interval of resampled means (Hesterberg,
 *   What Teachers Should Know About the Bootstrap, 2015, 3.4), which small samples need.
 * - Together: the multiplier bootstrap of the largest studentized difference (Chernozhukov,
 *   Chetverikov and Kato, Gaussian approximations and multiplier bootstrap for maxima, 2013),
 *   over a common chi so that each member alone is Student's t again (as Hothorn, Bretz and
 *   Westfall, Simultaneous inference in general parametric models, 2008). Resampling pairs and
 *   studentizing them anew was tried and left: below some twenty pairs a few resamples without
 *   spread decide it.
 * - p values adjusted for the family by the step-down max-t of Westfall and Young
 *   (Resampling-Based Multiple Testing, 1993, algorithm 2.8), from the same draws.
 * - Below sixteen pairs the pairs say too little of what the members have to do with one another:
 *   the family would be missed far too often (of 38 members over four pairs, in 42 % of trials).
 *   There the intervals are Bonferroni's and the p values Holm's, which suppose nothing.
 */
import { normalCdf, normalQuantile } from "../kernel/index.ts";
import { type Difference, pairedDifference } from "./interval.ts";
import { deviation, mean } from "./moments.ts";
import { quantileOf } from "./quantile.ts";
import { studentBound } from "./student.ts";

/** One metric in both arms, pair by pair; NaN where a replication did not measure it. */
export interface Paired {
  readonly base: readonly number[];
  readonly variant: readonly number[];
}

/** How the resamples are drawn. */
export interface FamilyPlan {
  /** How many resamples, such as 1999. */
  readonly resamples: number;
  readonly level: number;
  /** A uniform number in (0, 1) for each resample and number: addressed, so that it repeats. */
  readonly uniform: (resample: number, number: number) => number;
}

/** Fewer pairs are judged without the dependence of the members. */
const PAIRS_LEAST = 16;

type Bounds = readonly [low: number, high: number];

/** What is known of one difference, alone and as one of the family; NaN below two pairs. */
export interface FamilyMember {
  readonly difference: Difference;
  readonly bootstrap: Bounds;
  readonly simultaneous: Bounds;
  readonly pAdjusted: number;
}

/** The members of a family, in its order. */
export function familyOf(
  family: readonly Paired[],
  { resamples, level, uniform }: FamilyPlan,
): readonly FamilyMember[] {
  const members = family.map(({ base, variant }) => memberOf(base, variant, level));
  const pairs = family.reduce((most, { base }) => Math.max(most, base.length), 0);
  const uncertain = members.filter(({ isUncertain }) => isUncertain);
  const isFew = uncertain.some(({ difference }) => difference.n < PAIRS_LEAST);
  const drawn = isFew ? [] : drawAll(uncertain, { resamples, pairs, uniform });
  const largest = drawn.map((row) => row.reduce((most, t) => Math.max(most, Math.abs(t)), 0));
  const bound = isFew ? 0 : quantileOf(Float64Array.from(largest).sort(), level);
  const adjusted = isFew ? holm(uncertain) : stepDown(uncertain, drawn);
  const own = isFew ? 1 - (1 - level) / uncertain.length : level;
  return members.map((member): FamilyMember => {
    const { difference, error } = member;
    const at = uncertain.indexOf(member);
    const point: Bounds = [difference.low, difference.high];
    if (at < 0) {
      return { difference, bootstrap: point, simultaneous: point, pAdjusted: difference.p };
    }
    // No simultaneous interval is narrower than its member's own.
    const half = Math.max(bound, studentBound(own, difference.n - 1)) * error;
    return {
      difference,
      bootstrap: percentile(member, { resamples, level, uniform }),
      simultaneous: [difference.mean - half, difference.mean + half],
      pAdjusted: Math.max(adjusted[at], difference.p),
    };
  });
}

interface Member {
  readonly differences: readonly number[];
  readonly difference: Difference;
  /** Standard error of the mean difference. */
  readonly error: number;
  readonly isUncertain: boolean;
}

function memberOf(base: readonly number[], variant: readonly number[], level: number): Member {
  const differences = base.map((value, pair) => variant[pair] - value);
  const told = base.flatMap((_, pair) => (Number.isNaN(differences[pair]) ? [] : [pair]));
  const difference = pairedDifference(
    told.map((pair) => base[pair]),
    told.map((pair) => variant[pair]),
    level,
  );
  const error = difference.sd / Math.sqrt(difference.n);
  return { differences, difference, error, isUncertain: error > 0 };
}

/**
 * The studentized mean of each member in each draw, as it would be if nothing differed: its pairs'
 * distances from their mean, each times a normal number that all members share, over a common chi.
 */
function drawAll(
  members: readonly Member[],
  plan: {
    readonly resamples: number;
    readonly pairs: number;
    readonly uniform: FamilyPlan["uniform"];
  },
): readonly Float64Array[] {
  const { resamples, pairs, uniform } = plan;
  if (members.length === 0) return [];
  const weights = new Float64Array(pairs);
  return Array.from({ length: resamples }, (_, resample) => {
    // Numbers below `pairs` choose pairs; then come the weights, then the chi.
    const normal = (number: number): number => normalQuantile(uniform(resample, pairs + number));
    for (let pair = 0; pair < pairs; pair += 1) weights[pair] = normal(pair);
    const squares = new Float64Array(pairs);
    for (let df = 1; df < pairs; df += 1) {
      const number = normal(pairs + df);
      squares[df] = squares[df - 1] + number * number;
    }
    return Float64Array.from(members, (member) => weighted(member, weights, squares));
  });
}

function weighted(
  { differences, difference }: Member,
  weights: Float64Array,
  squares: Float64Array,
): number {
  let sum = 0;
  for (let pair = 0; pair < differences.length; pair += 1) {
    const distance = differences[pair] - difference.mean;
    if (!Number.isNaN(distance)) sum += weights[pair] * distance;
  }
  const df = difference.n - 1;
  // The distances' squares sum to df variances, so that the sum alone has variance 1.
  return sum / (difference.sd * Math.sqrt(df)) / Math.sqrt(squares[df] / df);
}

/** The expanded percentile interval of the mean over resampled pairs. */
function percentile(
  { differences, difference }: Member,
  { resamples, level, uniform }: FamilyPlan,
): Bounds {
  const { n } = difference;
  const told = differences.filter((value) => !Number.isNaN(value));
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample += 1) {
    let sum = 0;
    for (let pair = 0; pair < n; pair += 1) sum += told[Math.floor(uniform(resample, pair) * n)];
    means[resample] = sum / n;
  }
  means.sort();
  const tail = normalCdf(-Math.sqrt(n / (n - 1)) * studentBound(level, n - 1));
  return [quantileOf(means, tail), quantileOf(means, 1 - tail)];
}

/** p values adjusted by step-down max-t: the largest is held against all, the next one against
 * what is left, and none may be smaller than the one before it. */
function stepDown(members: readonly Member[], drawn: readonly Float64Array[]): Float64Array {
  const sizes = members.map(({ difference, error }) => Math.abs(difference.mean / error));
  const order = members.map((_, at) => at).sort((a, b) => sizes[b] - sizes[a] || a - b);
  const beyond = new Float64Array(members.length);
  for (const row of drawn) {
    let most = 0;
    for (let rank = order.length - 1; rank >= 0; rank -= 1) {
      const at = order[rank];
      most = Math.max(most, Math.abs(row[at]));
      if (most >= sizes[at]) beyond[at] += 1;
    }
  }
  const adjusted = new Float64Array(members.length);
  let last = 0;
  for (const at of order) {
    last = Math.max(last, (beyond[at] + 1) / (drawn.length + 1));
    adjusted[at] = last;
  }
  return adjusted;
}

/** p values adjusted by Holm: the smallest times all, the next times what is left, rising. */
function holm(members: readonly Member[]): Float64Array {
  const values = members.map(({ difference }) => difference.p);
  const order = values.map((_, at) => at).sort((a, b) => values[a] - values[b] || a - b);
  const adjusted = new Float64Array(members.length);
  let last = 0;
  for (const [rank, at] of order.entries()) {
    last = Math.min(1, Math.max(last, (members.length - rank) * values[at]));
    adjusted[at] = last;
  }
  return adjusted;
}

/** A relative change `mean(variant) / mean(base) - 1` and its interval. */
export interface RelativeChange {
  readonly change: number;
  readonly low: number;
  readonly high: number;
  /** True where every pair changes by the same factor, but for roundings: no chance is left. */
  readonly isProportional: boolean;
}

/** Pairs whose factors differ by less than this change by the same factor. */
const SAME_FACTOR = 1e-6;

/**
 * The relative change over pairs that were measured, its interval by the delta method for a ratio
 * of means (Cochran, Sampling Techniques, 1977, 6.4); null where the base is nothing.
 */
export function relativeChange({ base, variant }: Paired, level: number): RelativeChange | null {
  const told = base.flatMap((_, pair) => (Number.isNaN(variant[pair] - base[pair]) ? [] : [pair]));
  const before = mean(told.map((pair) => base[pair]));
  if (told.length === 0 || before === 0) return null;
  const change = mean(told.map((pair) => variant[pair] - base[pair])) / before;
  const rest = told.map((pair) => variant[pair] - base[pair] - change * base[pair]);
  const n = told.length;
  const half =
    n < 2
      ? Number.NaN
      : (studentBound(level, n - 1) * deviation(rest)) / (Math.sqrt(n) * Math.abs(before));
  const factors = told.map((pair) => variant[pair] / base[pair] - 1 - change);
  const isProportional =
    n > 1 && change !== 0 && factors.every((factor) => Math.abs(factor) < SAME_FACTOR);
  return { change, low: change - half, high: change + half, isProportional };
}
