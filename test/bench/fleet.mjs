/** A hundred thousand nodes for a year, full rules, one thread, in a process of its own. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Heap4 } from "./heap4.mjs";
import { fill, hold } from "./hold.mjs";
import { median, rowOf } from "./row.mjs";
import { baseline, timed } from "./scenario.mjs";

const own = fileURLToPath(import.meta.url);

/** Seconds, events and peak memory of a year, made in a fresh process. */
function live(nodes, days) {
  const flags = [own, String(nodes), days];
  const child = spawnSync(process.execPath, flags, { encoding: "utf8", maxBuffer: 1 << 20 });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout);
}

/** Seconds that a typed heap takes for as many events at one pending event a node. */
function loop(nodes, events) {
  const queue = fill(new Heap4(nodes), nodes);
  const started = performance.now();
  hold(queue, events, 17);
  return (performance.now() - started) / 1000;
}

/** Seconds of the year from the reading of the scenario to the written results. */
export function measureFleet({ runs = 3, tiny = false } = {}) {
  const nodes = tiny ? 100 : 100_000;
  const values = [];
  const references = [];
  const peaks = [];
  for (let run = 0; run < runs; run += 1) {
    const { seconds, events, rss } = live(nodes, tiny ? "1" : "365");
    values.push(seconds);
    peaks.push(rss);
    references.push(loop(nodes, events));
  }
  const name = tiny ? "fleet-tiny" : "fleet-100k";
  const names = { name, unit: "s", reference: "js-heap4", rss: median(peaks) };
  return [rowOf(names, values, references)];
}

if (process.argv[1] === own) {
  const [nodes, days] = process.argv.slice(2);
  const scenario = baseline({ set: [`fleet.nodes=${nodes}`], run: { days } });
  const { seconds, events } = await timed(scenario, { workers: 0, replications: 1 });
  // Node tells the largest resident set in KiB.
  const rss = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ seconds, events, rss }));
}
