/**
 * A study: what is compared with what, by which metrics, and what would count, written down before
 * anybody has looked.
 *
 * Its seed follows from its own words and from the worlds that it names, so that nobody can try
 * seeds until one pleases; a seed of one's own is told as a departure.
 */
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { readDocument, readText, type Source, unreadable } from "./document.ts";
import type { Loaded, ScenarioFault } from "./fault.ts";
import { inOrder } from "./fault.ts";
import { field, quantity, text, texts } from "./field.ts";
import { nameOf, packaged } from "./fragment.ts";
import { fits, type Guard, readGuard, readSmallest, type Smallest } from "./guard.ts";
import { hashOf } from "./hash.ts";
import { faultsOf } from "./issue.ts";
import { findScenario } from "./load.ts";
import { describe, type Reading } from "./quantity.ts";
import { nearest } from "./suggestion.ts";

/** One arm against the base: a scenario, or the base with other values. */
export interface StudyVariant {
  readonly name: string;
  /** A file; null where it is the base with other values. */
  readonly scenario: string | null;
  /** `KEY=VALUE`, each. */
  readonly set: readonly string[];
}

/** A value of the outside under which everything is compared once more. */
export interface StudyStress {
  readonly key: string;
  readonly values: readonly string[];
}

/** A study, read. */
export interface Study {
  readonly name: string;
  readonly file: string;
  /** SHA-256 of what it says, whatever the order of its keys, its seed left out. */
  readonly hash: string;
  readonly title: string;
  readonly question: string;
  readonly base: string;
  readonly variants: readonly StudyVariant[];
  readonly vary: readonly StudyStress[];
  readonly primary: readonly string[];
  /** By metric; `default` stands for all others, `farm` for a farm's month, per node. */
  readonly smallest: Readonly<Record<string, Smallest>>;
  readonly guards: readonly Guard[];
  /** Settings of the run, as a scenario's `run` block has them. */
  readonly run: Readonly<Record<string, string>>;
  /** How often what is not known is drawn; null where it is not. */
  readonly uncertainty: number | null;
  /** The seed that the file gives; null where it follows from the study. */
  readonly seed: string | null;
}

const settings = field(
  (raw): Reading<readonly string[]> => {
    const isBlock = typeof raw === "object" && raw !== null && !Array.isArray(raw);
    if (!isBlock) return { ok: false, expected: "a block of keys", found: describe(raw) };
    const value = Object.entries(raw).map(([key, to]) => `${key}=${written(to)}`);
    return { ok: true, text: value.join(", "), value };
  },
  { type: "object", description: "Values that differ from the base's, by key." },
);

/** A value as `--set` would be given it; what is no text is JSON, which YAML reads. */
const written = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

const variant = z.strictObject({
  name: text("What the report calls it."),
  scenario: text("A scenario; the base if left out.").optional(),
  set: settings.optional(),
});

const list = field(
  (raw): Reading<readonly string[]> =>
    Array.isArray(raw) && raw.length > 0
      ? { ok: true, text: String(raw), value: raw.map(written) }
      : { ok: false, expected: "a list of values", found: describe(raw) },
  { type: "array", description: "Values of the outside to try." },
);

const seedText = field(
  (raw): Reading<string> =>
    (typeof raw === "string" && raw !== "") || typeof raw === "number"
      ? { ok: true, text: String(raw), value: String(raw) }
      : { ok: false, expected: "a word or a number", found: describe(raw) },
  { type: ["string", "number"], description: "In place of the seed that follows from the study." },
);

const studySchema = z.strictObject({
  format: field(
    (raw): Reading<1> =>
      raw === 1
        ? { ok: true, text: "1", value: 1 }
        : { ok: false, expected: "`1`", found: describe(raw) },
    { const: 1, description: "Version of this format." },
  ),
  title: text("A name for the report.").optional(),
  question: text("What is to be decided."),
  base: text("The scenario that everything is compared with."),
  variants: z.array(z.union([z.string(), variant])).min(1),
  vary: z.record(z.string(), list).optional(),
  primary: texts("The metrics by which it is decided."),
  smallest: z
    .record(
      z.string(),
      field(readSmallest, { type: "string", description: "The smallest effect that matters." }),
    )
    .optional(),
  guards: z
    .array(field(readGuard, { type: "string", description: "What must not happen." }))
    .optional(),
  run: z
    .strictObject({
      replications: quantity("count", 2, 1_000_000, "How many pairs of runs.").optional(),
      periods: quantity("count", 1, 1_200, "Length in minting periods.").optional(),
      days: quantity("number", 0.01, 36_525, "Length in days.").optional(),
    })
    .optional(),
  uncertainty: quantity("count", 8, 100_000, "Draws of all that is not known.").optional(),
  seed: seedText.optional(),
});

type Content = z.output<typeof studySchema>;

/** A metric as a study may name it. */
interface Known {
  readonly name: string;
  readonly unit: string;
}

