/**
 * The baseline against what was measured: 32 replications of its year, in this process.
 *
 * Seed and number of replications are those of the scenario. What is compared here was partly
 * fitted (ages and use) or is met by construction (totals); the test says that it still is so at
 * the end of the run, after everything has had a year to drift.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Chance } from "../../src/kernel/index.ts";
import { replicate } from "../../src/run/replicate.ts";
import { keyOf } from "../../src/run/seed.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { mean } from "../../src/stats/index.ts";
import { GIB } from "../../src/units/index.ts";
import { build, prepare } from "../../src/world/index.ts";

const GB = 1e9;

const loaded = loadScenario("baseline");
if (!loaded.ok) throw new Error(loaded.faults.map((fault) => fault.found).join("\n"));
const { setup, run, measured } = loaded.value;
const key = keyOf(run.seed);

/** Series of one replication: values at seconds since the start, by metric and dimension. */
type Series = ReadonlyMap<string, readonly (readonly [second: number, value: number])[]>;

function seriesOf(replication: number): Series {
  const place = { time: null, event: "" };
  const { series } = replicate(setup, key, replication, { checkInvariants: false, place });
  return new Map(
    series.map(({ metric, dimension, time, value }) => [
      dimension === "" ? metric : `${metric} ${dimension}`,
      Array.from(time, (second, at) => [second - setup.start, value[at]] as const),
    ]),
  );
}

const replications = Array.from({ length: run.replications }, (_, r) => seriesOf(r));

const of = (series: Series, name: string): readonly (readonly [number, number])[] => {
  const found = series.get(name);
  if (found === undefined) throw new Error(`no series ${name}`);
  return found;
};
const first = (series: Series, name: string): number => of(series, name)[0][1];
const last = (series: Series, name: string): number => of(series, name).at(-1)?.[1] ?? Number.NaN;

/** Rows of a file of figures; none of its cells holds a comma. */
function rowsOf(name: string): Record<string, string>[] {
  const file = new URL(`../../scenarios/data/${name}`, import.meta.url);
  const [head, ...lines] = readFileSync(file, "utf8").trim().split("\n");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((one, at) => [one, cells[at]]));
  });
}

describe("the fleet of the start", () => {
  it.each([0, 1, 31])("comes to the totals of the snapshot, to the last byte (%i)", (r) => {
    const { nodes } = build(prepare(setup), new Chance(key, r)).world.fleet;
    expect(nodes.count).toBe(2761);
    expect(nodes.left.slice(0, nodes.count).every((left) => left === Infinity)).toBe(true);
    const series = replications[r];
    expect(first(series, "capacity.cru")).toBe(65_469);
    expect(first(series, "capacity.mru") * GIB).toBe(422_911 * GB);
    expect(first(series, "capacity.sru") * GIB).toBe(10_001_202 * GB);
    expect(first(series, "capacity.hru") * GIB).toBe(33_971_888 * GB);
  });
});

describe("uptimes at the end of the year", () => {
  it("are compared with twelve points", () => expect(measured.uptimeAge.length).toBe(12));

  it.each(measured.uptimeAge)("of more than $days days are within 3 points of $date", (point) => {
    const name = `node.age_survival age=${point.days} d`;
    const found = mean(replications.map((series) => last(series, name)));
    expect(Math.abs(found - point.fraction)).toBeLessThan(0.03);
  });
});

describe("use", () => {
  const used = (resource: string): number =>
    rowsOf("grid_utilization.csv")
      .filter((row) => row.date === "2023-04-03" && row.resource === resource)
      .reduce((sum, row) => sum + Number(row.used), 0);
  const resources: readonly (readonly [string, string, number, number])[] = [
    ["cru", "cores", 1790, 1],
    ["mru", "ram", 2670, GIB / GB],
    ["sru", "ssd", 44_674, GIB / GB],
  ];

  it.each(resources)("of %s is within 10 %% of what was measured", (name, row, is, unit) => {
    expect(used(row)).toBe(is);
    for (const moment of [first, last]) {
      const found = replications.map(
        (series) => moment(series, `utilization.${name}`) * moment(series, `capacity.${name}`),
      );
      expect(Math.abs((mean(found) * unit) / is - 1)).toBeLessThan(0.1);
    }
  });
});
