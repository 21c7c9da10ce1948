/**
 * How a command ends: its exit code, and what it says on standard error.
 */
import pc from "picocolors";
import { type ScenarioFault, writeFault } from "../scenario/fault.ts";
import { origin } from "./version.ts";

/** The exit codes; a shell and a CI job rely on them. */
export const Exit = {
  done: 0,
  failed: 1,
  wrongInput: 2,
  internal: 3,
  undecided: 4,
  interrupted: 130,
} as const;

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

/** Colours for standard error: none where it is no terminal or the user wants none. */
const colours = pc.createColors(
  process.stderr.isTTY === true && process.env["NO_COLOR"] === undefined,
);

/** Tells the faults of what the user wrote, each with its line. */
export function tellFaults(faults: readonly ScenarioFault[]): void {
  for (const fault of faults) {
    const [head = "", ...lines] = writeFault(fault).split("\n");
    say([colours.bold(head), ...lines].join("\n"));
  }
}

/** Ends with the faults of what the user wrote. */
export function refuse(faults: readonly ScenarioFault[]): ExitCode {
  tellFaults(faults);
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  say(colours.red(`gridbench: ${count}; nothing was done`));
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

/** Everything that is needed to see a crash again, as lines. */
export function crashText({ message, stack, circumstances }: CrashStory): string {
  const known = [["version", origin().text] as const, ...circumstances];
  const told = known.map(([word, text]) => `  ${word.padEnd(12)}  ${text}`);
  const trace = stack === "" ? [] : [stack];
  return [
    `gridbench: internal error: ${message}`,
    ...told,
    ...trace,
    "This is a fault of gridbench, not of your input; please report the lines above.",
  ].join("\n");
}

/** Words by which the system refuses to write: a full disk, a quota, too many open files. */
const REFUSED = /^(ENOSPC|EDQUOT|EFBIG|EROFS|EMFILE|ENFILE): ([^,]+)/;

/** What a crash comes to where the system refused a file; null where we are wrong. */
export function refusalText({ message }: CrashStory): string | null {
  const [, word, why] = REFUSED.exec(message) ?? [];
  if (word === undefined) return null;
  return (
    `expected files that can be written, found: ${why} (${word}). ` +
    "Finished replications are kept; --resume goes on"
  );
}

/** Ends with a crash. */
export function confess(story: CrashStory): ExitCode {
  const refusal = refusalText(story);
  if (refusal !== null) return refuseWith(refusal);
  say(crashText(story));
  return Exit.internal;
}