/** The path of a study: a file, or the name of one that comes with the package. */
export function findStudy(name: string): string {
  if (existsSync(name)) return resolve(name);
  const own = resolve(packaged, "studies", name.endsWith(".yaml") ? name : `${name}.yaml`);
  return existsSync(own) ? own : resolve(name);
}

/** Reads a study, or lists everything that is wrong with it. */
export function readStudy(name: string, metrics: readonly Known[]): Loaded<Study> {
  const absolute = findStudy(name);
  const file = nameOf(absolute);
  const content = readText(absolute);
  if (!content.ok) return { ok: false, faults: [unreadable(file, content.found)] };
  const { source, faults: broken } = readDocument(file, content.text);
  if (broken.length > 0) return { ok: false, faults: broken };
  const checked = studySchema.safeParse(source.value);
  if (!checked.success) {
    const schema = z.toJSONSchema(studySchema, { io: "input", unrepresentable: "any" });
    return { ok: false, faults: inOrder(faultsOf(checked.error.issues, source, () => schema)) };
  }
  const faults = strangers(checked.data, source, metrics);
  if (faults.length > 0) return { ok: false, faults: inOrder(faults) };
  return { ok: true, value: studyOf(checked.data, source, { absolute, file }) };
}

/** Keys that say how people respond, written out or short. */
const RESPONSE = /^(assumptions\.)?response\./;

/** The faults of names that no metric has, and of sizes that do not fit their metric. */
function strangers(
  content: Content,
  source: Source,
  metrics: readonly Known[],
): readonly ScenarioFault[] {
  const names = metrics.map((metric) => metric.name);
  const unitOf = (name: string): string =>
    name === "farm" ? "USD" : (metrics.find((metric) => metric.name === name)?.unit ?? "1");
  const check = (name: string, path: readonly PropertyKey[], known: readonly string[]) => {
    if (known.includes(name)) return [];
    const suggestion = nearest(name, known);
    const place = source.placeOf(path);
    const fault = { place, path: path.join("."), expected: "a metric", found: `\`${name}\`` };
    return [suggestion === undefined ? fault : { ...fault, suggestion }];
  };
  const sizes = Object.entries(content.smallest ?? {});
  return [
    ...content.primary.flatMap((name, at) => check(name, ["primary", at], names)),
    ...sizes.flatMap(([name]) => check(name, ["smallest", name], [...names, "default", "farm"])),
    ...sizes
      .filter(([name, { unit }]) => !fits(unit, unitOf(name)))
      .map(([name, size]) => ({
        place: source.placeOf(["smallest", name]),
        path: `smallest.${name}`,
        expected: `a size in %, pp or ${unitOf(name)}`,
        found: `\`${size.text}\``,
      })),
    ...(content.guards ?? []).flatMap(({ metric }, at) => check(metric, ["guards", at], names)),
    ...Object.keys(content.vary ?? {})
      .filter((key) => RESPONSE.test(key))
      .map((key) => ({
        place: source.placeOf(["vary", key]),
        path: `vary.${key}`,
        expected: "something of the outside: stress cases are run with behaviour frozen",
        found: "how people respond, which is the base's or a variant's to say",
      })),
  ];
}

function studyOf(
  content: Content,
  source: Source,
  where: { readonly absolute: string; readonly file: string },
): Study {
  const { seed, title, question, run, smallest, guards, vary, uncertainty } = content;
  const folder = dirname(where.absolute);
  const name = where.file.replace(/^.*\//, "").replace(/\.(ya?ml|json)$/, "");
  const said = Object.entries(source.value ?? {}).filter(([key]) => key !== "seed");
  const runs = Object.entries(run ?? {}).map(([key, value]) => [key, String(value)]);
  return {
    name,
    file: where.file,
    hash: hashOf(Object.fromEntries(said)),
    title: title ?? name,
    question,
    base: beside(folder, content.base),
    variants: content.variants.map(
      (each): StudyVariant =>
        typeof each === "string"
          ? { name: nameIn(each), scenario: beside(folder, each), set: [] }
          : {
              name: each.name,
              scenario: each.scenario === undefined ? null : beside(folder, each.scenario),
              set: each.set ?? [],
            },
    ),
    vary: Object.entries(vary ?? {}).map(([key, values]) => ({ key, values })),
    primary: content.primary,
    smallest: smallest ?? {},
    guards: guards ?? [],
    run: Object.fromEntries(runs),
    uncertainty: uncertainty ?? null,
    seed: seed ?? null,
  };
}

const nameIn = (file: string): string => file.replace(/^.*\//, "").replace(/\.(ya?ml|json)$/, "");

/** A scenario beside the study, else one that is found as everywhere. */
function beside(folder: string, name: string): string {
  const own = [resolve(folder, name), resolve(folder, `${name}.yaml`)].find((path) =>
    existsSync(path),
  );
  return own ?? findScenario(name);
}
