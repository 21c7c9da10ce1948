/**
 * An ensemble of some version of the program, as its folder tells: only files whose form is fixed
 * are read, so that versions can be compared which know nothing of each other.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the replications measured of one metric; NaN where nothing was measured. */
export interface MeasuredMetric {
  readonly unit: string;
  readonly values: readonly number[];
  /** Totals in whole 1e-7, where the metric is money. */
  readonly exact: readonly (string | null)[] | null;
}

/** What a version made of a scenario. */
export interface VersionRun {
  readonly metrics: ReadonlyMap<string, MeasuredMetric>;
  /** Every parameter as it was resolved: as written, and as it counts. */
  readonly inputs: ReadonlyMap<string, Input>;
}

/** A parameter's value, or a file's hash. */
export interface Input {
  readonly text: string;
  /** Equal exactly when the inputs are. */
  readonly value: string;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const recordsOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const fieldsIn = (folder: string, file: string): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
  return isRecord(value) ? value : {};
};

/** Reads the folder of a run. */
export function readVersionRun(folder: string): VersionRun {
  const { metrics } = fieldsIn(folder, "results.json");
  const rows = readFileSync(join(folder, "replications.csv"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const [names = [], ...cells] = rows;
  const measured = names.slice(1).map((name, at): [string, MeasuredMetric] => {
    const told = isRecord(metrics) ? metrics[name] : undefined;
    const { unit, exact } = isRecord(told) ? told : {};
    const values = cells.map((row) => (row[at + 1] === "" ? Number.NaN : Number(row[at + 1])));
    const totals = Array.isArray(exact)
      ? exact.map((total: unknown) => (total === null ? null : String(total)))
      : null;
    return [name, { unit: String(unit ?? ""), values, exact: totals }];
  });
  return { metrics: new Map(measured), inputs: inputsOf(fieldsIn(folder, "manifest.json")) };
}

function inputsOf(manifest: Readonly<Record<string, unknown>>): ReadonlyMap<string, Input> {
  const { scenario, files } = manifest;
  const values = isRecord(scenario) ? recordsOf(scenario["values"]) : [];
  return new Map([
    ...values.map(({ path, text, value, varied }): [string, Input] => [
      String(path),
      { text: String(text), value: JSON.stringify(varied ?? value) },
    ]),
    // Scenario files are the same for both; what differs can only be what a version brings along.
    ...recordsOf(files)
      .filter(({ path }) => !/\.ya?ml$/.test(String(path)))
      .map(({ path, sha256 }): [string, Input] => {
        const name = `file ${String(path).split("/").at(-1)}`;
        return [name, { text: String(sha256).slice(0, 12), value: String(sha256) }];
      }),
  ]);
}

/** An input that two versions have and do not share. */
export interface InputChange {
  readonly key: string;
  readonly before: string;
  readonly after: string;
}

/** The inputs that differ; those that only one version knows are no difference in value. */
export function inputChanges(theirs: VersionRun, ours: VersionRun): readonly InputChange[] {
  return [...ours.inputs].flatMap(([key, { text, value }]) => {
    const before = theirs.inputs.get(key);
    if (before === undefined || before.value === value) return [];
    return [{ key, before: before.text, after: text }];
  });
}
