import { describe, expect, test } from "vitest";
import { PERIOD_LENGTH } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import { Cause, Fact } from "../../src/world/facts.ts";
import { Chronicle, DAY, type Told } from "./chronicle.ts";
import { rowsOf, setting } from "./setting.ts";

/** Longer than any run: a cause with this mean never strikes. */
const NEVER = 1e15;
const noLines = { developedMean: NEVER, developingMean: NEVER, dataCentreMean: NEVER };
/** Nothing but failures of the nodes' own. */
const alone = {
  line: noLines,
  power: { times: 0 },
  hardware: { faults: false },
  update: { share: 0 },
  churn: { departure: 0 },
} as const;

describe("facts of a fleet", () => {
  const chronicle = new Chronicle(setting());
  chronicle.advance(120 * DAY);
  const told = chronicle.told();

  test("are in order of time", () => {
    expect(told.filter(({ time }, i) => i > 0 && time < told[i - 1].time)).toEqual([]);
  });

  test("take turns for each node, which is in reach only while it runs", () => {
    const { fleet } = new Chronicle(setting());
    const running = new Map<number, boolean>();
    const reachable = new Map<number, boolean>();
    for (let i = 0; i < fleet.nodes.count; i++) {
      running.set(i, fleet.nodes.running[i] === 1);
      reachable.set(i, fleet.nodes.reachable[i] === 1);
    }
    const turn = (states: Map<number, boolean>, node: number, to: boolean): boolean => {
      const was = states.get(node) ?? false;
      states.set(node, to);
      return was !== to;
    };
    const allowed = ({ kind, entity }: Told): boolean => {
      if (kind === Fact.nodeBooted) return turn(running, entity, true);
      if (kind === Fact.nodeFailed) return turn(running, entity, false);
      if (kind === Fact.nodeUnreachable) return turn(reachable, entity, false);
      if (kind === Fact.nodeReachable) {
        return running.get(entity) === true && turn(reachable, entity, true);
      }
      return kind !== Fact.nodeLeft || !(running.get(entity) || reachable.get(entity));
    };
    expect(told.filter((fact) => !allowed(fact))).toEqual([]);
  });

  test("are the same whatever the windows, and for the same seed", () => {
    const hourly = new Chronicle(setting());
    for (let hour = 1; hour <= 120 * 24; hour++) hourly.advance(hour * 3600);
    expect(hourly.told()).toEqual(told);
  });

  test("differ between replications", () => {
    const other = new Chronicle(setting(), 1);
    other.advance(120 * DAY);
    expect(other.told()).not.toEqual(told);
  });
});

test("a node of which nothing is told is credited the whole period, to the block", () => {
  const quiet = new Set<number>();
  let credited = 0;
  const chronicle = new Chronicle(setting(), 0, (end) => {
    for (const { time, entity } of chronicle.told()) if (time < end + DAY) quiet.delete(entity);
    for (const node of quiet) {
      // A report in the last block may be dated up to a block after the end, and still counts.
      const over = chronicle.fleet.settledSeconds(node) - PERIOD_LENGTH;
      expect(over >= 0 && over <= 6 ? 0 : over).toBe(0);
      credited += 1;
    }
  });
  const { nodes } = chronicle.fleet;
  for (let i = 0; i < nodes.count; i++) if (nodes.reachable[i] === 1) quiet.add(i);
  chronicle.advance(2 * PERIOD_LENGTH + 3 * DAY);
  expect(credited).toBeGreaterThan(300);
});

test("nodes alone are up as an alternating renewal process is", () => {
  // The analytic case `machine-repair-1000-1000`: as many crews as machines.
  const up = 90 * DAY;
  const down = DAY;
  const count = 1000;
  const length = 365 * DAY;
  const chronicle = new Chronicle(
    setting(
      {
        ...alone,
        fleet: { nodes: count },
        failure: { replacement: 0, model: "exponential", mtbf: up },
        outage: { model: "exponential", mean: down },
      },
      { countries: setting().countries.map((one) => ({ ...one, saifi: 0 })) },
    ),
  );
  chronicle.advance(length);
  const { reachable, enrolled } = chronicle.reach(length);
  // Two exponential states: the variance of the share of a long time T is 2 a b / ((a + b)^3 T)
  // with rates a and b; four standard errors.
  const a = 1 / up;
  const b = 1 / down;
  const error = Math.sqrt((2 * a * b) / ((a + b) ** 3 * length * count));
  expect(Math.abs(reachable / enrolled - 0.989010989010989)).toBeLessThan(4 * error);
});

