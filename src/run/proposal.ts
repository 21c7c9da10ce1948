/**
 * proposal.json: everything that the report of a comparison tells, beyond comparison.json.
 *
 * It holds no time and no name of a machine, so that the same scenarios, seed and version give the
 * same bytes.
 */
import { join } from "node:path";
import type { MetricEntry } from "../metrics/summary.ts";
import { mean } from "../stats/index.ts";
import {
  type Arm,
  armFolder,
  type Changes,
  changesOf,
  hasResponse,
  startFolder,
  stressFolder,
} from "./arm.ts";
import type { CompareOptions, RanArm, StudyNote } from "./compare-options.ts";
import { drawnEffects } from "./drawn-effect.ts";
import { type Effect, effectsOf, type JudgedGuard, judgeGuards } from "./effect.ts";
import type { EffectUncertainty } from "./effect-uncertainty.ts";
import {
  type Equilibrium,
  equilibria,
  type Levels,
  readLevels,
  type StartEffect,
} from "./equilibrium.ts";
import { type FarmEffect, farmEffects, farmGroups, readFarmIncomes } from "./farm-income.ts";
import { type GroupEffect, type Tally, tallyOf } from "./group.ts";
import { type Ledger, ledgerOf, readBook } from "./ledger.ts";
import { type DrawNote, drawNote } from "./uncertain-draw.ts";
import { readUsers, userGroups } from "./user.ts";
import { drawsText, type VerdictPlan, verdictOf } from "./verdict.ts";

/** What the variant does to the farms of one fleet. */
export interface Farms extends Tally {
  /** Replications of that fleet, and what is too small to matter, USD a node and month. */
  readonly replications: number;
  readonly smallest: number;
  /** The mean difference of all farms, USD a month, and of one node. */
  readonly difference: number;
  readonly perNode: number;
  readonly each: readonly FarmEffect[];
}

/** The effects on what it is decided by, with one assumption at another value. */
export interface StressEffect {
  readonly key: string;
  readonly value: string;
  readonly effects: readonly Effect[];
}

/** A variant, as the report tells it. */
export interface ProposedVariant {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly file: string;
  readonly hash: string;
  readonly changes: Changes;
  readonly effects: readonly Effect[];
  readonly groups: readonly GroupEffect[];
  readonly guards: readonly JudgedGuard[];
  readonly verdict: string;
  /** The end of it, which is what draws add; empty without any. */
  readonly drawn: string;
  readonly ledger: Ledger;
  readonly farms: Farms | null;
  readonly stresses: readonly StressEffect[];
  /** The effects where people respond; null where no scenario says how. */
  readonly response: readonly Effect[] | null;
  /** By metric, how wide its effect is for what is not known; null where nothing was drawn. */
  readonly uncertainty: Readonly<Record<string, EffectUncertainty>> | null;
  /** Where people respond: the same from other starts, and whether the ends agree. */
  readonly starts: readonly StartEffect[];
  readonly equilibria: readonly Equilibrium[];
}

/** The content of proposal.json. */
export interface Proposal {
  readonly schema: "gridbench-proposal/1";
  readonly version: string;
  readonly commit: string | null;
  readonly command: string;
  readonly study: StudyNote | null;
  readonly seed: string;
  readonly replications: number;
  readonly primary: readonly string[];
  readonly base: {
    readonly name: string;
    readonly title: string;
    readonly question: string;
    readonly file: string;
    readonly hash: string;
    readonly start: number;
    readonly length: number;
    readonly periods: number;
  };
  /** What was drawn around all arms; null where nothing was. */
  readonly uncertainty: DrawNote | null;
  readonly variants: readonly ProposedVariant[];
}

/** The metrics by which it is decided where nobody says otherwise. */
export const PRIMARY: readonly string[] = [
  "farmer.income_usd",
  "user.spend_usd",
  "contract.availability",
  "contract.refused_share",
];

/** What is too small to matter to one farm, USD a node and month, and to one user, USD a month. */
const FARM_SMALLEST = 0.1;
const USER_SMALLEST = { usd: 0.1, availability: 0.001, refused: 0.005 };
/** Days of the month in which users' payments are told, as a minting period has them. */
const MONTH = 2_630_880;

type RanArms = ReadonlyMap<string, RanArm>;

/** Everything that arms which were run say about their variants. */
export async function proposalOf(
  options: CompareOptions,
  ran: RanArms,
  entries: readonly MetricEntry[],
): Promise<Proposal> {
  const { arms, version, commit, command, study, seed, primary } = options;
  const { scenario } = arms.base;
  const { setup } = scenario;
  const baseEnds = await equilibriaOf("base", arms.base, options);
  const findings: Findings = { options, ran, entries, baseEnds };
  const variants: ProposedVariant[] = [];
  for (const variant of arms.variants) {
    variants.push(await variantOf(variant, findings));
  }
  return {
    schema: "gridbench-proposal/1",
    version,
    commit,
    command: command ?? "",
    study,
    seed,
    replications: rowsOf(ran, "base").length,
    primary,
    base: {
      name: scenario.name,
      title: scenario.title,
      question: scenario.question,
      file: scenario.file,
      hash: scenario.hash,
      start: setup.start,
      length: setup.length,
      periods: setup.periods,
    },
    uncertainty: options.drawn === undefined ? null : drawNote(options.drawn),
    variants,
  };
}

