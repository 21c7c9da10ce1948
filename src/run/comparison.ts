/**
 * comparison.json: the effects of each variant, in the shape that others read.
 */
import type { Scenario } from "../scenario/scenario.ts";
import type { Effect, JudgedGuard } from "./effect.ts";
import type { EffectUncertainty } from "./effect-uncertainty.ts";
import type { GroupEffect } from "./group.ts";
import type { Proposal } from "./proposal.ts";
import type { DrawNote } from "./uncertain-draw.ts";

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
  /** What assumptions do to the difference; absent where none were drawn, or nothing ever moved. */
  readonly uncertainty?: EffectUncertainty;
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
  /** What was drawn around all arms; absent where nothing was. */
  readonly uncertainty?: DrawNote;
  readonly variants: readonly ComparedVariant[];
}

/** An effect as comparison.json tells it. */
const comparedMetric = (effect: Effect, uncertainty: EffectUncertainty | null): ComparedMetric => ({
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
  ...(uncertainty === null ? {} : { uncertainty }),
});

/** comparison.json, from everything that is known. */
export const comparisonOf = (base: Scenario, { variants, uncertainty }: Proposal): Comparison => ({
  base: { scenario: base.file, hash: base.hash },
  ...(uncertainty === null ? {} : { uncertainty }),
  variants: variants.map(({ name, effects, uncertainty: drawn, groups, guards, verdict }) => ({
    name,
    metrics: Object.fromEntries(
      effects.map((effect) => [effect.name, comparedMetric(effect, drawn?.[effect.name] ?? null)]),
    ),
    groups,
    guards: guards.map(({ guard, result }) => ({ guard, result })),
    verdict,
  })),
});

/** A result as text: numbers in their shortest form that reads back the same. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
