/**
 * One ensemble: replications of a scenario, made side by side, folded in order into a folder.
 *
 * The folder's results do not depend on the number of workers, on the order in which replications
 * finish, or on interruptions: a replication is a pure function of (setup, key, number), and the
 * fold takes them by number.
 */
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Chance } from "../kernel/index.ts";
import { nearest } from "../scenario/suggestion.ts";
import { farmsAtStart, prepare } from "../world/index.ts";
import { Collector } from "./collector.ts";
import type { Engine } from "./engine.ts";
import { isKept, keptFolder, openKept, readKept, unwritable, writeWhole } from "./kept.ts";
import { manifestText } from "./manifest.ts";
import { type Answer, engineOf, type Job } from "./one.ts";
import type { Failure, RunOptions, RunOutcome } from "./options.ts";
import { makeAll } from "./pool.ts";
import { enough } from "./precision.ts";
import { keyOf } from "./seed.ts";

/** Where a precision is asked for and no number of replications, it ends here. */
const REPLICATIONS_MAX = 1000;

/** Runs an ensemble into a folder; refuses wishes that make no sense, in sentences. */
export async function runScenario(options: RunOptions): Promise<RunOutcome> {
  const engine = await engineOf(options.engine ?? null);
  const wanted = replicationsOf(options);
  const faults = [...faultsOf(options, engine), ...absentFarms(options, wanted)];
  if (faults.length > 0) return { kind: "refused", faults };
  const kept = keptFolder(options.out);
  const closed = unwritable(options.out);
  if (closed !== null) return { kind: "refused", faults: [closed] };
  const stale = openKept(kept, identityOf(options), options.resume ?? false);
  if (stale !== null) return { kind: "refused", faults: [stale] };
  return new Ensemble(options, engine, wanted, kept).run();
}

/** The numbers of the replications that are asked for. */
function replicationsOf(options: RunOptions): readonly number[] {
  const { replication, replications, precision, scenario } = options;
  if (replication !== undefined) return [replication];
  const count =
    replications ?? (precision === undefined ? scenario.run.replications : REPLICATIONS_MAX);
  return Array.from({ length: Math.max(0, count) }, (_, r) => r);
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
  return faults;
}

/**
 * What the timeline says of farms that a replication has not: farms are drawn, so that it takes
 * the chance of each replication to know how many there are.
 */
function absentFarms(options: RunOptions, wanted: readonly number[]): string[] {
  const { setup } = options.scenario;
  const named = setup.timeline.flatMap((entry) =>
    entry.kind === "outage" && entry.target.farm !== undefined ? [entry.target.farm] : [],
  );
  if (named.length === 0) return [];
  const prepared = prepare(setup);
  const key = keyOf(seedOf(options));
  let fewest = { replication: 0, farms: Number.POSITIVE_INFINITY };
  for (const replication of wanted) {
    const farms = farmsAtStart(prepared, new Chance(key, replication));
    if (farms < fewest.farms) fewest = { replication, farms };
  }
  const { replication, farms } = fewest;
  return [...new Set(named)]
    .filter((farm) => farm >= farms)
    .map(
      (farm) =>
        `${options.scenario.file}: timeline: expected a farm that there is, found farm ${farm}: ` +
        `replication ${replication} has ${farms} farms at the start, numbered from 0`,
    );
}

const seedOf = ({ seed, scenario }: RunOptions): string => seed ?? scenario.run.seed;

const identityOf = (options: RunOptions) => ({
  version: options.version,
  commit: options.commit,
  scenario: options.scenario.hash,
  seed: seedOf(options),
  engine: options.engine ?? null,
});

/** An ensemble under way. */
class Ensemble {
  readonly #options: RunOptions;
  readonly #engine: Engine;
  readonly #wanted: readonly number[];
  readonly #kept: string;
  readonly #collector: Collector;
  readonly #workers: number;
  /** Replications on disk that the collector has not taken yet, and how many ever got there. */
  readonly #ready = new Set<number>();
  #done = 0;
  #events = 0;
  #satisfied = false;
  #failure: Failure | null = null;

  constructor(options: RunOptions, engine: Engine, wanted: readonly number[], kept: string) {
    this.#options = options;
    this.#engine = engine;
    this.#wanted = wanted;
    this.#kept = kept;
    this.#collector = new Collector(join(kept, "files"), engine.metricList);
    // One replication gains nothing from a thread.
    this.#workers = wanted.length === 1 ? 0 : (options.workers ?? availableParallelism());
  }

  /** Makes what is missing, folds all, writes the folder. */
  async run(): Promise<RunOutcome> {
    const { clock, signal } = this.#options;
    const began = clock?.();
    const present = new Set(this.#wanted.filter((r) => isKept(this.#kept, r)));
    for (const replication of present) this.#arrived(replication, 0);
    this.#fold();
    if (!this.#satisfied) {
      await makeAll({
        job: this.#job(),
        replications: this.#wanted.filter((r) => !present.has(r)),
        workers: this.#workers,
        signal,
        onAnswer: (replication, answer) => this.#answered(replication, answer),
      });
    }
    if (this.#failure !== null) return { kind: "failed", failure: this.#failure };
    if (!this.#satisfied) {
      return { kind: "interrupted", done: this.#done, total: this.#wanted.length };
    }
    return this.#finish(began);
  }

  #job(): Job {
    const { scenario, checkInvariants, engine } = this.#options;
    return {
      setup: scenario.setup,
      key: keyOf(seedOf(this.#options)),
      checkInvariants: checkInvariants ?? false,
      kept: this.#kept,
      engine: engine ?? null,
    };
  }

  #answered(replication: number, answer: Answer): boolean {
    if (!answer.ok) {
      const scenarioHash = this.#options.scenario.hash;
      const seed = seedOf(this.#options);
      this.#failure = { replication, scenarioHash, seed, ...answer.crash };
      return false;
    }
    this.#arrived(replication, answer.events);
    this.#fold();
    return !this.#satisfied;
  }

  #arrived(replication: number, events: number): void {
    this.#ready.add(replication);
    this.#done += 1;
    this.#events += events;
    const { onProgress } = this.#options;
    onProgress?.({ done: this.#done, total: this.#wanted.length, events: this.#events });
  }

  /** Takes the replications that are next in order, as far as they are there. */
  #fold(): void {
    const wanted = this.#wanted;
    while (!this.#satisfied && this.#ready.delete(wanted[this.#collector.count])) {
      const summary = readKept(this.#kept, wanted[this.#collector.count]);
      if (summary === null) return;
      this.#collector.take(summary);
      const all = this.#collector.count === wanted.length;
      this.#satisfied = all || enough(this.#options.precision, this.#collector);
    }
  }

  #finish(began: number | undefined): RunOutcome {
    const { out, clock, keep } = this.#options;
    const collector = this.#collector;
    const outputs = collector.finish(out);
    const ended = clock?.();
    const text = manifestText(this.#options, {
      seed: seedOf(this.#options),
      replications: this.#wanted.slice(0, collector.count),
      workers: this.#workers,
      events: collector.events,
      seconds: began === undefined || ended === undefined ? null : (ended - began) / 1000,
      entries: this.#engine.metricList,
      outputs,
    });
    // The manifest comes last: it lists the sums of all the others.
    writeWhole(join(out, "manifest.json"), text);
    if (!keep) rmSync(this.#kept, { recursive: true, force: true });
    return {
      kind: "finished",
      folder: out,
      files: [...outputs.map(({ path }) => path), "manifest.json"],
      results: collector.results(),
      rows: collector.rows,
      replications: collector.count,
      events: collector.events,
    };
  }
}
