/**
 * Loads a scenario: reads its files, lays one over the other, checks, and resolves every value.
 */
import { existsSync, readdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { type Seconds, seconds } from "../units/index.ts";
import { disagreements } from "./agreement.ts";
import { economicsWarnings, eraWarnings, type NamedEconomics } from "./era.ts";
import { expectationsOf, unknownMetrics, withGoldens } from "./expect.ts";
import { inOrder, type Loaded, type ScenarioFault } from "./fault.ts";
import { type Fragment, packaged, readFragments, readRunFlag, readSetting } from "./fragment.ts";
import { hashOfSetup } from "./identity.ts";
import { secondsTo } from "./instant.ts";
import { Lookup } from "./lookup.ts";
import type { RunSettings, Scenario } from "./scenario.ts";
import type { FileContent } from "./schema.ts";
import { buildSetup, type Span } from "./setup.ts";
import { nearest } from "./suggestion.ts";
import type { Written } from "./timeline.ts";
import { readUptimeAge } from "./uptime.ts";
import { readUtilization } from "./utilization.ts";
import { layered, plainValues } from "./value.ts";

/** What is said of a scenario outside its file; later settings win over earlier ones. */
export interface LoadOptions {
  /** `KEY=VALUE`, each. */
  readonly set?: readonly string[];
  /** Values of the `run` block as text, by key, such as `{ days: "90" }`. */
  readonly run?: Readonly<Record<string, string>>;
  /** Beginnings of keys, such as `assumptions.response.`, that are left at their defaults. */
  readonly without?: readonly string[];
  /** Names of the metrics that an expectation may speak of; any, if absent. */
  readonly metrics?: readonly string[];
  /** Reads the golden files that are expected, too. */
  readonly goldens?: boolean;
}

/** Months of the run, replications and the rest, where no file says otherwise. */
const START = seconds(1_680_353_800);
const DEFAULTS = { periods: 12, replications: 32, seed: "gridbench", window: 3_600 };

/** The path of a scenario: a file, or the name of one that comes with the package. */
export function findScenario(name: string): string {
  if (existsSync(name)) return resolve(name);
  const own = resolve(packaged, name.endsWith(".yaml") ? name : `${name}.yaml`);
  return existsSync(own) ? own : resolve(name);
}

/** The fault of a scenario that is not there, with the one that comes along and may be meant. */
function withGuess(name: string, fault: ScenarioFault): ScenarioFault {
  if (fault.place.line > 0 || existsSync(name) || name.includes("/")) return fault;
  const known = readdirSync(packaged)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/, ""));
  const suggestion = nearest(name.replace(/\.yaml$/, ""), known);
  return suggestion === undefined ? fault : { ...fault, suggestion };
}

/** Reads a scenario and resolves it, or lists everything that is wrong with it. */
export function loadScenario(name: string, options: LoadOptions = {}): Loaded<Scenario> {
  const absolute = findScenario(name);
  const faults: ScenarioFault[] = [];
  const fragments = [...readFragments(absolute, [], faults)];
  const own = fragments.at(-1);
  for (const [key, text] of Object.entries(options.run ?? {})) {
    const flag = readRunFlag(key, text);
    fragments.push(flag.fragment);
    faults.push(...flag.faults);
  }
  for (const setting of options.set ?? []) {
    const read = readSetting(setting);
    faults.push(...(read.ok ? read.value.faults : read.faults));
    if (read.ok) fragments.push(read.value.fragment);
  }
  if (own === undefined) {
    return { ok: false, faults: inOrder(faults.map((fault) => withGuess(name, fault))) };
  }
  const { content, source } = own;
  faults.push(...unknownMetrics(content.expect, source, options.metrics));
  const { expect, faults: wrong } = withGoldens(expectationsOf(content.expect, source), {
    source,
    absolute,
    read: options.goldens ?? false,
  });
  faults.push(...wrong);
  const kept = withoutValues(fragments, options.without ?? []);
  const found = resolved(basename(absolute).replace(/\.(ya?ml|json)$/, ""), own, kept);
  if (found.ok && faults.length === 0) {
    return { ok: true, value: { ...found.value, expect } };
  }
  return { ok: false, faults: inOrder([...faults, ...(found.ok ? [] : found.faults)]) };
}

/** The fragments without what they give to keys with one of the beginnings. */
const withoutValues = (
  fragments: readonly Fragment[],
  beginnings: readonly string[],
): readonly Fragment[] =>
  beginnings.length === 0
    ? fragments
    : fragments.map((fragment) => ({
        ...fragment,
        values: new Map(
          [...fragment.values].filter(
            ([key]) => !beginnings.some((beginning) => key.startsWith(beginning)),
          ),
        ),
      }));

function resolved(name: string, own: Fragment, fragments: readonly Fragment[]): Loaded<Scenario> {
  const given = layered(fragments);
  const lookup = new Lookup(plainValues(given), given);
  const { span, settings } = runOf(fragments);
  const built = buildSetup(given, lookup, span, writtenOf(fragments));
  const { setup, values, timeline, economics } = built;
  lookup.faults.push(...disagreements(lookup));
  if (lookup.faults.length > 0) return { ok: false, faults: inOrder(lookup.faults) };
  const files = fragments.flatMap(({ file }) => (file === null ? [] : [file]));
  const { title, question } = own.content;
  const scenario: Scenario = {
    name,
    file: own.source.file,
    title: title ?? name,
    question: question ?? "",
    values,
    timeline,
    expect: [],
    run: settings,
    start: span.start,
    files: [...new Map([...files, ...lookup.files].map((file) => [file.name, file])).values()],
    warnings: [
      ...economicsWarnings([...economics, ...laterEconomics(fragments, span.start)]),
      ...eraWarnings(values, span.start),
    ],
    measured: { uptimeAge: readUptimeAge(), utilization: readUtilization() },
    hash: hashOfSetup(setup),
    setup,
  };
  return { ok: true, value: scenario };
}

/** The economies that the timeline names, each with the instant from which it holds. */
const laterEconomics = (
  fragments: readonly Fragment[],
  start: Seconds,
): readonly NamedEconomics[] =>
  writtenOf(fragments).flatMap(({ entry: { at, policy } }) =>
    policy?.economics === undefined
      ? []
      : [{ name: policy.economics, at: seconds(start + secondsTo(at, start)) }],
  );

/** The run's settings: later fragments win, and a length in days replaces one in periods. */
function runOf(fragments: readonly Fragment[]): {
  readonly span: Span;
  readonly settings: RunSettings;
} {
  let run: NonNullable<FileContent["run"]> = {};
  for (const { content } of fragments) {
    const { days, periods, ...rest } = content.run ?? {};
    const before = { days: run.days, periods: run.periods };
    const length = days === undefined && periods === undefined ? before : { days, periods };
    run = { ...run, ...rest, ...length };
  }
  const { start, periods, days, replications, seed, window, tables } = run;
  return {
    span: {
      start: start ?? START,
      periods: periods ?? DEFAULTS.periods,
      days,
      window: seconds(window ?? DEFAULTS.window),
      tables: tables ?? [],
    },
    settings: { replications: replications ?? DEFAULTS.replications, seed: seed ?? DEFAULTS.seed },
  };
}

/** What happens adds up: the entries of the file and of all it extends. */
const writtenOf = (fragments: readonly Fragment[]): readonly Written[] =>
  fragments.flatMap(({ content, source }) =>
    (content.timeline ?? []).map((entry, index) => ({
      entry,
      placeOf: (...steps) => source.placeOf(["timeline", index, ...steps]),
      path: `timeline[${index}]`,
    })),
  );
