/**
 * An axis of an experiment: a key of a scenario and the values it is to have, some or all between.
 */
import { type Declaration, findDeclaration } from "./declaration.ts";
import { inOrder, type Loaded, type ScenarioFault, wholeFile, writeFault } from "./fault.ts";
import { type LoadOptions, loadScenario } from "./load.ts";
import { type NumberKind, perOf, readQuantity, writeQuantity } from "./quantity.ts";
import type { Scenario } from "./scenario.ts";
import { findTarget } from "./target.ts";

/** The values between two, both included. */
export interface Span {
  readonly kind: NumberKind;
  /** What the declaration divides by, such as `/h`. */
  readonly per: string;
  /** In base units. */
  readonly low: number;
  readonly high: number;
  /** The word of the unit in which values are written, and its size in base units. */
  readonly word: string;
  readonly size: number;
}

/** A key, and the values it takes: a list as written, or a span. */
export interface Axis {
  /** The canonical key, such as `assumptions.failure.mtbf`, and what leads into its value. */
  readonly key: string;
  /** As typed behind `--vary`. */
  readonly typed: string;
  readonly values: readonly string[] | null;
  readonly span: Span | null;
}

/** Reads `KEY=V1,V2,...`, `KEY=LO..HI`, or `KEY` alone for the range that it is declared with. */
export function readAxis(typed: string): Loaded<Axis> {
  const at = typed.indexOf("=");
  const name = (at < 0 ? typed : typed.slice(0, at)).trim();
  const found = findTarget(name);
  if (!found.ok) {
    const { expected, found: what, suggestion } = found;
    return refuse("", expected, what, suggestion);
  }
  const { declaration, steps } = found.value;
  const key = [declaration.key, ...steps].join(".");
  const text = at < 0 ? rangeText(declaration) : typed.slice(at + 1).trim();
  if (text === null) {
    return refuse(key, "KEY=V1,V2,... or KEY=LO..HI, since no range is declared", `\`${typed}\``);
  }
  const [low, high, more] = text.split("..");
  if (high !== undefined && more === undefined) return spanOf(declaration, key, typed, low, high);
  const values = listOf(text);
  if (values.includes("")) return refuse(key, "values apart by commas", `\`${text}\``);
  if (new Set(values).size < values.length) return refuse(key, "each value once", `\`${text}\``);
  return { ok: true, value: { key, typed, values, span: null } };
}

const refuse = (
  path: string,
  expected: string,
  found: string,
  suggestion?: string,
): { readonly ok: false; readonly faults: readonly ScenarioFault[] } => {
  const fault = { place: wholeFile("--vary"), path, expected, found };
  return { ok: false, faults: [suggestion === undefined ? fault : { ...fault, suggestion }] };
};

function rangeText({ parameter: { kind, range } }: Declaration): string | null {
  if (range === null) return null;
  return range.join(kind === "choice" ? "," : "..");
}

/** The parts of a list; a comma inside brackets or braces belongs to a part. */
function listOf(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of text) {
    if ("[{".includes(letter)) depth += 1;
    if ("]}".includes(letter)) depth -= 1;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}

function spanOf(
  { parameter }: Declaration,
  key: string,
  typed: string,
  from: string,
  to: string,
): Loaded<Axis> {
  const { kind } = parameter;
  if (kind === "choice" || kind === "text" || kind === "flag" || kind === "numbers") {
    return refuse(key, "a list of values, since it is no number", `\`${from}..${to}\``);
  }
  const per = perOf(parameter.default);
  const faults: ScenarioFault[] = [];
  const read = (text: string): number => {
    const reading = readQuantity(kind, text.trim(), per);
    if (reading.ok) return reading.value;
    faults.push({ place: wholeFile("--vary"), path: key, ...reading });
    return Number.NaN;
  };
  const span = { low: read(from), high: read(to) };
  if (faults.length > 0) return { ok: false, faults };
  if (!(span.low < span.high)) {
    return refuse(key, "a low value and a higher one", `\`${from}..${to}\``);
  }
  const word = /[a-zA-Z%‰]+/.exec(from.replace(/^[\d_.+-]+([eE][+-]?\d+)?/, ""))?.[0] ?? "";
  const one = readQuantity(kind, `1 ${word}${per}`.trim(), per);
  const size = one.ok ? one.value : 1;
  return {
    ok: true,
    value: { key, typed, values: null, span: { kind, per, ...span, word, size } },
  };
}

/** A value of a span in base units as a scenario writes it: six digits, or whole chain units. */
export function spanText({ kind, per, word, size }: Span, value: number): string {
  if (kind === "count" || kind === "chainUsd" || kind === "chainMilliUsd") {
    return writeQuantity(kind, Math.round(value), per);
  }
  const count = Number((value / size).toPrecision(6));
  return word === "" ? writeQuantity("number", count) : `${count} ${word}${per}`;
}

/** The value of an axis at a share in [0, 1] of its span, or at that share of its list. */
export function axisText({ values, span }: Axis, share: number): string {
  if (values !== null)
    return values[Math.min(values.length - 1, Math.floor(share * values.length))];
  if (span === null) return "";
  return spanText(span, span.low + share * (span.high - span.low));
}

/** The declaration that an axis varies. */
export function declarationOf({ key }: Axis): Declaration | undefined {
  const found = findTarget(key);
  if (found.ok) return found.value.declaration;
  const whole = findDeclaration(key);
  return whole.ok ? whole.value : undefined;
}

/** Loads a scenario once a point, with the values that its keys have there; all faults at once. */
export function loadPoints(
  name: string,
  options: LoadOptions,
  keys: readonly string[],
  points: readonly (readonly string[])[],
): Loaded<readonly Scenario[]> {
  const scenarios: Scenario[] = [];
  const faults = new Map<string, ScenarioFault>();
  for (const texts of points) {
    const set = [...(options.set ?? []), ...texts.map((text, i) => `${keys[i]}=${text}`)];
    const loaded = loadScenario(name, { ...options, set });
    if (loaded.ok) scenarios.push(loaded.value);
    else for (const fault of loaded.faults) faults.set(writeFault(fault), fault);
  }
  return faults.size === 0
    ? { ok: true, value: scenarios }
    : { ok: false, faults: inOrder([...faults.values()]) };
}
