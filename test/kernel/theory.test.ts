/**
 * The kernel against queueing theory: order, time and chance together give the known answers.
 *
 * Seeds, sizes and the rule of judgement were fixed before the first run. Every system starts at
 * rest, so that no warm-up biases it; where that has no closed form, the first customers are left
 * out. A replication is one value; the interval is Student's over replications.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  Chance,
  constant,
  type Distribution,
  discrete,
  exponential,
  hyperexponential,
  power,
  residualHyperexponential,
  uniform,
} from "../../src/kernel/index.ts";
import { deviation, mean, studentBound } from "../../src/stats/index.ts";
import { repair, visit } from "./station.ts";

interface Case {
  readonly id: string;
  readonly value: number;
  readonly p_none_down?: number;
  readonly Wq_in_mean_services?: number;
}

const file = new URL("../vectors/analytic/cases.json", import.meta.url);
const parsed: { cases: Case[] } = JSON.parse(readFileSync(file, "utf8"));

const KEY = [2026, 1123] as const;
const REPLICATIONS = 30;

function known(id: string): Case {
  const found = parsed.cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

/** The number in a birth-death system at rest, from its rates up and down from n. */
function atRest(
  up: (n: number) => number,
  down: (n: number) => number,
  most: number,
): Distribution {
  const weights = [1];
  for (let n = 1; n <= most; n += 1) weights.push((weights[n - 1] * up(n - 1)) / down(n));
  return discrete(
    weights.map((_, n) => n),
    weights,
  );
}

const LOSS_START = atRest(
  () => 8,
  (n) => n,
  10,
);
const loss = (service: Distribution, left: Distribution) => (chance: Chance) =>
  visit(
    { between: exponential(1 / 8), service, left, servers: 10, room: 0, present: LOSS_START },
    chance,
    20_000,
  ).refused;

const waitingRoom = (chance: Chance) =>
  visit(
    {
      between: exponential(1 / 8),
      service: exponential(1),
      left: exponential(1),
      servers: 10,
      room: Number.POSITIVE_INFINITY,
      present: atRest(
        () => 8,
        (n) => Math.min(n, 10),
        200,
      ),
    },
    chance,
    20_000,
  );

const TEN_MACHINES = {
  machines: 10,
  crews: 1,
  life: exponential(20),
  repair: exponential(1),
  down: atRest(
    (n) => (10 - n) / 20,
    () => 1,
    10,
  ),
};
const THOUSAND_MACHINES = {
  machines: 1000,
  crews: 1000,
  life: exponential(90),
  repair: exponential(1),
  down: atRest(
    (n) => (1000 - n) / 90,
    (n) => n,
    100,
  ),
};

/** What is measured, what theory says, and how one replication measures it. */
const CASES: readonly (readonly [string, number, (chance: Chance) => number])[] = [
  [
    "mean sojourn of M/M/1 at 0.9",
    known("mm1-0.9").value,
    (chance) =>
      visit(
        {
          between: exponential(1 / 0.9),
          service: exponential(1),
          left: exponential(1),
          servers: 1,
          room: Number.POSITIVE_INFINITY,
          present: discrete(
            Array.from({ length: 400 }, (_, n) => n),
            Array.from({ length: 400 }, (_, n) => power(0.9, n)),
          ),
        },
        chance,
        30_000,
      ).meanSojourn,
  ],
  [
    "mean wait of M/D/1 at 0.8",
    known("md1-0.8").value,
    (chance) =>
      visit(
        {
          between: exponential(1 / 0.8),
          service: constant(1),
          left: uniform(0, 1),
          servers: 1,
          room: Number.POSITIVE_INFINITY,
          present: constant(0),
        },
        chance,
        20_000,
        2_000,
      ).meanWait,
  ],
  [
    "blocking of ten slots at load 8, exponential stays",
    known("erlang-b-8-10").value,
    loss(exponential(1), exponential(1)),
  ],
  [
    "blocking of ten slots at load 8, equal stays",
    known("erlang-b-8-10").value,
    loss(constant(1), uniform(0, 1)),
  ],
  [
    "blocking of ten slots at load 8, widely spread stays",
    known("erlang-b-8-10").value,
    loss(
      hyperexponential([0.9, 0.1], [0.5, 5.5]),
      residualHyperexponential([0.9, 0.1], [0.5, 5.5]),
    ),
  ],
  [
    "waiting with ten servers at load 8",
    known("erlang-c-8-10").value,
    (chance) => waitingRoom(chance).waited,
  ],
  [
    "mean wait with ten servers at load 8",
    known("erlang-c-8-10").Wq_in_mean_services ?? Number.NaN,
    (chance) => waitingRoom(chance).meanWait,
  ],
  [
    "availability of ten machines and one crew",
    known("machine-repair-10-1").value,
    (chance) => repair(TEN_MACHINES, chance, 10_000).up,
  ],
  [
    "time with none of ten machines down",
    known("machine-repair-10-1").p_none_down ?? Number.NaN,
    (chance) => repair(TEN_MACHINES, chance, 10_000).noneDown,
  ],
  [
    "availability of a thousand machines and as many crews",
    known("machine-repair-1000-1000").value,
    (chance) => repair(THOUSAND_MACHINES, chance, 365).up,
  ],
  [
    "availability in the first year of new machines",
    known("availability-transient").value,
    (chance) => repair({ ...THOUSAND_MACHINES, down: constant(0) }, chance, 365).up,
  ],
];

/** Deviations of the mean from theory, in units of its 99 % interval's half width. */
function judge(theory: number, measure: (chance: Chance) => number): number {
  const values = Array.from({ length: REPLICATIONS }, (_, r) => measure(new Chance(KEY, r)));
  const error = deviation(values) / Math.sqrt(REPLICATIONS);
  return Math.abs(mean(values) - theory) / (error * studentBound(0.99, REPLICATIONS - 1));
}

const FAR = studentBound(0.9999, REPLICATIONS - 1) / studentBound(0.99, REPLICATIONS - 1);

describe("the kernel", () => {
  const off: number[] = [];

  it.each(CASES)("agrees with theory on the %s, within 99.99 %", (_, theory, measure) => {
    const distance = judge(theory, measure);
    off.push(distance);
    expect(distance).toBeLessThan(FAR);
  });

  it("is outside its 99 % interval in one case at most", () => {
    expect(off.length).toBe(CASES.length);
    expect(off.filter((distance) => distance > 1).length).toBeLessThanOrEqual(1);
  });
});
