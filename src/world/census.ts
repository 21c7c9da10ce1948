/**
 * Census: how many nodes there are and how many can be reached, day by day.
 *
 * Nodes live one after the other, so a change is not met in the order of time; it is added to its
 * day, and what a day began with follows from the days before.
 */
import { lengthened } from "./column.ts";

const DAY = 86_400;

/** One day of the grid, in seconds of nodes, and nodes at its end. */
export interface CensusDay {
  readonly enrolled: number;
  readonly online: number;
  readonly enrolledSeconds: number;
  readonly onlineSeconds: number;
}

/** Changes of the two counts by day, and the seconds of their days that they held for. */
export interface CensusCounts {
  readonly enrolled: Float64Array;
  readonly enrolledSeconds: Float64Array;
  readonly online: Float64Array;
  readonly onlineSeconds: Float64Array;
}

/** Counts of nodes over the days of a run. */
export class Census {
  /** Change of a count on each day, and the seconds of the day that it held for. */
  #enrolled = new Float64Array(64);
  #enrolledSeconds = new Float64Array(64);
  #online = new Float64Array(64);
  #onlineSeconds = new Float64Array(64);

  /** A node joins (1) or leaves (-1) at a second. */
  enrol(second: number, change: 1 | -1): void {
    const day = this.#dayOf(second);
    this.#enrolled[day] += change;
    this.#enrolledSeconds[day] += change * ((day + 1) * DAY - second);
  }

  /** A node comes into reach (1) or falls out of it (-1) at a second. */
  reach(second: number, change: 1 | -1): void {
    const day = this.#dayOf(second);
    this.#online[day] += change;
    this.#onlineSeconds[day] += change * ((day + 1) * DAY - second);
  }

  /** Hands out all that it counted, and begins anew. */
  handOver(): CensusCounts {
    const counts = {
      enrolled: this.#enrolled.slice(),
      enrolledSeconds: this.#enrolledSeconds.slice(),
      online: this.#online.slice(),
      onlineSeconds: this.#onlineSeconds.slice(),
    };
    this.#enrolled.fill(0);
    this.#enrolledSeconds.fill(0);
    this.#online.fill(0);
    this.#onlineSeconds.fill(0);
    return counts;
  }

  /** Adds what another has counted: whole numbers, so that the order does not matter. */
  merge(counts: CensusCounts): void {
    this.#dayOf((counts.enrolled.length - 1) * DAY);
    for (let day = 0; day < counts.enrolled.length; day++) {
      this.#enrolled[day] += counts.enrolled[day];
      this.#enrolledSeconds[day] += counts.enrolledSeconds[day];
      this.#online[day] += counts.online[day];
      this.#onlineSeconds[day] += counts.onlineSeconds[day];
    }
  }

  /** The first so many days. */
  days(count: number): readonly CensusDay[] {
    const days: CensusDay[] = [];
    let enrolled = 0;
    let online = 0;
    for (let day = 0; day < count; day++) {
      const known = day < this.#enrolled.length;
      const enrolledSeconds = enrolled * DAY + (known ? this.#enrolledSeconds[day] : 0);
      const onlineSeconds = online * DAY + (known ? this.#onlineSeconds[day] : 0);
      enrolled += known ? this.#enrolled[day] : 0;
      online += known ? this.#online[day] : 0;
      days.push({ enrolled, online, enrolledSeconds, onlineSeconds });
    }
    return days;
  }

  #dayOf(second: number): number {
    const day = Math.floor(second / DAY);
    if (day >= this.#enrolled.length) {
      const size = Math.max(day + 1, this.#enrolled.length * 2);
      this.#enrolled = lengthened(this.#enrolled, new Float64Array(size));
      this.#enrolledSeconds = lengthened(this.#enrolledSeconds, new Float64Array(size));
      this.#online = lengthened(this.#online, new Float64Array(size));
      this.#onlineSeconds = lengthened(this.#onlineSeconds, new Float64Array(size));
    }
    return day;
  }
}
