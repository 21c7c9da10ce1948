/**
 * Shard: some farms of a fleet, lived by somebody who shares its memory, such as another thread.
 *
 * An order says which stretch of farms, and where the tables lie; a report tells what cannot be
 * written into a row of one's own. Every row has one writer, and what reports tell is put together
 * by keys that know no shards, so that their number and their cuts change nothing.
 */
import type { Chance } from "../kernel/index.ts";
import type { UptimeTable } from "../protocol/index.ts";
import type { CensusCounts } from "./census.ts";
import { sharedMemory } from "./column.ts";
import type { Change, Outline } from "./epoch.ts";
import { FactLog } from "./facts.ts";
import type { FarmColumns } from "./farm.ts";
import { Ground } from "./ground.ts";
import { fleetLaws } from "./laws.ts";
import { Hand, liveFarm } from "./life.ts";
import type { NodeColumns } from "./node.ts";
import type { Setup } from "./setup.ts";
import { type Part, roomIn, sharedRows } from "./view.ts";

/** The tables that a life reads and writes, in memory that threads share. */
export interface SharedTables {
  readonly farms: FarmColumns;
  readonly nodes: NodeColumns;
  readonly uptime: UptimeTable;
  readonly rows: Float64Array;
}

/** An epoch to be lived by the farms from one on, up to and without another. */
export interface ShardOrder {
  readonly outline: Outline;
  readonly from: number;
  readonly to: number;
  readonly tables: SharedTables;
  /** Whether every single fact is to be told. */
  readonly tell: boolean;
}

/** What came of it besides what stands in the tables. */
export interface ShardReport {
  readonly part: Part;
  readonly changes: readonly Change[];
  readonly census: CensusCounts;
  readonly events: number;
  readonly facts: Pick<FactLog, "kind" | "time" | "entity" | "value" | "count"> | null;
}

/** Those who live the shards of one fleet. */
export interface Crew {
  /** How many they are: at least one. */
  readonly count: number;
  /** Hands out an order each and does not wait. */
  begin(orders: readonly ShardOrder[]): void;
  /** Waits for the reports on these orders, in the same sequence. */
  end(): readonly ShardReport[];
}

/** One of a crew: the same setup and chance as the fleet's, and whatever it is ordered to live. */
export class Shard {
  readonly #ground: Ground;
  readonly #facts = new FactLog();
  readonly #hand = new Hand();

  /** Stands on nothing until the first order. */
  constructor(setup: Setup, chance: Chance, laws = fleetLaws(setup)) {
    this.#ground = new Ground({ setup, laws, chance, facts: this.#facts }, 1, sharedMemory);
  }

  /** Lives its farms through an epoch. */
  live({ outline, from, to, tables, tell }: ShardOrder): ShardReport {
    const ground = this.#ground;
    const { view, epoch } = ground;
    ground.facts = tell ? this.#facts : null;
    ground.farms.stand(tables.farms);
    ground.nodes.stand(tables.nodes);
    ground.uptime = tables.uptime;
    epoch.stand(outline);
    view.stand(tables.rows);
    view.open(outline.start, outline.end, 0);
    this.#facts.clear();
    ground.events = 0;
    for (let farm = from; farm < to; farm++) liveFarm(ground, farm, this.#hand);
    const { kind, time, entity, value, count } = this.#facts;
    return {
      part: view.part,
      changes: epoch.changes,
      census: ground.census.handOver(),
      events: ground.events,
      facts: tell ? { kind, time, entity, value, count } : null,
    };
  }
}

/** The shards of a fleet as its own thread sees them: what is ordered, and what is handed over. */
export class Shards {
  readonly #ground: Ground;
  readonly #crew: Crew;
  #rows = sharedRows(0);
  /** The first farm of each shard in the epoch that has begun. */
  #from: readonly number[] = [];

  /** Nobody lives yet. */
  constructor(ground: Ground, crew: Crew) {
    this.#ground = ground;
    this.#crew = crew;
  }

  /** Orders the epoch that has been laid out. */
  begin(): void {
    const ground = this.#ground;
    const { farms, nodes, epoch, facts } = ground;
    if (roomIn(this.#rows) < nodes.capacity) this.#rows = sharedRows(nodes.capacity);
    const tables = {
      farms: farms.columns(),
      nodes: nodes.columns(),
      uptime: ground.uptime,
      rows: this.#rows,
    };
    const outline = epoch.outline();
    const from = cutsOf(farms, this.#crew.count);
    this.#from = from;
    const orders = from.map((first, shard) => {
      const to = from[shard + 1] ?? farms.count;
      return { outline, from: first, to, tables, tell: facts !== null };
    });
    this.#crew.begin(orders);
  }

  /** Waits for the epoch to be lived, and puts together what was told of it. */
  end(): void {
    const { view, nodes, epoch, census, facts } = this.#ground;
    const reports = this.#crew.end();
    const parts = reports.map(({ part }, shard) => ({ ...part, from: this.#from[shard] }));
    view.adopt(this.#rows, nodes, parts);
    for (const report of reports) {
      for (const change of report.changes) epoch.changes.push(change);
      census.merge(report.census);
      this.#ground.events += report.events;
      if (report.facts === null) continue;
      const { kind, time, entity, value, count } = report.facts;
      for (let at = 0; at < count; at++) facts?.add(kind[at], time[at], entity[at], value[at]);
    }
  }
}

/** Cuts all farms into stretches with about as many nodes each; answers where they begin. */
function cutsOf({ nodes, count }: FarmColumns | Ground["farms"], shards: number): number[] {
  let total = 0;
  for (let farm = 0; farm < count; farm++) total += nodes[farm];
  const cuts = [0];
  let sum = 0;
  for (let farm = 0; farm < count && cuts.length < shards; farm++) {
    sum += nodes[farm];
    while (cuts.length < shards && sum * shards >= total * cuts.length) cuts.push(farm + 1);
  }
  while (cuts.length < shards) cuts.push(count);
  return cuts;
}
