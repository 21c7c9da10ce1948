import { posix } from "node:path";
import { isSyntax, lineOf, type Source, walk } from "./source.ts";

/** One import of a file: what it names and on which line. */
export interface Import {
  readonly from: string;
  readonly line: number;
  readonly target: string;
}

/** Which folders of `src` a folder may import besides itself; `cli` may import everything. */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  units: [],
  protocol: ["units"],
  kernel: [],
  stats: ["kernel"],
  models: ["kernel", "stats", "units"],
  world: ["kernel", "models", "protocol", "units"],
  metrics: ["world", "stats", "units"],
  scenario: ["world", "models", "protocol", "units"],
  run: ["scenario", "world", "kernel", "metrics", "stats", "units"],
  audit: ["protocol", "units", "stats"],
  report: ["stats", "units"],
  cli: [
    "units",
    "protocol",
    "kernel",
    "stats",
    "models",
    "world",
    "metrics",
    "scenario",
    "run",
    "audit",
    "report",
  ],
};

/** Which packages a folder may import; `node:` stands for those that come with Node. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  stats: ["simple-statistics"],
  scenario: ["node:", "yaml", "zod"],
  run: ["node:", "piscina", "seedrandom", "hyparquet", "hyparquet-writer", "csv-stringify"],
  report: [
    "node:",
    "d3-geo",
    "hyparquet",
    "topojson-client",
    "vega",
    "vega-embed",
    "vega-lite",
    "world-atlas",
    "zod",
  ],
  audit: ["node:"],
  cli: ["node:", "cli-progress", "picocolors", "yargs"],
};

/** Everything a file imports: statically, as types, again outwards, or when it runs. */
export function importsOf(source: Source): readonly Import[] {
  const found: Import[] = [];
  walk(source.program, (node) => {
    if (
      !/^(Import|ExportNamed|ExportAll)Declaration$|^(ImportExpression|TSImportType)$/.test(
        node.type,
      )
    )
      return;
    const named = isSyntax(node.source) ? node.source : node.argument;
    if (!isSyntax(named)) return;
    const literal = isSyntax(named.literal) ? named.literal : named;
    if (typeof literal.value !== "string") return;
    found.push({
      from: source.path,
      line: lineOf(source.text, node.start),
      target: literal.value,
    });
  });
  return found;
}

const folderOf = (path: string): string => path.split("/")[1] ?? "";
const isRelative = (target: string): boolean => target.startsWith(".");
const resolved = (one: Import): string => posix.join(posix.dirname(one.from), one.target);
const packageOf = (target: string): string =>
  target.startsWith("node:")
    ? "node:"
    : target
        .split("/")
        .slice(0, target.startsWith("@") ? 2 : 1)
        .join("/");

/** What is wrong with one import, or null. */
export function faultOf(one: Import): string | null {
  const place = `${one.from}:${one.line}: ${one.target}`;
  const folder = folderOf(one.from);
  const below = LAYERS[folder];
  if (below === undefined) return `${one.from}: src has no layer ${folder}`;
  if (!isRelative(one.target)) {
    const allowed = PACKAGES[folder] ?? [];
    return allowed.includes(packageOf(one.target))
      ? null
      : `${place}: ${folder} may import ${allowed.join(", ") || "no package"}`;
  }
  const path = resolved(one);
  if (!path.startsWith("src/")) return `${place}: leaves src`;
  const target = folderOf(path);
  if (target === folder || below.includes(target)) return null;
  return `${place}: ${folder} may import ${below.join(", ") || "nothing of ours"}`;
}

/** The first circle found among the files, as the paths along it; empty where there is none. */
export function circle(sources: readonly Source[]): readonly string[] {
  const next = new Map(
    sources.map((source) => [
      source.path,
      importsOf(source)
        .filter((one) => isRelative(one.target))
        .map(resolved),
    ]),
  );
  const done = new Set<string>();
  const search = (path: string, trail: readonly string[]): readonly string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return [];
    done.add(path);
    for (const target of next.get(path) ?? []) {
      const found = search(target, [...trail, path]);
      if (found.length > 0) return found;
    }
    return [];
  };
  for (const path of next.keys()) {
    const found = search(path, []);
    if (found.length > 0) return found;
  }
  return [];
}
