/**
 * `check --against`: this version and another one, asked the same protocol cases and run on the
 * same scenarios with the same seeds.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { caseFormats, newCases, readCases, Tally } from "../audit/index.ts";
import {
  AGAINST_REPLICATIONS,
  compareVersions,
  type Findings,
  type VersionPair,
} from "../run/against.ts";
import {
  type AgainstReport,
  againstJson,
  againstJunit,
  againstLines,
  isRed,
  verdictText,
} from "../run/against-text.ts";
import { annotation } from "../run/check-text.ts";
import { runScenario, type Unfinished } from "../run/index.ts";
import { engineOf } from "../run/one.ts";
import { inputChanges, readVersionRun } from "../run/version-run.ts";
import { packaged } from "../scenario/fragment.ts";
import type { Scenario } from "../scenario/index.ts";
import type { CheckArguments } from "./check-flags.ts";
import { stopped, tell } from "./check-outcome.ts";
import { Exit, type ExitCode, refuseWith, say } from "./exit.ts";
import { type OtherVersion, openVersion } from "./other-version.ts";
import { interruption } from "./run.ts";
import { origin } from "./version.ts";

/** New cases of each rule that both versions are asked. */
const CASES_PER_RULE = 20;
const SEED = "against";

/** Compares with another version. */
export async function against(
  typed: CheckArguments,
  ref: string,
  scenarios: readonly Scenario[],
  engine: string | undefined,
): Promise<ExitCode> {
  const opened = openVersion(ref);
  if (!opened.ok) return refuseWith(opened.sentence);
  const folder = mkdtempSync(join(tmpdir(), "gridbench-against-"));
  const { signal, release } = interruption("stopping");
  try {
    const duel = new Duel(opened.version, typed, folder, signal, engine);
    return await duel.run(scenarios);
  } finally {
    release();
    opened.version.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two versions under comparison. */
class Duel {
  readonly #other: OtherVersion;
  readonly #typed: CheckArguments;
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #engine: string | undefined;

  constructor(
    other: OtherVersion,
    typed: CheckArguments,
    folder: string,
    signal: AbortSignal,
    engine: string | undefined,
  ) {
    this.#other = other;
    this.#typed = typed;
    this.#folder = folder;
    this.#signal = signal;
    this.#engine = engine;
  }

  async run(scenarios: readonly Scenario[]): Promise<ExitCode> {
    const began = performance.now();
    say(`gridbench: asking ${this.#other.text} protocol cases ...`);
    const protocol = askProtocol(this.#other, this.#folder);
    const pairs: VersionPair[] = [];
    const left: { readonly path: string; readonly why: string }[] = [];
    for (const [index, scenario] of scenarios.entries()) {
      say(`gridbench: ${index + 1}/${scenarios.length} scenarios: ${scenario.file} ...`);
      const theirs = this.#theirs(scenario, []);
      if (this.#signal.aborted)
        return stopped(scenario, { kind: "interrupted", done: 0, total: 0 });
      if (typeof theirs === "string") {
        left.push({ path: scenario.file, why: theirs });
        continue;
      }
      const ours = await this.#ours(scenario);
      if ("kind" in ours) return stopped(scenario, ours);
      pairs.push({ path: scenario.file, theirs, ours });
    }
    if (pairs.length === 0) {
      return refuseWith(`--against: the other version runs no scenario: ${left[0]?.why}`);
    }
    const inputs = distinctChanges(pairs);
    const { asked, rules, unanswered } = protocol;
    const findings: Findings = {
      rules: [...(await this.#replaced()), ...rules],
      unanswered,
      inputs,
      scenarios: compareVersions(pairs),
      adjusted: inputs.length === 0 ? null : this.#adjusted(scenarios, pairs),
    };
    const seconds = (performance.now() - began) / 1000;
    const theirs = `gridbench ${this.#other.text}`;
    const ours = `gridbench ${origin().text}`;
    return this.#tell({ theirs, ours, findings, asked, left, seconds });
  }

  /** The rules that our engine has of its own. */
  async #replaced(): Promise<Findings["rules"]> {
    if (this.#engine === undefined) return [];
    const { replaced = [] } = await engineOf(this.#engine);
    const example = `replaced by ${this.#engine.split("/").at(-1)}`;
    return replaced.map((rule) => ({ rule, different: 0, cases: 0, example }));
  }

  #tell(report: AgainstReport): ExitCode {
    const red = isRed(report);
    const sentence = verdictText(report);
    const place = { file: report.findings.scenarios[0]?.path ?? "", line: 1 };
    return tell(this.#typed, {
      json: againstJson(report),
      junit: againstJunit(report),
      annotations: red ? [annotation("error", place, sentence)] : [],
      lines: againstLines(report),
      closing: sentence,
      code: red ? Exit.failed : Exit.done,
    });
  }

  /** Our ensemble of a scenario, read from its folder as theirs is. */
  async #ours(scenario: Scenario): Promise<ReturnType<typeof readVersionRun> | Unfinished> {
    const out = join(this.#folder, "ours");
    const outcome = await runScenario({
      scenario,
      out,
      ...origin(),
      replications: replicationsOf(scenario),
      workers: this.#typed.workers,
      engine: this.#engine,
      signal: this.#signal,
    });
    return outcome.kind === "finished" ? readVersionRun(out) : outcome;
  }

  /** Their ensemble of a scenario, with some values set; or why there is none. */
  #theirs(scenario: Scenario, set: readonly string[]): ReturnType<typeof readVersionRun> | string {
    const out = join(this.#folder, "theirs");
    rmSync(out, { recursive: true, force: true });
    const { workers } = this.#typed;
    const { code, err } = this.#other.ask([
      "run",
      located(scenario.file),
      "--out",
      out,
      "--no-report",
      ...["--replications", String(replicationsOf(scenario))],
      ...(workers === undefined ? [] : ["--workers", String(workers)]),
      ...set.flatMap((each) => ["--set", each]),
    ]);
    if (code === 0) return readVersionRun(out);
    const lines = err.trim().split("\n");
    return lines.find((line) => /expected .* found /.test(line)) ?? lines.at(-1) ?? `exit ${code}`;
  }

  /** Everything again, with our assumptions set in their version; null where that cannot be had. */
  #adjusted(scenarios: readonly Scenario[], pairs: readonly VersionPair[]): Findings["adjusted"] {
    const again: VersionPair[] = [];
    for (const pair of pairs) {
      const changes = inputChanges(pair.theirs, pair.ours);
      const scenario = scenarios.find(({ file }) => file === pair.path);
      if (changes.some(({ key }) => !key.startsWith("assumptions.")) || scenario === undefined) {
        return null;
      }
      const set = changes.map(({ key, after }) => `${key}=${after}`);
      const theirs = set.length === 0 ? pair.theirs : this.#theirs(scenario, set);
      if (typeof theirs === "string") return null;
      again.push({ ...pair, theirs });
    }
    return compareVersions(again);
  }
}

const replicationsOf = ({ run }: Scenario): number =>
  Math.max(AGAINST_REPLICATIONS, run.replications);

/** The path of a scenario that was loaded: from here, or from the package. */
const located = (file: string): string =>
  existsSync(file) ? resolve(file) : resolve(dirname(packaged), file);

const distinctChanges = (pairs: readonly VersionPair[]): Findings["inputs"] => [
  ...new Map(
    pairs
      .flatMap(({ theirs, ours }) => inputChanges(theirs, ours))
      .map((change) => [change.key, change]),
  ).values(),
];

type Protocol = Pick<Findings, "rules" | "unanswered"> & { readonly asked: number };

/** Asks the other version our cases, and us theirs; which rules answer differently. */
function askProtocol(other: OtherVersion, folder: string): Protocol {
  const file = join(folder, "cases.json");
  const out = join(folder, "answers.json");
  const sets = Object.entries(caseFormats).map(([schema, { names }]) =>
    newCases({ schema, count: names.length * CASES_PER_RULE, seed: SEED, rule: null }),
  );
  writeFileSync(file, JSON.stringify(sets));
  const tally = new Tally();
  const cases = readCases(readFileSync(file, "utf8")).cases;
  if (other.ask(["conform", file, "--json", out]).code <= Exit.failed && existsSync(out)) {
    const answers: unknown = JSON.parse(readFileSync(out, "utf8"));
    const told = Array.isArray(answers) ? answers : [];
    for (const [index, one] of cases.entries()) tally.theirs(one, told[index]?.result);
  }
  const emitted = join(folder, "emitted.json");
  const count = String(CASES_PER_RULE * Math.max(...sets.map((_, i) => rulesIn(i))));
  const words = ["conform", "--emit", count, "--seed", SEED, "--json", emitted];
  if (other.ask(words).code === Exit.done && existsSync(emitted)) {
    for (const one of readCases(readFileSync(emitted, "utf8")).cases) tally.ours(one);
  }
  const { rules, unanswered, asked } = tally;
  return { rules, unanswered, asked };
}

const rulesIn = (index: number): number => Object.values(caseFormats)[index].names.length;
