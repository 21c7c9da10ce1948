/**
 * The commands and their flags, from the words that were typed to a call and an exit code.
 */
import yargs, { type Argv } from "yargs";
import { meant } from "./complaint.ts";
import { confess, Exit, type ExitCode, print, refuseWith } from "./exit.ts";
import { experiments } from "./experiment.ts";
import {
  conformArguments,
  conformFlags,
  Misspoken,
  runArguments,
  runFlags,
  setFlag,
  textsOf,
} from "./flags.ts";
import { LISTS, type ListName } from "./names.ts";
import { origin } from "./version.ts";

const COLUMNS = 96;
const EXIT_CODES =
  "Exit codes: 0 done, 1 a case failed, 2 the input is wrong, 3 gridbench is wrong, " +
  "130 interrupted.";

const json = {
  type: "boolean",
  default: false,
  describe: "Prints JSON alone on standard output",
} as const;

const file = {
  type: "string",
  describe: "A file, or the name of a scenario that comes along",
} as const;

// Each command is loaded when it is called, so that `--help` need not wait for the world.

/** Receives the exit code of the command that was called. */
type Answer = (code: ExitCode) => void;

/** The commands that run and report. */
const doing = (line: Argv, answer: Answer): Argv =>
  line
    .command(
      "run <scenario>",
      "Runs a scenario many times and reports",
      (command) => runFlags(command.positional("scenario", { ...file, demandOption: true })),
      async (typed) => {
        const { run } = await import("./run.ts");
        answer(await run(runArguments(typed)));
      },
    )
    .command(
      "report <run>",
      "Renders report.html of a run's folder again",
      (command) =>
        command.positional("run", {
          type: "string",
          demandOption: true,
          describe: "A run's folder",
        }),
      async (typed) => {
        const { report } = await import("./report.ts");
        answer(await report(typed.run));
      },
    )
    .command(
      "conform [files..]",
      "Replays protocol cases, makes new ones, asks another implementation",
      conformFlags,
      async (typed) => {
        const { conform } = await import("./conform.ts");
        answer(await conform(conformArguments(typed)));
      },
    );

const listed = (what: string): ListName =>
  LISTS.find((name): name is ListName => name === what) ?? "scenarios";

/** The commands that tell what there is. */
const telling = (line: Argv, answer: Answer): Argv =>
  line
    .command(
      "list <what>",
      `Lists ${LISTS.join(", ")}`,
      (command) =>
        command
          .positional("what", { choices: LISTS, demandOption: true, describe: "What to list" })
          .option("json", json),
      async (typed) => {
        const { list } = await import("./list.ts");
        answer(list(listed(typed.what), typed.json));
      },
    )
    .command(
      "explain <key> [scenario]",
      "Tells what a parameter or a metric is",
      (command) =>
        command
          .positional("key", {
            type: "string",
            demandOption: true,
            describe: "Such as failure.mtbf or node.availability",
          })
          .positional("scenario", { ...file, describe: "Tells the value it has there, too" })
          .option("set", setFlag)
          .option("json", json),
      async (typed) => {
        const { explainKey } = await import("./list.ts");
        answer(explainKey(typed.key, typed.scenario, textsOf(typed.set), typed.json));
      },
    )
    .command("schema", "Prints the JSON Schema of a scenario file", {}, async () => {
      const { schema } = await import("./list.ts");
      answer(schema());
    })
    .command(
      "init [file]",
      "Writes a scenario to begin with",
      (command) =>
        command.positional("file", {
          type: "string",
          default: "scenario.yaml",
          describe: "Where to",
        }),
      async (typed) => {
        const { init } = await import("./list.ts");
        answer(init(typed.file));
      },
    );

/** The whole grammar; `words` are what was typed. */
function grammar(words: readonly string[], answer: Answer): Argv {
  const line = yargs([...words])
    .scriptName("gridbench")
    .usage("$0 COMMAND\n\nA simulator and capacity-economics test bench of the ThreeFold Grid.");
  return telling(experiments(doing(line, answer), answer), answer)
    .demandCommand(1, "name a command; gridbench --help lists them")
    .strict()
    .recommendCommands()
    .version(origin().text)
    .describe("version", "Prints version and commit")
    .help()
    .describe("help", "Prints this; behind a command, what belongs to it")
    .alias("help", "h")
    .epilogue(EXIT_CODES)
    .wrap(COLUMNS)
    .exitProcess(false)
    .fail((message, error) => {
      if (error !== undefined && error !== null) throw error;
      throw new Misspoken(meant(message, words));
    });
}

/** Does what the words say; never throws. */
export async function enter(words: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = Exit.done;
  process.stdout.on("error", (error: Error & { code?: string }) => {
    // A reader such as `head` has closed the pipe: there is nobody left to tell.
    process.exit(error.code === "EPIPE" ? Exit.done : Exit.internal);
  });
  try {
    const line = grammar(words, (answered) => {
      code = answered;
    });
    // With a listener yargs hands over what it would print itself: help and version.
    await line.parseAsync([...words], {}, (_error: unknown, _typed: unknown, text: string) => {
      if (text !== "") print(text);
    });
    return code;
  } catch (thrown) {
    if (thrown instanceof Misspoken) return refuseWith(thrown.message);
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return confess({
      message: error.message,
      stack: error.stack ?? "",
      circumstances: [["command", `npx gridbench ${words.join(" ")}`]],
    });
  }
}