const rowsOf = (ran: RanArms, folder: string) => ran.get(folder)?.rows ?? [];

interface Findings {
  readonly options: CompareOptions;
  readonly ran: RanArms;
  readonly entries: readonly MetricEntry[];
  /** What becomes of the base from all starts. */
  readonly baseEnds: readonly Equilibrium[];
}

async function variantOf(variant: Arm, findings: Findings): Promise<ProposedVariant> {
  const { options, ran } = findings;
  const { arms, primary, out } = options;
  const base = arms.base.scenario;
  const { scenario, name } = variant;
  const changes = changesOf(base, scenario);
  const effects = effectsIn(findings, "", name, changes);
  const guards = judgeGuards(options.guards, effects);
  const farms = await farmsOf(name, findings);
  const book = (folder: string) => readBook(join(out, folder, "ledger.parquet"));
  const connection = base.setup.policy.farming.connectionPrice / 1000;
  const uncertainty = drawnEffects(options, ran, name, effects);
  const plan: VerdictPlan = {
    effects,
    uncertainty,
    primary,
    changes,
    guards,
    farms,
    replications: rowsOf(ran, name).length,
  };
  return {
    name,
    // The base with other values has the base's title, which would name what it is held against.
    title: scenario.title === base.title ? name.replaceAll("-", " ") : scenario.title,
    question: scenario.question,
    file: scenario.file,
    hash: scenario.hash,
    changes,
    effects,
    groups: farms === null ? [] : [...farmGroups(farms.each), ...(await usersOf(name, findings))],
    guards,
    verdict: verdictOf(plan),
    drawn: drawsText(plan),
    ledger: ledgerOf(await book("base"), await book(name), connection),
    farms,
    stresses: arms.stresses.map(({ key, value }, number) => ({
      key,
      value,
      effects: inOrder(effectsIn(findings, stressFolder(number), name, changes), primary),
    })),
    response: hasResponse(arms) ? effectsIn(findings, "response", name, changes) : null,
    uncertainty,
    starts: arms.starts.map(({ factor }, number) => ({
      factor,
      effects: inOrder(effectsIn(findings, startFolder(number), name, changes), primary),
    })),
    equilibria: [...findings.baseEnds, ...(await equilibriaOf("variant", variant, options))],
  };
}

/** What becomes of an arm in which people respond, from its own start and from all others. */
async function equilibriaOf(
  as: Equilibrium["arm"],
  { name, scenario, response }: Arm,
  { arms, out }: CompareOptions,
): Promise<readonly Equilibrium[]> {
  if (arms.starts.length === 0) return [];
  const own = (response ?? scenario).setup.assumptions.response.start;
  const read = (inside: string): Promise<Levels> =>
    readLevels(join(out, armFolder(inside, name), "series.parquet"));
  const starts = [{ factor: own, levels: await read("response") }];
  for (const [number, { factor }] of arms.starts.entries())
    starts.push({ factor, levels: await read(startFolder(number)) });
  return equilibria(as, starts);
}

/** The effects on what it is decided by, in the order of its metrics. */
const inOrder = (effects: readonly Effect[], primary: readonly string[]): readonly Effect[] =>
  primary.flatMap((name) => effects.filter((effect) => effect.name === name));

/** The effects of a variant in one of the folders of arms. */
function effectsIn(
  { options, ran, entries }: Findings,
  inside: string,
  name: string,
  changes: Changes,
): readonly Effect[] {
  const { seed, smallest } = options;
  const responds = inside === "response" || inside.startsWith("start/");
  return effectsOf({
    base: rowsOf(ran, armFolder(inside, "base")),
    variant: rowsOf(ran, armFolder(inside, name)),
    entries,
    seed,
    keys: changes.keys,
    frozen: !responds,
    smallest,
  });
}

async function farmsOf(name: string, { options, ran }: Findings): Promise<Farms | null> {
  const { arms, out, incomeGroups, smallest } = options;
  const { periods } = arms.base.scenario.setup;
  const replications = rowsOf(ran, "farms/base").length;
  if (replications === 0 || periods === 0) return null;
  const read = (arm: string) => {
    const path = join(out, "farms", arm, "farms.parquet");
    return readFarmIncomes({ path, replications, periods, incomeGroups });
  };
  const least = smallest["farm"]?.amount ?? FARM_SMALLEST;
  const each = farmEffects(await read("base"), await read(name), least);
  const nodes = each.reduce((sum, farm) => sum + farm.nodes, 0);
  const total = each.reduce((sum, { difference }) => sum + difference, 0);
  return {
    ...tallyOf(each.map(({ standing }) => standing)),
    replications,
    smallest: least,
    difference: mean(each.map(({ difference }) => difference)),
    perNode: total / nodes,
    each,
  };
}

async function usersOf(name: string, { options, ran }: Findings): Promise<readonly GroupEffect[]> {
  const { arms, out } = options;
  const replications = rowsOf(ran, "farms/base").length;
  const read = (arm: string) => readUsers(join(out, "farms", arm, "users.parquet"));
  const months = arms.base.scenario.setup.length / MONTH;
  return userGroups(await read("base"), await read(name), {
    replications,
    months,
    smallest: USER_SMALLEST,
  });
}
