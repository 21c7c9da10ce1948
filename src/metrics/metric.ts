/**
 * What a metric is: a name, a unit, a sentence, and someone who watches a world.
 *
 * A watcher never changes anything. It is shown the facts of each window, the state at the end of
 * each day and of the measured span, and once more when the last period has been paid.
 */
import { UNITS_PER_TOKEN } from "../units/index.ts";
import type { World } from "../world/state.ts";
import type { MetricEntry, MetricValue, SeriesBlock, Table } from "./summary.ts";

/** What a watcher is shown; times are seconds since the start of the run. */
export interface Sight {
  readonly world: World;
  /** Ends of the window and of the measured span. */
  readonly until: number;
}

/** Whoever watches a world for one noun's metrics. */
export interface Watcher {
  /** A window has been judged. */
  window?(sight: Sight): void;
  /** A day of the run is over (with its last window). */
  day?(sight: Sight): void;
  /** The measured span is over; bills are done up to here. */
  end?(sight: Sight): void;
  /** The last period has been paid: what there is to tell. */
  tell(sight: Sight, telling: Telling): void;
}

/** The metrics of a noun. */
export interface MetricGroup {
  readonly entries: readonly MetricEntry[];
  /** Those of its metrics that are means of looks at the ends of windows: these alone know how
   * long a window is. */
  readonly windowMeans?: readonly string[];
  /** Begins to watch a world at its start. */
  watch(world: World): Watcher;
}

/** Where watchers put what they tell. */
export class Telling {
  readonly values = new Map<string, MetricValue>();
  readonly series: SeriesBlock[] = [];
  readonly tables: Record<string, Table> = {};
  readonly #start: number;

  /** `start` is the instant of the run's start, seconds since 1970-01-01 UTC. */
  constructor(start: number) {
    this.#start = start;
  }

  /** A value in the metric's unit; NaN where nothing was measured. */
  value(name: string, value: number): void {
    this.values.set(name, { name, value, exact: null });
  }

  /** An exact amount in 1e-7, told in whole tokens beside it. */
  amount(name: string, units: bigint): void {
    const value = Number(units) / UNITS_PER_TOKEN;
    this.values.set(name, { name, value, exact: units.toString() });
  }

  /** Values over time, at seconds since the start. */
  over(
    metric: string,
    dimension: string,
    seconds: readonly number[],
    values: readonly number[],
  ): void {
    const time = Float64Array.from(seconds, (second) => this.#start + second);
    this.series.push({ metric, dimension, time, value: Float64Array.from(values) });
  }

  /** One value of a dimension, at a second since the start. */
  at(metric: string, dimension: string, second: number, value: number): void {
    this.over(metric, dimension, [second], [value]);
  }
}

/** A mean over time of something that is looked at from time to time. */
export class TimeMean {
  #sum = 0;
  #last = 0;
  #span = 0;

  /** The value held from the last look until now. */
  look(now: number, value: number): void {
    this.#sum += value * (now - this.#last);
    this.#span += now - this.#last;
    this.#last = now;
  }

  /** The mean so far; NaN before the first look. */
  get mean(): number {
    return this.#span === 0 ? Number.NaN : this.#sum / this.#span;
  }
}

/** Days of a run, as the seconds at which they end, and a value a day for each of some names. */
export class DailySeries {
  readonly seconds: number[] = [];
  readonly #columns = new Map<string, number[]>();

  /** Notes the values of a day that ends now. */
  note(second: number, values: Readonly<Record<string, number>>): void {
    this.seconds.push(second);
    for (const [name, value] of Object.entries(values)) {
      const column = this.#columns.get(name);
      if (column === undefined) this.#columns.set(name, [value]);
      else column.push(value);
    }
  }

  /** Tells every column as a series of its name. */
  tell(telling: Telling): void {
    for (const [name, values] of this.#columns) telling.over(name, "", this.seconds, values);
  }
}

/** The names of the bands of farm size at the start of a run. */
export const SIZE_BANDS = ["1", "2-5", "6-20", "21-"] as const;

/** The band of a farm of so many nodes. */
export const sizeBand = (nodes: number): number =>
  nodes <= 1 ? 0 : nodes <= 5 ? 1 : nodes <= 20 ? 2 : 3;
