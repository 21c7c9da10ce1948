import { describe, expect, test } from "vitest";
import { seconds } from "../../src/units/index.ts";
import { Fact } from "../../src/world/facts.ts";
import type { TimelineEntry } from "../../src/world/setup.ts";
import { Chronicle, DAY } from "./chronicle.ts";
import { setting } from "./setting.ts";

const GONE = 30 * DAY;
const LENGTH = 90 * DAY;
const BUSY = { fleet: { nodes: 1000 }, churn: { departure: 0.2 } };

type Leave = Extract<TimelineEntry, { readonly kind: "leave" }>;

function lived(...leaves: readonly Pick<Leave, "target" | "largest">[]): Chronicle {
  const timeline = leaves.map((each) => ({ kind: "leave", at: seconds(GONE), ...each }) as const);
  const chronicle = new Chronicle(setting(BUSY, { timeline }));
  chronicle.advance(LENGTH);
  return chronicle;
}

/** What happened to the nodes of some farms, each node named by its cause. */
function histories(chronicle: Chronicle, keeps: (cause: number) => boolean): readonly string[] {
  const { causeHigh, causeLow } = chronicle.fleet.nodes;
  return chronicle
    .told()
    .filter(({ entity }) => keeps(causeHigh[entity]))
    .map(({ kind, time, entity, value }) =>
      [causeHigh[entity], causeLow[entity], kind, time, value].join(" "),
    );
}

/** Causes of the farms of the start that have nodes left at the end. */
function still({ fleet }: Chronicle): ReadonlySet<number> {
  const { farms } = fleet;
  const here = Array.from(farms.nodes.subarray(0, farms.count).entries());
  return new Set(here.filter(([, nodes]) => nodes > 0).map(([farm]) => farms.cause[farm]));
}

const usual = lived();
const { farms: usualFarms } = usual.fleet;
const atStart = usualFarms.sizeAtStart.indexOf(0);
const sizes = [...usualFarms.sizeAtStart.subarray(0, atStart)];

describe("the largest farm that the timeline makes go", () => {
  const largest = sizes.indexOf(Math.max(...sizes));
  const cause = usualFarms.cause[largest];
  const without = lived({ target: { share: 1 }, largest: 1 });

  test("takes its nodes away at that second, and none joins it again", () => {
    const { causeHigh } = without.fleet.nodes;
    const own = without.told().filter(({ entity }) => causeHigh[entity] === cause);
    const left = own.filter(({ kind }) => kind === Fact.nodeLeft);
    expect(left.filter(({ time }) => time === GONE).length).toBeGreaterThan(sizes[largest] * 0.8);
    expect(own.filter(({ time }) => time > GONE)).toEqual([]);
    expect(without.fleet.farms.nodes[largest]).toBe(0);
  });

  test("is one that would have gone on", () => {
    const { causeHigh } = usual.fleet.nodes;
    const later = ({ time, entity }: { readonly time: number; readonly entity: number }) =>
      time > GONE && causeHigh[entity] === cause;
    expect(usual.told().filter(later).length).toBeGreaterThan(20);
    expect(still(usual)).toContain(cause);
  });

  test("changes nothing for the nodes of any other farm of the start", () => {
    const other = (of: number): boolean => of < atStart && of !== cause;
    expect(histories(without, other)).toEqual(histories(usual, other));
  });
});

describe("farms that go", () => {
  const { country } = usualFarms;
  const many = [...country.subarray(0, atStart)];
  const code = (row: number): string => setting().countries[row].code;
  const where = many.toSorted(
    (a, b) => many.filter((x) => x === b).length - many.filter((x) => x === a).length,
  )[0];
  const there = (farm: number): boolean => country[farm] === where;

  test("are all of a country, or about a share of them, chosen by chance", () => {
    const gone = (share: number): readonly number[] => {
      const { farms } = lived({ target: { country: code(where), share }, largest: null }).fleet;
      return many.flatMap((_, farm) =>
        there(farm) && farms.nodes[farm] === 0 && usualFarms.nodes[farm] > 0 ? [farm] : [],
      );
    };
    const all = many.flatMap((_, farm) =>
      there(farm) && usualFarms.nodes[farm] > 0 ? [farm] : [],
    );
    expect(gone(1)).toEqual(all);
    const half = gone(0.5).length / all.length;
    expect(Math.abs(half - 0.5)).toBeLessThan(3 * Math.sqrt(0.25 / all.length));
  });

  test("are the largest of those that match, the earlier one first among equals", () => {
    const three = lived({ target: { country: code(where), share: 1 }, largest: 3 });
    const order = many.flatMap((_, farm) => (there(farm) ? [farm] : []));
    order.sort((a, b) => sizes[b] - sizes[a] || a - b);
    const { nodes } = three.fleet.farms;
    expect(order.slice(0, 3).map((farm) => nodes[farm])).toEqual([0, 0, 0]);
    const rest = order.slice(3);
    expect(rest.map((farm) => nodes[farm])).toEqual(rest.map((farm) => usualFarms.nodes[farm]));
  });

  test("go once, at the earlier of two dates", () => {
    const timeline = [60, 30].map((day) => ({
      ...{ kind: "leave", at: seconds(day * DAY), largest: 1, target: { share: 1 } },
    })) as readonly Leave[];
    const chronicle = new Chronicle(setting(BUSY, { timeline }));
    chronicle.advance(LENGTH);
    const once = lived({ target: { share: 1 }, largest: 1 });
    expect(chronicle.told()).toEqual(once.told());
  });
});
