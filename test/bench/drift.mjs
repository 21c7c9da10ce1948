/**
 * What the length of a window changes: `planet` cut short, once with windows of an hour and once
 * with windows of a quarter, metric by metric.
 *
 *   node test/bench/drift.mjs --nodes 100000 --days 30 --replication 0
 *
 * A metric drifts where the two values differ by more than 0.1 % of it. Histories are judged by
 * the exact second, so only what is looked at when windows end can differ at all.
 */
import { parseArgs } from "node:util";
import { replicate, windowMeans } from "../../dist/run/replicate.js";
import { keyOf } from "../../dist/run/seed.js";
import { scenarioOf } from "./scenario.mjs";

const HOUR = 3_600;
const QUARTER = 900;
/** What may differ, as a share of the value. */
const TOLERANCE = 0.001;

/** Every metric with both windows, what it differs by as a share, and whether that is drift. */
function measureDrift({ nodes, days, replication }) {
  const { setup, run } = scenarioOf("planet", {
    run: { days: String(days) },
    set: [`fleet.nodes=${nodes}`],
  });
  const metricsOf = (window) => {
    const options = { checkInvariants: false, place: { time: null, event: "" } };
    return replicate({ ...setup, window }, keyOf(run.seed), replication, options).metrics;
  };
  const shorter = metricsOf(QUARTER);
  return metricsOf(HOUR).map(({ name, value, exact }, at) => {
    const other = shorter[at];
    const same = Object.is(value, other.value) && exact === other.exact;
    const share = same ? 0 : Math.abs(other.value / value - 1);
    const looks = windowMeans.includes(name);
    return { name, hour: value, quarter: other.value, share, looks, drifts: !(share <= TOLERANCE) };
  });
}

/** Prints what differs, and how many do not; ends with 1 where a metric drifts. */
function main() {
  const { values } = parseArgs({
    options: {
      nodes: { type: "string", default: "100000" },
      days: { type: "string", default: "30" },
      replication: { type: "string", default: "0" },
      json: { type: "boolean", default: false },
    },
  });
  const { json, ...asked } = values;
  const numbers = Object.entries(asked).map(([name, text]) => [name, Number(text)]);
  const rows = measureDrift(Object.fromEntries(numbers));
  process.exitCode = rows.some(({ drifts }) => drifts) ? 1 : 0;
  if (json) {
    console.log(JSON.stringify(rows));
    return;
  }
  const differing = rows.filter(({ share }) => share !== 0);
  for (const { name, hour, quarter, share, looks, drifts } of differing) {
    const word = drifts ? "DRIFTS" : "within 0.1 %";
    const kind = looks ? "a mean of looks" : "NOT a mean of looks";
    console.log(`${name} ${hour} ${quarter} ${share.toExponential(2)} ${word}, ${kind}`);
  }
  console.log(`${rows.length - differing.length} of ${rows.length} metrics are the same`);
}

main();
