/**
 * What a scenario file may hold: a zod schema made from the declarations, and its JSON Schema.
 */

import { z } from "zod";
import { type Block, DRAWN_LAWS, type Parameter, type Way } from "../units/index.ts";
import { blocks, boundsText, type Declaration, declarations, unitOf } from "./declaration.ts";
import { argumentSource } from "./document.ts";
import type { Spot } from "./draft.ts";
import { field, type Note, quantity, text, texts, word } from "./field.ts";
import { readInstant } from "./instant.ts";
import { describe, type Reading } from "./quantity.ts";
import { timelineEntry } from "./timeline.ts";
import { readDraft } from "./variation.ts";
import { abilities, entityOf, waysOf, wordsOf } from "./way.ts";

/** The tables of entities that a run can keep. */
export const TABLES = ["nodes", "farms", "contracts", "payouts", "proposals"] as const;

/** How a parameter is written in JSON. */
function written(parameter: Parameter): Readonly<Record<string, unknown>> {
  switch (parameter.kind) {
    case "choice":
      return { type: "string", enum: parameter.words };
    case "text":
      return { type: "string" };
    case "flag":
      return { type: "boolean" };
    case "numbers":
      return { type: "array", items: { type: "number" } };
    case "count":
    case "number":
      return { type: "number" };
    default:
      return { type: "string" };
  }
}

function noteOf(declaration: Declaration): Note {
  const { parameter } = declaration;
  const unit = unitOf(parameter);
  const bounds = boundsText(parameter);
  const plain = parameter.kind === "count" || parameter.kind === "number";
  const one = written(parameter);
  const ways = waysOf(declaration);
  return {
    ...(ways.length === 0 ? one : { anyOf: [one, ...variedForms(ways)] }),
    description: parameter.doc,
    default: plain ? Number(parameter.default) : parameter.default,
    ...(unit === "" ? {} : { unit }),
    ...(bounds === null ? {} : { bounds }),
    ...(parameter.range === null ? {} : { range: parameter.range }),
    quality: parameter.quality,
    source: `${parameter.source} (${parameter.date})`,
  };
}

/** The forms, beside one value, that a value can have which varies in these ways. */
function variedForms(ways: readonly Way[]): readonly Readonly<Record<string, unknown>>[] {
  const names = [
    ...(keyedForm(ways) === undefined ? [] : [nameOfKeyed(ways)]),
    ...(ways.includes("time") ? ["steps", "trace"] : []),
    ...(entityOf(ways) === undefined ? [] : ["distribution"]),
  ];
  return names.map((name) => ({ $ref: `#/$defs/${name}` }));
}

/** A block of keys by which a value differs; undefined where it differs by none. */
function keyedForm(ways: readonly Way[]): Readonly<Record<string, unknown>> | undefined {
  const words = wordsOf(ways).filter((word) => !FORMS.has(word));
  const country = ways.includes("country");
  if (words.length === 1 && !country && !ways.includes("nodeClass")) return undefined;
  return {
    type: "object",
    description: `A value that can ${abilities(ways)}.`,
    properties: Object.fromEntries(words.map((word) => [word, {}])),
    ...(country ? { patternProperties: { "^[A-Z]{2}$": {} } } : {}),
    additionalProperties: ways.includes("nodeClass"),
  };
}

const nameOfKeyed = (ways: readonly Way[]): string => `by-${ways.join("-")}`;

/** Every form in which some parameter can vary. */
function definitions(): Readonly<Record<string, unknown>> {
  const keyed = declarations.map(waysOf).map((ways) => [nameOfKeyed(ways), keyedForm(ways)]);
  return { ...DEFINITIONS, ...Object.fromEntries(keyed.filter(([, form]) => form !== undefined)) };
}

const FORMS: ReadonlySet<string> = new Set(["steps", "trace", "distribution"]);

/** The forms of values that vary, told once. */
const DEFINITIONS = {
  steps: {
    type: "object",
    description: "A value that changes: from each moment on another one, the first at `0 d`.",
    properties: { steps: { type: "object" } },
    required: ["steps"],
    additionalProperties: false,
  },
  trace: {
    type: "object",
    description: "A value that changes as a file has it: columns `at` and `value`.",
    properties: { trace: { type: "string" } },
    required: ["trace"],
    additionalProperties: false,
  },
  distribution: {
    type: "object",
    description: "A law from which each node, farm or user draws its own value, once.",
    properties: { distribution: { type: "string", enum: DRAWN_LAWS } },
    required: ["distribution"],
  },
};

const parameterField = (declaration: Declaration) =>
  z
    .unknown()
    .superRefine((raw, context) => {
      const { refusals } = readDraft(declaration, raw, NOWHERE);
      for (const { steps, ...params } of refusals)
        context.addIssue({ code: "custom", message: "", path: [...steps], params });
    })
    .optional()
    .meta({ ...noteOf(declaration) });

