/**
 * A YAML 1.2 document, or JSON, its subset: plain data, and the place of everything in it.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLParseError,
} from "yaml";
import { type Place, placeAt, type ScenarioFault, wholeFile } from "./fault.ts";

/** The steps from the top of a document to a value in it. */
export type Path = readonly PropertyKey[];

/** A text that has been read, and where its parts stand. */
export interface Source {
  readonly file: string;
  /** SHA-256 of the bytes, in hex. */
  readonly hash: string;
  readonly value: unknown;
  /** Where the value at a path stands; the nearest one above it if there is none. */
  readonly placeOf: (path: Path) => Place;
  /** Where the key of a value stands. */
  readonly placeOfKey: (path: Path) => Place;
}

/** A path as people write it: `timeline[0].at`. */
export const writePath = (path: Path): string =>
  path.reduce<string>(
    (text, step) =>
      typeof step === "number"
        ? `${text}[${step}]`
        : text === ""
          ? String(step)
          : `${text}.${String(step)}`,
    "",
  );

/** SHA-256 of a text or of bytes, in hex. */
export const sha256 = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

/** The bytes of a file as text, or why they cannot be had. */
export function readText(
  absolute: string,
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly found: string } {
  try {
    return { ok: true, text: readFileSync(absolute, "utf8") };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "no reason";
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: "no such file",
      EISDIR: "a folder",
      EACCES: "a file that may not be read",
      EPERM: "a file that may not be read",
    };
    return { ok: false, found: reasons[code] ?? `an error (${code})` };
  }
}

type Keyed = { readonly key: Node | undefined; readonly value: Node | undefined };

const nodeOf = (node: unknown): Node | undefined =>
  isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node : undefined;

function descend(node: Node | undefined, step: PropertyKey): Keyed | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      (item: Pair) => isScalar(item.key) && String(item.key.value) === String(step),
    );
    return pair === undefined ? undefined : { key: nodeOf(pair.key), value: nodeOf(pair.value) };
  }
  if (isSeq(node)) {
    const item = nodeOf(node.items[Number(step)]);
    return item === undefined ? undefined : { key: item, value: item };
  }
  return undefined;
}

/** The faults of a text that is no YAML: every key that stands twice, and the first other error. */
function syntaxFaults(
  file: string,
  text: string,
  errors: readonly YAMLParseError[],
): readonly ScenarioFault[] {
  const twice = errors.filter(({ code }) => code === "DUPLICATE_KEY");
  // What follows a broken line is mostly broken by it.
  const broken = errors.filter(({ code }) => code !== "DUPLICATE_KEY").slice(0, 1);
  return [
    ...broken.map(({ pos, message }) => {
      const place = placeAt(file, text, pos[0], Math.max(pos[1], pos[0] + 1));
      return { place, path: "", expected: "YAML", found: message.split("\n")[0] ?? "" };
    }),
    ...twice.map(({ pos }) => {
      const key = /^[^\s:#{}[\],]+/.exec(text.slice(pos[0]))?.[0] ?? "";
      const place = placeAt(file, text, pos[0], pos[0] + key.length);
      return { place, path: "", expected: "each key once", found: `\`${key}\` a second time` };
    }),
  ];
}

/** References (`*name`) that unfold into more than so many values are refused. */
const ALIASES_MAX = 100;

/** A document as plain data; one whose references unfold without end cannot be had. */
function plainOf(document: {
  toJS(options: { readonly maxAliasCount: number }): unknown;
}):
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly found: string } {
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: ALIASES_MAX }) };
  } catch (thrown) {
    // The library counts while it unfolds, and this is its only way to say so.
    if (thrown instanceof ReferenceError) return { ok: false, found: "references to references" };
    throw thrown;
  }
}

/** Reads a document; what is not YAML is a fault with its place. */
export function readDocument(
  file: string,
  text: string,
): { readonly source: Source; readonly faults: readonly ScenarioFault[] } {
  const document = parseDocument(text, { version: "1.2", prettyErrors: false, uniqueKeys: true });
  const faults = [...syntaxFaults(file, text, document.errors)];
  const spot = (node: Node | undefined): Place => {
    const range = node?.range;
    return range === null || range === undefined
      ? placeAt(file, text, 0, 1)
      : placeAt(file, text, range[0], range[1]);
  };
  const walk = (path: Path): Keyed => {
    let at: Keyed = { key: nodeOf(document.contents), value: nodeOf(document.contents) };
    for (const step of path) {
      const next = descend(at.value, step);
      if (next === undefined) return at;
      at = next;
    }
    return at;
  };
  const plain = faults.length === 0 ? plainOf(document) : { ok: true as const, value: undefined };
  if (!plain.ok) {
    const expected = "YAML whose references stay few";
    faults.push({ place: placeAt(file, text, 0, 1), path: "", expected, found: plain.found });
  }
  const source: Source = {
    file,
    hash: sha256(text),
    value: plain.ok ? plain.value : undefined,
    placeOf: (path) => {
      const { key, value } = walk(path);
      return spot(value ?? key);
    },
    placeOfKey: (path) => {
      const { key, value } = walk(path);
      return spot(key ?? value);
    },
  };
  return { source, faults };
}

/** A source that is one text given on the command line, such as `failure.mtbf=200 d`. */
export function argumentSource(flag: string, text: string, value: unknown): Source {
  const place = wholeFile(flag);
  return { file: flag, hash: sha256(text), value, placeOf: () => place, placeOfKey: () => place };
}

/** The fault of a file that cannot be read. */
export const unreadable = (file: string, found: string): ScenarioFault => ({
  place: wholeFile(file),
  path: "",
  expected: "a file that can be read",
  found,
});
