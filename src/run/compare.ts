/**
 * A comparison: all arms with the same chance, pair by pair, into one folder.
 *
 *   1. the base and every variant, a folder each: effects on all metrics, and who pays
 *   2. the same once more on one fleet that all replications share: winners and losers, who can
 *      only be told where a farm is the same farm in every run
 *   3. where a scenario says how people respond: the second round, from three starts
 *   4. where a study varies the outside: the effects under each of its values
 *   5. where draws are asked for: the effects under each draw of what is not known
 *
 * An interrupted comparison goes on where it stopped: finished arms are taken as they are.
 */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hashOfSetup } from "../scenario/identity.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { type Arm, armFolder, hasResponse, startFolder, stressFolder } from "./arm.ts";
import type { CompareOptions, RanArm } from "./compare-options.ts";
import { type Comparison, comparisonOf, jsonText } from "./comparison.ts";
import { drawFolder } from "./drawn-arms.ts";
import { drawnText } from "./drawn-text.ts";
import { farmsText } from "./farm-text.ts";
import { holding } from "./folder-lock.ts";
import { writeWhole } from "./kept.ts";
import { runMany } from "./many.ts";
import { engineOf } from "./one.ts";
import type { Failure, Progress, RunOptions, RunOutcome } from "./options.ts";
import { type Proposal, proposalOf } from "./proposal.ts";

/** How a comparison ended. */
export type CompareOutcome =
  | {
      readonly kind: "finished";
      readonly comparison: Comparison;
      readonly proposal: Proposal;
    }
  | { readonly kind: "interrupted"; readonly done: number; readonly total: number }
  | { readonly kind: "failed"; readonly failure: Failure; readonly arm: string }
  | { readonly kind: "refused"; readonly faults: readonly string[] };

/** Replications of the fleet that all share, at most: a farm's own difference is told from few. */
const ONE_FLEET = 8;

/** One arm to be run: where, what, and how often. */
interface Job {
  readonly folder: string;
  readonly scenario: Scenario;
  readonly replications: number | undefined;
}

/** Runs all arms and compares them. */
export const compareArms = (options: CompareOptions): Promise<CompareOutcome> =>
  holding(options.out, () => compareHeld(options));

async function compareHeld(options: CompareOptions): Promise<CompareOutcome> {
  const meter = new Meter(options.onProgress);
  const base = baseJob(options);
  const first = options.precision === undefined ? [] : [base];
  const before = await runJobs(options, first, meter);
  if (before.kind !== "finished") return before;
  // Where a precision is asked for, the base says how many pairs there are.
  const reached = before.arms[0]?.rows.length;
  const jobs = jobsOf(options, reached ?? options.replications ?? base.scenario.run.replications);
  const after = await runJobs(options, jobs.slice(first.length), meter);
  if (after.kind !== "finished") return after;
  const ran = new Map([...before.arms, ...after.arms].map((arm) => [arm.folder, arm]));
  const { metricList } = await engineOf(options.engine ?? null);
  const proposal = await proposalOf(options, ran, metricList);
  const comparison = comparisonOf(options.arms.base.scenario, proposal);
  writeWhole(join(options.out, "comparison.json"), jsonText(comparison));
  writeWhole(join(options.out, "proposal.json"), jsonText(withoutFarms(proposal)));
  const farms = farmsText(proposal);
  if (farms !== null) writeWhole(join(options.out, "farms.csv"), farms);
  tellDraws(options, ran);
  return { kind: "finished", comparison, proposal };
}

/** Writes what each draw came to, and takes away its runs and what an earlier comparison drew. */
function tellDraws({ out, drawn, arms }: CompareOptions, ran: ReadonlyMap<string, RanArm>): void {
  rmSync(join(out, "draws"), { recursive: true, force: true });
  const path = join(out, "uncertainty.csv");
  if (drawn === undefined) rmSync(path, { force: true });
  else writeWhole(path, drawnText(drawn, arms, ran));
}

/** The farms one by one stand in a table of their own. */
const withoutFarms = (proposal: Proposal): unknown => ({
  ...proposal,
  variants: proposal.variants.map(({ farms, ...rest }) => ({
    ...rest,
    farms: farms === null ? null : { ...farms, each: undefined },
  })),
});

type Ran =
  | { readonly kind: "finished"; readonly arms: readonly RanArm[] }
  | Exclude<CompareOutcome, { readonly kind: "finished" }>;

/** Adds up how far the arms are. */
class Meter {
  readonly #tell: ((progress: Progress) => void) | undefined;
  readonly #arms = new Map<string, Progress>();

  constructor(tell: ((progress: Progress) => void) | undefined) {
    this.#tell = tell;
  }