/** Whether a value is right does not depend on where it stands. */
const NOWHERE: Spot = { source: argumentSource("", "", undefined), folder: "", path: [] };

const fieldsOf = (block: Block) =>
  declarations
    .filter((declaration) => declaration.block === block)
    .map((declaration) => [declaration.name, parameterField(declaration)] as const);

const blockField = (block: Block) =>
  z
    .strictObject(Object.fromEntries(fieldsOf(block)))
    .optional()
    .meta({ description: block.doc });

/** One of the two blocks of parameters, `assumptions` or `policy`. */
const parameters = (root: string, description: string) =>
  z
    .strictObject(
      Object.fromEntries([
        ...blocks.filter((block) => block.path === root).flatMap(fieldsOf),
        ...blocks
          .filter((block) => block.path.startsWith(`${root}.`))
          .map((block) => [block.path.slice(root.length + 1), blockField(block)] as const),
      ]),
    )
    .optional()
    .meta({ description });

const seed = field(
  (raw): Reading<string> =>
    (typeof raw === "string" && raw !== "") || typeof raw === "number"
      ? { ok: true, text: String(raw), value: String(raw) }
      : { ok: false, expected: "a word or a number", found: describe(raw) },
  { type: ["string", "number"], description: "What all chance comes from; any text." },
);

const tables = texts(`Tables of entities to keep: ${TABLES.join(", ")}.`).superRefine(
  (names, context) => {
    for (const name of names) {
      const reading = word(TABLES, "").safeParse(name);
      if (reading.success) continue;
      const [issue] = reading.error.issues;
      if (issue?.code === "custom")
        context.addIssue({ code: "custom", params: issue.params ?? {} });
    }
  },
);

const run = z
  .strictObject({
    start: field(readInstant, {
      type: "string",
      description: "The instant of the start, in UTC.",
    }).optional(),
    periods: quantity("count", 1, 1_200, "Length in minting periods of 730.8 hours.").optional(),
    days: quantity("number", 0.01, 36_525, "Length in days, in place of `periods`.").optional(),
    replications: quantity("count", 1, 1_000_000, "How many independent runs.").optional(),
    seed: seed.optional(),
    window: quantity("duration", 60, 86_400, "How often the chain meets what is local.").optional(),
    tables: tables.optional(),
  })
  .superRefine((value, context) => {
    if (value.periods === undefined || value.days === undefined) return;
    const params = { expected: "one of `periods`, `days`", found: "both" };
    context.addIssue({ code: "custom", message: "", params });
  });

const limit = (description: string) =>
  quantity("number", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, description);

const equal = field(
  (raw): Reading<number | string> =>
    typeof raw === "number" || typeof raw === "string"
      ? { ok: true, text: String(raw), value: raw }
      : { ok: false, expected: "a number or the name of a file", found: describe(raw) },
  { type: ["number", "string"], description: "The value, or the file that holds the exact one." },
);

const expectationEntry = z.strictObject({
  metric: text("The metric, such as `node.availability`."),
  min: limit("It is at least this.").optional(),
  max: limit("It is at most this.").optional(),
  equals: equal.optional(),
  within: limit("How far from `equals` it may be.").optional(),
  bound: word(["mean", "ci"], "What is held against the limits.").optional(),
});

/** The whole file. */
export const fileSchema = z.strictObject({
  $schema: text("This schema, for an editor.").optional(),
  format: field(
    (raw): Reading<1> =>
      raw === 1
        ? { ok: true, text: "1", value: 1 }
        : { ok: false, expected: "`1`", found: describe(raw) },
    { const: 1, description: "Version of this format." },
  ).optional(),
  extends: texts("One file, or a list of which the later ones win.").optional(),
  title: text("A name for the report.").optional(),
  question: text("What the scenario is to answer.").optional(),
  assumptions: parameters("assumptions", "The outside: fixed for a run."),
  policy: parameters("policy", "What the chain or the DAO can change: state of the run."),
  timeline: z
    .array(timelineEntry)
    .optional()
    .meta({ description: "Things that are made to happen." }),
  run: run.optional().meta({ description: "When, how long, how often, from which seed." }),
  expect: z.array(expectationEntry).optional().meta({ description: "What `check` holds it to." }),
});

/** What a file that holds no fault says. */
export type FileContent = z.output<typeof fileSchema>;

/** The JSON Schema of a scenario file, for editors, with the unit and default of each value. */
export const jsonSchema = (): Readonly<Record<string, unknown>> => ({
  $id: "gridbench/scenario",
  title: "gridbench scenario",
  ...z.toJSONSchema(fileSchema, { io: "input" }),
  $defs: definitions(),
});
