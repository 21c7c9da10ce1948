/**
 * An ensemble on two workers, beside two independent processes with half of it each, and beside
 * one thread. Two processors may be two threads of one core, so the second process and not the
 * factor two is what a second worker can be asked for.
 */
import { apart } from "./apart.mjs";
import { rowOf } from "./row.mjs";

/** Replications a second. */
export async function measureEnsemble({ runs = 3, tiny = false } = {}) {
  const replications = tiny ? 2 : 16;
  const plan = tiny ? { set: ["fleet.nodes=20"], days: "1" } : {};
  const pace = async (workers) => {
    const { seconds } = await apart({ ...plan, replications, workers });
    return replications / seconds;
  };
  const half = () => apart({ ...plan, replications: replications / 2, workers: 0 });
  const values = [];
  const apartValues = [];
  const aloneValues = [];
  for (let run = 0; run < runs; run += 1) {
    values.push(await pace(2));
    const two = await Promise.all([half(), half()]);
    apartValues.push(replications / Math.max(...two.map(({ seconds }) => seconds)));
    aloneValues.push(await pace(0));
  }
  const name = tiny ? "ensemble-tiny" : "ensemble-16";
  const unit = "runs/s";
  return [
    rowOf({ name, unit, reference: "2-processes" }, values, apartValues),
    rowOf({ name: `${name}-alone`, unit, reference: "1-thread" }, values, aloneValues),
  ];
}
