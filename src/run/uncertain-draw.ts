/**
 * Draws of the uncertain inputs: a Latin hypercube over their ranges, with the rank correlations
 * that are declared.
 *
 * A number has its default as the median: half of the probability lies to either side of it, evenly
 * over the range, or over its logarithm where the range spans a factor of four or more above 0.
 * Of a choice the default has one half, and the other words share the rest.
 */
import { power } from "../kernel/index.ts";
import { spanText } from "../scenario/axis.ts";
import type { UncertainInput } from "../scenario/uncertain.ts";
import { latinHypercube, type Together } from "../stats/index.ts";
import { designChance } from "./design.ts";

/** A factor between the ends of a range from which it is taken by its logarithm. */
const WIDE = 4;

/** One draw: shares in (0, 1) of each input, and the values there as written. */
export interface UncertainDraw {
  readonly shares: readonly number[];
  readonly texts: readonly string[];
}

/** What was drawn, as the files of a run or a comparison tell it. */
export interface DrawNote {
  readonly draws: number;
  /** Of each draw. */
  readonly replications: number;
  readonly inputs: readonly Omit<UncertainInput, "law">[];
}

/** What was drawn, without the laws by which it was. */
export const drawNote = (drawn: {
  readonly inputs: readonly UncertainInput[];
  readonly draws: { readonly length: number };
  readonly inner: number;
}): DrawNote => ({
  draws: drawn.draws.length,
  replications: drawn.inner,
  inputs: drawn.inputs.map((input) => ({
    key: input.key,
    default: input.default,
    range: input.range,
    quality: input.quality,
    source: input.source,
    together: input.together,
  })),
});

/** Draws, one in each slice of every input; null where declared correlations exclude each other. */
export function drawInputs(
  inputs: readonly UncertainInput[],
  draws: number,
  seed: string,
): readonly UncertainDraw[] | null {
  const { cube } = designChance(seed);
  const cubes = latinHypercube(draws, inputs.length, cube, pairsOf(inputs));
  if (cubes === null) return null;
  return cubes.map((shares) => ({
    shares,
    texts: inputs.map((input, i) => textAt(input, shares[i])),
  }));
}

function pairsOf(inputs: readonly UncertainInput[]): readonly Together[] {
  return inputs.flatMap(({ together }, first): readonly Together[] => {
    if (together === null) return [];
    const second = inputs.findIndex(({ key }) => key === together[0]);
    return second < 0 ? [] : [{ first, second, rank: together[1] }];
  });
}

/** The value of an input at a share of its probability. */
export function textAt({ law }: UncertainInput, share: number): string {
  if (law.kind === "choice") return law.words[wordAt(law.words.length, share)];
  const { span, centre } = law;
  const inside = centre >= span.low && centre <= span.high;
  if (!inside) return spanText(span, between(span.low, span.high, share));
  const value =
    share < 0.5 ? between(span.low, centre, 2 * share) : between(centre, span.high, 2 * share - 1);
  return spanText(span, value);

  function between(from: number, to: number, at: number): number {
    const wide = span.low > 0 && span.high >= WIDE * span.low;
    return wide ? from * power(to / from, at) : from + at * (to - from);
  }
}

/** The number of the word of a choice at a share: the first has one half. */
export function wordAt(words: number, share: number): number {
  if (share < 0.5 || words === 1) return 0;
  return 1 + Math.min(words - 2, Math.floor((2 * share - 1) * (words - 1)));
}
