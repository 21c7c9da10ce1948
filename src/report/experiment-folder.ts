/**
 * The folder of an experiment as the report reads it: sweep.json, or sensitivity.json.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { Unreadable } from "./folder.ts";

const pair = z.tuple([z.number(), z.number()]);

const common = {
  version: z.string(),
  commit: z.string().nullable().default(null),
  command: z.string().default(""),
  scenario: z.looseObject({
    name: z.string(),
    title: z.string().default(""),
    question: z.string().default(""),
  }),
  seed: z.string(),
  replications: z.number(),
  axes: z.array(z.looseObject({ key: z.string(), typed: z.string() })),
};

const sweepSchema = z.looseObject({
  schema: z.literal("gridbench-sweep/1"),
  ...common,
  design: z.string(),
  metrics: z.array(z.looseObject({ name: z.string(), unit: z.string(), doc: z.string() })),
  design_points: z.array(z.looseObject({ point: z.number(), values: z.array(z.string()) })),
  points: z.array(
    z.looseObject({
      point: z.number(),
      metrics: z.record(
        z.string(),
        z.looseObject({ mean: z.number().nullable(), ci95: pair.nullable(), n: z.number() }),
      ),
    }),
  ),
});

const sensitivitySchema = z.looseObject({
  schema: z.literal("gridbench-sensitivity/1"),
  ...common,
  evaluations: z.number(),
  trajectories: z.number().nullable(),
  rows: z.number().nullable(),
  docs: z.record(z.string(), z.string()).default({}),
  metrics: z.record(
    z.string(),
    z.looseObject({
      unit: z.string(),
      mean: z.number(),
      sd: z.number(),
      noise: z.number().nullable(),
      morris: z
        .array(
          z.looseObject({
            key: z.string(),
            mu: z.number(),
            mu_star: z.number(),
            mu_star95: pair,
            sigma: z.number(),
          }),
        )
        .nullable(),
      sobol: z
        .array(
          z.looseObject({
            key: z.string(),
            first: z.number(),
            first95: pair,
            total: z.number(),
            total95: pair,
          }),
        )
        .nullable(),
    }),
  ),
});

/** A sweep, read. */
export type SweepFolder = z.infer<typeof sweepSchema>;
/** A sensitivity analysis, read. */
export type SensitivityFolder = z.infer<typeof sensitivitySchema>;

/** The names of the files by which an experiment's folder is known. */
export const EXPERIMENT_FILES = ["sweep.json", "sensitivity.json"] as const;

/** Reads an experiment's folder; throws `Unreadable` where it is none or malformed. */
export function readExperiment(folder: string): SweepFolder | SensitivityFolder {
  const name = EXPERIMENT_FILES.find((one) => existsSync(join(folder, one)));
  if (name === undefined) {
    const files = EXPERIMENT_FILES.join(" or ");
    throw new Unreadable(`${folder}: expected the folder of an experiment, found no ${files}`);
  }
  const path = join(folder, name);
  const schema = z.discriminatedUnion("schema", [sweepSchema, sensitivitySchema]);
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (thrown) {
    const found = thrown instanceof z.ZodError ? thrown.issues[0]?.message : String(thrown);
    throw new Unreadable(`${path}: expected what an experiment writes, found ${found}`);
  }
}
