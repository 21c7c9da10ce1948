/**
 * The flags of the commands that run a scenario at many points, and what was typed behind them.
 */
import { DESIGNS, type Design, METHODS } from "../run/design.ts";
import type { Shard } from "../run/sweep.ts";
import { nearest } from "../scenario/suggestion.ts";
import { Misspoken, RUN_FLAGS, textsOf, wholeOf } from "./flags.ts";

/** What was typed of the runs at the points. */
export interface ExperimentArguments {
  readonly scenario: string;
  readonly vary: readonly string[];
  readonly set: readonly string[];
  /** Settings of the `run` block, as typed. */
  readonly settings: Readonly<Record<string, string>>;
  readonly workers: number | undefined;
  readonly out: string | undefined;
  readonly resume: boolean;
  readonly checkInvariants: boolean;
  /** The metrics that are told and drawn; all are written. */
  readonly metrics: readonly string[];
  readonly report: boolean;
  readonly json: boolean;
}

/** What was typed behind `sweep`. */
export interface SweepArguments extends ExperimentArguments {
  readonly design: Design;
  readonly points: number | undefined;
  readonly shard: Shard | null;
}

/** What was typed behind `sensitivity`. */
export interface SensitivityArguments extends ExperimentArguments {
  readonly method: (typeof METHODS)[number];
  readonly trajectories: number;
  readonly rows: number;
}

const text = (describe: string) => ({ type: "string", requiresArg: true, describe }) as const;
const several = (describe: string) =>
  ({ type: "string", array: true, nargs: 1, describe }) as const;

const { seed, replications, periods, days, set, workers, resume, report } = RUN_FLAGS;
const shared = {
  seed,
  replications,
  periods,
  days,
  set,
  workers,
  resume,
  "check-invariants": RUN_FLAGS["check-invariants"],
  report,
  metric: several("A metric to tell and to draw; repeatable, all are written"),
} as const;

/** The flags of `sweep`. */
export const SWEEP_FLAGS = {
  vary: several("KEY=V1,V2,... or KEY=LO..HI; repeatable, KEY alone for its range"),
  design: { ...text("grid, lhs (Latin hypercube) or sobol"), default: "grid" },
  points: text("How many points, where they are no grid"),
  shard: text("I/N: the points whose number leaves I over by N; gather joins them"),
  ...shared,
  out: text("The sweep's folder (reports/<scenario>-sweep)"),
  json: { type: "boolean", describe: "Prints sweep.json alone on standard output" },
} as const;

/** The flags of `sensitivity`. */
export const SENSITIVITY_FLAGS = {
  vary: several("KEY=LO..HI; repeatable, KEY alone for its range"),
  method: { ...text("morris, sobol or both"), default: "both" },
  trajectories: { ...text("Trajectories of Morris's screening"), default: "10" },
  points: { ...text("Rows of Sobol's samples, best a power of two"), default: "64" },
  ...shared,
  out: text("The folder (reports/<scenario>-sensitivity)"),
  json: { type: "boolean", describe: "Prints sensitivity.json alone on standard output" },
} as const;

/** The flags of `gather`. */
export const GATHER_FLAGS = {
  out: text("The folder of the whole (reports/<scenario>-sweep)"),
  report,
} as const;

const SETTINGS = ["seed", "replications", "periods", "days"] as const;

/** The last text of a flag. */
export const lastOf = (value: unknown): string | undefined => textsOf(value).at(-1);

function experimentArguments(typed: Readonly<Record<string, unknown>>): ExperimentArguments {
  const vary = textsOf(typed["vary"]);
  if (vary.length === 0) {
    throw new Misspoken("expected --vary KEY=V1,V2,... or KEY=LO..HI at least once, found none");
  }
  const settings = SETTINGS.flatMap((key) => {
    const value = lastOf(typed[key]);
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    scenario: String(typed["scenario"]),
    vary,
    set: textsOf(typed["set"]),
    settings: Object.fromEntries(settings),
    workers: wholeOf("workers", typed["workers"]),
    out: lastOf(typed["out"]),
    resume: typed["resume"] === true,
    checkInvariants: typed["check-invariants"] === true,
    metrics: textsOf(typed["metric"]),
    report: typed["report"] !== false,
    json: typed["json"] === true,
  };
}

function oneOf<Word extends string>(flag: string, value: unknown, words: readonly Word[]): Word {
  const typed = lastOf(value) ?? "";
  const word = words.find((one) => one === typed);
  if (word !== undefined) return word;
  const guess = nearest(typed, words);
  const hint = guess === undefined ? "" : ` (did you mean \`${guess}\`?)`;
  throw new Misspoken(`--${flag}: expected ${words.join(", ")}, found \`${typed}\`${hint}`);
}

function atLeast(least: number, flag: string, value: unknown): number | undefined {
  const whole = wholeOf(flag, value);
  if (whole !== undefined && whole < least) {
    const expected = `a whole number of at least ${least}`;
    throw new Misspoken(`--${flag}: expected ${expected}, found \`${whole}\``);
  }
  return whole;
}

function shardOf(value: unknown): Shard | null {
  const typed = lastOf(value);
  if (typed === undefined) return null;
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(typed) ?? [];
  if (index !== undefined && of !== undefined && Number(index) < Number(of)) {
    return { index: Number(index), of: Number(of) };
  }
  throw new Misspoken(`--shard: expected I/N with I from 0 to N - 1, found \`${typed}\``);
}

/** What was typed behind `sweep`; throws what makes no sense. */
export function sweepArguments(typed: Readonly<Record<string, unknown>>): SweepArguments {
  const design = oneOf("design", typed["design"], DESIGNS);
  const points = atLeast(1, "points", typed["points"]);
  if (design === "grid" && points !== undefined) {
    throw new Misspoken("--points: expected --design lhs or sobol beside it, found a grid");
  }
  if (design !== "grid" && points === undefined) {
    throw new Misspoken(`--design ${design}: expected --points N beside it, found none`);
  }
  return { ...experimentArguments(typed), design, points, shard: shardOf(typed["shard"]) };
}

/** What was typed behind `sensitivity`; throws what makes no sense. */
export function sensitivityArguments(
  typed: Readonly<Record<string, unknown>>,
): SensitivityArguments {
  return {
    ...experimentArguments(typed),
    method: oneOf("method", typed["method"], METHODS),
    trajectories: atLeast(2, "trajectories", typed["trajectories"]) ?? 10,
    rows: atLeast(2, "points", typed["points"]) ?? 64,
  };
}
