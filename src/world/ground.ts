/**
 * Ground: what every part of the physical world stands on, and what can happen to a node.
 *
 * Going down, booting and being hidden are said here once: table, uptime ledger, facts and agenda
 * stay together whatever the cause.
 */
import { Calendar, type Chance, streamId } from "../kernel/index.ts";
import { bootDelay } from "../models/index.ts";
import {
  grownUptimeTable,
  nodeBooted,
  nodeWentDown,
  PERIOD_LENGTH,
  periodOf,
  periodStart,
  type UptimeTable,
  uptimeTable,
} from "../protocol/index.ts";
import { seconds } from "../units/index.ts";
import { Cause, Fact, type FactLog } from "./facts.ts";
import { FarmTable } from "./farm.ts";
import { type Laws, nodeLawsAt } from "./laws.ts";
import { NodeTable } from "./node.ts";
import type { NodeLaws } from "./node-laws.ts";
import type { Setup } from "./setup.ts";

/** What is due in the physical world; the number is also the order within a second. */
export const Local = {
  /** A node comes back, unless something else keeps it down: node. */
  boot: 1,
  /** A farm's line comes back, or is cut: farm. */
  lineBack: 2,
  lineCut: 3,
  /** A node fails by itself, or its hardware does: node. */
  rest: 4,
  hardware: 5,
  /** A country's grid loses power somewhere: country. */
  power: 6,
  /** An operating system is rolled out: 0. One node reboots for it: node. */
  rollout: 7,
  reboot: 8,
  /** An outage of the timeline strikes: its entry. */
  imposed: 9,
  /** A node leaves for good: node. A farm of the start brings forth a node: farm. */
  departure: 10,
  arrival: 11,
} as const;

const BOOT = streamId("node.boot");

/** A node is never down for less; the uptime rules need at least a block. */
const OUTAGE_LEAST = 60;
/** Events later than this after the measured length can never be asked for. */
const AFTER_LENGTH = 30 * 86_400;

/** The farms of a country by their rows, and their places on its power grid beside them. */
export interface Roster {
  readonly farms: number[];
  readonly positions: number[];
}

/** The tables of the physical world, its chance, its laws, and what is due. */
export class Ground {
  readonly setup: Setup;
  readonly chance: Chance;
  readonly facts: FactLog;
  readonly laws: Laws;
  readonly farms: FarmTable;
  readonly nodes: NodeTable;
  readonly agenda: Calendar;
  /** The farms of each country. */
  readonly rosters: readonly Roster[];
  /** Power outages drawn so far by country, and rollouts; the addresses of the next. */
  readonly powerNumber: Uint32Array;
  rolloutNumber = 0;
  uptime: UptimeTable;
  /** No event is due after this second. */
  readonly horizon: number;

  /** Bare ground for about that many nodes. */
  constructor(setup: Setup, laws: Laws, chance: Chance, facts: FactLog, nodes: number) {
    this.setup = setup;
    this.laws = laws;
    this.chance = chance;
    this.facts = facts;
    this.farms = new FarmTable(nodes);
    this.nodes = new NodeTable(Math.ceil(nodes * 1.5));
    this.rosters = setup.countries.map(() => ({ farms: [], positions: [] }));
    this.powerNumber = new Uint32Array(setup.countries.length);
    const start = periodStart(periodOf(setup.start)) - setup.start;
    const period = { start: seconds(start), end: seconds(start + PERIOD_LENGTH) };
    this.uptime = uptimeTable(this.nodes.capacity, period);
    this.horizon = setup.length + AFTER_LENGTH;
    this.agenda = new Calendar(this.horizon, nodes * 3);
  }

  /** Puts an event on the agenda, at the next whole second; forgets it beyond the horizon. */
  due(time: number, tag: number, entity: number): void {
    const second = Math.ceil(time);
    if (second < this.horizon) this.agenda.push(second | 0, tag, entity);
  }

  /** Enters a farm in its country's roster. */
  enter(farm: number): void {
    const { farms, positions } = this.rosters[this.farms.country[farm]];
    farms.push(farm);
    positions.push(this.farms.gridPosition[farm]);
  }

  /** The laws of a node's kind. */
  lawsOf(node: number): NodeLaws {
    const place = this.farms.linePlace(this.nodes.farm[node]);
    return nodeLawsAt(this.laws, place, this.nodes.class[node]);
  }

  /** Makes room in the ledger of uptimes for all nodes of the table. */
  fitUptime(): void {
    const { capacity } = this.nodes;
    if (this.uptime.capacity < capacity) this.uptime = grownUptimeTable(this.uptime, capacity);
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
    const back = Math.ceil(Math.max(until, now + OUTAGE_LEAST));
    if (nodes.prolong(node, back)) this.due(back, Local.boot, node);
    if (nodes.running[node] === 0) return;
    nodes.stopRunning(node, now);
    nodeWentDown(this.uptime, node, seconds(now));
    this.facts.add(Fact.nodeFailed, now, node, cause);
    if (nodes.reachable[node] === 1) this.hide(node, now, cause);
  }

  /** A node comes back if nothing keeps it down. */
  bringUp(node: number, now: number): void {
    const { nodes } = this;
    if (nodes.running[node] === 1 || now < nodes.downUntil(node) || this.gone(node)) return;
    nodes.startRunning(node, now);
    nodeBooted(this.uptime, node, seconds(now));
    this.facts.add(Fact.nodeBooted, now, node, 0);
    if (this.farms.lineDown[nodes.farm[node]] === 0) this.show(node, now);
  }

  /** A node can no longer be reached. */
  hide(node: number, now: number, cause: number): void {
    this.nodes.stopReachable(node, now);
    this.facts.add(Fact.nodeUnreachable, now, node, cause);
  }

  /** A running node can be reached. */
  show(node: number, now: number): void {
    this.nodes.startReachable(node, now);
    this.facts.add(Fact.nodeReachable, now, node, 0);
  }

  /** A node leaves for good. */
  remove(node: number, now: number): void {
    const { nodes } = this;
    if (nodes.running[node] === 1) this.takeDown(node, now, now, Cause.left);
    nodes.leave(node, now);
    this.farms.discharge(nodes.farm[node]);
    this.facts.add(Fact.nodeLeft, now, node, 0);
  }

  /** Whether a node has left. */
  gone(node: number): boolean {
    return this.nodes.gone(node);
  }
}
