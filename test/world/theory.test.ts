/**
 * The whole world against theory: fleet, chain, users and wallets together give the known answers.
 *
 * Seeds, sizes and the rule of judgement were fixed before the first run, as for the kernel. A
 * replication is one value; the interval is Student's over replications. A world has no repair
 * crews, so the workshop with one crew is left to the kernel's test.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Chance, runWindows } from "../../src/kernel/index.ts";
import { deviation, mean, studentBound } from "../../src/stats/index.ts";
import { GIB, seconds } from "../../src/units/index.ts";
import { Fact, FactLog } from "../../src/world/facts.ts";
import { build, type Prepared, prepare } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { countriesOf, setting } from "./setting.ts";

const KEY = [2026, 1124] as const;
const REPLICATIONS = 24;
const DAY = 86_400;
const NEVER = seconds(3e12);

interface Case {
  readonly id: string;
  readonly value: number;
}

const file = new URL("../vectors/analytic/cases.json", import.meta.url);
const parsed: { cases: Case[] } = JSON.parse(readFileSync(file, "utf8"));

function known(id: string): Case {
  const found = parsed.cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

type Changes = NonNullable<Parameters<typeof setting>[0]>;

/** Countries whose power never fails: it explains none of a node's boots, nor takes any down. */
const countries = countriesOf().map((country) => ({ ...country, saifi: 0 }));

/** A world in which nothing fails, nobody comes or goes, and nobody deploys, but for changes. */
function still(nodes: number, days: number, changes: Changes, rest: Partial<Setup> = {}): Setup {
  return setting(
    {
      fleet: {
        nodes,
        cruSigma: 0,
        mruSigma: 0,
        diskSigma: 0,
        certified: 0,
        dedicated: 0,
        gpu: 0,
      },
      hardware: { faults: false },
      update: { share: 0 },
      power: { times: 0 },
      line: { developedMean: NEVER, developingMean: NEVER, dataCentreMean: NEVER },
      churn: { departure: 0 },
      ...changes,
      failure: { model: "exponential", mtbf: NEVER, replacement: 0, ...changes.failure },
      demand: { users: 0, live: 0, ...changes.demand },
    },
    { length: seconds(days * DAY), periods: 0, window: seconds(DAY), countries, ...rest },
  );
}

type Simulation = ReturnType<typeof build>;

/** Runs a world to its end; `see` is shown it after each window. */
function live(
  made: Prepared,
  replication: number,
  see: (of: Simulation, until: number) => void,
  facts: FactLog | null = null,
) {
  const simulation = build(made, new Chance(KEY, replication), { facts });
  see(simulation, 0);
  runWindows({
    start: 0,
    end: made.setup.length,
    window: made.setup.window,
    local: (until) => simulation.local(until),
    judge(until) {
      simulation.judge(until);
      see(simulation, until);
    },
  });
}

const MACHINES = 250;
const YEAR = 365;

/** Nodes that fail on average after 90 days and are down for a day, met as after a long time. */
const repaired = (model: "exponential" | "constant"): Prepared =>
  prepare(
    still(MACHINES, YEAR, {
      failure: { mtbf: seconds(90 * DAY) },
      outage: {
        model,
        mean: seconds(DAY),
        bootDelayLeast: seconds(0),
        bootDelaySpread: seconds(0),
      },
    }),
  );

interface Life {
  /** Share of the year that all nodes ran, and that those ran which did at the start. */
  readonly all: number;
  readonly fromUp: number;
  /** Failures of a node that ran at the start. */
  readonly failures: number;
}

function lifeOf(made: Prepared, replication: number): Life {
  let began = new Uint8Array(0);
  let failures = 0;
  const life = { all: Number.NaN, fromUp: Number.NaN, failures: Number.NaN };
  const facts = new FactLog();
  const see = ({ world }: Simulation, until: number): void => {
    const { nodes } = world.fleet;
    if (until === 0) began = nodes.running.slice(0, nodes.count);
    if (until < made.setup.length) return;
    for (let row = 0; row < facts.count; row++) {
      if (facts.kind[row] === Fact.nodeFailed) failures += began[facts.entity[row]];
    }
    let all = 0;
    let up = 0;
    let fromUp = 0;
    for (let node = 0; node < nodes.count; node++) {
      const ran = nodes.runningUntil(node, until) / until;
      all += ran;
      up += began[node];
      fromUp += began[node] * ran;
    }
    life.all = all / nodes.count;
    life.fromUp = fromUp / up;
    life.failures = failures / up;
  };
  live(made, replication, see, facts);
  return life;
}

const SPARE = 0.4;

