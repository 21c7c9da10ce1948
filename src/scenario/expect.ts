/**
 * What a scenario expects of its metrics: the `expect` block, and the golden files that it names.
 *
 * A golden file has the form of results.json, or a part of it, so that the results of a run can be
 * one: per metric the exact totals of its replications, or its mean.
 */
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { readText, type Source, sha256 } from "./document.ts";
import type { Place, ScenarioFault } from "./fault.ts";
import { field, quantity, text, word } from "./field.ts";
import { describe, type Reading } from "./quantity.ts";
import { nearest } from "./suggestion.ts";

/** The value that a golden file has for one metric. */
export interface Golden {
  /** The file as the scenario names it, and the SHA-256 of its bytes. */
  readonly file: string;
  readonly hash: string;
  /** Null where only exact totals are given. */
  readonly mean: number | null;
  /** Totals in whole 1e-7, one a replication; null where the metric is no money. */
  readonly exact: readonly string[] | null;
}

/** What a scenario expects of a metric, for `check`. */
export interface Expectation {
  readonly metric: string;
  readonly min?: number;
  readonly max?: number;
  /** A number, or the name of a file that holds the exact result. */
  readonly equals?: number | string;
  /** How far from `equals` the mean may be, in the metric's unit; 0 compares exact totals. */
  readonly within?: number;
  /** What is held against the limits: the mean, or the bound of its interval. */
  readonly bound: "mean" | "ci";
  /** Where it stands. */
  readonly place: Place;
  /** What the golden file says, where there is one and it was asked for. */
  readonly golden?: Golden;
}

const limit = (description: string) =>
  quantity("number", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, description);

const equal = field(
  (raw): Reading<number | string> =>
    (typeof raw === "number" && Number.isFinite(raw)) || (typeof raw === "string" && raw !== "")
      ? { ok: true, text: String(raw), value: raw }
      : { ok: false, expected: "a number or the name of a file", found: describe(raw) },
  { type: ["number", "string"], description: "The value, or the file that holds the exact one." },
);

/** One entry of the `expect` block. */
export const expectEntry = z
  .strictObject({
    metric: text("The metric, such as `node.availability`."),
    min: limit("It is at least this.").optional(),
    max: limit("It is at most this.").optional(),
    equals: equal.optional(),
    within: quantity(
      "number",
      0,
      Number.MAX_VALUE,
      "How far from `equals` it may be, in the metric's unit; 0, the default, compares exactly.",
    ).optional(),
    bound: word(["mean", "ci"], "What is held against the limits.").optional(),
  })
  .superRefine(({ min, max, equals, within, bound }, context) => {
    const refuse = (path: readonly string[], expected: string, found: string, key = false): void =>
      context.addIssue({
        code: "custom",
        message: "",
        path: [...path],
        params: { expected, found, key },
      });
    const limits = min !== undefined || max !== undefined;
    if (!limits && equals === undefined) {
      refuse([], "`min`, `max` or `equals` beside the metric", "none of them");
    }
    if (limits && equals !== undefined) {
      refuse(["equals"], "either `equals` or limits", "both", true);
    }
    if (min !== undefined && max !== undefined && min > max) {
      refuse(["max"], `at least \`min\`, \`${min}\``, `\`${max}\``);
    }
    if (within !== undefined && equals === undefined) {
      refuse(["within"], "`equals` beside it", "none", true);
    }
    if (bound === "ci" && equals !== undefined && (within ?? 0) === 0) {
      refuse(["bound"], "`within` above 0, or limits", "an exact value, which has no interval");
    }
  });

/** An entry as it is written. */
export type WrittenExpectation = z.output<typeof expectEntry>;

const placeOf = (source: Source, index: number): Place => source.placeOf(["expect", index]);

/** The expectations of a file, each with its place. */
export const expectationsOf = (
  written: readonly WrittenExpectation[] | undefined,
  source: Source,
): readonly Expectation[] =>
  (written ?? []).map(({ metric, min, max, equals, within, bound }, index) => ({
    metric,
    bound: bound ?? "mean",
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(equals === undefined ? {} : { equals }),
    ...(within === undefined ? {} : { within }),
    place: placeOf(source, index),
  }));

