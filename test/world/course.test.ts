/** That rates which change over time change when they should, and draws have their law. */
import { describe, expect, it } from "vitest";
import { drawnLaw } from "../../src/models/index.ts";
import { type Drawn, type Steps, seconds, type Variations } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import { DEPLOYMENT_STEP } from "../../src/world/deployment.ts";
import { Cause, Fact } from "../../src/world/facts.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { Chronicle, DAY, type Told } from "./chronicle.ts";
import { run } from "./money.ts";
import { historiesOf, roomy } from "./roomy.ts";
import { countriesOf, setting } from "./setting.ts";

const NEVER = 1e15;
const NODES = 1000;
/** The second at which the value changes, and how long is counted on either side. */
const CHANGE = 50 * DAY;

const steps = (before: number, after: number): Steps => ({
  kind: "steps",
  seconds: [0, CHANGE],
  values: [before, after],
});

/** A thousand farms of one node each in one country, of which nothing happens but for changes. */
function still(changes: Parameters<typeof setting>[0], varied: Setup["varied"], saifi = 0): Setup {
  const [country] = countriesOf().filter(({ code }) => code === "BE");
  return setting(
    {
      hardware: { faults: false },
      update: { share: 0 },
      line: { developedMean: NEVER, developingMean: NEVER, dataCentreMean: NEVER },
      churn: { departure: 0 },
      ...changes,
      outage: { model: "constant", mean: 60, ...changes?.outage },
      power: { times: 0, homeRideThrough: 0, dataCentreRideThrough: 0, ...changes?.power },
      failure: { model: "exponential", mtbf: NEVER, replacement: 0, ...changes?.failure },
      fleet: { nodes: NODES, farmSizeMax: 1, dataCentreSmall: 0, ...changes?.fleet },
    },
    { countries: [{ ...country, weight: 1, saifi, caidiHours: 0.02 }], ...(varied && { varied }) },
  );
}

const happened = (kind: number, value?: number): ((told: Told) => boolean) => {
  return (told) => told.kind === kind && (value === undefined || told.value === value);
};

interface Rate {
  readonly key: string;
  /** What is assumed, with the first value of the steps. */
  readonly changes: (value: number) => Parameters<typeof setting>[0];
  readonly values: readonly [before: number, after: number];
  readonly counts: (told: Told) => boolean;
  /** Events expected in so many seconds at a value. */
  readonly expected: (value: number, length: number) => number;
  /** Events that happen together, at most. */
  readonly cluster?: number;
  readonly saifi?: number;
}

const byMean = (value: number, length: number): number => (NODES * length) / value;
const MONTH = 2_629_800;

const RATES: readonly Rate[] = [
  {
    key: "failure.mtbf",
    changes: (mtbf) => ({ failure: { mtbf } }),
    values: [20 * DAY, 5 * DAY],
    counts: happened(Fact.nodeFailed, Cause.rest),
    expected: byMean,
  },
  {
    key: "hardware.mtbf",
    changes: (mtbf) => ({ hardware: { faults: true, mtbf, shape: 1 } }),
    values: [5 * DAY, 20 * DAY],
    counts: happened(Fact.nodeFailed, Cause.hardware),
    expected: byMean,
  },
  {
    key: "line.developedMean",
    changes: (developedMean) => ({
      line: { developedMean, developedMedian: 5, developedSigma: 0.05, dataCentreMean: NEVER },
    }),
    values: [10 * DAY, 3 * DAY],
    counts: happened(Fact.nodeUnreachable, Cause.line),
    expected: byMean,
  },
  {
    key: "churn.departure",
    changes: (departure) => ({ churn: { departure, growth: 1 } }),
    values: [0.05, 0.2],
    counts: happened(Fact.nodeLeft),
    expected: (value, length) => (NODES * value * length) / MONTH,
  },
  {
    key: "churn.growth",
    changes: (growth) => ({ churn: { departure: 0.1, growth } }),
    values: [1, 4],
    counts: happened(Fact.nodeJoined),
    expected: (value, length) => (NODES * value * 0.1 * length) / MONTH,
  },
  {
    key: "power.times",
    changes: (times) => ({ power: { times, scope: 0.001 } }),
    values: [1, 5],
    counts: happened(Fact.nodeFailed, Cause.power),
    expected: (value, length) => (NODES * value * 20 * length) / 31_557_600,
    // An arc of a thousandth of the ring holds a Poisson number of the farms, of mean 1.
    cluster: 2,
    saifi: 20,
  },
  {
    key: "update.share",
    changes: (share) => ({ update: { share, interval: DAY } }),
    values: [0.02, 0.1],
    counts: happened(Fact.nodeFailed, Cause.update),
    expected: (value, length) => (NODES * value * length) / DAY,
    cluster: NODES * 0.1,
  },
  {
    key: "update.interval",
    changes: (interval) => ({ update: { share: 0.002, interval } }),
    values: [10 * 3600, 2 * 3600],
    counts: happened(Fact.nodeFailed, Cause.update),
    expected: (value, length) => (NODES * 0.002 * length) / value,
    cluster: 3,
  },
];

