/**
 * Capacity: what the registered nodes hold, and how much of it contracts use.
 */
import { GIB } from "../units/index.ts";
import { Fact } from "../world/facts.ts";
import type { World } from "../world/state.ts";
import {
  DailySeries,
  type MetricGroup,
  type Sight,
  type Telling,
  TimeMean,
  type Watcher,
} from "./metric.ts";
import type { MetricEntry } from "./summary.ts";

const MICRO = 1_000_000;

const ENTRIES: readonly MetricEntry[] = [
  {
    name: "capacity.cru",
    unit: "1",
    doc: "Logical cores of registered nodes, mean over the run.",
  },
  { name: "capacity.mru", unit: "GiB", doc: "Memory of registered nodes, mean over the run." },
  { name: "capacity.sru", unit: "GiB", doc: "SSD of registered nodes, mean over the run." },
  { name: "capacity.hru", unit: "GiB", doc: "HDD of registered nodes, mean over the run." },
  { name: "capacity.cu", unit: "CU", doc: "Minting compute units of them, mean over the run." },
  { name: "capacity.su", unit: "SU", doc: "Minting storage units of them, mean over the run." },
  {
    name: "utilization.cru",
    unit: "1",
    doc: "Cores that contracts report, as a share of all registered, mean over the run.",
  },
  {
    name: "utilization.mru",
    unit: "1",
    doc: "Memory that contracts report, as a share of all registered, mean over the run.",
  },
  {
    name: "utilization.sru",
    unit: "1",
    doc: "SSD that contracts report, as a share of all registered, mean over the run.",
  },
  {
    name: "utilization.hru",
    unit: "1",
    doc: "HDD that contracts report, as a share of all registered, mean over the run.",
  },
];

/** The metrics of capacity and its use. */
export const capacityMetrics: MetricGroup = {
  entries: ENTRIES,
  windowMeans: ENTRIES.map(({ name }) => name),
  watch: (world) => new CapacityWatcher(world),
};

/** Sums over the registered nodes, bytes and micro units. */
interface Sums {
  cru: number;
  mru: number;
  sru: number;
  hru: number;
  cu: number;
  su: number;
}

class CapacityWatcher implements Watcher {
  readonly #sums: Sums = { cru: 0, mru: 0, sru: 0, hru: 0, cu: 0, su: 0 };
  readonly #means = new Map<string, TimeMean>();
  readonly #daily = new DailySeries();

  constructor(world: World) {
    for (let node = 0; node < world.fleet.nodes.count; node++) this.#count(world, node, 1);
    for (const { name } of capacityMetrics.entries) this.#means.set(name, new TimeMean());
    this.#daily.note(0, this.#values(world));
  }

  #count(world: World, node: number, sign: number): void {
    const { nodes } = world.fleet;
    this.#sums.cru += sign * nodes.cru[node];
    this.#sums.mru += sign * nodes.mru[node];
    this.#sums.sru += sign * nodes.sru[node];
    this.#sums.hru += sign * nodes.hru[node];
    this.#sums.cu += sign * world.mint.cu[node];
    this.#sums.su += sign * world.mint.su[node];
  }

  #values(world: World): Record<string, number> {
    const { gauges } = world;
    const { cru, mru, sru, hru, cu, su } = this.#sums;
    return {
      "capacity.cru": cru,
      "capacity.mru": mru / GIB,
      "capacity.sru": sru / GIB,
      "capacity.hru": hru / GIB,
      "capacity.cu": cu / MICRO,
      "capacity.su": su / MICRO,
      "utilization.cru": gauges.usedCores / cru,
      "utilization.mru": gauges.usedMemory / mru,
      "utilization.sru": gauges.usedSsd / sru,
      "utilization.hru": gauges.usedHdd / hru,
    };
  }

  window({ world, until }: Sight): void {
    const { facts } = world;
    for (let row = 0; row < facts.count; row++) {
      const kind = facts.kind[row];
      if (kind === Fact.nodeJoined) this.#count(world, facts.entity[row], 1);
      if (kind === Fact.nodeLeft) this.#count(world, facts.entity[row], -1);
    }
    const values = this.#values(world);
    for (const [name, mean] of this.#means) mean.look(until, values[name]);
  }

  day({ world, until }: Sight): void {
    this.#daily.note(until, this.#values(world));
  }

  tell(_: Sight, telling: Telling): void {
    for (const [name, mean] of this.#means) telling.value(name, mean.mean);
    this.#daily.tell(telling);
  }
}
