/** Runs the benches and prints them as a table; `--help` says how. */
import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";

/** Every suite by name: its runs where nobody says how many, and where it is; it answers rows. */
const SUITES = {
  hold: { runs: 5, load: async () => (await import("./hold.mjs")).measureHold },
  mm1: { runs: 5, load: async () => (await import("./mm1.mjs")).measureMm1 },
  repair: { runs: 5, load: async () => (await import("./repair.mjs")).measureRepair },
  draw: { runs: 5, load: async () => (await import("./draw.mjs")).measureDraws },
  interval: { runs: 5, load: async () => (await import("./interval.mjs")).measureInterval },
  uptime: { runs: 5, load: async () => (await import("./uptime.mjs")).measureUptime },
  billing: { runs: 7, load: async () => (await import("./billing.mjs")).measureBilling },
  minting: { runs: 7, load: async () => (await import("./minting.mjs")).measureMinting },
  placement: { runs: 5, load: async () => (await import("./placement.mjs")).measurePlacement },
  ensemble: { runs: 3, load: async () => (await import("./ensemble.mjs")).measureEnsemble },
  sweep: { runs: 3, load: async () => (await import("./sweep.mjs")).measureSweep },
  "baseline-100": { runs: 3, load: async () => (await import("./baseline.mjs")).measureBaseline },
  "fleet-100k": { runs: 3, load: async () => (await import("./fleet.mjs")).measureFleet },
  phases: { runs: 3, load: async () => (await import("./phase.mjs")).measurePhases },
  memory: { runs: 1, load: async () => (await import("./memory.mjs")).measureMemory },
  shards: { runs: 3, load: async () => (await import("./shard.mjs")).measureShards },
  planet: { runs: 5, load: async () => (await import("./fleet.mjs")).measurePlanet },
};
/** Not a workload but how one grows; only where it is asked for. */
const GROWTH = { runs: 3, load: async () => (await import("./growth.mjs")).measureGrowth };
const NAMES = Object.keys(SUITES);

const HELP = `npm run bench -- [options]

Measures ours beside a reference, in turns on this machine, and prints medians: name, value,
unit, reference, its value, ours divided by it, least and most of ours, resident memory.

  --only SUITES   one or several, with commas: ${NAMES.slice(0, 6).join(", ")},
                  ${NAMES.slice(6, 12).join(", ")},
                  ${NAMES.slice(12).join(", ")}
  --growth        instead of these: how the time of a run grows with nodes, days and
                  replications, as exponents beside 1, with their standard error as range
  --runs N        turns that count (5; 7 for billing and minting, 3 for whole runs but planet)
  --json [FILE]   writes the rows as JSON: into a file, or without one (or for -) alone to
                  standard output, the table to standard error; npm has --silent for its own lines
  --tiny          the smallest sizes, to see that all of it runs; the numbers say nothing
  --help          this page
`;

/** Says what is wrong with what was typed, and ends. */
function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

/** What was typed, with the dash that `--json` without a file stands for. */
const words = process.argv.slice(2).flatMap((word, at, all) => {
  const bare = word === "--json" && (all[at + 1] ?? "--").startsWith("--");
  return bare ? [word, "-"] : [word];
});

/** Why a file cannot be written, before hours are spent on what goes into it; empty if it can. */
function unwritable(file) {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) return "it is a folder";
    accessSync(dirname(file), constants.W_OK);
    return "";
  } catch (fault) {
    return fault.code === "ENOENT" ? "its folder is not there" : fault.message;
  }
}

/** What was typed, as values; ends where it makes no sense. */
function typed() {
  const options = {
    only: { type: "string" },
    runs: { type: "string" },
    json: { type: "string" },
    growth: { type: "boolean", default: false },
    tiny: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  };
  try {
    return parseArgs({ args: words, options }).values;
  } catch (fault) {
    return refuse(`${fault.message}\n\n${HELP}`);
  }
}

/** A number to four digits, in thousands or millions where that is shorter. */
function short(value) {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(4)} M`;
  if (value >= 1e4) return `${(value / 1e3).toPrecision(4)} k`;
  return value.toPrecision(4);
}

/** One row as a line of the table. */
function line(row) {
  const cells = [
    row.name.padEnd(28),
    short(row.value).padStart(10),
    row.unit.padEnd(9),
    row.reference.padEnd(12),
    short(row.reference_value).padStart(10),
    row.ratio.toFixed(2).padStart(8),
    `${short(row.min)} .. ${short(row.max)}`.padStart(22),
    `${row.rss_mib} MiB`.padStart(10),
  ];
  return cells.join(" ");
}

const { only, runs, json, growth, tiny, help } = typed();
if (help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const chosen = only === undefined ? NAMES : only.split(",");
const unknown = chosen.filter((name) => !NAMES.includes(name));
if (unknown.length > 0) refuse(`no suite ${unknown.join(", ")}; there are ${NAMES.join(", ")}`);
if (only !== undefined && growth) refuse("--growth is no suite: leave out --only");
if (runs !== undefined && !/^[1-9]\d{0,3}$/.test(runs))
  refuse(`--runs: expected a whole number of at least 1, found ${runs}`);
if (json !== undefined && json !== "-" && unwritable(json) !== "")
  refuse(`--json: expected a file that can be written, found ${json}: ${unwritable(json)}`);
const out = json === "-" ? process.stderr : process.stdout;
const say = (sentence) => process.stderr.write(`${sentence}\n`);
const rows = [];
const suites = growth ? [GROWTH] : chosen.map((name) => SUITES[name]);
for (const suite of suites) {
  const measure = await suite.load();
  for (const row of await measure({ runs: Number(runs ?? suite.runs), tiny, say })) {
    rows.push(row);
    out.write(`${line(row)}\n`);
  }
}
const text = `${JSON.stringify(rows, null, 2)}\n`;
if (json === "-") process.stdout.write(text);
else if (json !== undefined) writeFileSync(json, text);