  expect(folder: string, total: number): void {
    if (!this.#arms.has(folder)) this.#arms.set(folder, { done: 0, total, events: 0 });
  }

  show(folder: string, progress: Progress): void {
    this.#arms.set(folder, progress);
    this.#tell?.(this.sum);
  }

  get sum(): Progress {
    const sum = { done: 0, total: 0, events: 0 };
    for (const { done, total, events } of this.#arms.values()) {
      sum.done += done;
      sum.total += total;
      sum.events += events;
    }
    return sum;
  }
}

async function runJobs(options: CompareOptions, jobs: readonly Job[], meter: Meter): Promise<Ran> {
  for (const { folder, replications } of jobs) meter.expect(folder, replications ?? 1);
  const outcomes = await runMany(jobs.map((job) => runOptionsOf(options, job, meter)));
  const faults = outcomes.flatMap((each) => (each.kind === "refused" ? each.faults : []));
  // A wish that makes no sense makes none in any arm, and is told once.
  if (faults.length > 0) return { kind: "refused", faults: [...new Set(faults)] };
  // One that failed stops the others, which are then interrupted.
  for (const [at, outcome] of outcomes.entries())
    if (outcome.kind === "failed") return { ...outcome, arm: jobs[at].folder };
  const arms: RanArm[] = [];
  for (const [at, { folder, scenario }] of jobs.entries()) {
    const outcome: RunOutcome | undefined = outcomes[at];
    if (outcome?.kind === "finished") {
      arms.push({ folder, scenario, rows: outcome.rows });
      continue;
    }
    const { done, total } = meter.sum;
    return { kind: "interrupted", done, total };
  }
  return { kind: "finished", arms };
}

function runOptionsOf(options: CompareOptions, job: Job, meter: Meter): RunOptions {
  const {
    arms: _,
    guards,
    primary,
    smallest,
    farms,
    incomeGroups,
    study,
    drawn,
    ...shared
  } = options;
  const { folder, scenario, replications } = job;
  const precision = replications === undefined ? options.precision : undefined;
  const out = join(options.out, folder);
  // Of these nothing is read but what they measured.
  const lean = /^(stress|draws)\//.test(folder);
  // What another command left there may lack the tables that are read here.
  const tables = lean ? [] : (scenario.setup.tables ?? []);
  const lacking = tables.some((name) => !existsSync(join(out, `${name}.parquet`)));
  return {
    ...shared,
    scenario,
    out,
    resume: shared.resume && !(lacking && existsSync(join(out, "manifest.json"))),
    lean,
    replications: options.replication === undefined ? replications : undefined,
    precision,
    onProgress: (progress) => meter.show(folder, progress),
  };
}

const baseJob = ({ arms, precision, replications }: CompareOptions): Job => ({
  folder: "base",
  scenario: withTables(arms.base.scenario, ["ledger"]),
  replications: precision === undefined ? replications : undefined,
});

/** All arms that are to be run, the base and its variants first. */
function jobsOf(options: CompareOptions, replications: number): readonly Job[] {
  const { arms, farms, replication, drawn } = options;
  const all: readonly Arm[] = [arms.base, ...arms.variants];
  const of = (
    inside: string,
    scenarios: readonly Scenario[],
    count: number = replications,
  ): readonly Job[] =>
    scenarios.map((scenario, at) => ({
      folder: armFolder(inside, all[at].name),
      scenario,
      replications: count,
    }));
  const few = Math.min(replications, ONE_FLEET);
  const frozen = all.map(({ scenario }) => withTables(scenario, ["ledger"]));
  const held = all.map(({ scenario }) => onOneFleet(scenario));
  // One replication alone is none of a fleet that many share.
  const isWhole = replication === undefined;
  return [
    ...of("", frozen),
    ...(farms && isWhole ? of("farms", held, few) : []),
    ...(hasResponse(arms)
      ? of(
          "response",
          all.map(({ scenario, response }) => response ?? scenario),
        )
      : []),
    ...arms.starts.flatMap(({ base, variants }, number) =>
      of(startFolder(number), [base, ...variants], few),
    ),
    ...arms.stresses.flatMap(({ base, variants }, number) =>
      of(stressFolder(number), [base, ...variants]),
    ),
    ...(drawn?.arms ?? []).flatMap(({ base, variants }, number) =>
      of(drawFolder(number), [base, ...variants], drawn?.inner),
    ),
  ];
}

/** The same world, of which more tables are kept; its hash stays, for no table changes a world. */
const withTables = (scenario: Scenario, names: readonly string[]): Scenario => ({
  ...scenario,
  setup: { ...scenario.setup, tables: [...new Set([...(scenario.setup.tables ?? []), ...names])] },
});

/** The same scenario on a fleet that all replications share. */
function onOneFleet(scenario: Scenario): Scenario {
  const setup = { ...scenario.setup, held: true, tables: ["farms", "users"] };
  return { ...scenario, setup, hash: hashOfSetup(setup) };
}
