/**
 * Tables: nodes, farms, contracts, payouts and proposals as they stand at the end, for those who
 * ask.
 */

import { GIB } from "../units/index.ts";
import type { World } from "../world/state.ts";
import { ContractRows } from "./contract-table.ts";
import { PIECE_ROWS, type Table, type TableSink } from "./summary.ts";

/** A table of the world as it stands: how many rows, and those from one to before another. */
interface Standing {
  readonly count: number;
  rows(from: number, to: number): Table;
}

/** Tells the tables of a world, those of the given names; unknown names are left out. */
export class TableWriter {
  readonly #names: readonly string[];
  readonly #sink: TableSink;
  readonly #contracts: ContractRows | null;

  constructor(names: readonly string[], sink: TableSink) {
    // What a pool made of the price is never left unsaid.
    this.#names = [...names, "market"];
    this.#sink = sink;
    this.#contracts = names.includes("contracts") ? new ContractRows(sink) : null;
  }

  /** Takes what a window left and a later one would write over. */
  window(world: World): void {
    this.#contracts?.take(world);
  }

  /** Writes everything at the end of a run, with the tables that watchers have told. */
  finish(world: World, told: Readonly<Record<string, Table>>): void {
    for (const name of this.#names) {
      if (name === "contracts") this.#contracts?.finish(world);
      const own = told[name];
      const table = own === undefined ? standing[name]?.(world) : wholeOf(own);
      if (table !== undefined) tell(this.#sink, name, table);
    }
  }
}

function tell(sink: TableSink, name: string, table: Standing): void {
  for (let from = 0; from === 0 || from < table.count; from += PIECE_ROWS)
    sink.add(name, table.rows(from, Math.min(table.count, from + PIECE_ROWS)));
}

const standing: Readonly<Record<string, (world: World) => Standing>> = {
  nodes: nodesTable,
  farms: farmsTable,
  payouts: payoutsTable,
  proposals: proposalsTable,
};

/** Tells a table that is there as a whole, piece by piece. */
export const tellWhole = (sink: TableSink, name: string, table: Table): void =>
  tell(sink, name, wholeOf(table));

function wholeOf(table: Table): Standing {
  const columns = Object.entries(table);
  return {
    count: columns[0]?.[1].length ?? 0,
    rows: (from, to) =>
      Object.fromEntries(columns.map(([name, column]) => [name, column.slice(from, to)])),
  };
}

type ColumnOf = (from: number, to: number) => Table[string];

const standingOf = (count: number, columns: Readonly<Record<string, ColumnOf>>): Standing => ({
  count,
  rows: (from, to) =>
    Object.fromEntries(Object.entries(columns).map(([name, of]) => [name, of(from, to)])),
});

const numbers =
  (of: (row: number) => number): ColumnOf =>
  (from, to) =>
    new Float64Array(to - from).map((_, at) => of(from + at));

const each =
  <Value>(of: (row: number) => Value) =>
  (from: number, to: number): readonly Value[] =>
    Array.from({ length: to - from }, (_, at) => of(from + at));
const words: (of: (row: number) => string) => ColumnOf = each;
const wholes: (of: (row: number) => bigint) => ColumnOf = each;

function nodesTable(world: World): Standing {
  const { nodes, farms } = world.fleet;
  const { setup, mint } = world;
  return standingOf(nodes.count, {
    node: numbers((node) => node),
    farm: numbers((node) => nodes.farm[node]),
    country: words((node) => setup.countries[farms.country[nodes.farm[node]]].code),
    class: words((node) => setup.classes[nodes.class[node]].name),
    cru: numbers((node) => nodes.cru[node]),
    mru_gib: numbers((node) => nodes.mru[node] / GIB),
    sru_gib: numbers((node) => nodes.sru[node] / GIB),
    hru_gib: numbers((node) => nodes.hru[node] / GIB),
    certified: numbers((node) => nodes.certified[node]),
    joined_s: numbers((node) => nodes.joined[node]),
    left_s: numbers((node) => nodes.left[node]),
    boot_s: numbers((node) => nodes.boot[node]),
    reachable_s: numbers((node) => nodes.reachableUntil(node, world.now)),
    last_permille: numbers((node) => mint.permille[node] ?? 0),
  });
}

function farmsTable(world: World): Standing {
  const { farms, nodes } = world.fleet;
  const { setup, earnings } = world;
  const classOf = (farm: number): string => {
    const first = farms.firstNode[farm];
    return first < 0 ? "" : setup.classes[nodes.class[first]].name;
  };
  return standingOf(farms.count, {
    farm: numbers((farm) => farm),
    cause: numbers((farm) => farms.cause[farm]),
    country: words((farm) => setup.countries[farms.country[farm]].code),
    latitude: numbers((farm) => farms.latitude[farm]),
    longitude: numbers((farm) => farms.longitude[farm]),
    data_centre: numbers((farm) => farms.dataCentre[farm]),
    class: words(classOf),
    joined_s: numbers((farm) => farms.joined[farm]),
    nodes_at_start: numbers((farm) => farms.sizeAtStart[farm]),
    nodes: numbers((farm) => farms.nodes[farm]),
    public_ips: numbers((farm) => farms.ips[farm]),
    minted: wholes((farm) => BigInt(earnings.farmMinted[farm] ?? 0)),
    minted_usd: numbers((farm) => earnings.farmMintedUsd[farm] ?? 0),
    received: wholes((farm) => BigInt(earnings.farmTotal[farm] ?? 0)),
    received_usd: numbers((farm) => earnings.farmUserUsd[farm] ?? 0),
  });
}

/** What each node was paid for the period that was paid last. */
function payoutsTable(world: World): Standing {
  const { mint, fleet, paydays } = world;
  const end = paydays.at(-1)?.end;
  const paid = new Int32Array(end === undefined ? 0 : fleet.nodes.count);
  let count = 0;
  for (let node = 0; node < paid.length; node++) if (mint.paid[node] > 0) paid[count++] = node;
  return standingOf(count, {
    period_end_s: numbers(() => end ?? 0),
    node: numbers((at) => paid[at]),
    farm: numbers((at) => fleet.nodes.farm[paid[at]]),
    permille: numbers((at) => mint.permille[paid[at]]),
    paid: wholes((at) => BigInt(mint.paid[paid[at]])),
  });
}

/** Every proposal and what became of it; one that is still open closes at infinity. */
function proposalsTable({ dao }: World): Standing {
  const { all } = dao;
  return standingOf(all.length, {
    proposal: numbers((row) => row),
    action: words((row) => all[row].action),
    by: words((row) => all[row].by),
    proposed_s: numbers((row) => all[row].proposed),
    ends_s: numbers((row) => all[row].ends),
    closed_s: numbers((row) => all[row].closed),
    fate: words((row) => all[row].fate),
    result: words((row) => all[row].result),
    threshold: numbers((row) => all[row].threshold),
    farms: numbers((row) => all[row].farms),
    yes: numbers((row) => all[row].yes),
    no: numbers((row) => all[row].no),
    weight: wholes((row) => all[row].weight),
    yes_weight: wholes((row) => all[row].yesWeight),
    no_weight: wholes((row) => all[row].noWeight),
    vetoes: numbers((row) => all[row].vetoed),
    bribed: numbers((row) => all[row].bribed),
  });
}
