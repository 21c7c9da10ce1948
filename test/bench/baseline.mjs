/** The baseline's whole ensemble on two threads, beside the same on one. */
import { rowOf } from "./row.mjs";
import { baseline, timed } from "./scenario.mjs";

/** Seconds for the baseline's year times its replications; a run has no warm threads to reuse. */
export async function measureBaseline({ runs = 3, tiny = false } = {}) {
  const replications = tiny ? 2 : 100;
  const scenario = baseline(tiny ? { set: ["fleet.nodes=20"], run: { days: "1" } } : {});
  const values = [];
  const references = [];
  for (let run = 0; run < runs; run += 1) {
    values.push((await timed(scenario, { workers: 2, replications })).seconds);
    references.push((await timed(scenario, { workers: 1, replications })).seconds);
  }
  const name = tiny ? "baseline-tiny" : "baseline-100";
  return [rowOf({ name, unit: "s", reference: "1-worker" }, values, references)];
}
