/**
 * Parts of a value that varies: what it is in one country or class, and how that is written.
 */
import { WORKLOADS } from "../models/index.ts";
import {
  type Dimension,
  type Drawn,
  FARM_KINDS,
  isDrawn,
  isSplit,
  isSteps,
  type NumberParameter,
  type Parameter,
  type Varied,
} from "../units/index.ts";
import type { Setup } from "../world/setup.ts";
import type { Declaration } from "./declaration.ts";
import { argumentSource } from "./document.ts";
import type { ScenarioFault } from "./fault.ts";
import { Lookup } from "./lookup.ts";
import { perOf, writeQuantity } from "./quantity.ts";
import { resolveVaried } from "./resolution.ts";
import { readDraft } from "./variation.ts";

/** The part of a value that keys lead to; who is not named has what the others have. */
export function partOf(value: Varied, keys: readonly string[]): Varied {
  const [key, ...others] = keys;
  if (key === undefined || !isSplit(value)) return value;
  if (key === "default") return partOf(value.rest, others);
  if (speaksOf(key) === value.by) return partOf(value.each[key] ?? value.rest, others);
  // A key of another dimension asks everyone along this one, so the rest answers for all.
  return partOf(value.rest, keys);
}

/** The dimension of a key that was found to be right. */
function speaksOf(key: string): Dimension {
  if (FARM_KINDS.some((word) => word === key)) return "farmKind";
  if (WORKLOADS.some((word) => word === key)) return "workload";
  return /^[A-Z]{2}$/.test(key) ? "country" : "nodeClass";
}

/** What is wrong with keys that lead into a value; undefined if they can. */
export function keyFault(
  declaration: Declaration,
  keys: readonly string[],
  setup: Setup | undefined,
): Pick<ScenarioFault, "expected" | "found" | "suggestion"> | undefined {
  const { parameter } = declaration;
  const probe = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), parameter.default);
  const source = argumentSource("explain", "", undefined);
  const { draft, refusals } = readDraft(declaration, probe, { source, folder: "", path: [] });
  const lookup = new Lookup(new Map(), new Map());
  if (draft !== undefined && setup !== undefined && declaration.key.startsWith("assumptions."))
    resolveVaried(declaration, draft, { ...setup, lookup });
  const [first] = [...refusals, ...lookup.faults];
  if (first === undefined) return undefined;
  const { expected, found, suggestion } = first;
  return suggestion === undefined ? { expected, found } : { expected, found, suggestion };
}

/** A value as a scenario would write it in one line. */
export function variedText(declaration: Declaration, value: Varied): string {
  const { parameter } = declaration;
  if (isSplit(value)) {
    const each = Object.entries(value.each).map(
      ([key, one]) => `${key}: ${variedText(declaration, one)}`,
    );
    return `{ ${[`default: ${variedText(declaration, value.rest)}`, ...each].join(", ")} }`;
  }
  if (isSteps(value)) {
    const steps = value.seconds.map(
      (second, i) => `${writeQuantity("duration", second)}: ${number(parameter, value.values[i])}`,
    );
    return `{ steps: { ${steps.join(", ")} } }`;
  }
  if (isDrawn(value)) return drawnText(parameter, value);
  return typeof value === "number" ? number(parameter, value) : `[${value.join(", ")}]`;
}

const isNumeric = (parameter: Parameter): parameter is NumberParameter =>
  !["choice", "text", "flag", "numbers"].includes(parameter.kind);

const number = (parameter: Parameter, value: number): string =>
  isNumeric(parameter)
    ? writeQuantity(parameter.kind, value, perOf(parameter.default))
    : String(value);

function drawnText(parameter: Parameter, { law, numbers }: Drawn): string {
  const one = (name: string, value: number): string => {
    if (name === "sigma" || name === "shape" || name === "weights") return String(value);
    return name === "shares" ? writeQuantity("share", value) : number(parameter, value);
  };
  const pairs = Object.entries(numbers).map(([name, value]) => {
    const text =
      typeof value === "number"
        ? one(name, value)
        : `[${value.map((each) => one(name, each)).join(", ")}]`;
    return `${name}: ${text}`;
  });
  return `{ ${[`distribution: ${law}`, ...pairs].join(", ")} }`;
}
