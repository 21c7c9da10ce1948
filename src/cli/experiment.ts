/**
 * The commands that run a scenario at many points.
 */
import type { Argv } from "yargs";
import type { ExitCode } from "./exit.ts";
import {
  GATHER_FLAGS,
  lastOf,
  SENSITIVITY_FLAGS,
  SWEEP_FLAGS,
  sensitivityArguments,
  sweepArguments,
} from "./experiment-flags.ts";
import { textsOf } from "./flags.ts";

const WHICH = "A file, or the name of a scenario that comes along";

/** Adds the commands; `answer` is told the exit code. */
export const experiments = (line: Argv, answer: (code: ExitCode) => void): Argv =>
  line
    .command(
      "sweep <scenario>",
      "Runs a scenario at many points",
      (command) =>
        command
          .positional("scenario", { type: "string", demandOption: true, describe: WHICH })
          .options(SWEEP_FLAGS)
          .conflicts("periods", "days"),
      async (typed) => {
        const { sweep } = await import("./sweep.ts");
        answer(await sweep(sweepArguments(typed)));
      },
    )
    .command(
      "gather [folders..]",
      "Joins the shards of a sweep",
      (command) =>
        command
          .positional("folders", { type: "string", array: true, describe: "Folders of shards" })
          .options(GATHER_FLAGS),
      async (typed) => {
        const { gatherShards } = await import("./sweep.ts");
        const folders = textsOf(typed["folders"]);
        answer(await gatherShards(folders, lastOf(typed["out"]), typed["report"] !== false));
      },
    )
    .command(
      "sensitivity <scenario>",
      "Tells which inputs matter, and how much",
      (command) =>
        command
          .positional("scenario", { type: "string", demandOption: true, describe: WHICH })
          .options(SENSITIVITY_FLAGS)
          .conflicts("periods", "days"),
      async (typed) => {
        const { sensitivity } = await import("./sensitivity.ts");
        answer(await sensitivity(sensitivityArguments(typed)));
      },
    );
