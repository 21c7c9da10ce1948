/**
 * Preloaded into every thread of a program, ends each thread that lives shards, without a word.
 * KILLER says when: before its first line, or at its first report, by its own end or for want of
 * memory.
 */
import { isMainThread, workerData } from "node:worker_threads";

const how = process.env.KILLER;

/** Takes memory until there is none. */
function starve() {
  const taken = [];
  for (;;) taken.push(new Array(1_000).fill(1.5));
}

if (!isMainThread && workerData?.told !== undefined) {
  if (how === "start") process.exit(7);
  if (how === "fault") throw new Error("a fault before the first line");
  // A thread raises a number when it has a report, and never else.
  Atomics.add = how === "memory" ? starve : () => process.exit(7);
}
