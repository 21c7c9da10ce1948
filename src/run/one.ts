/**
 * One replication, made and kept: what a worker does, and what this thread does without workers.
 *
 * A crash comes back as plain data, because an error loses its own properties between threads.
 */
import { isMainThread } from "node:worker_threads";
import type { Setup } from "../world/setup.ts";
import type { Engine, Key, Place } from "./engine.ts";
import { keep } from "./kept.ts";

/** What all replications of a run share. */
export interface Job {
  readonly setup: Setup;
  readonly key: Key;
  readonly checkInvariants: boolean;
  /** The folder in which finished replications are kept. */
  readonly kept: string;
  /** The URL of the engine's module, or null for the world's own. */
  readonly engine: string | null;
}

/** What a worker is asked for. */
export interface Task {
  readonly job: Job;
  readonly replication: number;
}

/** What was wrong with us, and where. */
export interface Crash {
  readonly code: string;
  readonly message: string;
  readonly stack: string;
  /** Seconds since the start of the run, where known. */
  readonly time: number | null;
  readonly event: string;
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

/**
 * The setup that this thread was given first for a run's folder. Every task brings a copy; taking
 * the first lets an engine remember what it has prepared of it.
 */
const given: { kept: string; setup: Setup | null } = { kept: "", setup: null };

function sameSetup(job: Job): Setup {
  if (isMainThread) return job.setup;
  if (given.setup === null || given.kept !== job.kept) {
    given.kept = job.kept;
    given.setup = job.setup;
  }
  return given.setup;
}

/** Makes one replication and keeps its summary on disk. */
export async function makeOne({ job, replication }: Task): Promise<Answer> {
  const place: Place = { time: null, event: "" };
  try {
    const { replicate } = await engineOf(job.engine);
    const { key, checkInvariants } = job;
    const setup = sameSetup(job);
    const summary = replicate(setup, key, replication, { checkInvariants, place });
    keep(job.kept, summary);
    return { ok: true, events: summary.events };
  } catch (thrown) {
    return { ok: false, crash: crashOf(thrown, place) };
  }
}

/** What is thrown, as plain data. */
export function crashOf(thrown: unknown, { time, event }: Place): Crash {
  if (!(thrown instanceof Error)) {
    return { code: "Thrown", message: String(thrown), stack: "", time, event };
  }
  const code = "code" in thrown ? String(thrown.code) : thrown.name;
  return { code, message: thrown.message, stack: thrown.stack ?? "", time, event };
}