describe("a rate that changes", () => {
  it.each(RATES.map((rate) => [rate.key, rate] as const))("%s, as theory has it", (key, rate) => {
    const { changes, values, counts, expected, cluster = 1, saifi = 0 } = rate;
    const [first, second] = values;
    const plain = new Chronicle(still(changes(first), undefined, saifi));
    const varied = { [key]: steps(first, second) };
    const stepped = new Chronicle(still(changes(first), varied, saifi));
    for (const one of [plain, stepped]) one.advance(2 * CHANGE);
    const until = (told: readonly Told[]): readonly Told[] =>
      told.filter(({ time }) => time < CHANGE);
    expect(until(stepped.told())).toEqual(until(plain.told()));
    // Four deviations of a Poisson count, whose events may come several at once.
    for (const [from, value] of [
      [0, first],
      [CHANGE, second],
    ] as const) {
      const inside = stepped
        .told()
        .filter((told) => counts(told) && told.time >= from && told.time < from + CHANGE);
      const mean = expected(value, CHANGE);
      expect(Math.abs(inside.length - mean)).toBeLessThan(4 * Math.sqrt(cluster * mean));
    }
  });
});

const ended = (setup: Setup): World => {
  const world = run(setup);
  closing(world, setup.length);
  return world;
};

/** Deployments as told by who made them, when, and for how long; with those that were refused. */
const deploymentsOf = ({ deployments }: World): ReadonlySet<string> =>
  new Set(
    Array.from(
      { length: deployments.count / DEPLOYMENT_STEP },
      (_, at) => at * DEPLOYMENT_STEP,
    ).map((row) =>
      [deployments.user[row], deployments.ordinal[row], deployments.ends[row]].join(" "),
    ),
  );

describe("demand that changes", () => {
  const half = 7 * DAY;
  const live = (after: number): Variations => ({
    "demand.live": { kind: "steps", seconds: [0, half], values: [2, after] },
  });
  const before = ended(roomy());
  const old = deploymentsOf(before);

  it("adds to what would come anyway, as many as theory has", () => {
    const setup = roomy({}, { varied: live(8) });
    const counts: number[] = [];
    const world = run(setup, {
      see: ({ gauges }, until) => {
        if (until === half || until === setup.length)
          counts.push(gauges.placed + gauges.refused.reduce((sum, one) => sum + one, 0));
      },
    });
    const found = deploymentsOf(world);
    for (const one of old) expect(found).toContain(one);
    const { rates } = world.pace;
    const { count } = world.users;
    const appetite = world.users.all("appetite");
    let week = 0;
    for (let user = 0; user < count; user++) week += rates[user] * appetite[user] * half;
    const [first, second] = [counts[0], counts[1] - counts[0]];
    expect(Math.abs(first - week)).toBeLessThan(4 * Math.sqrt(week));
    expect(Math.abs(second - 4 * week)).toBeLessThan(4 * Math.sqrt(4 * week));
  });

  it("only takes away where it falls, and begins from nothing where it was nothing", () => {
    const fewer = deploymentsOf(ended(roomy({}, { varied: live(0.5) })));
    expect(fewer.size).toBeLessThan(old.size);
    for (const one of fewer) expect(old).toContain(one);
    const steps = { kind: "steps", seconds: [0, half], values: [0, 2] } as const;
    const late = roomy({ demand: { live: 0 } }, { varied: { "demand.live": steps } });
    const started: number[] = [];
    run(late, { see: ({ gauges }, until) => void (until === half && started.push(gauges.placed)) });
    expect(started).toEqual([0]);
    expect(deploymentsOf(ended(late)).size).toBeGreaterThan(20);
  });
});

