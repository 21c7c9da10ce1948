import { beforeAll, describe, expect, it } from "vitest";
import { Chance, runWindows } from "../../src/kernel/index.ts";
import { ContractRows } from "../../src/metrics/contract-table.ts";
import type { Table } from "../../src/metrics/summary.ts";
import { GIB, seconds } from "../../src/units/index.ts";
import { STEP } from "../../src/world/contract.ts";
import { build, prepare, type World } from "../../src/world/index.ts";
import { DAY, run, small } from "../world/money.ts";

interface Lived {
  readonly world: World;
  readonly pieces: readonly Table[];
  /** How many of the pieces were told while the world lived. */
  readonly early: number;
  /** The most contracts that the world and the table had room for or held in memory. */
  readonly held: number;
}

/** A busy small grid of so many days, whose contracts are told in pieces of so many rows. */
function lived(days: number, pieceRows?: number): Lived {
  const setup = small({}, { length: seconds(days * DAY), tables: ["contracts"] });
  const simulation = build(prepare(setup), new Chance([7, 11], 0));
  const { world, end, local, judge } = simulation;
  const pieces: Table[] = [];
  const add = (name: string, piece: Table): void => {
    expect(name).toBe("contracts");
    pieces.push(piece);
  };
  const rows = new ContractRows({ add }, pieceRows);
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
  const early = pieces.length;
  rows.finish(world);
  return { world, pieces, early, held: world.contracts.count / STEP + put };
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

  it("tells what has ended as soon as a piece is full, each contract once", () => {
    const rows = 50;
    const { pieces, early } = lived(21, rows);
    const [whole] = weeks.pieces;
    const count = whole["contract"].length;
    expect(pieces).toHaveLength(Math.ceil(count / rows));
    expect(early).toBeGreaterThan(pieces.length / 2);
    const told: unknown[] = new Array(count);
    for (const [at, piece] of pieces.entries()) {
      expect(piece["contract"]).toHaveLength(Math.min(rows, count - at * rows));
      // Rows are in the order of creation, and those of before the end have all ended.
      expect(Float64Array.from(piece["contract"], Number).sort()).toEqual(piece["contract"]);
      if (at < early) expect([...new Set<unknown>([...piece["state"]])]).toEqual(["ended"]);
      for (const [row, contract] of piece["contract"].entries())
        told[Number(contract)] = Object.values(piece).map((column) => column[row]);
    }
    const columns = Object.values(whole);
    expect(told).toEqual(told.map((_, row) => columns.map((column) => column[row])));
    expect(weeks.early).toBe(0);
  });

  it("holds as many rows for months as for weeks, though many times as many were made", () => {
    expect(months.world.contracts.made).toBeGreaterThan(5 * weeks.world.contracts.made);
    expect(months.held).toBeLessThan(1.5 * weeks.held);
    expect(months.held).toBeLessThan(months.world.contracts.made / 4);
  });
});
