/**
 * The entry of a thread that watches over the shards of one world.
 *
 * A thread may end without a word: it runs out of memory, or fails before its first line. Whoever
 * sleeps on its next report cannot hear of that, for events reach only who does not sleep. This
 * thread never does: it starts the others and puts what ended one where its report is awaited.
 */
import { fileURLToPath } from "node:url";
import { Worker, workerData } from "node:worker_threads";
import { crashOf } from "./crash.ts";
import { endWaits, type Watched } from "./shard.ts";

const file = fileURLToPath(new URL("./shard-worker.js", import.meta.url));
const watched: readonly Watched[] = workerData;

for (const { post, fate } of watched) {
  const tell = (thrown: unknown): void => {
    fate.postMessage(crashOf(thrown, { time: null, event: "fleet" }));
    endWaits(post.told);
  };
  try {
    const worker = new Worker(file, { workerData: post, transferList: [post.port] });
    let thrown: unknown = null;
    worker.on("error", (error) => {
      thrown = error;
    });
    worker.on("exit", (code) => tell(thrown ?? new Error(`its exit code is ${code}`)));
  } catch (error) {
    tell(error);
  }
}
