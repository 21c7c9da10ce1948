/**
 * The flags of the commands, and what was typed behind them.
 */
import type { Argv } from "yargs";
import { INNER } from "../run/design.ts";
import type { CompareArguments } from "./compare.ts";
import type { ConformArguments } from "./conform.ts";
import type { RunArguments } from "./run.ts";
import type { StudyArguments } from "./study.ts";

/** The flags that stand for a setting of the `run` block. */
const SETTINGS = ["seed", "replications", "periods", "days"] as const;

/** The flag that gives a parameter another value. */
export const setFlag = {
  type: "string",
  array: true,
  nargs: 1,
  describe: "KEY=VALUE: another value; repeatable",
} as const;

/** A flag that takes a text. */
export const text = (describe: string) =>
  ({ type: "string", requiresArg: true, describe }) as const;
const flag = (describe: string) => ({ type: "boolean", describe }) as const;

/** The flags of `run`. */
export const RUN_FLAGS = {
  seed: text("What all chance comes from"),
  replications: text("How many independent runs"),
  replication: text("This run alone, counted from 0"),
  periods: text("Length in minting periods"),
  days: text("Length in days"),
  set: setFlag,
  workers: text("Threads; 0 stays in this one"),
  shards: text("More threads for each world, for its fleet (0)"),
  out: text("The run's folder (reports/<scenario>)"),
  resume: flag("Goes on with what an interrupted run left"),
  "check-invariants": flag(
    "Holds every window against its invariants; takes minutes on the baseline",
  ),
  precision: text("METRIC=SHARE: stops when its interval is that narrow"),
  "warm-up": text("auto, or DAYS: leaves out the first days of daily series, too"),
  antithetic: flag("Makes replications in pairs of opposite chance"),
  uncertainty: text("Draws all uncertain inputs N times around the run"),
  inner: text("Replications of each draw (4)"),
  report: { ...flag("Writes report.html; --no-report does not"), default: true },
  json: flag("Prints results.json alone on standard output"),
} as const;

/** Adds the flags of `run`. */
export const runFlags = (command: Argv): Argv =>
  command
    .options(RUN_FLAGS)
    .conflicts("periods", "days")
    .conflicts("replication", ["replications", "precision", "uncertainty"]);

/** The last text that was typed for a flag. */
export const lastOf = (value: unknown): string | undefined => {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "string" ? last : undefined;
};

/** The texts of a flag that may be repeated. */
export const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];

/** A wish that makes no sense, in one sentence. */
export class Misspoken extends Error {}

/** The whole number behind a flag; throws what is none. */
export function wholeOf(flag: string, value: unknown): number | undefined {
  const text = lastOf(value);
  if (text === undefined) return undefined;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Misspoken(`--${flag}: expected a whole number of at least 0, found \`${text}\``);
}

function precisionOf(value: unknown): RunArguments["precision"] {
  const text = lastOf(value);
  if (text === undefined) return undefined;
  const [, metric, digits, percent] = /^([\w.]+)=(\d*\.?\d+)\s*(%?)$/.exec(text) ?? [];
  if (metric !== undefined && Number(digits) > 0) {
    return { metric, relative: Number(digits) / (percent === "%" ? 100 : 1) };
  }
  const expected = "METRIC=SHARE with a share above 0, such as node.availability=1%";
  throw new Misspoken(`--precision: expected ${expected}, found \`${text}\``);
}

function warmUpOf(value: unknown): RunArguments["warmUp"] {
  const text = lastOf(value);
  if (text === undefined || text === "auto") return text;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new Misspoken(`--warm-up: expected auto or a whole number of days, found \`${text}\``);
}

/** Fewer draws say nothing of what the inputs do. */
const DRAWS_LEAST = 8;

function drawsOf(typed: Readonly<Record<string, unknown>>): RunArguments["uncertainty"] {
  const draws = wholeOf("uncertainty", typed["uncertainty"]);
  const inner = wholeOf("inner", typed["inner"]);
  if (draws === undefined && inner !== undefined) {
    throw new Misspoken("--inner: expected --uncertainty N beside it, since draws need it");
  }
  if (draws === undefined) return undefined;
  if (draws < DRAWS_LEAST) {
    throw new Misspoken(`--uncertainty: expected at least ${DRAWS_LEAST} draws, found ${draws}`);
  }
  if (inner !== undefined && inner < 2) {
    throw new Misspoken(`--inner: expected at least 2, to tell chance apart, found ${inner}`);
  }
  return { draws, inner: inner ?? INNER };
}

