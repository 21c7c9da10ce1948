/**
 * How a command ends: its exit code, and what it says on standard error.
 */
import type { ScenarioFault } from "../scenario/index.ts";
import { writeFault } from "../scenario/index.ts";
import { origin } from "./version.ts";

/** The exit codes; a shell and a CI job rely on them. */
export const Exit = { done: 0, wrongInput: 2, internal: 3, interrupted: 130 } as const;

/** One of the exit codes. */
export type ExitCode = (typeof Exit)[keyof typeof Exit];

/** Says a sentence on standard error. */
export const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};

/** Prints on standard output. */
export const print = (text: string): void => {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
};

/** Prints plain data as JSON, alone on standard output. */
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

/** Ends with the faults of what the user wrote. */
export function refuse(faults: readonly ScenarioFault[]): ExitCode {
  for (const fault of faults) say(writeFault(fault));
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  say(`gridbench: ${count}; nothing was run`);
  return Exit.wrongInput;
}

/** Ends with one sentence on what is wrong with the input. */
export function refuseWith(sentence: string): ExitCode {
  say(`gridbench: ${sentence}`);
  return Exit.wrongInput;
}

/** What is known of a crash. */
export interface CrashStory {
  readonly message: string;
  readonly stack: string;
  /** Pairs of a word and what stands for it, such as the seed. */
  readonly circumstances: readonly (readonly [string, string])[];
}

/** Ends with everything that is needed to see the crash again. */
export function confess({ message, stack, circumstances }: CrashStory): ExitCode {
  say(`gridbench: internal error: ${message}`);
  for (const [word, text] of [["version", origin().text] as const, ...circumstances]) {
    say(`  ${word.padEnd(12)} ${text}`);
  }
  if (stack !== "") say(stack);
  say("This is a fault of gridbench, not of your input; please report the lines above.");
  return Exit.internal;
}
