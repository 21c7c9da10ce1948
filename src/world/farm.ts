/**
 * Farms: a table of columns, one row a farm, the row's number its id.
 *
 * Rows are never reused. A column may be replaced by a longer one when a farm joins, so read
 * columns through the table and do not keep them over a window.
 */
import { assert } from "../units/index.ts";
import { lengthened, type Memory, ownMemory } from "./column.ts";

/** What is known of a farm when it comes to be. */
export interface NewFarm {
  /** Stable number that addresses the farm's chance, whatever row it gets. */
  readonly cause: number;
  readonly country: number;
  /** In the country's list of cities; -1 where it has none. */
  readonly city: number;
  readonly dataCentre: boolean;
  readonly dedicated: boolean;
  readonly gateway: boolean;
  readonly ips: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly gridPosition: number;
  readonly joined: number;
}

/** What the life of farms reads and writes: columns of the table by their names, and its own. */
export interface FarmColumns
  extends Pick<
    FarmTable,
    "count" | "cause" | "country" | "gridPosition" | "joined" | "powerUntil" | "nodes" | "lineDown"
  > {
  readonly line: Float64Array;
}

/** Doubles of a farm in `#line`, and what each is; one line of a processor's cache. */
const LINE = 8;
const CAUSE = 0;
const PLACE = 1;
const FIRST = 2;
const NUMBER = 3;
const NEXT = 4;
const ARRIVAL = 5;

/** All farms that ever were. */
export class FarmTable {
  count = 0;
  /** Stable number that addresses the farm's chance. */
  cause: Uint32Array = new Uint32Array(0);
  /** Index in the setup's countries. */
  country: Uint16Array = new Uint16Array(0);
  /** Index in the country's cities; 65535 where it has none. */
  city = new Uint16Array(0);
  dataCentre = new Uint8Array(0);
  /** Let only as whole machines. */
  dedicated = new Uint8Array(0);
  /** Its nodes can serve as web gateways. */
  gateway = new Uint8Array(0);
  /** Public addresses it owns, and those that contracts hold. */
  ips = new Uint32Array(0);
  ipsUsed = new Uint32Array(0);
  /** Degrees north and east. */
  latitude = new Float64Array(0);
  longitude = new Float64Array(0);
  /** Place on the country's power grid, in [0, 1). */
  gridPosition: Float64Array = new Float64Array(0);
  /** Seconds since the start; negative for farms older than the run. */
  joined: Float64Array = new Float64Array(0);
  /** Nodes at the start of the run; 0 for a farm founded later. */
  sizeAtStart = new Uint32Array(0);
  /** Nodes that have not left. */
  nodes: Uint32Array = new Uint32Array(0);
  /** 1 while the line is down. */
  lineDown: Uint8Array = new Uint8Array(0);
  /** The second until which the grid's power is gone; in the past where it is there. */
  powerUntil: Float64Array = new Float64Array(0);
  /** Arrivals drawn so far; the address of the next. */
  arrivalNumber = new Uint32Array(0);
  /** First and last of its chain of nodes; -1 while it has none. */
  firstNode = new Int32Array(0);
  lastNode = new Int32Array(0);

  /** What a farm's line asks for, side by side so that an event touches one line. */
  #line: Float64Array = new Float64Array(0);

  readonly #memory: Memory;

  /** Room for that many farms before the table has to grow, and where its columns lie. */
  constructor(capacity: number, memory = ownMemory) {
    this.#memory = memory;
    this.#grow(Math.max(16, capacity));
  }

  /** Adds a farm without nodes and returns its row. */
  add(farm: NewFarm): number {
    if (this.count === this.cause.length) this.#grow(this.count * 2);
    const row = this.count++;
    this.cause[row] = farm.cause;
    this.country[row] = farm.country;
    this.city[row] = farm.city < 0 ? 65_535 : farm.city;
    this.dataCentre[row] = farm.dataCentre ? 1 : 0;
    this.dedicated[row] = farm.dedicated ? 1 : 0;
    this.gateway[row] = farm.gateway ? 1 : 0;
    this.ips[row] = farm.ips;
    this.latitude[row] = farm.latitude;
    this.longitude[row] = farm.longitude;
    this.gridPosition[row] = farm.gridPosition;
    this.joined[row] = farm.joined;
    this.powerUntil[row] = Number.NEGATIVE_INFINITY;
    const at = row * LINE;
    this.#line[at + CAUSE] = farm.cause;
    this.#line[at + PLACE] = farm.country * 2 + (farm.dataCentre ? 1 : 0);
    this.#line[at + FIRST] = -1;
    this.#line[at + ARRIVAL] = Number.POSITIVE_INFINITY;
    return row;
  }

  /** Puts a node at the end of the farm's chain and returns the one before it, -1 if none. */
  enlist(farm: number, node: number): number {
    const previous = this.lastNode[farm];
    if (previous < 0) {
      this.firstNode[farm] = node;
      this.#line[farm * LINE + FIRST] = node;
    }
    this.lastNode[farm] = node;
    this.nodes[farm] += 1;
    return previous;
  }

