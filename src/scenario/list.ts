/**
 * What there is to choose from: scenarios, parameters, models.
 */
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Quality, Way } from "../units/index.ts";
import {
  blocks,
  boundsText,
  type Declaration,
  declarations,
  defaultText,
  unitOf,
} from "./declaration.ts";
import { readDocument, readText } from "./document.ts";
import { nameOf, packaged } from "./fragment.ts";
import { waysOf } from "./way.ts";

/** A scenario that comes with the package. */
export interface ListedScenario {
  readonly name: string;
  readonly file: string;
  readonly question: string;
}

/** A parameter as lists and the reference page tell it. */
export interface ListedParameter {
  readonly key: string;
  readonly kind: string;
  readonly unit: string;
  readonly default: string;
  readonly bounds: readonly [string, string] | null;
  readonly range: readonly [string, string] | null;
  /** The words of a choice, or null. */
  readonly words: readonly string[] | null;
  /** The ways in which it can vary. */
  readonly varies: readonly Way[];
  readonly quality: Quality;
  readonly date: string;
  readonly source: string;
  readonly doc: string;
}

/** A model of the outside: what it is of, the variants to choose from, the keys that set it. */
export interface ListedModel {
  readonly name: string;
  readonly doc: string;
  /** The words of its `model` parameter; its own name where there is only one. */
  readonly variants: readonly string[];
  readonly default: string;
  readonly parameters: readonly string[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

/** The scenarios of the package, by name; those whose name starts with a dot are left out. */
export function listScenarios(): readonly ListedScenario[] {
  const names = readdirSync(packaged).filter((name) => name.endsWith(".yaml"));
  return names.sort().map((name) => {
    const absolute = resolve(packaged, name);
    const content = readText(absolute);
    const value = content.ok ? readDocument(name, content.text).source.value : undefined;
    const question = isRecord(value) ? value["question"] : undefined;
    return {
      name: name.slice(0, -".yaml".length),
      file: nameOf(absolute),
      question: typeof question === "string" ? question.trim().replace(/\s+/g, " ") : "",
    };
  });
}

/** A declaration as lists tell it. */
export const listed = (declaration: Declaration): ListedParameter => ({
  ...listedOf(declaration),
  varies: waysOf(declaration),
});

const listedOf = ({ key, parameter }: Declaration): Omit<ListedParameter, "varies"> => ({
  key,
  kind: parameter.kind,
  unit: unitOf(parameter),
  default: defaultText(parameter),
  bounds: boundsText(parameter),
  range: parameter.range,
  words: parameter.kind === "choice" ? parameter.words : null,
  quality: parameter.quality,
  date: parameter.date,
  source: parameter.source,
  doc: parameter.doc,
});

/** Every parameter, in the order of the declarations. */
export const listParameters = (): readonly ListedParameter[] => declarations.map(listed);

/** Every model of the outside. */
export const listModels = (): readonly ListedModel[] =>
  blocks
    .filter((block) => block.path.startsWith("assumptions."))
    .map((block) => {
      const name = block.path.slice("assumptions.".length);
      const choice = block.fields["model"];
      const variants = choice?.kind === "choice" ? choice.words : [name];
      return {
        name,
        doc: block.doc,
        variants,
        default: choice?.kind === "choice" ? choice.default : name,
        parameters: Object.keys(block.fields).map((field) => `${block.path}.${field}`),
      };
    });