test("a country's farms lose power as often as its statistics say, near ones together", () => {
  const country = { ...setting().countries[2], weight: 1, saifi: 20, caidiHours: 0.05 };
  const setup = setting(
    {
      ...alone,
      failure: { model: "exponential", mtbf: NEVER },
      power: { times: 1, homeRideThrough: 0 },
      fleet: { nodes: 1000, dataCentreLarge: 0, dataCentreSmall: 0 },
    },
    { countries: [country] },
  );
  const chronicle = new Chronicle(setup);
  chronicle.advance(365 * DAY);
  const strikes = new Map<number, number>();
  for (const { kind, time } of chronicle.told()) {
    if (kind === Fact.nodeFailed) strikes.set(time, (strikes.get(time) ?? 0) + 1);
  }
  const hits = [...strikes.values()];
  const perNode = hits.reduce((all, one) => all + one, 0) / 1000;
  // A compound Poisson count: its variance is the expected sum of squares; four of them.
  const error = Math.sqrt(hits.reduce((all, one) => all + one * one, 0)) / 1000;
  expect(Math.abs(perNode - (20 * 365) / 365.25)).toBeLessThan(4 * error);
  expect(Math.max(...hits)).toBeGreaterThan(20);
});

test("a line that is cut hides nodes and reboots none", () => {
  const chronicle = new Chronicle(
    setting({ ...alone, line: {}, failure: { model: "exponential", mtbf: NEVER } }),
  );
  const boots = chronicle.fleet.nodes.boot.slice();
  chronicle.advance(60 * DAY);
  const told = chronicle.told();
  expect(told.length).toBeGreaterThan(1000);
  const kinds = new Set(told.map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([Fact.nodeReachable, Fact.nodeUnreachable]);
  expect(chronicle.fleet.nodes.boot.slice()).toEqual(boots);
});

test("an outage of the timeline takes its nodes down for its time and touches no other", () => {
  const at = 10 * DAY;
  const plain = new Chronicle(setting());
  const struck = new Chronicle(
    setting(
      {},
      {
        timeline: [
          {
            kind: "outage",
            at: seconds(at),
            target: { country: "BE", share: 1 },
            lasts: seconds(43_200),
          },
        ],
      },
    ),
  );
  plain.advance(30 * DAY);
  struck.advance(at + 3600);
  const { nodes, farms } = struck.fleet;
  const belgium = setting().countries.findIndex((one) => one.code === "BE");
  const inBelgium = (node: number): boolean => farms.country[nodes.farm[node]] === belgium;
  const down = struck.alive().filter((node) => inBelgium(node) && nodes.joined[node] < at);
  expect(down.length).toBeGreaterThan(100);
  expect(down.filter((node) => nodes.running[node] === 1)).toEqual([]);
  struck.advance(30 * DAY);
  const elsewhere = struck
    .told()
    .filter(({ kind, value }) => kind === Fact.nodeFailed && value === Cause.imposed)
    .filter(({ entity }) => !inBelgium(entity));
  expect(elsewhere).toEqual([]);
  const before = plain.histories();
  const after = [...struck.histories()];
  after.forEach(([cause, history], node) => {
    if (!inBelgium(node)) expect(before.get(cause)).toBe(history);
  });
});

describe("the grid of April 2023, over a year", () => {
  const points = rowsOf("grid_node_uptime_age.csv").map((row) => ({
    age: Number(row.days) * DAY,
    share: Number(row.fraction),
  }));
  const REPLICATIONS = 8;
  const year = Array.from({ length: REPLICATIONS }, (_, replication) => {
    const chronicle = new Chronicle(setting(), replication);
    const reach = [0, 10, 50, 60].map((day) => {
      chronicle.advance(day * DAY);
      return chronicle.reach(day * DAY);
    });
    chronicle.advance(365 * DAY);
    const { nodes } = chronicle.fleet;
    const alive = chronicle.alive();
    const ages = alive
      .filter((node) => nodes.running[node] === 1)
      .map((node) => 365 * DAY - nodes.boot[node]);
    return { reach, count: alive.length, ages };
  });
  const mean = (values: readonly number[]): number =>
    values.reduce((all, one) => all + one, 0) / values.length;

  test("the ages of running nodes are within 3 points of each of the twelve measured ones", () => {
    for (const { age, share } of points) {
      const found = year.map(({ ages }) => ages.filter((one) => one > age).length / ages.length);
      expect(Math.abs(mean(found) - share)).toBeLessThan(0.03);
    }
  });

  test("the fleet stays as large as it was", () => {
    // Arrivals and departures are Poisson of 0.3 a node each; four standard errors of the mean.
    const error = Math.sqrt((2 * 0.3 * 2761) / REPLICATIONS);
    expect(Math.abs(mean(year.map(({ count }) => count)) - 2761)).toBeLessThan(4 * error);
  });

  test("availability does not drift over the first 60 days", () => {
    const changes = year.map(({ reach: [zero, ten, fifty, sixty] }) => {
      const first = (ten.reachable - zero.reachable) / (ten.enrolled - zero.enrolled);
      const last = (sixty.reachable - fifty.reachable) / (sixty.enrolled - fifty.enrolled);
      return last - first;
    });
    const change = mean(changes);
    const spread = Math.sqrt(mean(changes.map((one) => (one - change) ** 2)) / (REPLICATIONS - 1));
    // Student's 99.9 % point at seven degrees of freedom is 5.41.
    expect(Math.abs(change)).toBeLessThan(5.41 * spread);
    expect(Math.abs(change)).toBeLessThan(0.005);
  });
});