/** The entries that speak of a metric that there is not. */
export function unknownMetrics(
  written: readonly WrittenExpectation[] | undefined,
  source: Source,
  metrics: readonly string[] | undefined,
): readonly ScenarioFault[] {
  if (metrics === undefined) return [];
  return (written ?? []).flatMap(({ metric }, index): readonly ScenarioFault[] => {
    if (metrics.includes(metric)) return [];
    const place = source.placeOf(["expect", index, "metric"]);
    const fault = { place, path: `expect[${index}].metric`, expected: "a metric" };
    return [guessed({ ...fault, found: `\`${metric}\`` }, metric, metrics)];
  });
}

const guessed = (fault: ScenarioFault, word: string, known: readonly string[]): ScenarioFault => {
  const suggestion = nearest(word, known);
  return suggestion === undefined ? fault : { ...fault, suggestion };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The expectations with what their golden files say, if they are read; what is wrong is told. */
export function withGoldens(
  expectations: readonly Expectation[],
  {
    source,
    absolute,
    read: wanted,
  }: { readonly source: Source; readonly absolute: string; readonly read: boolean },
): { readonly expect: readonly Expectation[]; readonly faults: readonly ScenarioFault[] } {
  const faults: ScenarioFault[] = [];
  const expect = expectations.map((each, index): Expectation => {
    if (!wanted || typeof each.equals !== "string") return each;
    const place = source.placeOf(["expect", index, "equals"]);
    const read = readGolden(each.metric, each.equals, resolve(dirname(absolute), each.equals));
    if (read.ok) return { ...each, golden: read.golden };
    const { expected, found, word: meant, known } = read;
    const fault = { place, path: `expect[${index}].equals`, expected, found };
    faults.push(guessed(fault, meant, known));
    return each;
  });
  return { expect, faults };
}

type GoldenReading =
  | { readonly ok: true; readonly golden: Golden }
  | {
      readonly ok: false;
      readonly expected: string;
      readonly found: string;
      /** The word that was looked for, and those that there are. */
      readonly word: string;
      readonly known: readonly string[];
    };

function readGolden(metric: string, file: string, absolute: string): GoldenReading {
  const refuse = (expected: string, found: string, known: readonly string[] = []) =>
    ({ ok: false, expected, found, word: metric, known }) as const;
  const content = readText(absolute);
  if (!content.ok) return refuse("a golden file that can be read", content.found);
  const metrics = metricsIn(content.text);
  if (metrics === undefined) {
    return refuse("JSON with `metrics`, as in results.json", `something else in ${file}`);
  }
  const known = Object.keys(metrics);
  if (!known.includes(metric)) {
    return refuse("the metric in the golden file", `no \`${metric}\` in ${file}`, known);
  }
  const value = metrics[metric];
  const mean = isRecord(value) && typeof value["mean"] === "number" ? value["mean"] : null;
  const totals = isRecord(value) ? (value["exact"] ?? null) : null;
  const listed: readonly unknown[] | null = Array.isArray(totals) ? totals : null;
  const exact = listed?.filter(isTotal) ?? null;
  const whole = totals === null || (exact?.length === listed?.length && exact?.length !== 0);
  if (whole && (mean !== null || exact !== null)) {
    return { ok: true, golden: { file, hash: sha256(content.text), mean, exact } };
  }
  return refuse(
    "a `mean`, or `exact` with whole numbers as texts",
    `${JSON.stringify(value)} in ${file}`,
  );
}

const isTotal = (total: unknown): total is string =>
  typeof total === "string" && /^-?\d+$/.test(total);

function metricsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const metrics = isRecord(value) ? value["metrics"] : undefined;
    return isRecord(metrics) ? metrics : undefined;
  } catch {
    // Not JSON: the caller says so with the place at which the file is named.
    return undefined;
  }
}
