/**
 * What the series of a run say of its beginning and of its mean.
 *
 * One replication alone has no interval over replications; its daily values have one of batch
 * means. Several replications can leave out the days that still show the start: as many in all of
 * them, found in the mean of their series (replication and deletion: Law, Simulation Modeling and
 * Analysis, 2015, 9.5.2), and then the replication is the sample again.
 */
import type { SeriesBlock } from "../metrics/summary.ts";
import { BATCHES, interval, LONG_LEAST, longRun, mean, warmUp } from "../stats/index.ts";

/** The days that are left out: found by MSER-5, or as many as are given. */
export type WarmUp = "auto" | number;

/**
 * The mean of a series of one long run; null throughout where no warm-up was found. Its interval
 * is of the grid that was drawn at the start, and holds nothing of what others would be.
 */
export interface OneRun {
  readonly warm_up_days: number | null;
  /** Values that are left, and the batches that they fill. */
  readonly values: number;
  readonly batches: number;
  readonly mean: number | null;
  readonly ci95: readonly [number, number] | null;
  /** From one batch to the next; beyond 0.44 the interval is too narrow. */
  readonly correlation: number | null;
}

/** The mean of a series over replications, each without the same first days. */
export interface AfterWarmUp {
  /** Null where the series do not settle, and then so is all else. */
  readonly warm_up_days: number | null;
  readonly mean: number | null;
  readonly sd: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly n: number;
}

/** What a metric's series adds to its result. */
export interface CourseNote {
  readonly one_run?: OneRun;
  readonly after_warm_up?: AfterWarmUp;
}

const DAY = 86_400;
const LEVEL = 0.95;

/** The days that a run needs, so that its daily values fill the batches. */
export const WARM_UP_DAYS = LONG_LEAST;

interface Course {
  /** Seconds from one value to the next. */
  readonly step: number;
  readonly runs: Float64Array[];
}

/** Collects the series of metrics as they are over all of the grid. */
export class Courses {
  readonly #courses = new Map<string, Course>();
  readonly #warmUp: WarmUp | null;
  #count = 0;

  /** `warmUp` is null where nobody asked: one replication is told all the same. */
  constructor(warmUp: WarmUp | null) {
    this.#warmUp = warmUp;
  }

  /** Takes the series of the next replication; several are kept only where they are asked for. */
  take(series: readonly SeriesBlock[]): void {
    this.#count += 1;
    if (this.#count > 1 && this.#warmUp === null) {
      this.#courses.clear();
      return;
    }
    for (const { metric, dimension, time, value } of series) {
      if (dimension !== "" || value.length < LONG_LEAST || value.some(Number.isNaN)) continue;
      const course = this.#courses.get(metric) ?? { step: time[1] - time[0], runs: [] };
      if (course.runs.length === 0) this.#courses.set(metric, course);
      course.runs.push(value);
    }
  }

  /** What there is to tell, by metric; `samples` makes pairs of replications one. */
  notes(
    samples: (column: readonly number[]) => readonly number[],
  ): ReadonlyMap<string, CourseNote> {
    const told = new Map<string, CourseNote>();
    for (const [metric, course] of this.#courses) {
      if (course.runs.length !== this.#count) continue;
      const note = this.#count === 1 ? this.#alone(course) : this.#together(course, samples);
      if (note !== null) told.set(metric, note);
    }
    return told;
  }

  #given({ step }: Course): number | null {
    const days = this.#warmUp;
    return typeof days === "number" ? Math.ceil((days * DAY) / step) : null;
  }

  #alone(course: Course): CourseNote | null {
    const found = longRun(course.runs[0], LEVEL, this.#given(course));
    if (found === null) return null;
    const { n, mean: centre, low, high, correlation } = found;
    const settled = found.warmUp !== null;
    return {
      one_run: {
        warm_up_days: daysOf(found.warmUp, course),
        values: n,
        batches: BATCHES,
        mean: settled ? centre : null,
        ci95: settled ? [low, high] : null,
        correlation: Number.isNaN(correlation) ? null : correlation,
      },
    };
  }

  #together(
    course: Course,
    samples: (column: readonly number[]) => readonly number[],
  ): CourseNote | null {
    const { runs } = course;
    const length = runs[0].length;
    if (runs.some((run) => run.length !== length)) return null;
    const whole = Array.from({ length }, (_, at) => mean(runs.map((run) => run[at])));
    const cut = this.#given(course) ?? warmUp(whole);
    const warm_up_days = daysOf(cut, course);
    if (cut === null || cut >= length) {
      return { after_warm_up: { warm_up_days, mean: null, sd: null, ci95: null, n: 0 } };
    }
    const means = samples(runs.map((run) => mean(Array.from(run.subarray(cut)))));
    const { n, mean: centre, sd, low, high } = interval(means, LEVEL);
    const isOne = n < 2;
    return {
      after_warm_up: {
        ...{ warm_up_days, mean: centre, sd: isOne ? null : sd },
        ...{ ci95: isOne ? null : [low, high], n },
      },
    };
  }
}

const daysOf = (cut: number | null, { step }: Course): number | null =>
  cut === null ? null : (cut * step) / DAY;
