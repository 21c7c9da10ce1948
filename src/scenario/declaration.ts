/**
 * The parameters there are: every declaration of the models and of the protocol under its key.
 */
import { assumptionBlocks } from "../models/index.ts";
import { policyBlocks } from "../protocol/index.ts";
import type { Block, Parameter } from "../units/index.ts";
import { baseUnit, describe, expectation, perOf, type Reading, readQuantity } from "./quantity.ts";
import type { PlainValue } from "./scenario.ts";
import { nearest } from "./suggestion.ts";

/** A declared parameter with the key under which a scenario sets it. */
export interface Declaration {
  /** The canonical key, such as `assumptions.failure.mtbf`. */
  readonly key: string;
  /** The key without its first word, by which `--set` may call it where that is unambiguous. */
  readonly short: string;
  readonly block: Block;
  readonly name: string;
  readonly parameter: Parameter;
}

/** All blocks, the outside first. */
export const blocks: readonly Block[] = [...assumptionBlocks, ...policyBlocks];

/** All parameters in the order of their declarations. */
export const declarations: readonly Declaration[] = blocks.flatMap((block) =>
  Object.entries(block.fields).map(([name, parameter]) => {
    const key = `${block.path}.${name}`;
    return { key, short: key.slice(key.indexOf(".") + 1), block, name, parameter };
  }),
);

/** The parameter a key means: its own, or a shorter one that no other parameter ends in. */
export function findDeclaration(key: string): Reading<Declaration> {
  const exact = declarations.find((declaration) => declaration.key === key);
  if (exact !== undefined) return { ok: true, text: key, value: exact };
  const ending = declarations.filter((declaration) => declaration.key.endsWith(`.${key}`));
  const [only] = ending;
  if (only !== undefined && ending.length === 1) return { ok: true, text: key, value: only };
  const found = `\`${key}\``;
  if (ending.length > 1) {
    const keys = ending.map((declaration) => `\`${declaration.key}\``).join(" or ");
    return { ok: false, expected: `one parameter (${keys})`, found };
  }
  const names = declarations.flatMap((declaration) => [declaration.key, declaration.short]);
  const suggestion = nearest(key, names);
  const expected = "the key of a parameter";
  return suggestion === undefined
    ? { ok: false, expected, found }
    : { ok: false, expected, found, suggestion };
}

/** The unit in which the program counts a parameter; empty for words. */
export function unitOf(parameter: Parameter): string {
  switch (parameter.kind) {
    case "choice":
    case "text":
    case "flag":
      return "";
    case "numbers":
      return "1";
    default:
      return baseUnit(parameter.kind, perOf(parameter.default));
  }
}

/** The default as a scenario would write it. */
export const defaultText = (parameter: Parameter): string =>
  parameter.kind === "numbers" ? `[${parameter.default.join(", ")}]` : String(parameter.default);

/** The limits as a scenario would write them; null for words and flags. */
export function boundsText(parameter: Parameter): readonly [string, string] | null {
  if (!("bounds" in parameter)) return null;
  const [low, high] = parameter.bounds;
  return [String(low), String(high)];
}

/** Reads a parameter from what a file holds, in base units; refuses what is out of bounds. */
export function readParameter(parameter: Parameter, raw: unknown): Reading<PlainValue> {
  const found = describe(raw);
  switch (parameter.kind) {
    case "choice": {
      const word = parameter.words.find((candidate) => candidate === raw);
      if (word !== undefined) return { ok: true, text: word, value: word };
      const suggestion = nearest(String(raw), parameter.words);
      const expected = `one of ${parameter.words.map((known) => `\`${known}\``).join(", ")}`;
      return suggestion === undefined
        ? { ok: false, expected, found }
        : { ok: false, expected, found, suggestion };
    }
    case "text":
      return typeof raw === "string"
        ? { ok: true, text: raw, value: raw }
        : { ok: false, expected: "a text", found };
    case "flag":
      return typeof raw === "boolean"
        ? { ok: true, text: String(raw), value: raw }
        : { ok: false, expected: "`true` or `false`", found };
    case "numbers":
      return readNumbers(parameter.bounds, raw);
    default:
      return readBounded(parameter, raw);
  }
}

function readNumbers(bounds: readonly [number, number], raw: unknown): Reading<PlainValue> {
  const [low, high] = bounds;
  const expected = `a list of numbers from ${low} to ${high}`;
  if (!Array.isArray(raw)) return { ok: false, expected, found: describe(raw) };
  const value: number[] = [];
  for (const each of raw) {
    if (typeof each !== "number" || !(each >= low && each <= high)) {
      return { ok: false, expected, found: `${describe(each)} in the list` };
    }
    value.push(each);
  }
  return { ok: true, text: `[${value.join(", ")}]`, value };
}

function readBounded(
  parameter: Exclude<Parameter, { kind: "choice" | "text" | "flag" | "numbers" }>,
  raw: unknown,
): Reading<PlainValue> {
  const { kind, bounds } = parameter;
  const per = perOf(parameter.default);
  const reading = readQuantity(kind, raw, per);
  const low = readQuantity(kind, bounds[0], per);
  const high = readQuantity(kind, bounds[1], per);
  if (!reading.ok || !low.ok || !high.ok) return reading;
  if (reading.value >= low.value && reading.value <= high.value) return reading;
  const [name] = expectation(kind, per).split(" such as");
  return {
    ok: false,
    expected: `${name} from ${bounds[0]} to ${bounds[1]}`,
    found: `\`${reading.text}\``,
  };
}
