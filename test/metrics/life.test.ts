import { describe, expect, it } from "vitest";
import { Chance, runWindows } from "../../src/kernel/index.ts";
import { lifeMetrics } from "../../src/metrics/life.ts";
import { type Sight, Telling } from "../../src/metrics/metric.ts";
import { seconds } from "../../src/units/index.ts";
import { STEP } from "../../src/world/contract.ts";
import { build, prepare } from "../../src/world/index.ts";
import { DAY, run, small } from "../world/money.ts";

/** What is told of the lives of a busy small grid's contracts. */
function told(days: number, tables: readonly string[]): ReadonlyMap<string, number> {
  const setup = small({}, { length: seconds(days * DAY), tables });
  const { world, local, judge } = build(prepare(setup), new Chance([7, 11], 0));
  const watcher = lifeMetrics.watch(world);
  let sight: Sight = { world, until: 0 };
  runWindows({
    start: 0,
    end: setup.length,
    window: setup.window,
    local,
    judge,
    watch(until) {
      sight = { world, until };
      watcher.window?.(sight);
    },
  });
  watcher.end?.(sight);
  const telling = new Telling(setup.start);
  watcher.tell(sight, telling);
  return new Map([...telling.values].map(([name, { value }]) => [name, value]));
}

describe("the lives of contracts", () => {
  it("have the quantiles of those that ended, within one part in a hundred", () => {
    const values = told(21, ["contracts"]);
    // The same world where every contract keeps a row of its own.
    const { contracts, terms } = run(small());
    const lives: number[] = [];
    for (let row = 0; row < contracts.count; row += STEP) {
      const ended = contracts.endedAt[row];
      if (ended < 21 * DAY)
        lives.push((ended - contracts.created[row] * terms.secondsPerBlock) / DAY);
    }
    lives.sort((a, b) => a - b);
    expect(lives.length).toBeGreaterThan(20);
    for (const [name, share] of [
      ["p10", 0.1],
      ["median", 0.5],
      ["p90", 0.9],
    ] as const) {
      const exact = lives[Math.floor(share * (lives.length - 1))];
      const found = values.get(`contract.life_days.${name}`) ?? Number.NaN;
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.01);
    }
  });

  it("are told to those alone who ask for the table of contracts", () => {
    expect(told(3, []).size).toBe(0);
    expect(told(3, ["contracts"]).size).toBe(3);
  });
});
