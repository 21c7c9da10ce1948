/**
 * A family of paired differences: each with its own interval, and all of them together.
 *
 * The pairs are the replications, which two runs share, so one resample of replications serves all
 * metrics at once and keeps what they have to do with one another. From the same resamples come the
 * studentized bootstrap interval of each mean (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, 12.5), simultaneous intervals, whose half width is the 95 % quantile of the
 * largest studentized difference (max-t), and p values adjusted for the family by the step-down
 * max-t of Westfall and Young (Resampling-Based Multiple Testing, 1993, algorithm 2.8).
 */
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
  /** A uniform number in (0, 1) for each resample and pair: addressed, so that it repeats. */
  readonly uniform: (resample: number, pair: number) => number;
}

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
  const drawn = drawAll(uncertain, { resamples, pairs, uniform });
  const largest = drawn.map((row) => row.reduce((most, t) => Math.max(most, Math.abs(t)), 0));
  const bound = quantileOf(Float64Array.from(largest).sort(), level);
  const adjusted = stepDown(uncertain, drawn);
  return members.map((member): FamilyMember => {
    const { difference, error } = member;
    const at = uncertain.indexOf(member);
    const point: Bounds = [difference.low, difference.high];
    if (at < 0) {
      return { difference, bootstrap: point, simultaneous: point, pAdjusted: difference.p };
    }
    // No simultaneous interval is narrower than its member's own.
    const half = Math.max(bound, studentBound(level, difference.n - 1)) * error;
    return {
      difference,
      bootstrap: studentized(drawn, at, member, level),
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

/** The studentized difference of each member from its own mean, in each resample. */
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
  const chosen = new Uint32Array(pairs);
  return Array.from({ length: resamples }, (_, resample) => {
    for (let pair = 0; pair < pairs; pair += 1)
      chosen[pair] = Math.floor(uniform(resample, pair) * pairs);
    return Float64Array.from(members, (member) => studentOf(member, chosen));
  });
}

/** 0 where the resample has no spread to measure a difference by. */
function studentOf({ differences, difference }: Member, chosen: Uint32Array): number {
  let count = 0;
  let centre = 0;
  let squares = 0;
  for (const pair of chosen) {
    const value = differences[pair];
    if (Number.isNaN(value)) continue;
    count += 1;
    const before = value - centre;
    centre += before / count;
    squares += before * (value - centre);
  }
  const spread = count < 2 ? 0 : Math.sqrt(squares / (count - 1));
  // What is left of equal values by rounding is no spread.
  if (!(spread > 1e-9 * difference.sd)) return 0;
  return ((centre - difference.mean) / spread) * Math.sqrt(count);
}

function studentized(
  drawn: readonly Float64Array[],
  at: number,
  { difference, error }: Member,
  level: number,
): Bounds {
  const sorted = Float64Array.from(drawn, (row) => row[at]).sort();
  const tail = (1 - level) / 2;
  return [
    difference.mean - quantileOf(sorted, 1 - tail) * error,
    difference.mean - quantileOf(sorted, tail) * error,
  ];
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
