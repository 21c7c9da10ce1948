/**
 * How wide the effect of a variant is for chance, and for what is not known; and which assumptions
 * its sign hangs on.
 *
 * Each draw of the inputs is a pair of runs on the same chance, so that a draw has a difference of
 * its own. The sign is asked at the ends of each input: the mean difference of the draws that lie
 * in the lowest or the highest part of its range, or that have one word of a choice.
 */
import type { UncertainInput } from "../scenario/uncertain.ts";
import { type EndMean, endMeans, mean, settledSign, studentBound } from "../stats/index.ts";
import type { Effect } from "./effect.ts";
import type { Row } from "./results.ts";
import { textAt, wordAt } from "./uncertain-draw.ts";
import {
  type MetricUncertainty,
  offsetOf,
  type UncertaintySource,
  uncertaintyOf,
} from "./uncertainty-table.ts";

type Bounds = readonly [low: number, high: number];

/** One input held at one end of its range, and what is then left of an effect. */
export interface HeldInput {
  readonly key: string;
  /** Its number in docs/assumptions.md; null where its source is another. */
  readonly assumption: string | null;
  /** From where to where it is held, as written; twice the same for a word. */
  readonly held: readonly [string, string];
  /** The draws that lie there, and the mean difference of them. */
  readonly n: number;
  readonly mean: number;
  /** Its interval alone, and one that holds for all ends of all inputs at once. */
  readonly ci95: Bounds;
  readonly simultaneous95: Bounds;
}

/** What the sign of an effect hangs on. */
export interface SignReading {
  /** The sign of the difference with every input at its default; 0 where chance leaves it open. */
  readonly sign: -1 | 0 | 1;
  /** Draws whose difference is positive, and negative. */
  readonly positive: number;
  readonly negative: number;
  /**
   * `found`: holding one of `reverses` turns the sign, for all ends at once. `all together`: the
   * mean of all draws has the other sign, so that ends have it, too, whatever is held. `not
   * identified`: the means of some ends have the other sign, and chance among so few draws may have
   * made it. `none found`: the mean has the other sign at no end with three draws or more. `no
   * sign`: there is none to turn.
   */
  readonly reading: "found" | "all together" | "not identified" | "none found" | "no sign";
  readonly reverses: readonly HeldInput[];
  /** Ends whose mean has the other sign by their own interval alone: worth more draws. */
  readonly suspects: readonly HeldInput[];
  /** How many ends were looked at, and at how many the mean has the other sign. */
  readonly ends: number;
  readonly other: number;
  /** Inputs whose two ends have opposite signs for all at once: the sign is what they are. */
  readonly follows_from: readonly { readonly key: string; readonly assumption: string | null }[];
}

/** How uncertain the difference of a metric is. */
export interface EffectUncertainty extends Omit<MetricUncertainty, "unit" | "mean" | "ci95"> {
  /**
   * The middle 95 % of the draws' changes relative to their own base; null where that has none, or
   * where these do not differ by more than chance leaves in them.
   */
  readonly relative95: Bounds | null;
  /** Null but for the metrics by which it is decided, and those of guards. */
  readonly sign: SignReading | null;
}

/** Rows of both arms: with the inputs at their defaults, and in every draw. */
export interface EffectDraws extends UncertaintySource {
  readonly base: readonly Row[];
  readonly variant: readonly Row[];
  readonly drawn: readonly { readonly base: readonly Row[]; readonly variant: readonly Row[] }[];
  /** Metrics whose sign is asked for. */
  readonly decided: readonly string[];
}

/** The uncertainty of each effect that enough draws measured and any pair of runs has. */
export function effectUncertainties(
  effects: readonly Effect[],
  draws: EffectDraws,
): Readonly<Record<string, EffectUncertainty>> {
  const found: Record<string, EffectUncertainty> = {};
  for (const effect of effects) {
    const one = uncertaintyIn(effect, draws);
    if (one !== null) found[effect.name] = one;
  }
  return found;
}

function uncertaintyIn(effect: Effect, draws: EffectDraws): EffectUncertainty | null {
  const { name, unit, n } = effect;
  const values = differences(draws.base, draws.variant, name);
  const table = draws.drawn.map(({ base, variant }) => differences(base, variant, name));
  if (![...values, ...table.flat()].some((value) => value !== 0 && !Number.isNaN(value))) {
    return null;
  }
  const told = { unit, mean: effect.difference, ci95: effect.ci95, n };
  const offset = offsetOf(values, table);
  const whole = uncertaintyOf({ ...told, offset, table }, draws);
  if (whole === null) return null;
  const { unit: _, mean: __, ci95: ___, ...rest } = whole;
  const relative = { unit: "1", mean: effect.relative, ci95: effect.relative95, n };
  const levelIn = (draw: number | null): readonly number[] =>
    column(draw === null ? draws.base : draws.drawn[draw].base, name);
  const luck = offsetOf(values, table, (some, draw) =>
    mean(over(some, levelIn(draw).slice(0, some.length))),
  );
  const shares = uncertaintyOf(
    {
      ...relative,
      offset: Number.isNaN(luck) ? 0 : luck,
      table: table.map((row, draw) => over(row, levelIn(draw))),
    },
    { ...draws, inputs: [] },
  );
  return {
    ...rest,
    relative95: shares === null || shares.inputs_sd === 0 ? null : shares.inputs95,
    sign: draws.decided.includes(name) ? signOf(effect, offset, table, draws) : null,
  };
}

