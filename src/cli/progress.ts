/**
 * Progress on standard error: a bar on a terminal, a line now and then elsewhere.
 */
import { SingleBar } from "cli-progress";
import type { Progress } from "../run/index.ts";
import { say } from "./exit.ts";

/** Something that is told how far a run is. */
export interface Meter {
  readonly show: (progress: Progress) => void;
  readonly end: () => void;
}

const clock = (): number => performance.now() / 1000;

function pace(done: number, total: number, seconds: number): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const left = rate > 0 ? Math.ceil((total - done) / rate) : 0;
  return `${rate.toFixed(rate < 10 ? 1 : 0)}/s, ${left} s left`;
}

/** A meter for the kind of standard error there is. */
export function openMeter(): Meter {
  const began = clock();
  if (process.stderr.isTTY !== true) return plainMeter(began);
  const format = "{bar} {value}/{total} replications, {pace}";
  const bar = new SingleBar({
    format,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 30,
  });
  let open = false;
  return {
    show: ({ done, total }) => {
      if (!open) bar.start(total, 0, { pace: "" });
      open = true;
      bar.update(done, { pace: pace(done, total, clock() - began) });
    },
    end: () => {
      if (open) bar.stop();
    },
  };
}

/** A line for the first replication, and then for every eighth of the whole. */
function plainMeter(began: number): Meter {
  let next = 1;
  return {
    show: ({ done, total }) => {
      if (done < next && done < total) return;
      next = done + Math.max(1, Math.ceil(total / 8));
      say(`gridbench: ${done}/${total} replications, ${pace(done, total, clock() - began)}`);
    },
    end: () => undefined,
  };
}
