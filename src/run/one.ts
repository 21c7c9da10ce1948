/**
 * One replication, made and kept: what a worker does, and what this thread does without workers.
 *
 * A crash comes back as plain data, because an error loses its own properties between threads.
 */
import { isMainThread } from "node:worker_threads";
import { tellWhole } from "../metrics/table.ts";
import type { Setup } from "../world/setup.ts";
import { type Crash, crashOf } from "./crash.ts";
import type { Engine, Key, Place } from "./engine.ts";
import { keep, partFile } from "./kept.ts";
import { Part } from "./part.ts";

/** What all replications of a run share. */
export interface Job {
  readonly setup: Setup;
  readonly key: Key;
  readonly checkInvariants: boolean;
  readonly antithetic: boolean;
  /** Threads that live the fleet of each world; 0 where its own does. */
  readonly shards: number;
  /** The folder in which finished replications are kept. */
  readonly kept: string;
  /** Whether series and tables are left out. */
  readonly lean: boolean;
  /** The URL of the engine's module, or null for the world's own. */
  readonly engine: string | null;
}

/** What a worker is asked for. */
export interface Task {
  readonly job: Job;
  readonly replication: number;
}

/** What comes of a task. */
export type Answer =
  | { readonly ok: true; readonly events: number }
  | { readonly ok: false; readonly crash: Crash };

/** The engine a job names. */
export async function engineOf(url: string | null): Promise<Engine> {
  if (url === null) return import("./replicate.ts");
  const engine: Engine = await import(url);
  return engine;
}

/** How many setups a thread keeps what it has prepared of: it works on few at a time. */
const SETUPS = 3;

/**
 * The setups that this thread works on, the latest used last. Every task brings a copy; keeping
 * the first lets an engine remember what it has prepared of it, and dropping it lets it forget.
 */
const given: { readonly kept: string; readonly origin: Setup; readonly setup: Setup }[] = [];

function sameSetup({ kept, setup: origin, lean }: Job): Setup {
  const at = given.findIndex(
    // A folder has one setup in a worker's life; this thread may see another there later.
    (known) => known.kept === kept && (!isMainThread || known.origin === origin),
  );
  // What is left out is not gathered either.
  const tables = lean ? [] : origin.tables;
  const known = at < 0 ? { kept, origin, setup: { ...origin, tables } } : given.splice(at, 1)[0];
  given.push(known);
  if (given.length > SETUPS) given.shift();
  return known.setup;
}

/** Makes one replication and keeps on disk what it tells. */
export async function makeOne({ job, replication }: Task): Promise<Answer> {
  const place: Place = { time: null, event: "" };
  const part = new Part(partFile(job.kept, replication), replication);
  try {
    const { replicate } = await engineOf(job.engine);
    const { key, checkInvariants, antithetic, shards, lean } = job;
    const sink = lean ? undefined : part;
    const options = { checkInvariants, place, antithetic, shards, sink };
    const summary = replicate(sameSetup(job), key, replication, options);
    // An engine that knows no sink has its tables here.
    if (!lean)
      for (const [name, table] of Object.entries(summary.tables)) tellWhole(part, name, table);
    const series = lean ? [] : summary.series;
    keep(job.kept, { summary: { ...summary, series, tables: {} }, part: part.finish() });
    return { ok: true, events: summary.events };
  } catch (thrown) {
    part.drop();
    return { ok: false, crash: crashOf(thrown, place) };
  }
}
