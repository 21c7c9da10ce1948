/**
 * `compare`: variants against a base on common chance, into a folder with a page to vote by.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ArmRequest,
  type Arms,
  type CompareOptions,
  type CompareOutcome,
  compareArms,
  comparisonText,
  drawArms,
  farmLine,
  loadArms,
  PRIMARY,
  type Proposal,
} from "../run/index.ts";
import { metricList } from "../run/replicate.ts";
import { type Guard, readGuard, readIncomeGroups, type StudyVariant } from "../scenario/index.ts";
import { nearest } from "../scenario/suggestion.ts";
import { confess, Exit, type ExitCode, print, refuse, refuseWith, say } from "./exit.ts";
import { openMeter } from "./progress.ts";
import { interruption, quoted, type RunArguments, warn } from "./run.ts";
import { roughText } from "./uncertainty.ts";
import { origin } from "./version.ts";

/** What was typed behind `compare`. */
export interface CompareArguments extends RunArguments {
  readonly variants: readonly string[];
  readonly guards: readonly string[];
  /** The farm whose line is printed. */
  readonly farm: number | undefined;
  readonly farms: boolean;
}

/** The name of the variant that `--set` forms. */
const SET = "set";

/** Compares variants with a base; the exit code says what became of the guards. */
export async function compare(typed: CompareArguments): Promise<ExitCode> {
  const guards = guardsOf(typed.guards);
  if (typeof guards === "string") return refuseWith(guards);
  const variants = variantsOf(typed.variants, typed.set);
  if (variants.length === 0) {
    return refuseWith("compare: expected a variant or --set KEY=VALUE behind the base, found none");
  }
  const request: ArmRequest = {
    base: typed.scenario,
    variants,
    vary: [],
    run: typed.settings,
    metrics: metricList.map(({ name }) => name),
  };
  const loaded = loadArms(request);
  if (!loaded.ok) return refuse(loaded.faults);
  const arms = loaded.value;
  const against = arms.variants.map(({ name }) => name).join("-");
  return carryOut(typed, {
    arms,
    request,
    words: ["compare", typed.scenario, ...typed.variants],
    out: join("reports", `${arms.base.scenario.name}-against-${against}`),
    seed: arms.base.scenario.run.seed,
    guards,
    primary: PRIMARY,
    smallest: {},
    study: null,
  });
}

/** The variants that were typed, the one that settings form last. */
export const variantsOf = (
  files: readonly string[],
  set: readonly string[],
): readonly StudyVariant[] => [
  ...files.map((scenario) => ({ name: nameIn(scenario), scenario, set: [] })),
  ...(set.length === 0 ? [] : [{ name: SET, scenario: null, set }]),
];

