/**
 * Values that vary, as a scenario writes them: by keys, as steps, as a trace, or drawn.
 *
 * Everything wrong is found at once; whether a country or a node class exists is judged later,
 * when the files are read that name them.
 */
import type { Dimension, Way } from "../units/index.ts";
import type { Declaration } from "./declaration.ts";
import type { Draft, DraftKey, DraftStep, Spot } from "./draft.ts";
import { readDrawn } from "./drawn.ts";
import { readValue } from "./economics.ts";
import { readMoment } from "./instant.ts";
import { describe } from "./quantity.ts";
import { nearest } from "./suggestion.ts";
import { dimensionOf, entityOf, keysExpected, sameFor, waysOf, wordsOf } from "./way.ts";

/** One thing wrong in a value; `steps` lead to it, and `key` tells that the key itself is. */
export interface Refusal {
  readonly expected: string;
  readonly found: string;
  readonly suggestion?: string;
  readonly steps: readonly string[];
  readonly key?: boolean;
}

/** What was read, and everything that is wrong in it. */
export interface DraftReading {
  readonly draft: Draft | undefined;
  readonly refusals: readonly Refusal[];
}

type Block = Readonly<Record<string, unknown>>;

const isBlock = (raw: unknown): raw is Block =>
  typeof raw === "object" && raw !== null && !Array.isArray(raw);

/** What a value is read for: its declaration, the ways that are left to it, and where it stands. */
interface Asked {
  readonly of: Declaration;
  readonly ways: readonly Way[];
  readonly spot: Spot;
}

const within = ({ spot, ...rest }: Asked, ...steps: readonly string[]): Asked => ({
  ...rest,
  spot: { ...spot, path: [...spot.path, ...steps] },
});

const refused = (...refusals: readonly Refusal[]): DraftReading => ({ draft: undefined, refusals });

/** Reads a value of a parameter in any of the ways in which it can vary. */
export const readDraft = (of: Declaration, raw: unknown, spot: Spot): DraftReading =>
  read({ of, ways: waysOf(of), spot }, raw);

function read(asked: Asked, raw: unknown): DraftReading {
  if (!isBlock(raw)) return readOne(asked, raw);
  if ("distribution" in raw) return readLaw(asked, raw);
  if ("steps" in raw || "trace" in raw) return readCourse(asked, raw);
  return readKeyed(asked, raw);
}

function readOne({ of }: Asked, raw: unknown): DraftReading {
  const reading = readValue(of, raw);
  if (!reading.ok) {
    const { expected, found, suggestion, steps = [] } = reading;
    return refused({ expected, found, steps, ...(suggestion === undefined ? {} : { suggestion }) });
  }
  return { draft: { kind: "one", value: reading.value, text: reading.text }, refusals: [] };
}

function readLaw({ of, ways }: Asked, raw: Block): DraftReading {
  const { parameter } = of;
  const one = parameter.kind;
  const apart = one === "choice" || one === "text" || one === "flag" || one === "numbers";
  if (apart || entityOf(ways) === undefined) {
    const expected = sameFor("entity", ways);
    return refused({ expected, found: "`distribution`", steps: ["distribution"], key: true });
  }
  const { drawn, refusals } = readDrawn(parameter, raw);
  const pairs = Object.entries(raw).map(([key, value]) => `${key}: ${written(value)}`);
  return {
    draft: drawn && { kind: "drawn", drawn, text: `{ ${pairs.join(", ")} }` },
    refusals: refusals.map(({ ok, steps = [], ...rest }) => ({ ...rest, steps })),
  };
}

const written = (value: unknown): string =>
  Array.isArray(value) ? `[${value.join(", ")}]` : String(value);

function readCourse(asked: Asked, raw: Block): DraftReading {
  const word = "steps" in raw ? "steps" : "trace";
  if (!asked.ways.includes("time")) {
    const expected = sameFor("time", asked.ways);
    return refused({ expected, found: `\`${word}\``, steps: [word], key: true });
  }
  const others = Object.keys(raw).filter((key) => key !== word);
  if (others.length > 0) {
    const expected = `\`${word}\` alone`;
    return refused(
      ...others.map((key) => ({ expected, found: `\`${key}\``, steps: [key], key: true })),
    );
  }
  const inner = within(asked, word);
  if (word === "steps") return readSteps(inner, raw[word]);
  const file = raw[word];
  if (typeof file !== "string" || file === "") {
    const expected = "a file with columns `at` and `value`";
    return refused({ expected, found: describe(file), steps: [word] });
  }
  return { draft: { kind: "trace", file, spot: inner.spot }, refusals: [] };
}

