/**
 * The flags of `check`, and what was typed behind them.
 */
import type { Argv } from "yargs";
import { lastOf, text, textsOf, wholeOf } from "./flags.ts";

/** What was typed behind `check`. */
export interface CheckArguments {
  readonly paths: readonly string[];
  readonly json: string | undefined;
  readonly junit: string | undefined;
  readonly against: string | undefined;
  readonly engine: string | undefined;
  readonly reseed: number | undefined;
  readonly workers: number | undefined;
}

/** The flags of `check`. */
export const CHECK_FLAGS = {
  json: text("Writes the outcome as JSON to a file; - for standard output"),
  junit: text("Writes the outcome as JUnit XML to a file; - for standard output"),
  reseed: text("Tells how many of K other seeds let an expectation pass"),
  against: text("Compares with another version on the same seeds: a git ref or a folder"),
  engine: text("A module that exports an engine, in place of our own"),
  workers: text("Threads; 0 stays in this one"),
} as const;

/** Adds the flags of `check`. */
export const checkFlags = (command: Argv): Argv =>
  command
    .positional("paths", {
      type: "string",
      array: true,
      describe: "Scenarios with an expect block, or folders of them (scenarios/ci)",
    })
    .options(CHECK_FLAGS)
    .conflicts("against", "reseed");

/** What was typed behind `check`; throws what makes no sense. */
export function checkArguments(typed: Readonly<Record<string, unknown>>): CheckArguments {
  const { paths, json, junit, against, engine } = typed;
  return {
    paths: textsOf(paths),
    json: lastOf(json),
    junit: lastOf(junit),
    against: lastOf(against),
    engine: lastOf(engine),
    reseed: wholeOf("reseed", typed["reseed"]),
    workers: wholeOf("workers", typed["workers"]),
  };
}
