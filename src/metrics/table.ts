/**
 * Tables: nodes, farms, contracts, payouts and proposals as they stand at the end, for those who
 * ask.
 */

import { GIB } from "../units/index.ts";
import { STEP } from "../world/contract.ts";
import type { World } from "../world/state.ts";
import type { Table } from "./summary.ts";

const KINDS = ["node", "rent", "name"] as const;
const STATES = ["created", "grace", "ended"] as const;

/**
 * The tables of the given names, some of which watchers have told; unknown names are left out.
 */
export function tablesOf(
  world: World,
  names: readonly string[],
  told: Readonly<Record<string, Table>> = {},
): Readonly<Record<string, Table>> {
  const tables: Record<string, Table> = {};
  // What a pool made of the price is never left unsaid.
  for (const name of [...names, "market"]) {
    if (name === "nodes") tables[name] = nodesTable(world);
    if (name === "farms") tables[name] = farmsTable(world);
    if (name === "contracts") tables[name] = contractsTable(world);
    if (name === "payouts") tables[name] = payoutsTable(world);
    if (name === "proposals") tables[name] = proposalsTable(world);
    const own = told[name];
    if (own !== undefined) tables[name] = own;
  }
  return tables;
}

const rows = (count: number): readonly number[] => Array.from({ length: count }, (_, row) => row);
const numbers = (count: number, of: (row: number) => number): Float64Array =>
  Float64Array.from(rows(count), of);

function nodesTable(world: World): Table {
  const { nodes, farms } = world.fleet;
  const { setup, mint } = world;
  const { count } = nodes;
  return {
    node: numbers(count, (node) => node),
    farm: numbers(count, (node) => nodes.farm[node]),
    country: rows(count).map((node) => setup.countries[farms.country[nodes.farm[node]]].code),
    class: rows(count).map((node) => setup.classes[nodes.class[node]].name),
    cru: numbers(count, (node) => nodes.cru[node]),
    mru_gib: numbers(count, (node) => nodes.mru[node] / GIB),
    sru_gib: numbers(count, (node) => nodes.sru[node] / GIB),
    hru_gib: numbers(count, (node) => nodes.hru[node] / GIB),
    certified: numbers(count, (node) => nodes.certified[node]),
    joined_s: numbers(count, (node) => nodes.joined[node]),
    left_s: numbers(count, (node) => nodes.left[node]),
    boot_s: numbers(count, (node) => nodes.boot[node]),
    reachable_s: numbers(count, (node) => nodes.reachableUntil(node, world.now)),
    last_permille: numbers(count, (node) => mint.permille[node] ?? 0),
  };
}

function farmsTable(world: World): Table {
  const { farms, nodes } = world.fleet;
  const { setup, earnings } = world;
  const { count } = farms;
  const classOf = (farm: number): string => {
    const first = farms.firstNode[farm];
    return first < 0 ? "" : setup.classes[nodes.class[first]].name;
  };
  return {
    farm: numbers(count, (farm) => farm),
    cause: numbers(count, (farm) => farms.cause[farm]),
    country: rows(count).map((farm) => setup.countries[farms.country[farm]].code),
    latitude: numbers(count, (farm) => farms.latitude[farm]),
    longitude: numbers(count, (farm) => farms.longitude[farm]),
    data_centre: numbers(count, (farm) => farms.dataCentre[farm]),
    class: rows(count).map(classOf),
    joined_s: numbers(count, (farm) => farms.joined[farm]),
    nodes_at_start: numbers(count, (farm) => farms.sizeAtStart[farm]),
    nodes: numbers(count, (farm) => farms.nodes[farm]),
    public_ips: numbers(count, (farm) => farms.ips[farm]),
    minted: rows(count).map((farm) => BigInt(earnings.farmMinted[farm] ?? 0)),
    minted_usd: numbers(count, (farm) => earnings.farmMintedUsd[farm] ?? 0),
    received: rows(count).map((farm) => BigInt(earnings.farmTotal[farm] ?? 0)),
    received_usd: numbers(count, (farm) => earnings.farmUserUsd[farm] ?? 0),
  };
}

function contractsTable(world: World): Table {
  const { contracts, terms } = world;
  const count = contracts.count / STEP;
  return {
    contract: numbers(count, (at) => at),
    user: numbers(count, (at) => contracts.user[at * STEP]),
    kind: rows(count).map((at) => KINDS[contracts.kind[at * STEP]]),
    state: rows(count).map((at) => STATES[contracts.state[at * STEP]]),
    node: numbers(count, (at) => contracts.node[at * STEP]),
    created_s: numbers(count, (at) => contracts.created[at * STEP] * terms.secondsPerBlock),
    ended_s: numbers(count, (at) => contracts.endedAt[at * STEP]),
    cru: numbers(count, (at) => contracts.cores[at * STEP]),
    mru_gib: numbers(count, (at) => contracts.memory[at * STEP] / GIB),
    sru_gib: numbers(count, (at) => contracts.ssd[at * STEP] / GIB),
    hru_gib: numbers(count, (at) => contracts.hdd[at * STEP] / GIB),
    public_ips: numbers(count, (at) => contracts.ips[at * STEP]),
  };
}

/** What each node was paid for the period that was paid last. */
function payoutsTable(world: World): Table {
  const { mint, fleet, paydays } = world;
  const last = paydays.at(-1);
  const paid =
    last === undefined ? [] : rows(fleet.nodes.count).filter((node) => mint.paid[node] > 0);
  return {
    period_end_s: Float64Array.from(paid, () => last?.end ?? 0),
    node: Float64Array.from(paid),
    farm: Float64Array.from(paid, (node) => fleet.nodes.farm[node]),
    permille: Float64Array.from(paid, (node) => mint.permille[node]),
    paid: paid.map((node) => BigInt(mint.paid[node])),
  };
}

/** Every proposal and what became of it; one that is still open closes at infinity. */
function proposalsTable({ dao }: World): Table {
  const { all } = dao;
  const { length } = all;
  return {
    proposal: numbers(length, (row) => row),
    action: all.map(({ action }) => action),
    by: all.map(({ by }) => by),
    proposed_s: numbers(length, (row) => all[row].proposed),
    ends_s: numbers(length, (row) => all[row].ends),
    closed_s: numbers(length, (row) => all[row].closed),
    fate: all.map(({ fate }) => fate),
    result: all.map(({ result }) => result),
    threshold: numbers(length, (row) => all[row].threshold),
    farms: numbers(length, (row) => all[row].farms),
    yes: numbers(length, (row) => all[row].yes),
    no: numbers(length, (row) => all[row].no),
    weight: all.map(({ weight }) => weight),
    yes_weight: all.map(({ yesWeight }) => yesWeight),
    no_weight: all.map(({ noWeight }) => noWeight),
    vetoes: numbers(length, (row) => all[row].vetoed),
    bribed: numbers(length, (row) => all[row].bribed),
  };
}
