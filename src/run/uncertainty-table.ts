/**
 * uncertainty.json: how wide a result is for what chance does, and for what is not known.
 *
 * Draws are crossed with replications that share their chance, so the two parts come from a two-way
 * table. What an input owes is the adjusted square of the correlation between its quantile and the
 * mean of a draw (for a choice: the means of its groups). That is first order and straight: what is
 * bent, or what inputs do only together, is owed by nobody, and inputs that move together share
 * what they explain twice.
 */
import type { UncertainInput } from "../scenario/uncertain.ts";
import {
  type BootstrapPlan,
  bootstrap,
  deviation,
  groupShare,
  lineShare,
  mean,
  quantile,
  varianceParts,
} from "../stats/index.ts";
import { type UncertainDraw, wordAt } from "./uncertain-draw.ts";

/** A share of the variance between draws, with its 95 % bootstrap interval. */
export interface OwedShare {
  readonly share: number;
  readonly ci95: readonly [number, number];
}

/** How wide one metric is, and for what. */
export interface MetricUncertainty {
  readonly unit: string;
  /** The scenario itself, with the interval of chance alone. */
  readonly mean: number | null;
  readonly ci95: readonly [number, number] | null;
  /** Draws in which every replication measured it, and their mean. */
  readonly draws: number;
  readonly draws_mean: number;
  /** The standard deviation of one replication for chance alone. */
  readonly chance_sd: number;
  /** The standard deviation that the inputs make, and the middle 95 % of their draws. */
  readonly inputs_sd: number;
  readonly inputs95: readonly [number, number];
  /** The inputs' part of the variance of the scenario's mean. */
  readonly inputs_share: number;
  /** The part of the variance between draws that chance has left in their means. */
  readonly noise: number;
  /** What inputs of each quality owe of that variance; null where they make none. */
  readonly owed: Readonly<Record<string, number>> | null;
  /** What recalled and estimated inputs owe together. */
  readonly guesses: OwedShare | null;
  /** The inputs that owe most, with the direction in which they move the metric. */
  readonly inputs: readonly (OwedShare & { readonly key: string; readonly direction: number })[];
}

const RESAMPLES = 200;
const TOLD = 8;

/** One thing that was measured in the scenario itself and in every draw. */
export interface Measured {
  readonly unit: string;
  /** Of the scenario itself, with the interval of chance alone and how many samples that has. */
  readonly mean: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly n: number;
  /** How much luckier the whole ensemble was than the replications whose chance the draws have. */
  readonly offset: number;
  /** A row of replications a draw; NaN where not measured. */
  readonly table: readonly (readonly number[])[];
}

/** What was drawn. */
export interface UncertaintySource {
  readonly inputs: readonly UncertainInput[];
  readonly draws: readonly UncertainDraw[];
  /** Uniform numbers of resamples, by address. */
  readonly resample: (address: number) => number;
}

/** Draws below which nothing is told. */
const DRAWS_LEAST = 8;

/** How uncertain something is, and for what; null where fewer than eight draws measured it. */
export function uncertaintyOf(
  { unit, mean: told, ci95, n, offset, table }: Measured,
  source: UncertaintySource,
): MetricUncertainty | null {
  const { draws } = source;
  const whole = table.flatMap((row, i) => (row.some(Number.isNaN) ? [] : [i]));
  if (whole.length < DRAWS_LEAST) return null;
  const rows = whole.map((i) => table[i]);
  const means = rows.map((row) => mean(row));
  const parts = varianceParts(rows);
  const spread = deviation(means);
  const centre = mean(means) + offset;
  // The means of draws are a little wider than the inputs make them: chance is left in them.
  const shrink = spread > 0 ? Math.sqrt(parts.inputs) / spread : 0;
  const error = Number.isNaN(parts.chance) ? 0 : parts.chance / Math.max(1, n);
  const total = parts.inputs + error;
  const shares = whole.map((i) => draws[i].shares);
  return {
    unit,
    mean: told,
    ci95,
    draws: whole.length,
    draws_mean: centre,
    chance_sd: Number.isNaN(parts.chance) ? 0 : Math.sqrt(parts.chance),
    inputs_sd: Math.sqrt(parts.inputs),
    inputs95: [
      centre + shrink * (quantile(means, 0.025) - mean(means)),
      centre + shrink * (quantile(means, 0.975) - mean(means)),
    ],
    inputs_share: total > 0 ? parts.inputs / total : 0,
    noise: spread > 0 ? 1 - shrink * shrink : 0,
    ...owedOf(means, shares, shrink > 0, source),
  };
}

