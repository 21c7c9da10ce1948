/**
 * Complaints about a command line, in our words, with what may have been meant.
 */
import { nearest } from "../scenario/suggestion.ts";
import { GATHER_FLAGS, SENSITIVITY_FLAGS, SWEEP_FLAGS } from "./experiment-flags.ts";
import { CONFORM_FLAGS, RUN_FLAGS } from "./flags.ts";
import { LISTS } from "./names.ts";

const SCENARIO = "a scenario: a file, or a name that `gridbench list scenarios` tells";

/** What the commands want beside flags, for the complaint that it is missing. */
const WANTED: Readonly<Record<string, string>> = {
  run: SCENARIO,
  sweep: SCENARIO,
  sensitivity: SCENARIO,
  report: "the folder of a run",
  list: `what to list: ${LISTS.map((name) => `\`${name}\``).join(", ")}`,
  explain: "a key, such as `failure.mtbf` or `node.availability`",
};

/** The flags of the commands that have others than `run`. */
const FLAGS: Readonly<Record<string, object>> = {
  conform: CONFORM_FLAGS,
  sweep: SWEEP_FLAGS,
  gather: GATHER_FLAGS,
  sensitivity: SENSITIVITY_FLAGS,
};

const asked = (guess: string | undefined): string =>
  guess === undefined ? "" : ` (did you mean \`${guess}\`?)`;

/** The complaint of yargs about the words that were typed, said as we would. */
export function meant(message: string, words: readonly string[]): string {
  const [command = ""] = words;
  if (message.startsWith("Did you mean")) {
    const guess = message.replace(/^Did you mean (.*)\?$/, "$1");
    return `there is no command \`${command}\`${asked(guess)}`;
  }
  if (message.startsWith("Not enough non-option arguments")) {
    return `${command}: expected ${WANTED[command] ?? "more words"}, found nothing`;
  }
  const choice = /Given: "([^"]*)"/.exec(message)?.[1];
  if (choice !== undefined) {
    const guess = asked(nearest(choice, LISTS));
    return `${command}: expected ${WANTED[command] ?? "another word"}, found \`${choice}\`${guess}`;
  }
  const pair = /^Arguments ([\w-]+) and ([\w-]+) are mutually exclusive/.exec(message);
  if (pair !== null) return `expected one of \`--${pair[1]}\`, \`--${pair[2]}\`, found both`;
  const unknown = /^Unknown arguments?: ([^,\s]+)/.exec(message)?.[1];
  return unknown === undefined ? message : unknownWord(unknown, words);
}

function unknownWord(unknown: string, words: readonly string[]): string {
  const [command = ""] = words;
  const isIt = (word: string): boolean =>
    word.startsWith("-") && word.replace(/^-+/, "").startsWith(unknown);
  const flag = words.find(isIt);
  if (flag !== undefined) {
    const known = Object.keys(FLAGS[command] ?? RUN_FLAGS);
    const guess = nearest(unknown, [...known, "version", "help"]);
    const named = guess === undefined ? undefined : `--${guess}`;
    return `there is no flag \`${flag.replace(/=.*/, "")}\` here${asked(named)}`;
  }
  return unknown === command
    ? `there is no command \`${unknown}\`; gridbench --help lists them`
    : `${command}: \`${unknown}\` is one word too many`;
}