/** One node with room for so many machines of one GiB, and users that want `load` of them. */
function slots(count: number, load: number, lives: readonly number[], weights: readonly number[]) {
  const { fleet, demand } = setting().assumptions;
  const gib = count + SPARE + fleet.reservedMemoryLeast / GIB;
  const memory = Math.max(gib, (count + SPARE) / (1 - fleet.reservedMemory)) * GIB;
  const node = { cores: 64, memoryGb: memory / fleet.gigabyte, ssdGb: 9_000, hddGb: 0 };
  return prepare(
    still(
      1,
      DAYS,
      {
        demand: {
          users: 8,
          live: load,
          spread: 0,
          mix: [1, 0, 0, 0, 0, 0, 0],
          lifeWeights: [1, 0, 0],
          shortMeans: lives,
          shortWeights: weights,
          cores: [1],
          coreWeights: [1],
          memoryPerCore: [1],
          memoryWeights: [1],
          disk: demand.disk.slice(0, 1),
          diskWeights: [1],
          publicIps: [0, 0, 0, 0, 0, 0, 0],
          nearby: 0,
          certified: 0,
        },
        // Looked at daily and never empty, so that no deployment ends for want of money.
        wallet: { careless: 0, look: seconds(DAY), habits: [0, 0, 0, 0, 1] },
        redeploy: { share: 0 },
      },
      {
        classes: [{ name: "slots", ...node, weight: 1 }],
        totals: {
          date: "2023-04-03",
          nodes: 1,
          cores: node.cores,
          memoryGb: node.memoryGb,
          ssdGb: node.ssdGb,
          hddGb: node.hddGb,
        },
      },
    ),
  );
}

const DAYS = 120;
const WARM = 5 * DAY;

/** Share refused of what was wished after the first days. */
function refusedShare(made: Prepared, count: number, replication: number): number {
  let before = { placed: 0, refused: 0 };
  let share = Number.NaN;
  live(made, replication, ({ world }, until) => {
    const { gauges } = world;
    expect(gauges.usedMemory).toBeLessThanOrEqual(count * GIB);
    const refused = gauges.refused.reduce((sum, one) => sum + one, 0);
    const now = { placed: gauges.placed, refused };
    if (until === WARM) before = now;
    const wished = now.placed + now.refused - before.placed - before.refused;
    share = (now.refused - before.refused) / wished;
  });
  return share;
}

/** Erlang's recursion for the blocking of `count` slots at a load. */
function erlangB(load: number, count: number): number {
  let blocking = 1;
  for (let n = 1; n <= count; n++) blocking = (load * blocking) / (n + load * blocking);
  return blocking;
}

const exponentialLives = [6];
const spreadLives = [3, 33];
const lives = Array.from({ length: REPLICATIONS }, (_, r) => lifeOf(repaired("exponential"), r));
const constant = Array.from({ length: REPLICATIONS }, (_, r) => lifeOf(repaired("constant"), r));
const blocked = (made: Prepared, count: number): number[] =>
  Array.from({ length: REPLICATIONS }, (_, r) => refusedShare(made, count, r));

/** What is measured, what theory says, and what the replications measured. */
const CASES: readonly (readonly [string, number, () => readonly number[]])[] = [
  [
    "availability of nodes that fail every 90 days for a day",
    known("machine-repair-1000-1000").value,
    () => lives.map(({ all }) => all),
  ],
  [
    "availability in the first year of nodes that run at its start",
    known("availability-transient").value,
    () => lives.map(({ fromUp }) => fromUp),
  ],
  [
    "failures in the first year of a node that runs at its start",
    // Integral of the hazard over the time up: the horizon times its availability, over 90 days.
    (YEAR * known("availability-transient").value) / 90,
    () => lives.map(({ failures }) => failures),
  ],
  [
    "availability where every outage is as long as the other",
    known("machine-repair-1000-1000").value,
    () => constant.map(({ all }) => all),
  ],
  [
    "share refused with ten slots at load 8, exponential lives",
    known("erlang-b-8-10").value,
    () => blocked(slots(10, 8, exponentialLives, [1]), 10),
  ],
  [
    "share refused with ten slots at load 8, widely spread lives",
    known("erlang-b-8-10").value,
    () => blocked(slots(10, 8, spreadLives, [0.9, 0.1]), 10),
  ],
  [
    "share refused with three slots at load 2",
    erlangB(2, 3),
    () => blocked(slots(3, 2, exponentialLives, [1]), 3),
  ],
];

/** Deviation of the mean from theory, in units of its 99 % interval's half width. */
function distance(theory: number, values: readonly number[]): number {
  const error = deviation(values) / Math.sqrt(REPLICATIONS);
  return Math.abs(mean(values) - theory) / (error * studentBound(0.99, REPLICATIONS - 1));
}

const FAR = studentBound(0.9999, REPLICATIONS - 1) / studentBound(0.99, REPLICATIONS - 1);

describe("the world", () => {
  const off: number[] = [];

  it.each(CASES)("agrees with theory on the %s, within 99.99 %", (_, theory, measure) => {
    const found = distance(theory, measure());
    off.push(found);
    expect(found).toBeLessThan(FAR);
  });

  it("is outside its 99 % interval in one case at most", () => {
    expect(off.length).toBe(CASES.length);
    expect(off.filter((one) => one > 1).length).toBeLessThanOrEqual(1);
  });
});
