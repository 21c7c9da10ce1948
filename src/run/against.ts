/**
 * Two versions on the same scenarios and seeds: has a rule changed, or only the luck?
 *
 * Chance is addressed by the names of streams, so a version that changes none of them repeats every
 * replication, and what a changed rule does is seen pair by pair. A version that renames a stream
 * or orders its draws otherwise makes other replications of the same law: the differences of a
 * metric scatter around zero. Over all metrics of all scenarios the intervals hold together
 * (Bonferroni), so one in twenty comparisons of equal laws at most finds something that moved.
 *
 * A metric that is the same in all replications of either version owes nothing to chance; where the
 * two values differ, a rule or a model did it, however small the difference.
 */
import { pairedDifference, studentBound } from "../stats/index.ts";
import type { InputChange, MeasuredMetric, VersionRun } from "./version-run.ts";

/** Replications at least: with few, a metric may look constant by luck. */
export const AGAINST_REPLICATIONS = 16;

const LEVEL = 0.95;
/** Sums in another order differ in the last digits; nobody's economics do. */
const ROUNDING = 1e-12;

/** How one metric compares. */
export interface Movement {
  readonly metric: string;
  readonly unit: string;
  /** Means over the replications that both measured. */
  readonly before: number | null;
  readonly after: number | null;
  readonly n: number;
  /**
   * `same` in every replication; `noise`: differs without a direction; `moved` beyond chance;
   * `constant`: no chance in it, and differs; `absent` in one of the versions.
   */
  readonly kind: "same" | "noise" | "moved" | "constant" | "absent";
  /** Mean difference with its interval among all those compared, and its adjusted p; or null. */
  readonly difference: {
    readonly mean: number;
    readonly simultaneous95: readonly [number, number];
    readonly pAdjusted: number;
  } | null;
}

/** A scenario as two versions ran it. */
export interface VersionPair {
  readonly path: string;
  readonly theirs: VersionRun;
  readonly ours: VersionRun;
}

/** How the metrics of a scenario compare. */
export interface ScenarioMovements {
  readonly path: string;
  readonly movements: readonly Movement[];
}

/** Compares the metrics of all scenarios; intervals and p values hold for all of them together. */
export function compareVersions(pairs: readonly VersionPair[]): readonly ScenarioMovements[] {
  const drafts = pairs.map(({ path, theirs, ours }) => ({
    path,
    drafts: [...new Set([...theirs.metrics.keys(), ...ours.metrics.keys()])]
      .sort((a, b) => (a < b ? -1 : 1))
      .map((metric) => draftOf(metric, theirs.metrics.get(metric), ours.metrics.get(metric))),
  }));
  const family = drafts.flatMap((each) => each.drafts.filter(({ kind }) => kind === "varies"));
  return drafts.map((each) => ({
    path: each.path,
    movements: each.drafts.map((draft) => movementOf(draft, Math.max(1, family.length))),
  }));
}

interface Draft {
  readonly metric: string;
  readonly unit: string;
  readonly kind: "same" | "varies" | "constant" | "absent";
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function draftOf(
  metric: string,
  theirs: MeasuredMetric | undefined,
  ours: MeasuredMetric | undefined,
): Draft {
  const unit = ours?.unit ?? theirs?.unit ?? "";
  if (theirs === undefined || ours === undefined) {
    return { metric, unit, kind: "absent", before: [], after: [] };
  }
  const pairs = theirs.values.map((before, r) => [before, ours.values[r]] as const);
  const both = pairs.filter(([before, after]) => !Number.isNaN(before) && !Number.isNaN(after));
  const before = both.map(([value]) => value);
  const after = both.map(([, value]) => value);
  const same = pairs.every(([one, other], r) => {
    const [total, exact] = [theirs.exact?.[r] ?? null, ours.exact?.[r] ?? null];
    return total !== null && exact !== null ? total === exact : alike(one, other);
  });
  if (same) return { metric, unit, kind: "same", before, after };
  const whole = both.length === pairs.length && both.length > 1;
  const fixed = whole && isConstant(before) && isConstant(after);
  return { metric, unit, kind: fixed ? "constant" : "varies", before, after };
}

const alike = (one: number, other: number): boolean =>
  (Number.isNaN(one) && Number.isNaN(other)) ||
  Math.abs(one - other) <= ROUNDING * Math.max(Math.abs(one), Math.abs(other));

const isConstant = (values: readonly number[]): boolean =>
  values.every((value) => alike(value, values[0]));

function movementOf({ metric, unit, kind, before, after }: Draft, family: number): Movement {
  const n = before.length;
  const told = { metric, unit, n, before: meanOf(before), after: meanOf(after) };
  if (kind !== "varies") return { ...told, kind, difference: null };
  if (n < 2) return { ...told, kind: "noise", difference: null };
  const { mean, sd, p } = pairedDifference(before, after, LEVEL);
  const half = (studentBound(1 - (1 - LEVEL) / family, n - 1) * sd) / Math.sqrt(n);
  const pAdjusted = Math.min(1, p * family);
  const difference = { mean, simultaneous95: [mean - half, mean + half] as const, pAdjusted };
  return { ...told, kind: pAdjusted < 1 - LEVEL ? "moved" : "noise", difference };
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** A protocol rule that two versions answer differently. */
export interface RuleChange {
  readonly rule: string;
  /** How many of its cases differ, of how many. */
  readonly different: number;
  readonly cases: number;
  /** One of them, in a sentence. */
  readonly example: string;
}

/** What was found of two versions. */
export interface Findings {
  readonly rules: readonly RuleChange[];
  /** Rules that only one of them can answer. */
  readonly unanswered: readonly string[];
  readonly inputs: readonly InputChange[];
  readonly scenarios: readonly ScenarioMovements[];
  /** The same with our inputs set in their version; null where none differ or it cannot be set. */
  readonly adjusted: readonly ScenarioMovements[] | null;
}

/** What is concluded; the first that holds, in this order. */
export type Verdict =
  /** A protocol rule answers differently, or a number that a rule reads has another default. */
  | "rule"
  /** Economics moved, and neither a protocol case nor an input says why. */
  | "moved"
  /** Assumptions differ, and with ours set in their version nothing moves. */
  | "recalibrated"
  /** Replications differ, means do not: streams were renamed, reordered, or drawn otherwise. */
  | "streams"
  | "same";

/** The movements that chance does not explain. */
export const beyondChance = (scenarios: readonly ScenarioMovements[]): readonly Movement[] =>
  scenarios.flatMap(({ movements }) =>
    movements.filter(({ kind }) => kind === "moved" || kind === "constant"),
  );

/** True of a change of what the chain or the DAO decides. */
export const isPolicy = ({ key }: InputChange): boolean => key.startsWith("policy.");

/** Draws the conclusion. */
export function verdictOf({ rules, inputs, scenarios, adjusted }: Findings): Verdict {
  if (rules.length > 0 || inputs.some(isPolicy)) return "rule";
  const moved = beyondChance(scenarios).length > 0;
  if (inputs.length > 0) {
    const explained = adjusted !== null && beyondChance(adjusted).length === 0;
    return !moved || explained ? "recalibrated" : "moved";
  }
  if (moved) return "moved";
  const same = scenarios.every(({ movements }) => movements.every(({ kind }) => kind !== "noise"));
  return same ? "same" : "streams";
}
