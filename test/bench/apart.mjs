/** A run in a process of its own: fresh, and with a memory that is its own. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { scenarioOf, timed } from "./scenario.mjs";

const own = fileURLToPath(import.meta.url);

/**
 * What a run took: seconds from the reading of the scenario to the written results, seconds of
 * processors meanwhile, events, and peak memory in MiB.
 * @param {{scenario?: string, set?: string[], days?: string, replications: number,
 *   workers: number, shards?: number, warm?: number}} plan
 *   warm: forty days of the scenario come first, again and again, for so many seconds of
 *   processors; they are not timed
 * @returns {Promise<{seconds: number, processor: number, events: number, rss: number}>}
 */
export function apart(plan) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [own, JSON.stringify(plan)]);
    const told = { out: "", wrong: "" };
    child.stdout.on("data", (text) => {
      told.out += text;
    });
    child.stderr.on("data", (text) => {
      told.wrong += text;
    });
    child.on("error", reject);
    child.on("close", (status) => {
      if (status === 0) resolve(JSON.parse(told.out));
      else reject(new Error(told.wrong || `a run ended with ${status}`));
    });
  });
}

if (process.argv[1] === own) {
  const plan = JSON.parse(process.argv[2]);
  const { scenario = "baseline", set = [], days, replications, workers, shards, warm = 0 } = plan;
  const run = days === undefined ? {} : { days };
  const short = scenarioOf(scenario, { run: { days: "40" } });
  while (process.cpuUsage().user / 1e6 < warm) await timed(short, { workers: 0, replications: 1 });
  const before = process.cpuUsage();
  const { seconds, events } = await timed(scenarioOf(scenario, { set, run }), {
    workers,
    shards,
    replications,
  });
  const { user, system } = process.cpuUsage(before);
  const processor = (user + system) / 1e6;
  // Node tells the largest resident set in KiB.
  const rss = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ seconds, processor, events, rss }));
}
