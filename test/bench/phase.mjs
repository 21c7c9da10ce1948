/**
 * Phases of the planet: where the seconds of one replication go, how many events it does in one,
 * and how much a steady state makes garbage of, in a process of its own.
 */
import { spawnSync } from "node:child_process";
import { Session } from "node:inspector";
import { fileURLToPath } from "node:url";
import { replicate } from "../../dist/run/replicate.js";
import { keyOf } from "../../dist/run/seed.js";
import { Heap4 } from "./heap4.mjs";
import { fill, hold } from "./hold.mjs";
import { median, rowOf } from "./row.mjs";
import { isPackaged, scenarioOf } from "./scenario.mjs";

const own = fileURLToPath(import.meta.url);
/** The phases that a replication tells, and what is left. */
const PHASES = ["build", "fleet", "chain", "metrics"];
/** Bytes from one sample of what is allocated to the next. */
const SAMPLING = 16_384;
const HOUR = 3600;
/** So many nodes that few of the events are of functions that are not compiled yet. */
const GARBAGE_NODES = 50_000;

/** A place to which a replication tells where it is, and that calls back at each change. */
function placeThat(enters) {
  let event = "";
  return {
    time: null,
    get event() {
      return event;
    },
    set event(next) {
      event = next;
      enters(next, this.time);
    },
  };
}

/** Seconds of each phase of a replication, and its events. */
function phasesOf(setup, key) {
  const seconds = Object.fromEntries(PHASES.map((phase) => [phase, 0]));
  let phase = null;
  let since = performance.now();
  const started = since;
  const place = placeThat((next) => {
    const now = performance.now();
    if (phase !== null) seconds[phase] += (now - since) / 1000;
    phase = next;
    since = now;
  });
  const { events } = replicate(setup, key, 0, { place, antithetic: false, checkInvariants: false });
  const whole = (performance.now() - started) / 1000;
  return { seconds, whole, events };
}

/** Bytes that a function allocates, whether they live on or not, by sampling. */
function allocated(session) {
  const sizes = (node) =>
    node.selfSize + node.children.reduce((sum, child) => sum + sizes(child), 0);
  let bytes = 0;
  session.post("HeapProfiler.stopSampling", (fault, answer) => {
    if (fault !== null) throw fault;
    bytes = sizes(answer.profile.head);
  });
  return bytes;
}

/** Begins to count what is allocated from now on. */
function count(session) {
  session.post("HeapProfiler.startSampling", {
    samplingInterval: SAMPLING,
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
}

/**
 * Bytes allocated for an event in the second half of a run, up to its last hour, after which all is
 * measured once; and for an event that is an object.
 */
function garbageOf(setup, key) {
  const session = new Session();
  session.connect();
  const days = setup.length / 86_400;
  let counts = false;
  let bytes = null;
  const place = placeThat((_, time) => {
    if (time === null || time < setup.length / 2) return;
    if (counts && bytes === null && time >= setup.length - HOUR) bytes = allocated(session);
    if (counts) return;
    counts = true;
    count(session);
  });
  const whole = replicate(setup, key, 0, { place, antithetic: false, checkInvariants: false });
  bytes ??= allocated(session);
  const half = { ...setup, length: Math.floor(days / 2) * 86_400 };
  const before = replicate(half, key, 0, { place: placeThat(() => {}) }).events;
  count(session);
  const kept = [];
  for (let event = 0; event < OBJECTS; event += 1) {
    kept[event % 64] = { time: event + 0.5, priority: 1, entity: event, tag: 2 };
  }
  const objects = allocated(session) / OBJECTS;
  session.disconnect();
  return { bytes: bytes / (whole.events - before), objects };
}

const OBJECTS = 4_000_000;

/** What a process of its own finds. */
function apart(plan) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [own, JSON.stringify(plan)], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Phases, pace and garbage of the planet at a tenth. */
export function measurePhases({ runs = 3, tiny = false, say }) {
  if (!isPackaged("planet")) {
    say("there is no scenario planet yet, so it is not measured");
    return [];
  }
  const nodes = tiny ? 200 : 100_000;
  const name = tiny ? "tiny" : "1e5";
  const plan = { nodes, days: tiny ? "2" : "60" };
  const found = [];
  const paces = [];
  for (let run = 0; run < runs; run += 1) {
    const one = apart({ ...plan, what: "phases" });
    found.push(one);
    paces.push(paceOf(nodes, one.events));
  }
  const rss = median(found.map((one) => one.rss));
  const whole = found.map((one) => one.whole);
  const shares = PHASES.map((phase) =>
    rowOf(
      { name: `phases-${name}-${phase}`, unit: "s", reference: "whole", rss },
      found.map(({ seconds }) => seconds[phase]),
      whole,
    ),
  );
  const pace = rowOf(
    { name: `phases-${name}-events`, unit: "events/s", reference: "js-heap4", rss },
    found.map(({ events, whole: seconds }) => events / seconds),
    paces,
  );
  const garbage = apart({ nodes: tiny ? nodes : GARBAGE_NODES, days: plan.days, what: "garbage" });
  const names = { name: `phases-${name}-garbage`, unit: "B/event", reference: "one-object" };
  return [
    ...shares,
    pace,
    rowOf({ ...names, rss: garbage.rss }, [garbage.bytes], [garbage.objects]),
  ];
}

/** Events a second of a typed heap at one pending event a node. */
function paceOf(nodes, events) {
  const queue = fill(new Heap4(nodes), nodes);
  const started = performance.now();
  hold(queue, events, 17);
  return events / ((performance.now() - started) / 1000);
}

if (process.argv[1] === own) {
  const { nodes, days, what } = JSON.parse(process.argv[2]);
  const scenario = scenarioOf("planet", { set: [`fleet.nodes=${nodes}`], run: { days } });
  const key = keyOf(scenario.run.seed);
  const told = what === "phases" ? phasesOf(scenario.setup, key) : garbageOf(scenario.setup, key);
  // Node tells the largest resident set in KiB.
  const rss = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ ...told, rss }));
}