const spread: Drawn = {
  kind: "drawn",
  law: "lognormal",
  numbers: { mean: 30 * DAY, sd: 15 * DAY },
  low: 60,
  high: 36_500 * DAY,
};

describe("a value that each draws for itself", () => {
  it("has the mean and the deviation of its law", () => {
    const { nodes } = new Chronicle(still({ fleet: { nodes: 20_000 } }, { "failure.mtbf": spread }))
      .fleet;
    const means = Array.from({ length: nodes.count }, (_, node) => nodes.restMean(node));
    const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
    const square = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / means.length;
    const law = drawnLaw(spread);
    expect(Math.abs(mean - law.mean)).toBeLessThan((4 * law.sd) / Math.sqrt(means.length));
    // The deviation of a lognormal's square is large; 5 % is four of its errors and more.
    expect(Math.abs(Math.sqrt(square) / law.sd - 1)).toBeLessThan(0.05);
  });

  it("leaves everybody else's luck as it was", () => {
    const base = setting({ fleet: { nodes: 800 } });
    const drawn = (key: string, law: Drawn): Setup => ({ ...base, varied: { [key]: law } });
    const plain = new Chronicle(base);
    const lines = new Chronicle(
      drawn("line.developedMean", { ...spread, numbers: { mean: 21 * DAY, sigma: 1 } }),
    );
    for (const one of [plain, lines]) one.advance(40 * DAY);
    const { farms, nodes } = plain.fleet;
    const touched = (node: number): boolean => {
      const farm = nodes.farm[node];
      return farms.dataCentre[farm] === 0 && base.countries[farms.country[farm]].developed;
    };
    const [before, after] = [plain.histories(), lines.histories()];
    let same = 0;
    let other = 0;
    [...before].forEach(([cause, history], node) => {
      if (touched(node)) other += history === after.get(cause) ? 0 : 1;
      else {
        expect(after.get(cause)).toBe(history);
        same += 1;
      }
    });
    expect(Math.min(same, other)).toBeGreaterThan(50);
    const boots = ({ kind }: Told): boolean => kind === Fact.nodeFailed || kind === Fact.nodeBooted;
    expect(lines.told().filter(boots)).toEqual(plain.told().filter(boots));
  });

  it("of some users leaves the histories of all others as they were, to the last unit", () => {
    const [first, ...others] = roomy().countries;
    const countries = [
      { ...first, weight: 0.5 },
      { ...others[0], weight: 0.5 },
    ];
    const own = { ...spread, numbers: { mean: 2 * DAY, sigma: 1 } };
    const by = {
      kind: "split",
      by: "country",
      each: { [first.code]: own },
      rest: 7 * DAY,
    } as const;
    const plain = ended(roomy({}, { countries }));
    const varied = ended(roomy({}, { countries, varied: { "wallet.look": by } }));
    const [before, after] = [historiesOf(plain), historiesOf(varied)];
    const country = plain.users.all("country");
    const changed = new Set(
      [...before.keys()].filter((user) => before.get(user) !== after.get(user)),
    );
    expect(changed.size).toBeGreaterThan(3);
    expect([...changed].filter((user) => country[user] !== 0)).toEqual([]);
  });
});

it("the length of a run is not that of its steps", () => {
  const varied = { "failure.mtbf": { ...steps(20 * DAY, 5 * DAY), seconds: [0, 900 * DAY] } };
  const chronicle = new Chronicle(still({ failure: { mtbf: 20 * DAY } }, varied));
  const plain = new Chronicle(still({ failure: { mtbf: 20 * DAY } }, undefined));
  for (const one of [chronicle, plain]) one.advance(seconds(60 * DAY));
  expect(chronicle.told()).toEqual(plain.told());
});
