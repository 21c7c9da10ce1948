import { describe, expect, it } from "vitest";
import type { Table } from "../../src/metrics/summary.ts";
import { replicate } from "../../src/run/replicate.ts";
import { seconds } from "../../src/units/index.ts";
import { setting } from "./setting.ts";

const DAY = 86_400;
const base = setting(
  { fleet: { nodes: 60 }, demand: { users: 0.5, live: 1 } },
  { length: seconds(3 * DAY), periods: 0, tables: ["farms", "users", "ledger"] },
);

function tables(held: boolean, replication: number): Readonly<Record<string, Table>> {
  const place = { time: null, event: "" };
  const setup = held ? { ...base, held } : base;
  return replicate(setup, [3, 4], replication, { checkInvariants: false, place }).tables;
}

/** What one can see of each farm of the start. */
function farmsOf({ farms }: Readonly<Record<string, Table>>): readonly string[] {
  const names = ["cause", "country", "data_centre", "class", "nodes_at_start", "latitude"];
  return Array.from({ length: farms.cause?.length ?? 0 }, (_, row) =>
    names.map((name) => String(farms[name]?.[row])).join(" "),
  );
}

describe("a fleet that all replications share", () => {
  const [first, second] = [tables(true, 0), tables(true, 1)];

  it("has the same farms in each, and other things happen to it", () => {
    expect(farmsOf(first).length).toBeGreaterThan(10);
    expect(farmsOf(second)).toEqual(farmsOf(first));
    expect([...second.users.lived_s]).not.toEqual([...first.users.lived_s]);
  });

  it("is drawn anew where nobody holds it", () => {
    expect(farmsOf(tables(false, 1))).not.toEqual(farmsOf(tables(false, 0)));
    expect(farmsOf(tables(false, 0))).toEqual(farmsOf(first));
  });
});

describe("the ledger of a run", () => {
  it.each([0, 1])("adds up to nothing, to the last unit (replication %d)", (replication) => {
    const { ledger } = tables(false, replication);
    const units = Array.from(ledger.tft, BigInt);
    expect(units.reduce((sum, unit) => sum + unit, 0n)).toBe(0n);
    const names = Array.from(units, (_, row) => String(ledger.line?.[row]));
    const of = (line: string): bigint => units[names.indexOf(line)] ?? 0n;
    expect(of("users")).toBeLessThan(0n);
    expect(of("foundation")).toBeGreaterThan(0n);
    // It is counted with the contracts, not made to fit.
    expect(of("charged, not yet shared")).not.toBe(0n);
    const usd = units.reduce((sum, _, row) => sum + Number(ledger.usd[row]), 0);
    expect(Math.abs(usd)).toBeLessThan(1e-6);
  });
});
