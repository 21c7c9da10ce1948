/**
 * One ensemble under way: what it still wants, what it takes in order, the folder it ends as.
 *
 * The folder's results do not depend on the number of workers, on the order in which replications
 * finish, or on interruptions: a replication is a pure function of (setup, key, number), and the
 * fold takes them by number.
 */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Collector } from "./collector.ts";
import type { Engine } from "./engine.ts";
import { isKept, keptFolder, openKept, readKept, writeWhole } from "./kept.ts";
import { manifestText } from "./manifest.ts";
import type { Answer, Job } from "./one.ts";
import type { Failure, RunOptions, RunOutcome } from "./options.ts";
import { Looks } from "./precision.ts";
import { keyOf, seedOf } from "./seed.ts";
import { shardsOf } from "./shard.ts";

/** Where files grow until the run is over: the first part of a folder's name. */
const STAGING = "files";

const identityOf = (options: RunOptions) => ({
  version: options.version,
  commit: options.commit,
  scenario: options.scenario.hash,
  seed: seedOf(options),
  engine: options.engine ?? null,
  lean: options.lean ?? false,
  antithetic: options.antithetic ?? false,
});

/** An ensemble: hands out its replications, takes their answers, and tells how it ended. */
export class Ensemble {
  readonly #options: RunOptions;
  readonly #engine: Engine;
  readonly #wanted: readonly number[];
  readonly #kept: string;
  readonly #collector: Collector;
  readonly #looks: Looks;
  readonly #workers: number;
  readonly #job: Job;
  /** What is still to be handed out, in order, and how much of what was is not back yet. */
  readonly #missing: number[] = [];
  #next = 0;
  #away = 0;
  /** Replications on disk that the collector has not taken yet, and how many ever got there. */
  readonly #ready = new Set<number>();
  #done = 0;
  #events = 0;
  #began: number | undefined;
  #satisfied = false;
  #failure: Failure | null = null;
  #finished: RunOutcome | null = null;

  private constructor(
    options: RunOptions,
    engine: Engine,
    wanted: readonly number[],
    workers: number,
  ) {
    const { scenario, checkInvariants } = options;
    this.#options = options;
    this.#engine = engine;
    this.#wanted = wanted;
    this.#workers = workers;
    this.#kept = keptFolder(options.out);
    const antithetic = options.antithetic ?? false;
    this.#looks = new Looks(options.precision, wanted.length, antithetic);
    // Under a name of this process: where another writes the same folder, one of the two stops
    // with an error instead of both writing into one file.
    const staging = join(this.#kept, `${STAGING}.${process.pid}`);
    this.#collector = new Collector(staging, engine.metricList, {
      lean: options.lean ?? false,
      folding: { antithetic, levels: this.#looks.levels },
      warmUp: options.warmUp ?? null,
    });
    this.#job = {
      setup: scenario.setup,
      key: keyOf(seedOf(options)),
      checkInvariants: checkInvariants ?? false,
      antithetic,
      shards: shardsOf(options.shards, options.engine),
      kept: this.#kept,
      lean: options.lean ?? false,
      engine: options.engine ?? null,
    };
  }

  /**
   * Opens an ensemble in its folder and takes what an interrupted run left there; a sentence where
   * that belongs to another run. `wanted` are its replications, in order.
   */
  static open(
    options: RunOptions,
    engine: Engine,
    wanted: readonly number[],
    workers: number,
  ): Ensemble | string {
    const kept = keptFolder(options.out);
    const stale = openKept(kept, identityOf(options), options.resume ?? false);
    if (stale !== null) return stale;
    for (const name of readdirSync(kept))
      if (name.startsWith(STAGING)) rmSync(join(kept, name), { recursive: true, force: true });
    return new Ensemble(options, engine, wanted, workers);
  }

  /** Takes what is on disk already. */
  begin(): void {
    this.#began = this.#options.clock?.();
    for (const replication of this.#wanted) {
      if (isKept(this.#kept, replication)) this.#arrived(replication, 0);
      else this.#missing.push(replication);
    }
    this.#fold();
    this.#settle();
  }

  /** How many replications it would still hand out. */
  get left(): number {
    return this.#satisfied || this.#failure !== null ? 0 : this.#missing.length - this.#next;
  }

  /** True where none of its replications was handed out. */
  get fresh(): boolean {
    return this.#next === 0;
  }

  /** True where it wants no more answers: its folder is there, or will be without them. */
  get satisfied(): boolean {
    return this.#satisfied;
  }

  /** Hands out the next replication. */
  hand(): { readonly job: Job; readonly replication: number } {
    if (this.#next === 0) this.#began = this.#options.clock?.();
    const replication = this.#missing[this.#next];
    this.#next += 1;
    this.#away += 1;
    return { job: this.#job, replication };
  }

  /** Takes the answer of a replication that was handed out; false where it was a crash. */
  take(replication: number, answer: Answer): boolean {
    this.#away -= 1;
    if (!this.#satisfied) {
      if (!answer.ok) {
        const scenarioHash = this.#options.scenario.hash;
        const seed = seedOf(this.#options);
        this.#failure = { replication, scenarioHash, seed, ...answer.crash };
        return false;
      }
      this.#arrived(replication, answer.events);
      this.#fold();
    }
    this.#settle();
    return true;
  }

  /** How it ended, once nothing of it is under way. */
  outcome(): RunOutcome {
    if (this.#failure !== null) return { kind: "failed", failure: this.#failure };
    if (this.#satisfied) return this.#finished ?? this.#finish();
    return { kind: "interrupted", done: this.#done, total: this.#wanted.length };
  }

  /** Writes the folder as soon as no worker writes there any more. */
  #settle(): void {
    if (this.#satisfied && this.#away === 0 && this.#finished === null) this.#finish();
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
      const kept = readKept(this.#kept, wanted[this.#collector.count]);
      if (kept === null) return;
      this.#collector.take(kept.summary, kept.pieces);
      const all = this.#collector.count === wanted.length;
      this.#satisfied = all || this.#looks.enough(this.#collector.rows);
    }
  }

  #finish(): RunOutcome {
    const { out, clock, keep, precision } = this.#options;
    const began = this.#began;
    const collector = this.#collector;
    const outputs = collector.finish(out);
    const ended = clock?.();
    const text = manifestText(this.#options, {
      seed: seedOf(this.#options),
      replications: this.#wanted.slice(0, collector.count),
      workers: this.#workers,
      precision: precision === undefined ? null : { ...precision, level: this.#looks.level },
      events: collector.events,
      seconds: began === undefined || ended === undefined ? null : (ended - began) / 1000,
      entries: this.#engine.metricList,
      windowMeans: this.#engine.windowMeans ?? [],
      outputs,
    });
    // The manifest comes last: it lists the sums of all the others.
    writeWhole(join(out, "manifest.json"), text);
    if (!keep) rmSync(this.#kept, { recursive: true, force: true });
    this.#finished = {
      kind: "finished",
      folder: out,
      files: [...outputs.map(({ path }) => path), "manifest.json"],
      results: collector.results(),
      rows: collector.rows,
      replications: collector.count,
      events: collector.events,
    };
    return this.#finished;
  }
}