  /** The farm was there at the start, with that many nodes, since that second. */
  startWith(farm: number, nodes: number, since: number): void {
    this.sizeAtStart[farm] = nodes;
    this.joined[farm] = since;
  }

  /** Takes the number of the farm's next arrival. */
  nextArrival(farm: number): number {
    return this.arrivalNumber[farm]++;
  }

  /** The second at which the farm's next node arrives; Infinity if none ever does. */
  arrivalDue(farm: number): number {
    return this.#line[farm * LINE + ARRIVAL];
  }

  /** The farm's next node arrives at that second. */
  expectArrival(farm: number, second: number): void {
    this.#line[farm * LINE + ARRIVAL] = second;
  }

  /** The line is cut and comes back at a second. */
  cutLine(farm: number, back: number): void {
    this.lineDown[farm] = 1;
    this.#line[farm * LINE + NUMBER] += 1;
    this.#line[farm * LINE + NEXT] = back;
  }

  /** The second at which the line is cut next, or comes back. */
  lineNext(farm: number): number {
    return this.#line[farm * LINE + NEXT];
  }

  /** Line outages drawn so far; the address of the next. */
  lineNumber(farm: number): number {
    return this.#line[farm * LINE + NUMBER];
  }

  /** The farm's cause, its country's row twice with 1 more for a data centre, its first node. */
  lineCause(farm: number): number {
    return this.#line[farm * LINE + CAUSE];
  }

  linePlace(farm: number): number {
    return this.#line[farm * LINE + PLACE];
  }

  lineFirst(farm: number): number {
    return this.#line[farm * LINE + FIRST];
  }

  /** The line works and is cut next at a second. */
  restoreLine(farm: number, cut: number): void {
    this.lineDown[farm] = 0;
    this.#line[farm * LINE + NEXT] = cut;
  }

  /** The grid's power is gone at least until that second. */
  losePower(farm: number, until: number): void {
    this.powerUntil[farm] = Math.max(this.powerUntil[farm], until);
  }

  /** One of the farm's nodes has left. */
  discharge(farm: number): void {
    this.nodes[farm] -= 1;
  }

  /** Public addresses that no contract holds. */
  freeIps(farm: number): number {
    return this.ips[farm] - this.ipsUsed[farm];
  }

  /** A contract takes addresses; asserts that they are free. */
  takeIps(farm: number, count: number): void {
    assert(count <= this.freeIps(farm), "a farm has the addresses that a contract takes");
    this.ipsUsed[farm] += count;
  }

  /** A contract gives addresses back; asserts that it held them. */
  releaseIps(farm: number, count: number): void {
    assert(count <= this.ipsUsed[farm], "a farm lent the addresses that a contract gives back");
    this.ipsUsed[farm] -= count;
  }

  /** What the life of farms reads and writes, to be shown to other threads. */
  columns(): FarmColumns {
    const { count, cause, country, gridPosition, joined, powerUntil, nodes, lineDown } = this;
    const columns = { count, cause, country, gridPosition, joined, powerUntil };
    return { ...columns, nodes, lineDown, line: this.#line };
  }

  /** Stands on the columns of another thread's table. */
  stand({ line, ...columns }: FarmColumns): void {
    Object.assign(this, columns);
    this.#line = line;
  }

  #grow(rows: number): void {
    const memory = this.#memory;
    this.cause = lengthened(this.cause, new Uint32Array(memory(rows * 4)));
    this.country = lengthened(this.country, new Uint16Array(memory(rows * 2)));
    this.city = lengthened(this.city, new Uint16Array(rows));
    this.dataCentre = lengthened(this.dataCentre, new Uint8Array(rows));
    this.dedicated = lengthened(this.dedicated, new Uint8Array(rows));
    this.gateway = lengthened(this.gateway, new Uint8Array(rows));
    this.ips = lengthened(this.ips, new Uint32Array(rows));
    this.ipsUsed = lengthened(this.ipsUsed, new Uint32Array(rows));
    this.latitude = lengthened(this.latitude, new Float64Array(rows));
    this.longitude = lengthened(this.longitude, new Float64Array(rows));
    this.gridPosition = lengthened(this.gridPosition, new Float64Array(memory(rows * 8)));
    this.joined = lengthened(this.joined, new Float64Array(memory(rows * 8)));
    this.sizeAtStart = lengthened(this.sizeAtStart, new Uint32Array(rows));
    this.nodes = lengthened(this.nodes, new Uint32Array(memory(rows * 4)));
    this.lineDown = lengthened(this.lineDown, new Uint8Array(memory(rows)));
    this.#line = lengthened(this.#line, new Float64Array(memory(rows * LINE * 8)));
    this.powerUntil = lengthened(this.powerUntil, new Float64Array(memory(rows * 8)));
    this.arrivalNumber = lengthened(this.arrivalNumber, new Uint32Array(rows));
    this.firstNode = lengthened(this.firstNode, new Int32Array(rows).fill(-1));
    this.lastNode = lengthened(this.lastNode, new Int32Array(rows).fill(-1));
  }
}
