/** The table of uptimes: rows of their own, periods in order, and quiet time that costs nothing. */
import { describe, expect, it } from "vitest";
import { uptimeRules } from "../../src/protocol/uptime-rules.ts";
import {
  alreadyRunning,
  closePeriod,
  creditedSoFar,
  enrol,
  grownUptimeTable,
  lineCameBack,
  lineWentDown,
  nodeBooted,
  nodeWentDown,
  settledReported,
  settledUptime,
  settledViolation,
  settlementSecond,
  settlePeriod,
  type UptimeTable,
  uptimeTable,
} from "../../src/protocol/uptime-run.ts";
import { seconds } from "../../src/units/index.ts";

const MONTH = 2_630_880;
const period = (start: number, end = start + MONTH) => ({
  start: seconds(start),
  end: seconds(end),
});

/** A table in which looks at the ledger of the open period are counted. */
function counted(capacity: number): { readonly table: UptimeTable; looks(): number } {
  const table = uptimeTable(capacity, period(0));
  let looks = 0;
  const rows = new Proxy(table.open.rows, {
    get: (of, key) => {
      looks += 1;
      return Reflect.get(of, key, of);
    },
    set: (of, key, value) => {
      looks += 1;
      return Reflect.set(of, key, value, of);
    },
  });
  table.open = { ...table.open, rows };
  return { table, looks: () => looks };
}

describe("quiet time", () => {
  it.each([0, 1, 3, 4])("costs the same for a day and a month, in row %i", (node) => {
    const costOf = (span: number): number => {
      const { table, looks } = counted(5);
      enrol(table, node, true);
      nodeBooted(table, node, seconds(6));
      creditedSoFar(table, node, seconds(4_000));
      const before = looks();
      creditedSoFar(table, node, seconds(span));
      return looks() - before;
    };
    expect(costOf(86_400)).toBe(costOf(MONTH));
    expect(costOf(86_400)).toBeLessThan(20);
  });
});

describe("a row of the table", () => {
  it("begins anew with whoever is enrolled in it", () => {
    const table = uptimeTable(3, period(0));
    for (const node of [0, 1, 2]) {
      enrol(table, node, true);
      nodeBooted(table, node, seconds(0));
    }
    creditedSoFar(table, 1, seconds(9_000));
    enrol(table, 1, true);
    expect([0, 1, 2].map((node) => creditedSoFar(table, node, seconds(9_001)))).toEqual([
      7_200, 0, 7_200,
    ]);
    // Neither line nor boot of who had the row before is left.
    lineWentDown(table, 1, seconds(9_002));
    enrol(table, 1, true);
    expect(creditedSoFar(table, 1, seconds(20_000))).toBe(0);
    nodeBooted(table, 1, seconds(20_040));
    expect(creditedSoFar(table, 1, seconds(20_040 + 2_401))).toBe(2_400);
  });

  it("of a node whose line is dead from the begin credits when it works", () => {
    const table = uptimeTable(1, period(0));
    enrol(table, 0, false);
    alreadyRunning(table, 0, seconds(-1_200), seconds(0));
    expect(creditedSoFar(table, 0, seconds(5_000))).toBe(0);
    lineCameBack(table, 0, seconds(5_000));
    expect(creditedSoFar(table, 0, seconds(5_001))).toBe(2_460);
  });

  it("of a line that is dead already does not notice that it dies again", () => {
    const credited = (deaths: readonly number[]) => {
      const table = uptimeTable(1, period(0));
      enrol(table, 0, true);
      nodeBooted(table, 0, seconds(0));
      for (const at of deaths) lineWentDown(table, 0, seconds(at));
      lineCameBack(table, 0, seconds(20_000));
      return creditedSoFar(table, 0, seconds(30_000));
    };
    // Reports up to 2,400 s count; that at 20,000 s is worth 2,460 s, and the rest are intervals.
    expect(credited([3_000])).toBe(2_400 + 2_460 + 1_600 + 3 * 2_400);
    expect(credited([3_000, 15_000])).toBe(credited([3_000]));
  });

  it("moves into a larger table, and into none that is smaller", () => {
    const table = uptimeTable(2, period(0), uptimeRules["2022"]);
    enrol(table, 1, true);
    nodeBooted(table, 1, seconds(0));
    creditedSoFar(table, 1, seconds(9_000));
    for (const capacity of [2, 9]) {
      const grown = grownUptimeTable(table, capacity);
      expect([grown.capacity, grown.tail, grown.open.rules]).toEqual([
        capacity,
        false,
        uptimeRules["2022"],
      ]);
      expect(creditedSoFar(grown, 1, seconds(9_601))).toBe(9_600);
    }
    expect(() => grownUptimeTable(table, 1)).toThrow("cannot shrink");
  });
});

describe("periods", () => {
  const running = (boot: number): UptimeTable => {
    const table = uptimeTable(2, period(0));
    for (const node of [0, 1]) {
      enrol(table, node, true);
      alreadyRunning(table, node, seconds(boot), seconds(0));
    }
    return table;
  };

  it("follow one another, and nothing is told of one before it opens", () => {
    const table = running(0);
    expect(() => closePeriod(table, 2, period(MONTH + 6))).toThrow("follow one another");
    expect(() => settlePeriod(table, 2)).toThrow("settled once");
    expect(() => creditedSoFar(table, 0, seconds(MONTH + 1))).toThrow("a period closes before");
    closePeriod(table, 2, period(MONTH));
    expect(() => closePeriod(table, 2, period(2 * MONTH))).toThrow("settled before");
    settlePeriod(table, 2);
    expect([settledUptime(table, 1), settledReported(table, 1)]).toEqual([MONTH, true]);
  });

  it("know no node whose only report came in the block that begins them", () => {
    const end = 1_096 * 2_400;
    const table = uptimeTable(1, period(0, end));
    enrol(table, 0, true);
    alreadyRunning(table, 0, seconds(0), seconds(0));
    closePeriod(table, 1, period(end));
    nodeWentDown(table, 0, seconds(end + 1));
    settlePeriod(table, 1);
    expect(settledUptime(table, 0)).toBe(end);
    closePeriod(table, 1, period(end + MONTH));
    settlePeriod(table, 1);
    expect([settledUptime(table, 0), settledReported(table, 0)]).toEqual([0, false]);
  });

  it("of another era judge by its rules from their begin on", () => {
    const table = running(-600);
    closePeriod(table, 2, period(MONTH), uptimeRules["2022"]);
    settlePeriod(table, 2);
    lineWentDown(table, 1, seconds(MONTH + 200_000));
    lineCameBack(table, 1, seconds(MONTH + 300_000));
    closePeriod(table, 2, period(2 * MONTH));
    settlePeriod(table, 2);
    // The era of 2022 knows no cap: a report credits all the time since the one before it.
    expect([0, 1].map((node) => settledUptime(table, node))).toEqual([MONTH, MONTH]);
    expect(settledViolation(table, 1)).toBeNull();
    expect(settlementSecond(seconds(MONTH))).toBe(MONTH + 6 + 97_200 + 1);
  });
});