/**
 * How much more an ensemble measured than the replications whose chance the draws have: added to
 * these, so that both intervals have the same chance in their middle. Where draws have more of
 * them than the ensemble, they tell it themselves. `of` is the mean of some replications.
 */
export function offsetOf(
  column: readonly number[],
  table: readonly (readonly number[])[],
  of: (values: readonly number[], draw: number | null) => number = mean,
): number {
  const inner = table[0]?.length ?? 0;
  if (column.some(Number.isNaN)) return 0;
  if (column.length >= inner) return of(column, null) - of(column.slice(0, inner), null);
  const each = table.map((row, draw) => of(row.slice(0, column.length), draw) - of(row, draw));
  const told = each.filter((value) => !Number.isNaN(value));
  return told.length === 0 ? 0 : mean(told);
}

function owedOf(
  means: readonly number[],
  shares: readonly (readonly number[])[],
  moved: boolean,
  { inputs, resample }: UncertaintySource,
): Pick<MetricUncertainty, "owed" | "guesses" | "inputs"> {
  if (!moved) return { owed: null, guesses: null, inputs: [] };
  const plan: BootstrapPlan = { resamples: RESAMPLES, level: 0.95, uniform: resample };
  const columns = inputs.map(({ law }, j) =>
    shares.map((row) => (law.kind === "choice" ? wordAt(law.words.length, row[j]) : row[j])),
  );
  const all = means.map((_, i) => i);
  const of = (j: number, sample: ArrayLike<number>): number => {
    const x = Float64Array.from(sample, (i) => columns[j][i]);
    const y = Float64Array.from(sample, (i) => means[i]);
    return inputs[j].law.kind === "choice" ? groupShare(x, y) : lineShare(x, y);
  };
  const owing = inputs.map((_, j) => of(j, all));
  const guessed = inputs.flatMap(({ quality }, j) =>
    quality === "recalled" || quality === "estimate" ? [j] : [],
  );
  const sumOf = (which: readonly number[], sample: ArrayLike<number>): number =>
    Math.min(
      1,
      Math.max(
        0,
        which.reduce((sum, j) => sum + of(j, sample), 0),
      ),
    );
  const owed: Record<string, number> = {};
  for (const quality of ["seen", "fit", "recalled", "estimate"]) {
    const which = inputs.flatMap((input, j) => (input.quality === quality ? [j] : []));
    owed[quality] = sumOf(which, all);
  }
  const most = inputs.map((_, j) => j).sort((a, b) => owing[b] - owing[a] || a - b);
  return {
    owed,
    guesses: {
      share: sumOf(guessed, all),
      ci95: bootstrap(all, (sample) => sumOf(guessed, sample), plan),
    },
    inputs: most
      .slice(0, TOLD)
      .filter((j) => owing[j] > 0)
      .map((j) => ({
        key: inputs[j].key,
        share: Math.min(1, owing[j]),
        ci95: bootstrap(all, (sample) => Math.min(1, Math.max(0, of(j, sample))), plan),
        direction: directionOf(columns[j], means),
      })),
  };
}

/** 1 where the two rise together, -1 where one falls, 0 where neither moves. */
function directionOf(x: readonly number[], y: readonly number[]): number {
  const [centreX, centreY] = [mean(x), mean(y)];
  return Math.sign(x.reduce((sum, value, i) => sum + (value - centreX) * (y[i] - centreY), 0));
}
