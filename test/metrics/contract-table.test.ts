import { beforeAll, describe, expect, it } from "vitest";
import { Chance, runWindows } from "../../src/kernel/index.ts";
import { ContractRows } from "../../src/metrics/contract-table.ts";
import type { Table, TableSink } from "../../src/metrics/summary.ts";
import { GIB, seconds } from "../../src/units/index.ts";
import { STEP } from "../../src/world/contract.ts";
import { build, prepare, type World } from "../../src/world/index.ts";
import { DAY, run, small } from "../world/money.ts";

/** Scratch in memory; nothing is told through it. */
function sink(): TableSink {
  const numbers: number[] = [];
  return {
    add: () => expect.unreachable(),
    scratch: () => ({
      append: (more) => numbers.push(...more),
      read: (place, into) => into.set(numbers.slice(place, place + into.length)),
    }),
  };
}

interface Lived {
  readonly world: World;
  readonly pieces: readonly Table[];
  /** The most contracts that the world and the table had room for or held in memory. */
  readonly held: number;
}

/** A busy small grid of so many days, whose contracts are told. */
function lived(days: number): Lived {
  const setup = small({}, { length: seconds(days * DAY), tables: ["contracts"] });
  const simulation = build(prepare(setup), new Chance([7, 11], 0));
  const { world, end, local, judge } = simulation;
  const rows = new ContractRows(sink());
  let put = 0;
  runWindows({
    start: 0,
    end,
    window: setup.window,
    local,
    judge(until) {
      judge(until);
      put = Math.max(put, world.contracts.ended?.count ?? 0);
      rows.take(world);
    },
  });
  const pieces = [...rows.pieces(world)];
  return { world, pieces, held: world.contracts.count / STEP + put };
}

describe("the table of contracts", () => {
  let weeks: Lived;
  let months: Lived;
  beforeAll(() => {
    weeks = lived(21);
    months = lived(168);
  });

  it("tells every contract there ever was, in the order in which they were made", () => {
    const { world, pieces } = weeks;
    expect(pieces).toHaveLength(1);
    const [table] = pieces;
    // The same world where nothing is put aside and every contract keeps a row of its own.
    const { contracts, terms } = run(small());
    const count = contracts.count / STEP;
    expect(count).toBe(world.contracts.made);
    const column = (of: (row: number) => unknown): unknown[] =>
      Array.from({ length: count }, (_, at) => of(at * STEP));
    const numbers = (name: string): unknown[] => [...table[name]];
    expect(numbers("contract")).toEqual(column((row) => row / STEP));
    expect(numbers("user")).toEqual(column((row) => contracts.user[row]));
    expect(numbers("node")).toEqual(column((row) => contracts.node[row]));
    expect(numbers("ended_s")).toEqual(column((row) => contracts.endedAt[row]));
    expect(numbers("cru")).toEqual(column((row) => contracts.cores[row]));
    expect(numbers("mru_gib")).toEqual(column((row) => contracts.memory[row] / GIB));
    expect(numbers("public_ips")).toEqual(column((row) => contracts.ips[row]));
    expect(numbers("created_s")).toEqual(
      column((row) => contracts.created[row] * terms.secondsPerBlock),
    );
    const ended = column((row) => contracts.endedAt[row] < Number.POSITIVE_INFINITY);
    expect(numbers("state").map((state) => state === "ended")).toEqual(ended);
    expect(ended.filter(Boolean).length).toBeGreaterThan(count / 2);
  });

  it("holds as many rows for months as for weeks, though many times as many were made", () => {
    expect(months.world.contracts.made).toBeGreaterThan(5 * weeks.world.contracts.made);
    expect(months.held).toBeLessThan(1.5 * weeks.held);
    expect(months.held).toBeLessThan(months.world.contracts.made / 4);
  });
});
