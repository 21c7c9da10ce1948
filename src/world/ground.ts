/**
 * Ground: what every part of the physical world stands on, and what can happen to a node.
 *
 * Going down, booting and being hidden are said here once: table, uptime ledger, census and turns
 * stay together whatever the cause.
 */
import { type Chance, streamId } from "../kernel/index.ts";
import { bootDelay } from "../models/index.ts";
import {
  grownUptimeTable,
  nodeBooted,
  nodeWentDown,
  PERIOD_LENGTH,
  periodOf,
  periodStart,
  type UptimeTable,
  uptimeRulesOf,
  uptimeTable,
} from "../protocol/index.ts";
import { seconds } from "../units/index.ts";
import { Census } from "./census.ts";
import { type Memory, ownMemory } from "./column.ts";
import { Epoch } from "./epoch.ts";
import { mintingAt } from "./era.ts";
import { Cause, Fact, type FactLog } from "./facts.ts";
import { FarmTable } from "./farm.ts";
import { type Laws, nodeLawsAt } from "./laws.ts";
import { NodeTable } from "./node.ts";
import type { NodeLaws } from "./node-laws.ts";
import type { Setup } from "./setup.ts";
import { uptimeIn } from "./uptime.ts";
import { NodeView } from "./view.ts";

const BOOT = streamId("node.boot");

/** A node is never down for less; the uptime rules need at least a block. */
const OUTAGE_LEAST = 60;

/** The tables of the physical world, its chance and its laws. */
export class Ground {
  readonly setup: Setup;
  readonly chance: Chance;
  /** Where every single fact is told; null where nobody wants to know. */
  facts: FactLog | null;
  readonly laws: Laws;
  readonly farms: FarmTable;
  readonly nodes: NodeTable;
  readonly view: NodeView;
  readonly census = new Census();
  readonly epoch = new Epoch();
  /** Power outages drawn so far by country, and when the next one is due. */
  readonly powerNumber: Uint32Array;
  readonly powerDue: Float64Array;
  /** Number of the next rollout, and when it is due. */
  rolloutNumber = 0;
  rolloutDue = Number.POSITIVE_INFINITY;
  uptime: UptimeTable;
  /** The seconds at which farms go that the timeline makes go, by their rows. */
  farmEnds: ReadonlyMap<number, number> = new Map();
  /** Share of the nodes that would join which do. */
  joinShare = 1;
  /** Events that happened so far. */
  events = 0;

  readonly #memory: Memory;

  /** Bare ground for about that many nodes, and where its tables lie. */
  constructor(
    { setup, laws, chance, facts }: Pick<Ground, "setup" | "laws" | "chance" | "facts">,
    nodes: number,
    memory = ownMemory,
  ) {
    this.#memory = memory;
    this.setup = setup;
    this.laws = laws;
    this.chance = chance;
    this.facts = facts;
    this.farms = new FarmTable(nodes, memory);
    this.nodes = new NodeTable(Math.ceil(nodes * 1.5), memory);
    this.view = new NodeView(this.nodes.capacity, memory);
    this.powerNumber = new Uint32Array(setup.countries.length);
    this.powerDue = new Float64Array(setup.countries.length).fill(Number.POSITIVE_INFINITY);
    const start = periodStart(periodOf(setup.start)) - setup.start;
    const period = { start: seconds(start), end: seconds(start + PERIOD_LENGTH) };
    const rules = uptimeRulesOf(mintingAt(setup, setup.policy.minting, 0));
    const uptime = uptimeTable(this.nodes.capacity, period, rules);
    this.uptime = uptimeIn(memory, uptime);
  }

  /** The laws of a node's kind. */
  lawsOf(node: number): NodeLaws {
    const place = this.farms.linePlace(this.nodes.farm[node]);
    return nodeLawsAt(this.laws, place, this.nodes.class[node]);
  }

  /** Makes room for all nodes of the table. */
  fit(): void {
    const { capacity } = this.nodes;
    if (this.uptime.capacity < capacity)
      this.uptime = uptimeIn(this.#memory, grownUptimeTable(this.uptime, capacity));
    this.view.fit(capacity);
  }

  /** Seconds that a node needs to boot when power returns or it is told to. */
  bootSeconds(node: number, now: number): number {
    const { nodes, chance } = this;
    const u = chance.uniform(BOOT, nodes.causeHigh[node], nodes.causeLow[node], now >>> 0);
    return bootDelay(this.lawsOf(node).values.outage, u);
  }

  /** A node is down at least until a second; one that is down already may only stay so longer. */
  takeDown(node: number, now: number, until: number, cause: number): void {
    const { nodes } = this;
    nodes.prolong(node, Math.ceil(Math.max(until, now + OUTAGE_LEAST)));
    if (nodes.running[node] === 0) return;
    nodes.stopRunning(node, now);
    nodeWentDown(this.uptime, node, seconds(now));
    this.facts?.add(Fact.nodeFailed, now, node, cause);
    if (nodes.reachable[node] === 1) this.#hide(node, now, cause);
    this.view.turn(now, 0);
  }

  /** A node that is down comes back, in reach if its line works. */
  bringUp(node: number, now: number, lineUp: boolean): void {
    const { nodes } = this;
    nodes.startRunning(node, now);
    nodeBooted(this.uptime, node, seconds(now));
    this.facts?.add(Fact.nodeBooted, now, node, 0);
    if (lineUp) this.#show(node, now);
    this.view.turn(now, lineUp ? 3 : 1);
  }

  /** A node whose line is cut can no longer be reached. */
  hide(node: number, now: number): void {
    if (this.nodes.reachable[node] === 0) return;
    this.#hide(node, now, Cause.line);
    this.view.turn(now, 1);
  }

  /** A node whose line works again can be reached if it runs. */
  show(node: number, now: number): void {
    if (this.nodes.running[node] === 0) return;
    this.#show(node, now);
    this.view.turn(now, 3);
  }

  #hide(node: number, now: number, cause: number): void {
    this.nodes.stopReachable(node, now);
    this.census.reach(now, -1);
    this.facts?.add(Fact.nodeUnreachable, now, node, cause);
  }

  #show(node: number, now: number): void {
    this.nodes.startReachable(node, now);
    this.census.reach(now, 1);
    this.facts?.add(Fact.nodeReachable, now, node, 0);
  }

  /** A node leaves for good. */
  remove(node: number, now: number): void {
    const { nodes } = this;
    if (nodes.running[node] === 1) this.takeDown(node, now, now, Cause.left);
    nodes.leave(node, now);
    this.farms.discharge(nodes.farm[node]);
    this.census.enrol(now, -1);
    this.epoch.note(now, Fact.nodeLeft, node);
    this.facts?.add(Fact.nodeLeft, now, node, 0);
  }
}