const nameIn = (file: string): string => file.replace(/^.*\//, "").replace(/\.(ya?ml|json)$/, "");

/** The guards that were typed, or what is wrong with any of them. */
export function guardsOf(texts: readonly string[]): readonly Guard[] | string {
  const names = metricList.map(({ name }) => name);
  const faults: string[] = [];
  const guards = texts.flatMap((text): readonly Guard[] => {
    const reading = readGuard(text);
    if (!reading.ok) {
      faults.push(`--guard: expected ${reading.expected}, found ${reading.found}`);
      return [];
    }
    const { metric, unit } = reading.value;
    const entry = metricList.find(({ name }) => name === metric);
    if (entry === undefined) {
      const guess = nearest(metric, names);
      const hint = guess === undefined ? "" : ` (did you mean \`${guess}\`?)`;
      faults.push(`--guard: expected the name of a metric, found \`${metric}\`${hint}`);
    } else if (unit === "pp" && entry.unit !== "1") {
      faults.push(`--guard: expected a limit in %, since ${metric} is no share, found \`pp\``);
    }
    return [reading.value];
  });
  return faults.length > 0 ? faults.join("\ngridbench: ") : guards;
}

/** A comparison that is ready to be run. */
export interface Prepared
  extends Pick<CompareOptions, "arms" | "seed" | "guards" | "primary" | "smallest" | "study"> {
  /** What the arms were loaded from. */
  readonly request: ArmRequest;
  /** The first words of the command that makes it again. */
  readonly words: readonly string[];
  /** The folder where none was typed. */
  readonly out: string;
}

type Asked = Omit<CompareArguments, "scenario" | "variants">;

/** The command that makes the same comparison again. */
function commandOf(typed: Asked, words: readonly string[]): string {
  const settings = Object.entries(typed.settings).flatMap(([key, text]) => [`--${key}`, text]);
  const set = typed.set.flatMap((setting) => ["--set", setting]);
  const guards = typed.guards.flatMap((guard) => ["--guard", guard]);
  const alone = typed.replication === undefined ? [] : ["--replication", String(typed.replication)];
  const { precision } = typed;
  const until =
    precision === undefined ? [] : ["--precision", `${precision.metric}=${precision.relative}`];
  const { draws, inner } = typed.uncertainty ?? {};
  const drawn = draws === undefined ? [] : ["--uncertainty", `${draws}`, "--inner", `${inner}`];
  const farms = typed.farms ? [] : ["--no-farms"];
  const all = [...words, ...settings, ...set, ...guards, ...alone, ...until, ...drawn, ...farms];
  return `npx gridbench ${all.map(quoted).join(" ")}`;
}

/** Runs what is prepared, writes the page, prints what came out. */
export async function carryOut(typed: Asked, prepared: Prepared): Promise<ExitCode> {
  const { words, out: usual, arms, request, ...rest } = prepared;
  const out = typed.out ?? usual;
  const command = commandOf(typed, words);
  const { uncertainty } = typed;
  const drawn = uncertainty && drawArms(request, arms, { ...uncertainty, seed: prepared.seed });
  if (drawn?.ok === false) return refuse(drawn.faults);
  warn(arms.base.scenario);
  const meter = openMeter();
  const { signal, release } = interruption();
  const { version, commit } = origin();
  const outcome = await compareArms({
    ...rest,
    arms,
    out,
    version,
    commit,
    replications: replicationsOf(typed, arms),
    replication: typed.replication,
    workers: typed.workers,
    resume: typed.resume,
    checkInvariants: typed.checkInvariants,
    precision: typed.precision,
    farms: typed.farms,
    drawn: drawn?.value,
    incomeGroups: readIncomeGroups(),
    command,
    started: new Date().toISOString(),
    clock: () => performance.now(),
    onProgress: meter.show,
    signal,
  }).finally(() => {
    meter.end();
    release();
  });
  return conclude(outcome, typed, { out, command });
}

/** As many pairs as were asked for, or as the base has replications; none where others decide. */
const replicationsOf = (typed: Asked, { base }: Arms): number | undefined =>
  typed.precision !== undefined || typed.replication !== undefined
    ? undefined
    : base.scenario.run.replications;

async function conclude(
  outcome: CompareOutcome,
  typed: Asked,
  { out, command }: { readonly out: string; readonly command: string },
): Promise<ExitCode> {
  switch (outcome.kind) {
    case "refused":
      for (const fault of outcome.faults) say(fault);
      return Exit.wrongInput;
    case "interrupted": {
      const { done, total } = outcome;
      say(`gridbench: interrupted; ${done} of ${total} replications are kept in ${out}`);
      say(`go on with: ${command} --out ${quoted(out)} --resume`);
      return Exit.interrupted;
    }
    case "failed": {
      const { message, stack, scenarioHash, seed, replication, time, event } = outcome.failure;
      return confess({
        message,
        stack,
        circumstances: [
          ["arm", outcome.arm],
          ["scenario", scenarioHash],
          ["seed", seed],
          ["replication", String(replication)],
          ["time", time === null ? "not known" : `${time} s from the start`],
          ["event", event === "" ? "not known" : event],
          ["see it again", `${command} --workers 0`],
        ],
      });
    }
    case "finished": {
      if (typed.report) {
        const { renderProposal } = await import("../report/index.ts");
        await renderProposal(out);
      }
      if (typed.json) print(readFileSync(join(out, "comparison.json"), "utf8"));
      else tell(outcome.proposal, typed, out);
      return verdictCode(outcome.proposal);
    }
  }
}

function tell(proposal: Proposal, typed: Asked, out: string): void {
  const { base, replications, seed, study, uncertainty } = proposal;
  const pairs = replications === 1 ? "1 pair of runs" : `${replications} pairs of runs`;
  print(`${base.title}, compared: ${pairs}, seed ${seed}\n`);
  for (const departure of study?.departures ?? []) print(`departs from the study: ${departure}`);
  if (uncertainty !== null) {
    const { draws, inputs } = uncertainty;
    const rough = roughText(draws, inputs);
    print(`around them ${draws} draws of ${inputs.length} inputs that no arm knows${rough}\n`);
  }
  print(`${comparisonText(proposal)}\n`);
  if (typed.farm !== undefined) print(`${farmText(proposal, typed.farm)}\n`);
  print(typed.report ? `report: ${join(out, "report.html")}` : `results: ${out}`);
}

function farmText({ variants }: Proposal, cause: number): string {
  return variants
    .map(({ name, farms }) => {
      const farm = farms?.each.find((each) => each.cause === cause);
      return farms === null || farm === undefined
        ? `farm ${cause} in ${name}: there is none of that number at the start (see farms.csv)`
        : farmLine(name, farm, farms.replications);
    })
    .join("\n");
}

/** Failed if any guard failed, undecided if any is, else done. */
function verdictCode({ variants }: Proposal): ExitCode {
  const results = variants.flatMap(({ guards }) => guards.map(({ result }) => result));
  if (results.includes("fail")) return Exit.failed;
  return results.includes("undecided") ? Exit.undecided : Exit.done;
}
