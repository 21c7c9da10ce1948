/**
 * Groups: what the nodes of a country, a class or a size of farm hold at the end, and were paid.
 *
 * Nothing is measured here that has not a metric of its own; this is where that metric comes from.
 */

import { GIB, UNITS_PER_TOKEN } from "../units/index.ts";
import { STEP } from "../world/contract.ts";
import type { World } from "../world/state.ts";
import {
  type MetricGroup,
  SIZE_BANDS,
  type Sight,
  sizeBand,
  type Telling,
  type Watcher,
} from "./metric.ts";

/** The values of other nouns' metrics by country, node class and farm size. */
export const groupMetrics: MetricGroup = { entries: [], watch: () => new GroupWatcher() };

const MICRO = 1_000_000;
/** The kind of a rent contract, as the chain counts kinds. */
const RENT = 1;

/** What is summed over the nodes of a group, in base units. */
const SUMS = [
  "cru",
  "mru",
  "sru",
  "hru",
  "cu",
  "su",
  "used",
  "contracts",
  "enrolled",
  "paid",
] as const;

/** Where each sum lies in a group's row. */
const AT = Object.fromEntries(SUMS.map((name, at) => [name, at])) as Record<
  (typeof SUMS)[number],
  number
>;

/** What is told of a group, by metric, from its row of sums; NaN is not told. */
const TOLD: readonly (readonly [metric: string, of: (row: Float64Array) => number])[] = [
  ["capacity.cru", (row) => row[AT.cru]],
  ["capacity.mru", (row) => row[AT.mru] / GIB],
  ["capacity.sru", (row) => row[AT.sru] / GIB],
  ["capacity.hru", (row) => row[AT.hru] / GIB],
  ["capacity.cu", (row) => row[AT.cu] / MICRO],
  ["capacity.su", (row) => row[AT.su] / MICRO],
  ["utilization.cru", (row) => row[AT.used] / row[AT.cru]],
  ["contract.live", (row) => row[AT.contracts]],
  ["mint.paid_share", (row) => row[AT.paid] / row[AT.enrolled]],
];

class GroupWatcher implements Watcher {
  #names: readonly string[] = [];
  #rows: readonly Float64Array[] = [];
  #end = 0;

  end({ world, until }: Sight): void {
    const { fleet, mint } = world;
    const { nodes } = fleet;
    this.#end = until;
    this.#names = namesOf(world);
    this.#rows = this.#names.map(() => new Float64Array(SUMS.length));
    this.#forNodes(world, (node, row) => {
      if (nodes.left[node] <= until) return;
      row[AT.cru] += nodes.cru[node];
      row[AT.mru] += nodes.mru[node];
      row[AT.sru] += nodes.sru[node];
      row[AT.hru] += nodes.hru[node];
      row[AT.cu] += mint.cu[node];
      row[AT.su] += mint.su[node];
    });
    this.#noteContracts(world);
  }

  /** Living contracts on nodes; who rents a node reserves no cores of it. */
  #noteContracts(world: World): void {
    const { contracts } = world;
    for (let contract = 0; contract < contracts.count; contract += STEP) {
      const node = contracts.node[contract];
      if (!contracts.lives(contract) || node < 0) continue;
      const cores = contracts.kind[contract] === RENT ? 0 : contracts.cores[contract];
      for (const row of this.#rowsOf(world, node)) {
        row[AT.contracts] += 1;
        row[AT.used] += cores;
      }
    }
  }

  /** The rows of the groups that a node belongs to. */
  #rowsOf({ fleet, setup }: World, node: number): readonly Float64Array[] {
    const { nodes, farms } = fleet;
    const farm = nodes.farm[node];
    const classes = setup.countries.length;
    const sizes = classes + setup.classes.length;
    return [
      this.#rows[farms.country[farm]],
      this.#rows[classes + nodes.class[node]],
      this.#rows[sizes + sizeBand(farms.sizeAtStart[farm])],
    ];
  }

  #forNodes(world: World, look: (node: number, row: Float64Array) => void): void {
    const { count } = world.fleet.nodes;
    for (let node = 0; node < count; node++) {
      for (const row of this.#rowsOf(world, node)) look(node, row);
    }
  }

  tell({ world }: Sight, telling: Telling): void {
    this.#notePaid(world);
    for (const [at, name] of this.#names.entries()) {
      for (const [metric, of] of TOLD) {
        const value = of(this.#rows[at]);
        if (!Number.isNaN(value)) telling.at(metric, name, this.#end, value);
      }
    }
    if (world.paydays.length > 0) tellEarnings(world, this.#end, telling);
  }

  /** Who was on the grid in the period that was paid last, and who was paid for it. */
  #notePaid(world: World): void {
    const last = world.paydays.at(-1);
    if (last === undefined) return;
    const { nodes } = world.fleet;
    // A period begins where the one before it ended, or with the run.
    const before = world.closings.findLast(({ second }) => second < last.end);
    const start = before?.second ?? 0;
    this.#forNodes(world, (node, row) => {
      if (nodes.left[node] <= start || nodes.joined[node] >= last.end) return;
      row[AT.enrolled] += 1;
      if (world.mint.paid[node] > 0) row[AT.paid] += 1;
    });
  }
}

/** The names of all groups: countries, classes, sizes, in the order of their rows. */
const namesOf = ({ setup }: World): readonly string[] => [
  ...setup.countries.map(({ code }) => `country=${code}`),
  ...setup.classes.map(({ name }) => `class=${name}`),
  ...SIZE_BANDS.map((band) => `size=${band}`),
];

/** What the farms of a country or of a size were minted, and received of users, over the run. */
function tellEarnings({ fleet, earnings, setup }: World, end: number, telling: Telling): void {
  const { farms } = fleet;
  const sums = new Map<string, { minted: number; received: number }>();
  for (let farm = 0; farm < farms.count; farm++) {
    const names = [
      `country=${setup.countries[farms.country[farm]].code}`,
      `size=${SIZE_BANDS[sizeBand(farms.sizeAtStart[farm])]}`,
    ];
    for (const name of names) {
      const sum = sums.get(name) ?? { minted: 0, received: 0 };
      sum.minted += earnings.farmMinted[farm];
      sum.received += earnings.farmTotal[farm];
      sums.set(name, sum);
    }
  }
  for (const [name, { minted, received }] of sums) {
    telling.at("mint.tft", name, end, minted / UNITS_PER_TOKEN);
    telling.at("split.farmer_tft", name, end, received / UNITS_PER_TOKEN);
  }
}
