/**
 * The commands and their flags, from the words that were typed to a call and an exit code.
 */
import yargs, { type Argv } from "yargs";
import { confess, Exit, type ExitCode, refuseWith } from "./exit.ts";
import { explainKey, init, LISTS, type ListName, list, schema } from "./list.ts";
import { report } from "./report.ts";
import { type RunArguments, run } from "./run.ts";
import { origin } from "./version.ts";

/** The flags that stand for a setting of the `run` block. */
const SETTINGS = ["seed", "replications", "periods", "days"] as const;

const COLUMNS = 96;

const runFlags = (command: Argv) =>
  command
    .positional("scenario", {
      type: "string",
      demandOption: true,
      describe: "A file, or the name of one that comes along",
    })
    .option("seed", { type: "string", requiresArg: true, describe: "What all chance comes from" })
    .option("replications", {
      type: "string",
      requiresArg: true,
      describe: "How many independent runs",
    })
    .option("replication", {
      type: "string",
      requiresArg: true,
      describe: "This run alone, counted from 0",
    })
    .option("periods", { type: "string", requiresArg: true, describe: "Length in minting periods" })
    .option("days", { type: "string", requiresArg: true, describe: "Length in days" })
    .option("set", {
      type: "string",
      array: true,
      nargs: 1,
      describe: "KEY=VALUE: another value; repeatable",
    })
    .option("workers", {
      type: "string",
      requiresArg: true,
      describe: "Threads; 0 stays in this one",
    })
    .option("out", {
      type: "string",
      requiresArg: true,
      describe: "The run's folder (reports/<scenario>)",
    })
    .option("resume", { type: "boolean", describe: "Goes on with what an interrupted run left" })
    .option("check-invariants", {
      type: "boolean",
      describe: "Holds every window against its invariants",
    })
    .option("precision", {
      type: "string",
      requiresArg: true,
      describe: "METRIC=SHARE: stops when its interval is that narrow",
    })
    .option("report", {
      type: "boolean",
      default: true,
      describe: "Writes report.html (--no-report: not)",
    })
    .option("json", { type: "boolean", describe: "Prints results.json alone on standard output" })
    .conflicts("periods", "days")
    .conflicts("replication", "replications")
    .conflicts("replication", "precision");

const lastOf = (value: unknown): string | undefined => {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "string" ? last : undefined;
};

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];

/** A wish that makes no sense, in one sentence. */
class Misspoken extends Error {}

function wholeOf(flag: string, value: unknown): number | undefined {
  const text = lastOf(value);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Misspoken(`--${flag}: expected a whole number, found \`${text}\``);
}

function precisionOf(value: unknown): RunArguments["precision"] {
  const text = lastOf(value);
  if (text === undefined) return undefined;
  const [, metric, digits, percent] = /^([\w.]+)=(\d*\.?\d+)\s*(%?)$/.exec(text) ?? [];
  if (metric !== undefined && digits !== undefined) {
    return { metric, relative: Number(digits) / (percent === "%" ? 100 : 1) };
  }
  throw new Misspoken(
    `--precision: expected METRIC=SHARE such as node.availability=1%, found \`${text}\``,
  );
}

function runArguments(typed: Readonly<Record<string, unknown>>): RunArguments {
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
    out: lastOf(typed["out"]),
    resume: typed["resume"] === true,
    checkInvariants: typed["check-invariants"] === true,
    precision: precisionOf(typed["precision"]),
    report: typed["report"] !== false,
    json: typed["json"] === true,
  };
}

/** The whole grammar; `answer` receives the exit code of the command that was called. */
function grammar(words: readonly string[], answer: (code: ExitCode) => void): Argv {
  const json = {
    type: "boolean",
    default: false,
    describe: "Prints JSON alone on standard output",
  } as const;
  return yargs([...words])
    .scriptName("gridbench")
    .usage("$0 COMMAND\n\nA simulator and capacity-economics test bench of the ThreeFold Grid.")
    .command("run <scenario>", "Runs a scenario many times and reports", runFlags, async (typed) =>
      answer(await run(runArguments(typed))),
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
      async (typed) => answer(await report(typed.run)),
    )
    .command(
      "list <what>",
      "Lists scenarios, parameters, metrics or models",
      (command) =>
        command
          .positional("what", { choices: LISTS, demandOption: true, describe: "What to list" })
          .option("json", json),
      (typed) =>
        answer(
          list(
            LISTS.find((name): name is ListName => name === typed.what) ?? "scenarios",
            typed.json,
          ),
        ),
    )
    .command(
      "explain <key> [scenario]",
      "Tells what a parameter or a metric is, and its value in a scenario",
      (command) =>
        command
          .positional("key", {
            type: "string",
            demandOption: true,
            describe: "Such as failure.mtbf",
          })
          .positional("scenario", {
            type: "string",
            describe: "A file, or the name of one that comes along",
          })
          .option("set", {
            type: "string",
            array: true,
            nargs: 1,
            describe: "KEY=VALUE: another value; repeatable",
          })
          .option("json", json),
      (typed) => answer(explainKey(typed.key, typed.scenario, textsOf(typed.set), typed.json)),
    )
    .command("schema", "Prints the JSON Schema of a scenario file", {}, () => answer(schema()))
    .command(
      "init [file]",
      "Writes a scenario to begin with",
      (command) =>
        command.positional("file", {
          type: "string",
          default: "scenario.yaml",
          describe: "Where to",
        }),
      (typed) => answer(init(typed.file)),
    )
    .demandCommand(1, "Name a command; gridbench --help lists them.")
    .strict()
    .recommendCommands()
    .version(origin().text)
    .help()
    .alias("help", "h")
    .wrap(COLUMNS)
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new Misspoken(message);
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
    await grammar(words, (answered) => {
      code = answered;
    }).parseAsync();
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
