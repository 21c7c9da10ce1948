/**
 * Large fleets, full rules, one thread, each in a process of its own: 100,000 nodes of the baseline
 * for a year, and the planet's million.
 */
import { apart } from "./apart.mjs";
import { Heap4 } from "./heap4.mjs";
import { fill, hold } from "./hold.mjs";
import { median, rowOf } from "./row.mjs";
import { isPackaged } from "./scenario.mjs";

/** Seconds that a typed heap takes for as many events at one pending event a node. */
function loop(nodes, events) {
  const queue = fill(new Heap4(nodes), nodes);
  const started = performance.now();
  hold(queue, events, 17);
  return (performance.now() - started) / 1000;
}

/** Seconds from the reading of a scenario to its written results, beside the bare loop. */
async function measure(name, nodes, plan, runs) {
  const values = [];
  const references = [];
  const peaks = [];
  for (let run = 0; run < runs; run += 1) {
    const { seconds, events, rss } = await apart({ ...plan, replications: 1, workers: 0 });
    values.push(seconds);
    peaks.push(rss);
    references.push(loop(nodes, events));
  }
  const names = { name, unit: "s", reference: "js-heap4", rss: median(peaks) };
  return [rowOf(names, values, references)];
}

/** A year of a hundred thousand nodes. */
export function measureFleet({ runs = 3, tiny = false } = {}) {
  const nodes = tiny ? 100 : 100_000;
  const plan = { set: [`fleet.nodes=${nodes}`], days: tiny ? "1" : "365" };
  return measure(tiny ? "fleet-tiny" : "fleet-100k", nodes, plan, runs);
}

/** The planet as it is packaged, and a tenth of it. */
export async function measurePlanet({ runs = 5, tiny = false, say }) {
  if (!isPackaged("planet")) {
    say("there is no scenario planet yet, so it is not measured");
    return [];
  }
  const plan = (nodes) => ({
    scenario: "planet",
    set: [`fleet.nodes=${nodes}`],
    ...(tiny ? { days: "1" } : {}),
  });
  if (tiny) return measure("planet-tiny", 200, plan(200), runs);
  return [
    ...(await measure("planet-1e5", 100_000, plan(100_000), runs)),
    ...(await measure("planet-1e6", 1_000_000, plan(1_000_000), runs)),
  ];
}
