/**
 * A run's folder as the report reads it: results.json, manifest.json, series.parquet.
 *
 * What a later version of the folder adds is let through; what is missing is shown as not measured.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { asyncBufferFromFile, parquetRead } from "hyparquet";
import { z } from "zod";

const resultSchema = z.looseObject({
  unit: z.string(),
  mean: z.number().nullable(),
  sd: z.number().nullable(),
  ci95: z.tuple([z.number().nullable(), z.number().nullable()]).nullable(),
  n: z.number(),
});
const resultsSchema = z.looseObject({ metrics: z.record(z.string(), resultSchema) });

const valueSchema = z.looseObject({
  path: z.string(),
  text: z.string(),
  default: z.string().default(""),
  range: z.tuple([z.string(), z.string()]).nullable().default(null),
  quality: z.string().default(""),
  source: z.string().default(""),
  date: z.string().default(""),
  doc: z.string().default(""),
  from: z.string().default("default"),
});

const manifestSchema = z.looseObject({
  version: z.string(),
  commit: z.string().nullable().default(null),
  command: z.string().default(""),
  scenario: z.looseObject({
    name: z.string().default(""),
    title: z.string().default(""),
    question: z.string().default(""),
    hash: z.string().default(""),
    path: z.string().default(""),
    start: z.number().nullable().default(null),
    length: z.number().nullable().default(null),
    window: z.number().nullable().default(null),
    values: z.array(valueSchema).default([]),
    timeline: z.array(z.unknown()).default([]),
  }),
  files: z.array(z.looseObject({ path: z.string(), sha256: z.string() })).default([]),
  seed: z.string(),
  replications: z.number(),
  machine: z.record(z.string(), z.unknown()).default({}),
  seconds: z.number().nullable().default(null),
  warnings: z.array(z.string()).default([]),
  metrics: z
    .array(z.looseObject({ name: z.string(), unit: z.string(), doc: z.string() }))
    .default([]),
  windowMeans: z.array(z.string()).default([]),
  places: z
    .array(
      z.looseObject({
        code: z.string(),
        name: z.string(),
        latitude: z.number(),
        longitude: z.number(),
      }),
    )
    .default([]),
  measured: z
    .looseObject({
      uptimeAge: z
        .array(z.looseObject({ days: z.number(), fraction: z.number(), date: z.string() }))
        .default([]),
      utilization: z
        .array(z.looseObject({ metric: z.string(), fraction: z.number(), date: z.string() }))
        .default([]),
    })
    .default({ uptimeAge: [], utilization: [] }),
});

/** What a run measured of one metric over its replications. */
export type MetricResult = z.infer<typeof resultSchema>;
/** The manifest of a run. */
export type Manifest = z.infer<typeof manifestSchema>;
/** A parameter as a run used it. */
export type UsedValue = Manifest["scenario"]["values"][number];

/** One measured value of a series. */
export interface Sample {
  readonly replication: number;
  /** Seconds since 1970-01-01 UTC. */
  readonly time: number;
  readonly value: number;
}

/** The samples of a metric, by dimension (`""` where it has none). */
export type Series = ReadonlyMap<string, ReadonlyMap<string, readonly Sample[]>>;

/** A run's folder, read. */
export interface Folder {
  readonly results: Readonly<Record<string, MetricResult>>;
  readonly manifest: Manifest;
  readonly series: Series;
}

/** A file of the folder that is not what a run writes, told in one sentence. */
export class Unreadable extends Error {}

/** Reads a run's folder; throws `Unreadable` where a file is missing or malformed. */
export async function readFolder(folder: string): Promise<Folder> {
  const json = async <T>(name: string, schema: z.ZodType<T>): Promise<T> =>
    readWith(join(folder, name), "the JSON that a run writes", async (path) =>
      schema.parse(JSON.parse(await readFile(path, "utf8"))),
    );
  const [results, manifest] = await Promise.all([
    json("results.json", resultsSchema),
    json("manifest.json", manifestSchema),
  ]);
  const series = await readWith(join(folder, "series.parquet"), "a Parquet file", readSeries);
  return { results: results.metrics, manifest, series };
}

/** Reads one file of a run, or says what is wrong with it. */
export async function readWith<T>(
  path: string,
  expected: string,
  reader: (path: string) => Promise<T>,
): Promise<T> {
  try {
    return await reader(path);
  } catch (thrown) {
    const found =
      thrown instanceof z.ZodError
        ? thrown.issues
            .slice(0, 1)
            .map((issue) => `at \`${issue.path.join(".")}\`: ${issue.message}`)
            .join()
        : String(thrown instanceof Error ? thrown.message : thrown);
    throw new Unreadable(`${path}: expected ${expected}, found ${found}`);
  }
}

/** Reads a run's manifest alone; throws `Unreadable` where it is missing or malformed. */
export const readManifest = (folder: string): Promise<Manifest> =>
  readWith(join(folder, "manifest.json"), "the JSON that a run writes", async (path) =>
    manifestSchema.parse(JSON.parse(await readFile(path, "utf8"))),
  );

async function readSeries(path: string): Promise<Series> {
  const file = await asyncBufferFromFile(path);
  const columns = ["metric", "dimension", "replication", "time", "value"];
  const series = new Map<string, Map<string, Sample[]>>();
  await parquetRead({
    file,
    columns,
    rowFormat: "object",
    onComplete: (rows) => {
      for (const row of rows) keep(series, row);
    },
  });
  return series;
}

function keep(series: Map<string, Map<string, Sample[]>>, row: Record<string, unknown>): void {
  const metric = String(row.metric);
  const dimension = String(row.dimension ?? "");
  const dimensions = series.get(metric) ?? new Map<string, Sample[]>();
  if (dimensions.size === 0) series.set(metric, dimensions);
  const samples = dimensions.get(dimension) ?? [];
  if (samples.length === 0) dimensions.set(dimension, samples);
  const time = row.time;
  samples.push({
    replication: Number(row.replication),
    time: time instanceof Date ? time.getTime() / 1000 : Number(time),
    value: Number(row.value),
  });
}