/** The values of a metric, one a replication; NaN where it was not measured. */
function column(rows: readonly Row[], name: string): readonly number[] {
  const at = rows[0]?.metrics.findIndex((metric) => metric.name === name) ?? -1;
  return rows.map(({ metrics }) => (at < 0 ? Number.NaN : metrics[at].value));
}

function differences(
  base: readonly Row[],
  variant: readonly Row[],
  name: string,
): readonly number[] {
  const [before, after] = [column(base, name), column(variant, name)];
  return before.map((value, pair) => after[pair] - value);
}

/** Differences over the mean of their base, so that their mean is the ratio of means. */
function over(values: readonly number[], base: readonly number[]): readonly number[] {
  const size = Math.abs(mean(base));
  return values.map((value) => (size > 0 ? value / size : Number.NaN));
}

/** Draws from which on the ends of a range are its outer fifths, and not its outer thirds. */
const DRAWS_MANY = 60;
const LEVEL = 0.95;

function signOf(
  effect: Effect,
  offset: number,
  table: readonly (readonly number[])[],
  { inputs, draws }: EffectDraws,
): SignReading {
  const whole = table.flatMap((row, i) => (row.some(Number.isNaN) ? [] : [i]));
  const effects = whole.map((i) => mean(table[i]) + offset);
  const part = whole.length < DRAWS_MANY ? 3 : 5;
  const found = endMeans({
    effects,
    ends: inputs.map((input, j) => whole.map((i) => endAt(input, draws[i].shares[j], part))),
    shared: errorOf(effect),
    level: LEVEL,
  });
  const sign = effect.ci95 === null ? 0 : settledSign(effect.ci95);
  const turned = found.filter((end) => sign !== 0 && Math.sign(end.mean) === -sign);
  const [all] = endMeans({
    ...{ effects, ends: [effects.map(() => 0)] },
    ...{ shared: errorOf(effect), level: LEVEL },
  });
  const isOther = sign !== 0 && settledSign(all.alone) === -sign;
  const isSure = ({ together }: EndMean): boolean => settledSign(together) !== 0;
  const told = (ends: readonly EndMean[]): readonly HeldInput[] =>
    ends
      .toSorted((a, b) => strength(b) - strength(a) || a.input - b.input || a.end - b.end)
      .map((end) => heldOf(inputs[end.input], end, part));
  // Held at its default, a choice turns nothing: the others did.
  const blamed = isOther
    ? []
    : turned.filter(({ input, end }) => inputs[input].law.kind !== "choice" || end > 0);
  const reverses = blamed.filter(isSure);
  return {
    sign,
    positive: effects.filter((value) => value > 0).length,
    negative: effects.filter((value) => value < 0).length,
    reading:
      sign === 0
        ? "no sign"
        : isOther
          ? "all together"
          : reverses.length > 0
            ? "found"
            : turned.length > 0
              ? "not identified"
              : "none found",
    reverses: told(reverses),
    suspects: told(blamed.filter((end) => !isSure(end) && settledSign(end.alone) !== 0)),
    ends: found.length,
    other: turned.length,
    follows_from: inputs.flatMap((input, j) => {
      const signs = found.filter((end) => end.input === j).map((end) => settledSign(end.together));
      return signs.includes(1) && signs.includes(-1) ? [namedOf(input)] : [];
    }),
  };
}

/** How many half widths of its own interval a mean is away from 0. */
const strength = ({ mean: centre, alone: [low, high] }: EndMean): number =>
  high > low ? Math.abs(centre) / (high - low) : Number.MAX_VALUE;

/** The end of its range at which an input lies, or the number of its word. */
function endAt({ law }: UncertainInput, share: number, part: number): number | null {
  if (law.kind === "choice") return wordAt(law.words.length, share);
  if (share < 1 / part) return 0;
  return share >= 1 - 1 / part ? 1 : null;
}

function heldOf(input: UncertainInput, end: EndMean, part: number): HeldInput {
  const { law } = input;
  const span: readonly [number, number] = end.end === 0 ? [0, 1 / part] : [1 - 1 / part, 1];
  const { n, mean: centre, alone, together } = end;
  return {
    ...namedOf(input),
    held:
      law.kind === "choice"
        ? [law.words[end.end], law.words[end.end]]
        : [textAt(input, span[0]), textAt(input, span[1])],
    n,
    mean: centre,
    ci95: alone,
    simultaneous95: together,
  };
}

const namedOf = ({ key, source }: UncertainInput): SignReading["follows_from"][number] => ({
  key,
  assumption: /\bA-\d+\b/.exec(source)?.[0] ?? null,
});

/** The standard error of the difference with every input at its default: all draws share it. */
function errorOf({ ci95, n }: Effect): number {
  if (ci95 === null || n < 2) return 0;
  return (ci95[1] - ci95[0]) / 2 / studentBound(LEVEL, n - 1);
}
