/**
 * Several ensembles over one pool: the arms of a comparison, the points of a sweep.
 *
 * Workers are started once and stay warm, and a lane that finds nothing left in its ensemble goes
 * on with another, so that nobody idles at an ensemble's end. A lane stays with the ensemble it is
 * in while that has replications left: what was prepared of its setup is used again.
 */

import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { nearest } from "../scenario/suggestion.ts";
import type { Engine } from "./engine.ts";
import { Ensemble } from "./ensemble.ts";
import { absentFarms } from "./farm.ts";
import { finishedBefore } from "./finished.ts";
import { holding, type Refused } from "./folder-lock.ts";
import { unwritable } from "./kept.ts";
import { type Answer, engineOf } from "./one.ts";
import type { RunOptions, RunOutcome } from "./options.ts";
import { makeAll } from "./pool.ts";
import { WARM_UP_DAYS } from "./warm-up.ts";

const DAY = 86_400;

/** Where a precision is asked for and no number of replications, it ends here. */
const REPLICATIONS_MAX = 1000;

/**
 * Runs ensembles side by side; each gives the same bytes as alone. One outcome an ensemble, in the
 * order given; where a wish makes no sense nothing is run, and the refusals alone come back. With
 * `resume` a folder that is finished already is taken as it is.
 */
export async function runMany(all: readonly RunOptions[]): Promise<readonly RunOutcome[]> {
  const wishes = await Promise.all(
    all.map(async (options) => {
      const engine = await engineOf(options.engine ?? null);
      return { options, engine, wanted: replicationsOf(options) };
    }),
  );
  const refusals = wishes
    .map(({ options, engine, wanted }) => {
      const faults = faultsOf(options, engine);
      return faults.length > 0 ? faults : absentFarms(options, wanted);
    })
    .concat([sameFolder(all)])
    .filter((faults) => faults.length > 0);
  if (refusals.length > 0) return refusals.map(refused);
  const make = (): Promise<readonly RunOutcome[]> => makeWishes(wishes, all);
  const hold = all.reduceRight<() => Promise<readonly RunOutcome[] | Refused>>(
    (work, { out }) =>
      () =>
        holding(out, work),
    make,
  );
  const outcomes = await hold();
  return "kind" in outcomes ? [outcomes] : outcomes;
}

/** What a run is asked for, with what makes it, and the numbers of its replications. */
interface Wish {
  readonly options: RunOptions;
  readonly engine: Engine;
  readonly wanted: readonly number[];
}

/** Runs ensembles whose wishes make sense and whose folders nobody else writes. */
async function makeWishes(
  wishes: readonly Wish[],
  all: readonly RunOptions[],
): Promise<readonly RunOutcome[]> {
  const before = wishes.map(({ options, engine, wanted }) =>
    options.resume ? finishedBefore(options, wanted, engine.metricList) : null,
  );
  const missing = wishes.filter((_, i) => before[i] === null);
  const count = missing.reduce((sum, { wanted }) => sum + wanted.length, 0);
  // One replication gains nothing from a thread.
  const workers = count === 1 ? 0 : Math.max(0, ...all.map(threadsOf));
  const opened = missing.map(({ options, engine, wanted }) =>
    Ensemble.open(options, engine, wanted, workers),
  );
  const stale = opened.filter((ensemble) => typeof ensemble === "string");
  if (stale.length > 0) return stale.map((fault) => refused([fault]));
  const ensembles = opened.filter((ensemble) => typeof ensemble !== "string");
  await makeEach(ensembles, workers, all);
  const made = ensembles.map((ensemble) => ensemble.outcome());
  let next = 0;
  return before.map((outcome) => {
    if (outcome !== null) return outcome;
    next += 1;
    return made[next - 1];
  });
}

