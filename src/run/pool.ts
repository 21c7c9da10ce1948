/**
 * Lanes: replications made side by side, each lane taking the next one when it is free.
 */
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { type Answer, crashOf, type Job, makeOne, type Task } from "./one.ts";

/** The heap a worker may use before it dies alone; typed arrays live outside of it. */
const WORKER_HEAP_MIB = 4096;

/** How replications are to be made. */
export interface PoolPlan {
  readonly job: Job;
  /** The replications to make, in order. */
  readonly replications: readonly number[];
  /** Threads; 0 makes them in this one. */
  readonly workers: number;
  readonly signal: AbortSignal | undefined;
  /** Is told of each end, in the order of ending; false stops the rest. */
  readonly onAnswer: (replication: number, answer: Answer) => boolean;
}

/** Makes the replications; returns when all have ended, one asked to stop, or the signal came. */
export async function makeAll(plan: PoolPlan): Promise<void> {
  if (plan.workers === 0) return makeHere(plan);
  const { job, replications, workers, signal, onAnswer } = plan;
  const threads = Math.min(workers, replications.length);
  if (threads === 0) return;
  const pool = new Piscina<Task, Answer>({
    filename: fileURLToPath(new URL("./worker.js", import.meta.url)),
    name: "makeOne",
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MIB },
  });
  let next = 0;
  let open = true;
  let unexpected: unknown = null;
  const stop = (): void => {
    open = false;
    // Kills what is under way: its replication is made again by --resume.
    void pool.destroy();
  };
  // An answer that was on its way when the pool was destroyed arrives here, and is on disk already.
  pool.on("error", (error: unknown) => {
    if (!open) return;
    unexpected = error;
    stop();
  });
  const lane = async (): Promise<void> => {
    while (open && next < replications.length) {
      const replication = replications[next];
      next += 1;
      const answer = await pool.run({ job, replication }).catch(died);
      if (open && !onAnswer(replication, answer)) stop();
    }
  };
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  await Promise.all(Array.from({ length: threads }, lane));
  signal?.removeEventListener("abort", stop);
  open = false;
  await pool.destroy();
  if (unexpected !== null) throw unexpected;
}

async function makeHere({ job, replications, signal, onAnswer }: PoolPlan): Promise<void> {
  for (const replication of replications) {
    // A turn of the event loop, so that a signal is heard between two replications.
    await setImmediate();
    if (signal?.aborted) return;
    if (!onAnswer(replication, await makeOne({ job, replication }))) return;
  }
}

/** A worker that died (out of memory, a bug of the platform) as an answer. */
const died = (reason: unknown): Answer => ({
  ok: false,
  crash: crashOf(reason, { time: null, event: "" }),
});
