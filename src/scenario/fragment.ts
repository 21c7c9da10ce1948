/**
 * A fragment: what one file, or one flag, says. A scenario is a list of them, later ones winning.
 */
import { existsSync } from "node:fs";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { declarations } from "./declaration.ts";
import {
  argumentSource,
  type Path,
  readDocument,
  readText,
  type Source,
  unreadable,
} from "./document.ts";
import type { Draft } from "./draft.ts";
import type { Loaded, ScenarioFault } from "./fault.ts";
import { faultsOf } from "./issue.ts";
import type { SourceFile } from "./scenario.ts";
import { type FileContent, fileSchema } from "./schema.ts";
import { findTarget } from "./target.ts";
import { readDraft } from "./variation.ts";

/** The folder of the scenarios that come with the package. */
export const packaged = fileURLToPath(new URL("../../scenarios", import.meta.url));

/** A value as one fragment gives it. */
export interface GivenValue {
  readonly draft: Draft;
  readonly from: string;
  /** The folder from which a file named by the value is looked for. */
  readonly folder: string;
  readonly source: Source;
}

/** One file or flag, checked. */
export interface Fragment {
  readonly source: Source;
  readonly file: SourceFile | null;
  readonly content: FileContent;
  readonly values: ReadonlyMap<string, GivenValue>;
}

/** The name of a file as a reader elsewhere would know it: from here, or from the package. */
export function nameOf(absolute: string): string {
  const inside = (folder: string): string | undefined => {
    const path = relative(folder, absolute);
    return path === "" || path.startsWith("..") || isAbsolute(path) ? undefined : path;
  };
  const name = inside("") ?? inside(dirname(packaged)) ?? absolute;
  return name.split(sep).join("/");
}

/** Where a file that is named somewhere lies: beside the one that names it, else in the package. */
export function locate(folder: string, name: string): string {
  const beside = resolve(folder, name);
  if (existsSync(beside)) return beside;
  const own = resolve(packaged, name);
  return existsSync(own) ? own : beside;
}

/** The value at a path of plain data. */
function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null) return undefined;
    at = Object.entries(at).find(([key]) => key === String(step))?.[1];
  }
  return at;
}

/** A fragment and what is wrong in it; of what is wrong, it holds nothing. */
export interface Checked {
  readonly fragment: Fragment;
  readonly faults: readonly ScenarioFault[];
}

/** Checks a source as a whole. */
export function readFragment(source: Source, folder: string, file: SourceFile | null): Checked {
  const checked = fileSchema.safeParse(source.value);
  const values = new Map<string, GivenValue>();
  for (const declaration of declarations) {
    const path = declaration.key.split(".");
    const raw = valueAt(source.value, path);
    if (raw === undefined) continue;
    const { draft } = readDraft(declaration, raw, { source, folder, path });
    if (draft !== undefined)
      values.set(declaration.key, { draft, from: source.file, folder, source });
  }
  return checked.success
    ? { fragment: { source, file, content: checked.data, values }, faults: [] }
    : {
        fragment: { source, file, content: {}, values },
        faults: faultsOf(checked.error.issues, source),
      };
}

function extended(source: Source): readonly (readonly [string, Path])[] {
  const raw = valueAt(source.value, ["extends"]);
  if (typeof raw === "string") return [[raw, ["extends"]]];
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((each, index) =>
    typeof each === "string" ? [[each, ["extends", index]] as const] : [],
  );
}

/** Reads a file and all that it extends, the deepest first; adds what is wrong to `faults`. */
export function readFragments(
  absolute: string,
  chain: readonly string[],
  faults: ScenarioFault[],
): readonly Fragment[] {
  const name = nameOf(absolute);
  const content = readText(absolute);
  if (!content.ok) {
    faults.push(unreadable(name, content.found));
    return [];
  }
  const { source, faults: broken } = readDocument(name, content.text);
  if (broken.length > 0) {
    faults.push(...broken);
    return [];
  }
  const fragments: Fragment[] = [];
  for (const [base, path] of extended(source)) {
    const next = locate(dirname(absolute), base);
    const fault = refusal(source, path, next, [...chain, absolute]);
    if (fault === undefined) fragments.push(...readFragments(next, [...chain, absolute], faults));
    else faults.push(fault);
  }
  const own = readFragment(source, dirname(absolute), { name, hash: source.hash });
  fragments.push(own.fragment);
  faults.push(...own.faults);
  return fragments;
}

function refusal(
  source: Source,
  path: Path,
  next: string,
  chain: readonly string[],
): ScenarioFault | undefined {
  const place = source.placeOf(path);
  if (chain.includes(next)) {
    const circle = [...chain.slice(chain.indexOf(next)), next].map((each) => basename(each));
    const expected = "a file that does not extend this one";
    return { place, path: "extends", expected, found: circle.join(" → ") };
  }
  const content = readText(next);
  return content.ok
    ? undefined
    : { place, path: "extends", expected: "a file that can be read", found: content.found };
}

/** The fragment of a flag such as `--days 90`, which speaks of the run. */
export function readRunFlag(key: string, text: string): Checked {
  const value: unknown = key === "seed" ? text : parse(text);
  const source = argumentSource(`--${key}`, text, { run: { [key]: value } });
  return readFragment(source, "", null);
}

/**
 * The fragment of `--set KEY=VALUE`; the key may be short where that is unambiguous, and may go on
 * into a value that differs, as in `line.developedMean.BE`.
 */
export function readSetting(setting: string): Loaded<Checked> {
  const at = setting.indexOf("=");
  const place = argumentSource("--set", setting, undefined).placeOf([]);
  const refuse = (expected: string, found: string, suggestion?: string): Loaded<Checked> => {
    const fault = { place, path: "", expected, found };
    return { ok: false, faults: [suggestion === undefined ? fault : { ...fault, suggestion }] };
  };
  if (at <= 0) return refuse("`KEY=VALUE`", `\`${setting}\``);
  const key = setting.slice(0, at).trim();
  const text = setting.slice(at + 1).trim();
  const read = (path: Path, raw: unknown): Loaded<Checked> => {
    const value = path.reduceRight<unknown>((inner, step) => ({ [String(step)]: inner }), raw);
    return { ok: true, value: readFragment(argumentSource("--set", setting, value), "", null) };
  };
  if (key.startsWith("run.")) {
    const name = key.slice("run.".length);
    return read(["run", name], name === "seed" ? text : parse(text));
  }
  const found = findTarget(key);
  if (!found.ok) return refuse(found.expected, found.found, found.suggestion);
  const { declaration, steps } = found.value;
  const { kind } = declaration.parameter;
  const words = (kind === "text" || kind === "choice") && !text.startsWith("{");
  return read([...declaration.key.split("."), ...steps], words ? text : parse(text));
}
