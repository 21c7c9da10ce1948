/**
 * Values that are not one number: they differ by place or kind, are drawn for each entity, or
 * change over time. Plain data, as a setup holds them and a worker receives them.
 */

/** What a value can differ by, as the keys of a block: a country's code, or a word. */
export type Dimension = "country" | "farmKind" | "nodeClass" | "workload";

/** The kinds of thing that can each draw a value of their own, once. */
export type Entity = "node" | "farm" | "user";

/** The ways in which a parameter can vary: as its declaration lists them. */
export type Way = Dimension | Entity | "time";

/** The kinds of farm: at home, or in a data centre. */
export const FARM_KINDS = ["home", "commercial"] as const;

/** Steps over time: `values[i]` holds from `seconds[i]` on, counted from the start of the run. */
export interface Steps {
  readonly kind: "steps";
  readonly seconds: readonly number[];
  readonly values: readonly number[];
}

/** The laws from which the value of an entity can be drawn. */
export const DRAWN_LAWS = [
  "uniform",
  "normal",
  "lognormal",
  "exponential",
  "weibull",
  "discrete",
  "empirical",
] as const;

/** A distribution over entities; a draw beyond the parameter's bounds is taken at the bound. */
export interface Drawn {
  readonly kind: "drawn";
  readonly law: (typeof DRAWN_LAWS)[number];
  /** The numbers of the law by name, in base units. */
  readonly numbers: Readonly<Record<string, number | readonly number[]>>;
  readonly low: number;
  readonly high: number;
}

/** A value that is the same for all of a kind, whoever else it differs for. */
export type Leaf = number | readonly number[] | Steps | Drawn;

/** A value that differs by one dimension; what is not named has the rest. */
export interface Split {
  readonly kind: "split";
  readonly by: Dimension;
  readonly each: Readonly<Record<string, Varied>>;
  readonly rest: Varied;
}

/** Any value that can vary. */
export type Varied = Leaf | Split;

/** Varied values by their key without its first word, such as `line.developedMean`. */
export type Variations = Readonly<Record<string, Varied>>;

/** Of whom a value is asked; a dimension that is left out gets the rest. */
export type Whom = Readonly<Partial<Record<Dimension, string>>>;

/** True for a value that differs by a dimension. */
export const isSplit = (value: Varied): value is Split =>
  typeof value === "object" && "kind" in value && value.kind === "split";

/** True for steps over time. */
export const isSteps = (value: Varied): value is Steps =>
  typeof value === "object" && "kind" in value && value.kind === "steps";

/** True for a distribution over entities. */
export const isDrawn = (value: Varied): value is Drawn =>
  typeof value === "object" && "kind" in value && value.kind === "drawn";

/** The value that somebody has: a number, a list, steps over time, or a law to draw from. */
export function leafOf(value: Varied, whom: Whom): Leaf {
  let at = value;
  while (isSplit(at)) {
    const key: string | undefined = whom[at.by];
    at = (key === undefined ? undefined : at.each[key]) ?? at.rest;
  }
  return at;
}

/** Every leaf of a value, those of the named before the rest. */
export function leavesOf(value: Varied): readonly Leaf[] {
  if (!isSplit(value)) return [value];
  return [...Object.values(value.each).flatMap(leavesOf), ...leavesOf(value.rest)];
}

/** Whether a value differs by a dimension anywhere. */
export function differsBy(value: Varied, dimension: Dimension): boolean {
  if (!isSplit(value)) return false;
  if (value.by === dimension) return true;
  return [...Object.values(value.each), value.rest].some((one) => differsBy(one, dimension));
}

/** The number that steps have at a second; the first one also before it begins. */
export function stepAt({ seconds, values }: Steps, second: number): number {
  let low = 0;
  let high = seconds.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (seconds[middle] <= second) low = middle;
    else high = middle;
  }
  return values[low];
}

/** The same value with what changes nothing left out, so that equal worlds have equal values. */
export function simplest(value: Varied): Varied {
  if (isSteps(value)) return shortest(value);
  if (!isSplit(value)) return value;
  const rest = simplest(value.rest);
  const text = JSON.stringify(rest);
  const each = Object.fromEntries(
    Object.entries(value.each)
      .map(([key, one]) => [key, simplest(one)] as const)
      .filter(([, one]) => JSON.stringify(one) !== text),
  );
  return Object.keys(each).length === 0 ? rest : { ...value, each, rest };
}

/** Steps without those that change nothing, and without what lies before the start. */
function shortest({ kind, seconds, values }: Steps): Varied {
  const first = Math.max(
    0,
    seconds.findLastIndex((second) => second <= 0),
  );
  const kept = values
    .map((value, i) => ({ second: Math.max(0, seconds[i]), value, i }))
    .filter(({ value, i }) => i === first || (i > first && value !== values[i - 1]));
  if (kept.length === 1) return kept[0].value;
  return { kind, seconds: kept.map(({ second }) => second), values: kept.map((one) => one.value) };
}
