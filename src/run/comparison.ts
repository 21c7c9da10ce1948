/**
 * comparison.json: the effects of each variant, in the shape that others read.
 */
import type { Effect, JudgedGuard } from "./effect.ts";
import type { GroupEffect } from "./group.ts";

type Bounds = readonly [low: number, high: number];

/** One metric of a variant against the base; null where it cannot be known. */
export interface ComparedMetric {
  readonly unit: string;
  readonly base: number | null;
  readonly variant: number | null;
  readonly difference: {
    readonly mean: number | null;
    readonly ci95: Bounds | null;
    readonly simultaneous95: Bounds | null;
    readonly p: number | null;
    readonly p_adjusted: number | null;
  };
  readonly relative: number | null;
  readonly n: number;
  readonly variance_reduction: number | null;
  readonly identity: boolean;
}

/** A variant against the base. */
export interface ComparedVariant {
  readonly name: string;
  /** By name, in order. */
  readonly metrics: Readonly<Record<string, ComparedMetric>>;
  readonly groups: readonly GroupEffect[];
  readonly guards: readonly Pick<JudgedGuard, "guard" | "result">[];
  readonly verdict: string;
}

/** The content of comparison.json. */
export interface Comparison {
  readonly base: { readonly scenario: string; readonly hash: string };
  readonly variants: readonly ComparedVariant[];
}

/** An effect as comparison.json tells it. */
export const comparedMetric = (effect: Effect): ComparedMetric => ({
  unit: effect.unit,
  base: effect.base,
  variant: effect.variant,
  difference: {
    mean: effect.difference,
    ci95: effect.ci95,
    simultaneous95: effect.simultaneous95,
    p: effect.p,
    p_adjusted: effect.pAdjusted,
  },
  relative: effect.relative,
  n: effect.n,
  variance_reduction: effect.varianceReduction,
  identity: effect.identity !== null,
});

/** A result as text: numbers in their shortest form that reads back the same. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