/** Makes what the ensembles want, until all have it, one crashed, or a signal came. */
async function makeEach(
  ensembles: readonly Ensemble[],
  workers: number,
  all: readonly RunOptions[],
): Promise<void> {
  for (const ensemble of ensembles) ensemble.begin();
  const signals = all.flatMap(({ signal }) => (signal === undefined ? [] : [signal]));
  const lanes: (Ensemble | undefined)[] = [];
  await makeAll({
    workers,
    tasks: ensembles.reduce((sum, { left }) => sum + left, 0),
    signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0],
    next(lane) {
      const ensemble = nextFor(lanes[lane], ensembles);
      lanes[lane] = ensemble;
      if (ensemble === undefined) return null;
      const task = ensemble.hand();
      const onAnswer = (answer: Answer): boolean =>
        ensemble.take(task.replication, answer) && ensembles.some(({ satisfied }) => !satisfied);
      return { task, onAnswer };
    },
  });
}

/** What a lane does next: what it did, else what nobody has begun, else where most is left. */
function nextFor(last: Ensemble | undefined, all: readonly Ensemble[]): Ensemble | undefined {
  if (last !== undefined && last.left > 0) return last;
  const open = all.filter(({ left }) => left > 0);
  return open.find(({ fresh }) => fresh) ?? open.toSorted((a, b) => b.left - a.left).at(0);
}

const refused = (faults: readonly string[]): RunOutcome => ({ kind: "refused", faults });

const threadsOf = ({ workers }: RunOptions): number => workers ?? availableParallelism();

function sameFolder(all: readonly RunOptions[]): string[] {
  const folders = all.map(({ out }) => resolve(out));
  const twice = new Set(folders.filter((folder, i) => folders.indexOf(folder) !== i));
  return [...twice].map((folder) => `--out: expected a folder a run, found ${folder} twice`);
}

/** The numbers of the replications that are asked for. */
function replicationsOf(options: RunOptions): readonly number[] {
  const { replication, replications, precision, scenario } = options;
  if (replication !== undefined) return [replication];
  const count =
    replications ?? (precision === undefined ? scenario.run.replications : REPLICATIONS_MAX);
  return Array.from({ length: Math.max(0, count) }, (_, r) => r);
}

/** What makes a wish to leave out first days senseless: a run that has no others to tell of. */
function warmUpFaults({ warmUp, scenario }: RunOptions): readonly string[] {
  if (warmUp === undefined) return [];
  const days = scenario.setup.length / DAY;
  const given = typeof warmUp === "number" ? warmUp : 0;
  if (given + WARM_UP_DAYS <= days) return [];
  const told = Math.round(days * 100) / 100;
  const beyond = given === 0 ? "" : ` beyond the ${given} that are left out`;
  return [`--warm-up: expected a run of ${WARM_UP_DAYS} days${beyond}, found ${told} in all`];
}

function faultsOf(options: RunOptions, engine: Engine): string[] {
  const faults: string[] = [];
  const whole = (name: string, value: number | undefined, least: number): void => {
    if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
    faults.push(`${name}: expected a whole number of at least ${least}, found ${value}`);
  };
  whole("--replications", options.replications, 1);
  whole("--replication", options.replication, 0);
  whole("--workers", options.workers, 0);
  whole("--shards", options.shards, 0);
  const count = options.replications ?? options.scenario.run.replications;
  if (options.antithetic && options.replication === undefined && count % 2 === 1) {
    faults.push(`--antithetic: expected an even number of replications, found ${count}`);
  }
  faults.push(...warmUpFaults(options));
  const { precision } = options;
  if (precision !== undefined) {
    const { metric, relative } = precision;
    const names = engine.metricList.map(({ name }) => name);
    if (!names.includes(metric)) {
      const guess = nearest(metric, names);
      const hint = guess === undefined ? "" : ` (did you mean \`${guess}\`?)`;
      faults.push(`--precision: expected the name of a metric, found \`${metric}\`${hint}`);
    }
    if (!(relative > 0)) faults.push(`--precision: expected a share above 0, found ${relative}`);
  }
  if (faults.length > 0) return faults;
  const closed = unwritable(options.out);
  return closed === null ? [] : [closed];
}
