/**
 * Farms: a table of columns, one row a farm, the row's number its id.
 *
 * Rows are never reused. A column may be replaced by a longer one when a farm joins, so read columns
 * through the table and do not keep them over a window.
 */
import { assert } from "../units/index.ts";
import {
  longerBytes,
  longerDoubles,
  longerReferences,
  longerShorts,
  longerWords,
} from "./column.ts";

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

/** All farms that ever were. */
export class FarmTable {
  count = 0;
  /** Stable number that addresses the farm's chance. */
  cause = new Uint32Array(0);
  /** Index in the setup's countries. */
  country = new Uint16Array(0);
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
  gridPosition = new Float64Array(0);
  /** Seconds since the start; negative for farms older than the run. */
  joined = new Float64Array(0);
  /** Nodes at the start of the run; 0 for a farm founded later. */
  sizeAtStart = new Uint32Array(0);
  /** Nodes that have not left. */
  nodes = new Uint32Array(0);
  /** 1 while the line is down, and the second at which it comes back. */
  lineDown = new Uint8Array(0);
  lineUp = new Float64Array(0);
  /** Line outages drawn so far; the address of the next. */
  lineNumber = new Uint32Array(0);
  /** The second until which the grid's power is gone; in the past where it is there. */
  powerUntil = new Float64Array(0);
  /** Arrivals drawn so far; the address of the next. */
  arrivalNumber = new Uint32Array(0);
  /** First and last row of its chain of nodes, and the next farm of the same country; -1 at ends. */
  firstNode = new Int32Array(0);
  lastNode = new Int32Array(0);
  nextInCountry = new Int32Array(0);

  /** Room for that many farms before the table has to grow. */
  constructor(capacity: number) {
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
    return row;
  }

  /** Puts a node at the end of the farm's chain and returns the one before it, -1 if none. */
  enlist(farm: number, node: number): number {
    const previous = this.lastNode[farm];
    if (previous < 0) this.firstNode[farm] = node;
    this.lastNode[farm] = node;
    this.nodes[farm] += 1;
    return previous;
  }

  /** Public addresses that no contract holds. */
  freeIps(farm: number): number {
    return this.ips[farm] - this.ipsUsed[farm];
  }

  /** A contract takes addresses; asserts that they are free. */
  takeIps(farm: number, count: number): void {
    assert(count <= this.freeIps(farm), `farm ${farm} has fewer than ${count} free addresses`);
    this.ipsUsed[farm] += count;
  }

  /** A contract gives addresses back; asserts that it held them. */
  releaseIps(farm: number, count: number): void {
    assert(count <= this.ipsUsed[farm], `farm ${farm} lent fewer than ${count} addresses`);
    this.ipsUsed[farm] -= count;
  }

  #grow(rows: number): void {
    this.cause = longerWords(this.cause, rows);
    this.country = longerShorts(this.country, rows);
    this.city = longerShorts(this.city, rows);
    this.dataCentre = longerBytes(this.dataCentre, rows);
    this.dedicated = longerBytes(this.dedicated, rows);
    this.gateway = longerBytes(this.gateway, rows);
    this.ips = longerWords(this.ips, rows);
    this.ipsUsed = longerWords(this.ipsUsed, rows);
    this.latitude = longerDoubles(this.latitude, rows);
    this.longitude = longerDoubles(this.longitude, rows);
    this.gridPosition = longerDoubles(this.gridPosition, rows);
    this.joined = longerDoubles(this.joined, rows);
    this.sizeAtStart = longerWords(this.sizeAtStart, rows);
    this.nodes = longerWords(this.nodes, rows);
    this.lineDown = longerBytes(this.lineDown, rows);
    this.lineUp = longerDoubles(this.lineUp, rows);
    this.lineNumber = longerWords(this.lineNumber, rows);
    this.powerUntil = longerDoubles(this.powerUntil, rows);
    this.arrivalNumber = longerWords(this.arrivalNumber, rows);
    this.firstNode = longerReferences(this.firstNode, rows);
    this.lastNode = longerReferences(this.lastNode, rows);
    this.nextInCountry = longerReferences(this.nextInCountry, rows);
  }
}
