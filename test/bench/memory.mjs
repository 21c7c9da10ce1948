/**
 * Memory of the planet: bytes of a node, of a contract and of a user, as the slope of what typed
 * columns take between runs that differ in one of them; room that columns keep for growth counts.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { replicate } from "../../dist/run/replicate.js";
import { keyOf } from "../../dist/run/seed.js";
import { rowOf } from "./row.mjs";
import { isPackaged, scenarioOf } from "./scenario.mjs";

const own = fileURLToPath(import.meta.url);
/** Bytes that each may take at the most: what is held against is said, not measured. */
const BOUND = { node: 1_024, contract: 1_024, user: 256 };

/** How many times as many there are of one of them: columns double, so that a step says little. */
const TIMES = 4;

/** Bytes of all typed columns after a run of so many nodes, users and contracts. */
function apart(plan) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--expose-gc", own, JSON.stringify(plan)],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Bytes of a node, a contract and a user, beside what they may be. */
export function measureMemory({ runs = 3, tiny = false, say }) {
  if (!isPackaged("planet")) {
    say("there is no scenario planet yet, so it is not measured");
    return [];
  }
  const one = tiny ? 4_000 : 25_000;
  const days = tiny ? "1" : "30";
  const base = { nodes: one, users: one, contracts: 2 * one, days };
  const more = {
    node: { ...base, nodes: TIMES * one },
    contract: { ...base, contracts: TIMES * 2 * one },
    user: { ...base, users: TIMES * one },
  };
  const least = apart(base);
  const found = { node: [], contract: [], user: [] };
  // The same run takes the same, but for what the program itself has in buffers.
  for (let run = 0; run < Math.min(runs, 3); run += 1)
    for (const [what, plan] of Object.entries(more)) {
      const added = (TIMES - 1) * (what === "contract" ? 2 * one : one);
      found[what].push((apart(plan).bytes - least.bytes) / added);
    }
  return Object.entries(found).map(([what, values]) =>
    rowOf(
      {
        name: `memory-${tiny ? "tiny-" : ""}${what}`,
        unit: "B",
        reference: "bound",
        rss: least.rss,
      },
      values,
      values.map(() => BOUND[what]),
    ),
  );
}

if (process.argv[1] === own) {
  const { nodes, users, contracts, days } = JSON.parse(process.argv[2]);
  const set = [
    `fleet.nodes=${nodes}`,
    `demand.users=${users / nodes}`,
    `demand.live=${contracts / nodes}`,
  ];
  const { setup, run } = scenarioOf("planet", { set, run: { days } });
  let bytes = 0;
  let now = null;
  const place = {
    event: "",
    get time() {
      return now;
    },
    set time(next) {
      now = next;
      if (bytes > 0 || next === null || next < 0.9 * setup.length) return;
      // Buffers that are no longer used are given back by a second collection at the latest.
      globalThis.gc();
      globalThis.gc();
      bytes = process.memoryUsage().arrayBuffers;
    },
  };
  replicate(setup, keyOf(run.seed), 0, { place });
  const rss = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ bytes, rss }));
}
