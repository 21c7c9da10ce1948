/**
 * Lanes: replications made side by side, each lane taking the next one when it is free.
 */
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Piscina } from "piscina";
import { crashOf } from "./crash.ts";
import { type Answer, makeOne, type Task } from "./one.ts";

/** The heap a worker may use before it dies alone; typed arrays live outside of it. */
const WORKER_HEAP_MIB = 4096;

/** A task, and who is told of its end; false stops all the others. */
export interface Errand {
  readonly task: Task;
  readonly onAnswer: (answer: Answer) => boolean;
}

/** How replications are to be made. */
export interface PoolPlan {
  /** The next errand of a lane, or null where there is none left for it. */
  readonly next: (lane: number) => Errand | null;
  /** How many there are at most. */
  readonly tasks: number;
  /** Threads; 0 makes them in this one. */
  readonly workers: number;
  readonly signal: AbortSignal | undefined;
}

/** Makes the replications; returns when all have ended, one asked to stop, or the signal came. */
export async function makeAll(plan: PoolPlan): Promise<void> {
  if (plan.workers === 0) return makeHere(plan);
  const { next, tasks, workers, signal } = plan;
  const threads = Math.min(workers, tasks);
  if (threads === 0) return;
  const pool = new Piscina<Task, Answer>({
    filename: fileURLToPath(new URL("./worker.js", import.meta.url)),
    name: "makeOne",
    minThreads: threads,
    maxThreads: threads,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MIB },
  });
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
  // A lane asks at once when it is answered, so that it mostly gets the thread it had.
  const lane = async (_: unknown, number: number): Promise<void> => {
    while (open) {
      const errand = next(number);
      if (errand === null) return;
      const answer = await pool.run(errand.task).catch(died);
      if (open && !errand.onAnswer(answer)) stop();
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

async function makeHere({ next, signal }: PoolPlan): Promise<void> {
  for (;;) {
    // A turn of the event loop, so that a signal is heard between two replications.
    await setImmediate();
    if (signal?.aborted) return;
    const errand = next(0);
    if (errand === null || !errand.onAnswer(await makeOne(errand.task))) return;
  }
}

/** A worker that died (out of memory, a bug of the platform) as an answer. */
const died = (reason: unknown): Answer => ({
  ok: false,
  crash: crashOf(reason, { time: null, event: "" }),
});
