import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

/** The root of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** A node of a syntax tree. */
export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A comment with its place. */
export interface Remark {
  readonly type: "Line" | "Block";
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A source file and its syntax tree. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Syntax;
  readonly comments: readonly Remark[];
}

/** Whether a value is a node of a syntax tree. */
export const isSyntax = (value: unknown): value is Syntax =>
  typeof value === "object" && value !== null && "type" in value && "start" in value;

/** Parses a text as TypeScript; a text that does not parse is a fault of the caller. */
export function sourceOf(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
  const program: unknown = parsed.program;
  if (!isSyntax(program)) throw new Error(`${path}: no syntax tree`);
  return { path, text, program, comments: parsed.comments };
}

/** Calls `visit` for a node and everything below it, parents first. */
export function walk(node: Syntax, visit: (node: Syntax, parent: Syntax | null) => void): void {
  const down = (child: Syntax, parent: Syntax | null): void => {
    visit(child, parent);
    for (const value of Object.values(child)) {
      if (Array.isArray(value)) for (const item of value) isSyntax(item) && down(item, child);
      else if (isSyntax(value)) down(value, child);
    }
  };
  down(node, null);
}

/** The line, from 1, of a place in a text. */
export const lineOf = (text: string, place: number): number =>
  text.slice(0, place).split("\n").length;

/** The files that git knows or would know, or all files where there is no git; sorted. */
export function listed(): readonly string[] {
  const git = spawnSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  const known = git.status === 0 && git.stdout !== "" ? git.stdout.split("\0") : walkFolder("");
  return [...new Set(known)].filter((path) => path !== "" && exists(path)).sort();
}

const exists = (path: string): boolean => {
  try {
    readFileSync(join(root, path));
    return true;
  } catch {
    return false;
  }
};

function walkFolder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (["node_modules", "dist", ".git", "coverage"].includes(entry.name)) return [];
    return entry.isDirectory() ? walkFolder(path) : [path];
  });
}

/** The text of a file of the checkout. */
export const textOf = (path: string): string => readFileSync(join(root, path), "utf8");

/** Every source file below the folders, parsed. */
export const sourcesBelow = (...folders: readonly string[]): readonly Source[] =>
  listed()
    .filter((path) => /\.(ts|mjs)$/.test(path))
    .filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)))
    .map((path) => sourceOf(path, textOf(path)));