function readSteps(asked: Asked, raw: unknown): DraftReading {
  if (!isBlock(raw) || Object.keys(raw).length === 0) {
    const expected = "a block such as `{ 0 d: …, 90 d: … }`";
    const found = isBlock(raw) ? "an empty one" : describe(raw);
    return refused({ expected, found, steps: ["steps"] });
  }
  const steps: DraftStep[] = [];
  const refusals: Refusal[] = [];
  for (const [when, value] of Object.entries(raw)) {
    const at = readMoment(when);
    const reading = readValue(asked.of, value);
    const path = ["steps", when];
    if (!at.ok) refusals.push({ ...plain(at), steps: path, key: true });
    if (!reading.ok) refusals.push({ ...plain(reading), steps: path });
    if (!at.ok || !reading.ok) continue;
    const { spot } = within(asked, when);
    const { value: number, text } = reading;
    steps.push({ at: at.value, atText: when, value: number, text, spot });
  }
  if (refusals.length > 0) return refused(...refusals);
  return { draft: { kind: "steps", steps, spot: asked.spot }, refusals };
}

const plain = (reading: {
  readonly expected: string;
  readonly found: string;
  readonly suggestion?: string;
}): Omit<Refusal, "steps"> => {
  const { expected, found, suggestion } = reading;
  return suggestion === undefined ? { expected, found } : { expected, found, suggestion };
};

function readKeyed(asked: Asked, raw: Block): DraftReading {
  const { ways } = asked;
  const keys = Object.keys(raw).filter((key) => key !== "default");
  const named = keys.map(dimensionOf).find((one) => one !== undefined && ways.includes(one));
  const by = named ?? "name";
  const left = ways.filter((way) => way !== (by === "name" ? "nodeClass" : by));
  const refusals: Refusal[] = [];
  const each = new Map<string, DraftKey>();
  for (const key of keys) {
    const refusal = keyRefusal(asked, key, by, keys);
    const inner = { ...within(asked, key), ways: left };
    const reading = read(inner, raw[key]);
    if (refusal !== undefined) refusals.push({ ...refusal, steps: [key], key: true });
    else refusals.push(...reading.refusals.map((one) => ({ ...one, steps: [key, ...one.steps] })));
    if (refusal === undefined && reading.draft !== undefined)
      each.set(key, { draft: reading.draft, spot: inner.spot });
  }
  const rest = "default" in raw ? read(within(asked, "default"), raw["default"]) : undefined;
  refusals.push(
    ...(rest?.refusals ?? []).map((one) => ({ ...one, steps: ["default", ...one.steps] })),
  );
  if (keys.length + (rest === undefined ? 0 : 1) === 0 || (ways.length === 0 && !dimensional(keys)))
    return readOne(asked, raw);
  return { draft: { kind: "keyed", by, each, rest: rest?.draft }, refusals };
}

/** Whether somebody means a value to vary, and does not just write a block where none is due. */
const dimensional = (keys: readonly string[]): boolean =>
  keys.some((key) => dimensionOf(key) !== undefined);

/** Why a key cannot stand in a block that differs by a dimension. */
function keyRefusal(
  { ways }: Asked,
  key: string,
  by: Dimension | "name",
  keys: readonly string[],
): Omit<Refusal, "steps"> | undefined {
  const own = dimensionOf(key);
  if (own === by) return undefined;
  if (own !== undefined && !ways.includes(own))
    return { expected: sameFor(own, ways), found: `\`${key}\`` };
  const lookedUp = ways.includes("country") || ways.includes("nodeClass");
  if (own === undefined && lookedUp && (by === "name" || by === "country")) return undefined;
  if (own !== undefined) {
    const first = keys.find((one) => dimensionOf(one) === by) ?? "";
    return { expected: `keys of one kind, as \`${first}\` is`, found: `\`${key}\`` };
  }
  const words = wordsOf(ways);
  const suggestion = nearest(key, words);
  const refusal = { expected: keysExpected(ways), found: `\`${key}\`` };
  return suggestion === undefined ? refusal : { ...refusal, suggestion };
}
