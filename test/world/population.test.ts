import { expect, test } from "vitest";
import { Chronicle, DAY } from "./chronicle.ts";
import { setting } from "./setting.ts";

const GB = 1e9;
const sum = (column: Float64Array, count: number): number =>
  column.subarray(0, count).reduce((total, value) => total + value, 0);

test("the fleet of the start has exactly the totals of the snapshot", () => {
  for (const replication of [0, 1, 2]) {
    const { nodes } = new Chronicle(setting(), replication).fleet;
    expect(nodes.count).toBe(2761);
    expect(sum(nodes.cru, nodes.count)).toBe(65_469);
    expect(sum(nodes.mru, nodes.count)).toBe(422_911 * GB);
    expect(sum(nodes.sru, nodes.count)).toBe(10_001_202 * GB);
    expect(sum(nodes.hru, nodes.count)).toBe(33_971_888 * GB);
  }
});

test("every machine is whole and has a core, memory beyond what Zero-OS keeps, and no debt", () => {
  const { nodes } = new Chronicle(setting()).fleet;
  const wrong = Array.from({ length: nodes.count }, (_, i) => i).filter(
    (i) =>
      !(
        Number.isInteger(nodes.cru[i]) &&
        nodes.cru[i] >= 1 &&
        nodes.mru[i] % GB === 0 &&
        nodes.room.freeMru(i) > 0 &&
        nodes.room.freeMru(i) <= nodes.mru[i] - 2 * 1024 ** 3 &&
        nodes.room.freeSru(i) >= 0 &&
        nodes.hru[i] >= 0
      ),
  );
  expect(wrong).toEqual([]);
});

test("a fleet of another size has the same mean machine", () => {
  const { nodes } = new Chronicle(setting({ fleet: { nodes: 5522 } })).fleet;
  expect(nodes.count).toBe(5522);
  expect(sum(nodes.cru, nodes.count)).toBe(2 * 65_469);
  expect(sum(nodes.hru, nodes.count)).toBe(2 * 33_971_888 * GB);
});

test("countries, kinds and certificates have the shares that are assumed", () => {
  const setup = setting({ fleet: { nodes: 40_000 } });
  const { nodes, farms } = new Chronicle(setup).fleet;
  // Four standard errors of a share among that many independent draws.
  const near = (found: number, count: number, share: number): void => {
    const error = Math.sqrt((share * (1 - share)) / count);
    expect(Math.abs(found / count - share)).toBeLessThan(4 * error);
  };
  const total = setup.countries.reduce((all, one) => all + one.weight, 0);
  const inCountry = new Array(setup.countries.length).fill(0);
  let dedicated = 0;
  let addressed = 0;
  for (let i = 0; i < farms.count; i++) {
    inCountry[farms.country[i]] += 1;
    dedicated += farms.dedicated[i];
    addressed += farms.ips[i] > 0 ? 1 : 0;
  }
  for (const [i, one] of setup.countries.entries()) {
    near(inCountry[i], farms.count, one.weight / total);
  }
  near(dedicated, farms.count, 0.1);
  near(addressed, farms.count, 0.06);
  near(sumOf(nodes.certified, nodes.count), nodes.count, 0.12);
  near(sumOf(nodes.flaky, nodes.count), nodes.count, 0.098);
});

test("one node more leaves every other farm's nodes with an identical history", () => {
  const before = new Chronicle(setting({ fleet: { nodes: 600 } }));
  const after = new Chronicle(setting({ fleet: { nodes: 601 } }));
  before.advance(60 * DAY);
  after.advance(60 * DAY);
  const { cause: causes, count } = before.fleet.farms;
  const last = Math.max(...causes.subarray(0, count).filter((cause) => cause < 2 ** 31));
  const changed = after.histories();
  let compared = 0;
  for (const [cause, history] of before.histories()) {
    const high = Number(cause.split("/")[0]);
    // The last farms of the start differ in size, and so does what they bring forth.
    if (high >= last || (high >= 2 ** 31 && Math.floor((high - 2 ** 31) / 1024) >= last)) continue;
    expect(changed.get(cause)).toBe(history);
    compared += 1;
  }
  expect(compared).toBeGreaterThan(500);
});

function sumOf(column: Uint8Array, count: number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += column[i];
  return total;
}