/** What was typed behind `run`; throws what makes no sense. */
export function runArguments(typed: Readonly<Record<string, unknown>>): RunArguments {
  const settings = SETTINGS.flatMap((key) => {
    const text = lastOf(typed[key]);
    return text === undefined ? [] : [[key, text] as const];
  });
  return {
    scenario: String(typed["scenario"]),
    set: textsOf(typed["set"]),
    settings: Object.fromEntries(settings),
    replication: wholeOf("replication", typed["replication"]),
    workers: wholeOf("workers", typed["workers"]),
    shards: wholeOf("shards", typed["shards"]),
    out: lastOf(typed["out"]),
    resume: typed["resume"] === true,
    checkInvariants: typed["check-invariants"] === true,
    precision: precisionOf(typed["precision"]),
    warmUp: warmUpOf(typed["warm-up"]),
    antithetic: typed["antithetic"] === true,
    uncertainty: drawsOf(typed),
    report: typed["report"] !== false,
    json: typed["json"] === true,
  };
}

// Pairs share their chance and their start already, and shards are for one scenario.
const { antithetic: _mirrored, shards: _threads, "warm-up": _first, ...paired } = RUN_FLAGS;

/** The flags of `compare` and `study`. */
export const COMPARE_FLAGS = {
  ...paired,
  "check-invariants": flag("Holds every window against its invariants"),
  replications: text("How many pairs of runs"),
  replication: text("This pair alone, counted from 0"),
  set: { ...setFlag, describe: "KEY=VALUE: one more variant, the base so changed; repeatable" },
  out: text("The folder of the comparison (reports/<base>-against-<variant>)"),
  precision: text("METRIC=SHARE: the base says how many pairs; see run"),
  uncertainty: text("Draws what no arm knows N times, alike for all arms"),
  inner: text("Pairs of runs of each draw (4)"),
  guard: {
    type: "string",
    array: true,
    nargs: 1,
    describe: "METRIC >= -0.5 %: held against the interval's bound; repeatable",
  },
  farm: text("Prints one voter's line: a farm by its number in farms.csv"),
  farms: { ...flag("Looks at farms and users one by one; --no-farms does not"), default: true },
  json: flag("Prints comparison.json alone on standard output"),
} as const;

/** Adds the flags of `compare` or `study`. */
export const compareFlags = (command: Argv): Argv =>
  command
    .options(COMPARE_FLAGS)
    .conflicts("periods", "days")
    .conflicts("replication", ["replications", "precision", "uncertainty"]);

/** What was typed behind `compare`; throws what makes no sense. */
export function compareArguments(typed: Readonly<Record<string, unknown>>): CompareArguments {
  return {
    ...runArguments({ ...typed, scenario: typed["base"] }),
    variants: textsOf(typed["variants"]),
    guards: textsOf(typed["guard"]),
    farm: wholeOf("farm", typed["farm"]),
    farms: typed["farms"] !== false,
  };
}

/** What was typed behind `study`; throws what makes no sense. */
export function studyArguments(typed: Readonly<Record<string, unknown>>): StudyArguments {
  const { scenario: _, variants: __, ...rest } = compareArguments({ ...typed, base: "" });
  return { ...rest, study: String(typed["file"]) };
}

/** The flags of `conform`. */
export const CONFORM_FLAGS = {
  json: text("Writes the results, or the new cases, to a file; - for standard output"),
  emit: text("Makes N new cases of each format, with what they expect"),
  seed: text("What new cases come from (1)"),
  schema: text("This format alone, as billing or by its full name"),
  fn: text("This rule alone, as cases name it in fn or kind"),
  exec: text("Asks another implementation, a shell command, over JSON lines"),
  timeout: text("Seconds that one of its answers may take (10)"),
} as const;

/** Adds the flags of `conform`. */
export const conformFlags = (command: Argv): Argv =>
  command
    .positional("files", {
      type: "string",
      array: true,
      describe: "Files of cases; their schema tells how they are read",
    })
    .options(CONFORM_FLAGS);

/** What was typed behind `conform`; throws what makes no sense. */
export function conformArguments(typed: Readonly<Record<string, unknown>>): ConformArguments {
  const emit = wholeOf("emit", typed["emit"]);
  const timeout = wholeOf("timeout", typed["timeout"]);
  const [seed, exec] = [lastOf(typed["seed"]), lastOf(typed["exec"])];
  if (seed !== undefined && emit === undefined) {
    throw new Misspoken("--seed: expected --emit N beside it, since it makes new cases");
  }
  if (timeout !== undefined && exec === undefined) {
    throw new Misspoken("--timeout: expected --exec COMMAND beside it, since it waits for that");
  }
  const { files, json, schema, fn } = typed;
  const words = { json: lastOf(json), schema: lastOf(schema), fn: lastOf(fn) };
  return { files: textsOf(files), ...words, emit, seed, exec, timeout };
}
