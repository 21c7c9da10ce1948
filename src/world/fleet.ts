/**
 * Fleet: the physical world as it lives, an epoch at a time.
 *
 * Everything here is local to a node, a farm or a country's power grid and asks nobody else, so a
 * fleet lives ahead of whoever judges it. Every cause is a stream of its own in calendar time:
 * none shifts another. A node lives through an epoch in one go, while all it needs is at hand:
 * walking node by node is many times faster than any queue that keeps all of them in order.
 */
import type { Chance } from "../kernel/index.ts";
import {
  closePeriod,
  type PeriodBounds,
  settledReported,
  settledUptime,
  settledViolation,
  settlementSecond,
  settlePeriod,
  type UptimeRules,
  type UptimeTable,
} from "../protocol/index.ts";
import { assert, type Seconds, seconds } from "../units/index.ts";
import type { Census } from "./census.ts";
import { ownMemory, sharedMemory } from "./column.ts";
import type { Change } from "./epoch.ts";
import type { FactLog } from "./facts.ts";
import { dueRollout, layImposed, layRollouts } from "./failure.ts";
import type { FarmTable } from "./farm.ts";
import { Ground } from "./ground.ts";
import { layArrivals, type Mould } from "./joining.ts";
import { fleetLaws, type Laws } from "./laws.ts";
import { Hand, liveFarm } from "./life.ts";
import type { NodeTable } from "./node.ts";
import { nodesAtStart, settle } from "./population.ts";
import { strikesUntil } from "./power.ts";
import type { Setup } from "./setup.ts";
import { type Crew, Shards } from "./shard.ts";
import type { NodeView } from "./view.ts";

/** All farms and nodes of one world. */
export class Fleet {
  readonly farms: FarmTable;
  readonly nodes: NodeTable;
  /** The turns of all nodes in the epoch that was lived last. */
  readonly view: NodeView;
  readonly census: Census;
  /** The second up to which the fleet has lived. */
  lived = 0;
  readonly #ground: Ground;
  readonly #mould: Mould;
  readonly #hand = new Hand();
  /** Who lives the farms where this thread does not. */
  readonly #shards: Shards | null;
  /** Whether an epoch has begun that is not lived to its end, and what was told before it. */
  #begun = false;
  #told = 0;
  /** The settled period, where the next may close before somebody has read it. */
  #settled: UptimeTable | null = null;

  /** The fleet of the start, in equilibrium at second 0; every fact is told to a log, if any. */
  constructor(
    setup: Setup,
    chance: Chance,
    {
      facts = null,
      laws = fleetLaws(setup),
      crew = null,
    }: {
      readonly facts?: FactLog | null;
      readonly laws?: Laws;
      readonly crew?: Crew | null;
    } = {},
  ) {
    this.#ground = new Ground(
      { setup, laws, chance, facts },
      nodesAtStart(setup),
      crew === null ? ownMemory : sharedMemory,
    );
    this.#mould = settle(this.#ground);
    this.#shards = crew === null ? null : new Shards(this.#ground, crew);
    this.farms = this.#ground.farms;
    this.nodes = this.#ground.nodes;
    this.view = this.#ground.view;
    this.census = this.#ground.census;
    dueRollout(this.#ground, 0);
    this.view.open(0, 0, this.nodes.capacity);
    for (let node = 0; node < this.nodes.count; node++) {
      this.view.begin(node, this.nodes);
      this.view.finish(node);
    }
  }

  /** Events that happened so far. */
  get events(): number {
    return this.#ground.events;
  }

  /** Who joined and left in the epoch that was lived last, in the order of time. */
  get changes(): readonly Change[] {
    return this.#ground.epoch.changes;
  }

  /** Whether an epoch has begun that nobody can look at yet. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Lives through one epoch: everything before second `until`. */
  advance(until: number): void {
    if (until <= this.lived) return;
    this.begin(until);
    this.finish();
  }

  /**
   * Begins the epoch up to second `until`: lays out what strikes many at once. Shards live it while
   * somebody else looks at the epoch before; only what `finish` hands over changes under the eyes.
   */
  begin(until: number): void {
    const ground = this.#ground;
    const { epoch, nodes, facts } = ground;
    assert(!this.#begun && until > this.lived, "an epoch begins where the one before it ended");
    this.#begun = true;
    this.#told = facts?.count ?? 0;
    epoch.open(this.lived, until, nodes.count);
    layArrivals(ground, this.#mould);
    layRollouts(ground);
    layImposed(ground);
    epoch.strikes = strikesUntil(ground, until);
    this.#shards?.begin();
  }

  /** Lives the epoch that has begun to its end, or waits for those who do. */
  finish(): void {
    const ground = this.#ground;
    const { epoch, farms, nodes } = ground;
    assert(this.#begun, "an epoch begins before it ends");
    this.#begun = false;
    ground.view.open(epoch.start, epoch.end, nodes.capacity);
    if (this.#shards === null)
      for (let farm = 0; farm < farms.count; farm++) liveFarm(ground, farm, this.#hand);
    else this.#shards.end();
    epoch.close();
    ground.facts?.sortFrom(this.#told);
    this.lived = epoch.end;
  }

  /** From the next epoch on, this share of the nodes that would join does. */
  joinShare(share: number): void {
    this.#ground.joinShare = share;
  }

  /** All nodes of a farm leave at a second that it has not lived yet, and none joins it again. */
  retire(farm: number, second: number): void {
    const { farms, nodes } = this;
    assert(second >= this.lived, "a farm is given up after what it has lived");
    farms.expectArrival(farm, Number.POSITIVE_INFINITY);
    for (let node = farms.lineFirst(farm); node >= 0; node = nodes.nextInFarm[node]) {
      if (nodes.gone(node) || nodes.departureDue(node) <= second) continue;
      nodes.setFuture(node, nodes.restDue(node), nodes.hardwareDue(node), second);
    }
  }

  /** The minting period ends at `next.start`, to which it has advanced; the next may have rules. */
  closePeriod(next: PeriodBounds, rules?: UptimeRules): void {
    closePeriod(this.#ground.uptime, this.nodes.count, next, rules);
  }

  /** The second at which a period that ended at `end` can be settled. */
  settlementSecond(end: number): Seconds {
    return settlementSecond(seconds(end));
  }

  /** The tail of the closed period is over; the fleet has advanced to the settlement second. */
  settlePeriod(): void {
    const { uptime } = this.#ground;
    settlePeriod(uptime, this.nodes.count);
    if (this.#shards === null) return;
    const { closing } = uptime;
    if (this.#settled?.capacity !== uptime.capacity) {
      const { rows, violation } = closing;
      this.#settled = {
        ...uptime,
        closing: { ...closing, rows: rows.slice(), violation: violation.slice() },
      };
    } else {
      this.#settled.closing.rows.set(closing.rows);
      this.#settled.closing.violation.set(closing.violation);
    }
  }

  get #settledTable(): UptimeTable {
    return this.#settled ?? this.#ground.uptime;
  }

  /** Seconds credited to a node in the settled period. */
  settledSeconds(node: number): Seconds {
    return settledUptime(this.#settledTable, node);
  }

  /** Whether a node reported at all in the settled period. */
  settledReported(node: number): boolean {
    return settledReported(this.#settledTable, node);
  }

  /** Whether a node lost the settled period by a violation of the uptime rules. */
  settledViolated(node: number): boolean {
    return settledViolation(this.#settledTable, node) !== null;
  }
}
