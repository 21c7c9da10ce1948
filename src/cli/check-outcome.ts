/**
 * How `check` ends: told to people, to programs, to a CI's table of tests and to GitHub.
 */
import type { Unfinished } from "../run/index.ts";
import type { Scenario } from "../scenario/index.ts";
import { deliver } from "./case-source.ts";
import { confess, Exit, type ExitCode, print, say } from "./exit.ts";

/** Where the outcome goes: texts by the flag that asks for them, lines for people. */
export interface Outcome {
  readonly json: string;
  readonly junit: string;
  readonly annotations: readonly string[];
  readonly lines: readonly string[];
  readonly closing: string;
  readonly code: ExitCode;
}

/** Who asked for the outcome. */
interface Listeners {
  readonly json: string | undefined;
  readonly junit: string | undefined;
}

/** Ends where a scenario did not come to its end. */
export function stopped(scenario: Scenario, outcome: Unfinished): ExitCode {
  switch (outcome.kind) {
    case "interrupted":
      say(`gridbench: interrupted in ${scenario.file}; nothing was judged`);
      return Exit.interrupted;
    case "refused":
      for (const fault of outcome.faults) say(fault);
      return Exit.wrongInput;
    case "failed": {
      const { message, stack, seed, replication, time, event, scenarioHash } = outcome.failure;
      const one = `--seed '${seed}' --replication ${replication}`;
      const again = `npx gridbench run ${scenario.file} ${one}`;
      const told = time === null ? "not known" : `${time} s from the start`;
      return confess({
        message,
        stack,
        circumstances: [
          ["scenario", scenarioHash],
          ["seed", seed],
          ["replication", String(replication)],
          ["time", told],
          ["event", event === "" ? "not known" : event],
          ["see it again", again],
        ],
      });
    }
  }
}

/** Tells an outcome to all who asked for it; standard output is one's alone where it is `-`. */
export function tell(typed: Listeners, outcome: Outcome): ExitCode {
  const alone = typed.json === "-" || typed.junit === "-";
  const line = alone ? say : print;
  for (const each of outcome.lines) line(each);
  if (process.env["CI"] === "true") for (const each of outcome.annotations) line(each);
  line(outcome.closing);
  const codes = [
    typed.json === undefined ? Exit.done : deliver(typed.json, outcome.json),
    typed.junit === undefined ? Exit.done : deliver(typed.junit, outcome.junit, "--junit"),
  ];
  return codes.find((code) => code !== Exit.done) ?? outcome.code;
}
