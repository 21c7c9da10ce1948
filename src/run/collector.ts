/**
 * Takes finished replications in their order and writes the files of a run's folder.
 *
 * Everything is written beside the kept replications first and renamed into the folder at the
 * end, so that a folder never holds half a file.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import {
  type MetricEntry,
  PIECE_ROWS,
  type SeriesBlock,
  type Summary,
} from "../metrics/summary.ts";
import { fileSum } from "./file-sum.ts";
import type { Piece } from "./part.ts";
import {
  type Folding,
  foldResults,
  type Results,
  type Row,
  resultsText,
  samplesOf,
} from "./results.ts";
import type { Columns } from "./row-group.ts";
import { TableFile } from "./table-file.ts";
import { Courses, type WarmUp } from "./warm-up.ts";

/** A file of the folder, as the manifest lists it. */
export interface OutputFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What is collected, and how rows become results. */
export interface CollectorPlan {
  /** Leaves out series and tables. */
  readonly lean: boolean;
  readonly folding: Folding;
  /** The days that several replications leave out; null where nobody asked. */
  readonly warmUp: WarmUp | null;
}

/** Folds summaries, in the order in which they are given, into files. */
export class Collector {
  readonly #staging: string;
  readonly #entries: readonly MetricEntry[];
  readonly #rows: Row[] = [];
  readonly #tables = new Map<string, TableFile>();
  readonly #plan: CollectorPlan;
  readonly #courses: Courses;
  #events = 0;

  /** The folder in which the files grow, and the registry of metrics. */
  constructor(staging: string, entries: readonly MetricEntry[], plan: CollectorPlan) {
    this.#plan = plan;
    this.#courses = new Courses(plan.warmUp);
    this.#staging = staging;
    this.#entries = entries;
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { recursive: true });
    if (!plan.lean) this.#tables.set("series", this.#file("series"));
  }

  /** How many replications were taken. */
  get count(): number {
    return this.#rows.length;
  }

  /** What the replications taken measured, in their order. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Events executed by the replications taken. */
  get events(): number {
    return this.#events;
  }

  /** The results of the replications taken so far. */
  results(): Results {
    const { folding } = this.#plan;
    const notes = this.#courses.notes((column) => samplesOf(column, folding.antithetic));
    return foldResults(this.#rows, this.#entries, { ...folding, notes });
  }

  /** Takes the next replication, the rows of its tables piece by piece. */
  take({ replication, metrics, series, events }: Summary, pieces: Iterable<Piece>): void {
    this.#rows.push({ replication, metrics });
    this.#events += events;
    if (this.#plan.lean) return;
    this.#courses.take(series);
    for (const columns of seriesPieces(replication, series)) this.#table("series").add(columns);
    for (const piece of pieces) {
      const file = this.#table(piece.name);
      if ("group" in piece) file.append(piece.group);
      else file.add(piece.columns);
    }
  }

  /** Closes all files and moves them into `out`; those of an earlier run that are not made again
   * are removed. */
  finish(out: string): readonly OutputFile[] {
    for (const table of this.#tables.values()) table.finish();
    writeFileSync(join(this.#staging, "results.json"), resultsText(this.results()));
    writeFileSync(join(this.#staging, "replications.csv"), replicationsText(this.#rows));
    const files = readdirSync(this.#staging).sort();
    const listed = files.map((path) => ({ path, ...fileSum(join(this.#staging, path)) }));
    mkdirSync(out, { recursive: true });
    for (const path of readdirSync(out)) {
      if (path.endsWith(".parquet") && !files.includes(path)) rmSync(join(out, path));
    }
    for (const path of files) renameSync(join(this.#staging, path), join(out, path));
    return listed;
  }

  #table(name: string): TableFile {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const table = this.#file(name);
    this.#tables.set(name, table);
    return table;
  }

  #file(name: string): TableFile {
    return new TableFile(join(this.#staging, `${name}.parquet`));
  }
}

/** replications.csv: a row a replication, a column a metric in the order of results.json. */
export function replicationsText(rows: readonly Row[]): string {
  const names = (rows[0]?.metrics ?? []).map(({ name }, i) => ({ name, i }));
  names.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const lines = rows.map(({ replication, metrics }) => [
    String(replication),
    ...names.map(({ i }) => (Number.isNaN(metrics[i].value) ? "" : String(metrics[i].value))),
  ]);
  return stringify([["replication", ...names.map(({ name }) => name)], ...lines]);
}

/** The series of a replication as rows, block by block; a piece is full or the last. */
function* seriesPieces(replication: number, blocks: readonly SeriesBlock[]): Generator<Columns> {
  const total = blocks.reduce((sum, block) => sum + block.time.length, 0);
  let block = 0;
  let at = 0;
  for (let first = 0; first === 0 || first < total; first += PIECE_ROWS) {
    const length = Math.min(PIECE_ROWS, total - first);
    const metric = new Array<string>(length);
    const dimension = new Array<string>(length);
    const time = new Float64Array(length);
    const value = new Float64Array(length);
    for (let row = 0; row < length; ) {
      const now = blocks[block];
      const count = Math.min(length - row, now.time.length - at);
      metric.fill(now.metric, row, row + count);
      dimension.fill(now.dimension, row, row + count);
      time.set(now.time.subarray(at, at + count), row);
      value.set(now.value.subarray(at, at + count), row);
      row += count;
      at += count;
      if (at < now.time.length) continue;
      block += 1;
      at = 0;
    }
    const number = new Int32Array(length).fill(replication);
    yield { metric, dimension, replication: number, time, value };
  }
}
