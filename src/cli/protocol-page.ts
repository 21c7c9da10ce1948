/**
 * The reference page of `gridbench/protocol`: every exported name with its sentence and signature,
 * from the declaration files of the build. They are what a user's editor reads, so that the page
 * cannot say anything else; and they have a plain form, which needs no compiler to read.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import type { ReferencePage } from "./reference.ts";

/** One exported name. */
interface Named {
  readonly name: string;
  /** What stands above it, as Markdown. */
  readonly sentence: string;
  readonly signature: string;
}

/** One file of declarations. */
interface Declared {
  readonly noun: string;
  readonly opening: string;
  readonly names: readonly Named[];
}

/** The page, or a sentence on why there is none. */
export function protocolPage(root: string): ReferencePage {
  const index = join(root, "dist", "protocol", "index.d.ts");
  const path = "docs/reference/protocol.md";
  if (!existsSync(index)) return { path, text: "There is no build: run `npm run build` first.\n" };
  const files = reexportsOf(index);
  const nouns = files.map((file) => declaredIn(file, join(root, "dist")));
  const body = nouns.filter(({ names }) => names.length > 0).map(sectionOf);
  const count = nouns.reduce((sum, { names }) => sum + names.length, 0);
  const text = [
    "# Protocol",
    "*Made from the declarations by `npm run docs`; a test fails when it is stale.*",
    "What `gridbench/protocol` exports: the rules of the grid as pure functions, and the words " +
      `that they are told in; ${count} names. An example for every noun stands beside them, in ` +
      "[src/protocol](../../src/protocol/README.md); longer ones in the guide " +
      "[for auditors](../guides/auditor.md).",
    nouns
      .filter(({ names }) => names.length > 0)
      .map(({ noun }) => `[${noun}](#${noun.replaceAll("/", "")})`)
      .join(" · "),
    ...body,
  ].join("\n\n");
  return { path, text: `${text}\n` };
}

/** A file whose names an index exports: under a namespace, or some of them only. */
interface Reexport {
  readonly file: string;
  readonly namespace: string;
  readonly only: ReadonlySet<string> | null;
}

/** The files whose names an index exports, in its order, through further indexes. */
function reexportsOf(index: string, namespace = ""): readonly Reexport[] {
  const text = readFileSync(index, "utf8");
  const lines = text.matchAll(/^export (?:\*(?: as (\w+))?|\{ (.+) \}) from "(.+)\.ts";$/gm);
  return [...lines].flatMap(([, as = "", some, path = ""]) => {
    const file = join(dirname(index), `${path}.d.ts`);
    const within = as === "" ? namespace : as;
    if (basename(file) === "index.d.ts") return reexportsOf(file, within);
    const words = some?.split(", ").map((word) => word.replace(/^type /, ""));
    return [{ file, namespace: within, only: words === undefined ? null : new Set(words) }];
  });
}

function declaredIn({ file, namespace, only }: Reexport, dist: string): Declared {
  const text = readFileSync(file, "utf8");
  const header = /^\/\*\*\n([\s\S]*?)\*\//.exec(text)?.[1] ?? "";
  const names = statementsIn(text)
    .flatMap((each) => namedIn(each, file, dist))
    .filter(({ name }) => only === null || only.has(name));
  return {
    noun: relative(dist, file)
      .replaceAll("\\", "/")
      .replace(/^protocol\/|\.d\.ts$/g, ""),
    opening: markdownOf(header).split("\n\n")[0] ?? "",
    names: names.map((one) => ({
      ...one,
      name: namespace === "" ? one.name : `${namespace}.${one.name}`,
    })),
  };
}

/** A statement and the comment right above it. */
interface Statement {
  readonly comment: string;
  readonly text: string;
}

/** The statements of a file: they begin in the first column and end outside brackets. */
function statementsIn(text: string): readonly Statement[] {
  const found: Statement[] = [];
  let comment = "";
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; ) {
    const from = at;
    if (lines[at]?.startsWith("/**") === true) {
      while (lines[at]?.includes("*/") === false) at += 1;
      comment = lines.slice(from, at + 1).join("\n");
      at += 1;
    } else if (/^(export|interface|type|declare)\b/.test(lines[at] ?? "")) {
      at += 1;
      while (at < lines.length && depthOf(lines.slice(from, at).join("\n")) > 0) at += 1;
      while (at < lines.length && !isEnded(lines.slice(from, at).join("\n"))) at += 1;
      found.push({ comment, text: lines.slice(from, at).join("\n") });
      comment = "";
    } else {
      at += 1;
    }
  }
  return found;
}

/** How many brackets are open at the end of a text, comments and strings aside. */
function depthOf(text: string): number {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\]|\\.)*"/g, "");
  const count = (bracket: RegExp): number => code.match(bracket)?.length ?? 0;
  return count(/[{([]/g) - count(/[})\]]/g);
}

const isEnded = (text: string): boolean => /[;}]$/.test(text) && depthOf(text) === 0;

function namedIn({ comment, text }: Statement, file: string, dist: string): readonly Named[] {
  const again = /^export type \{ (.+) \} from "(.+)\.ts";$/.exec(text);
  if (again !== null) {
    const names = new Set(again[1]?.split(", "));
    const other = join(dirname(file), `${again[2] ?? ""}.d.ts`);
    const { names: all } = declaredIn({ file: other, namespace: "", only: null }, dist);
    return all.filter(({ name }) => names.has(name));
  }
  const head = /^export (?:declare )?(?:function|const|class|interface|type) (\w+)/.exec(text);
  if (head === null) return [];
  const signature = text.replace(/^export (declare )?/, "").replace(/import\("[^"]+"\)\./g, "");
  return [{ name: head[1] ?? "", sentence: markdownOf(comment), signature: shortened(signature) }];
}

/** A block of parameters has a page of its own; what is indented is indented by two. */
const shortened = (signature: string): string =>
  signature
    .replace(/^(const \w+: Block<)\{[\s\S]*\}>;$/, "$1{ /* see Parameters */ }>;")
    .replace(/^ +/gm, (spaces) => " ".repeat(spaces.length / 2));

/** A documentation comment as Markdown: its text without stars, and nothing taken for a tag. */
const markdownOf = (comment: string): string =>
  comment
    .replace(/^\/\*\*\s?|\s*\*\/$/g, "")
    .replace(/^\s*\* ?/gm, "")
    .trim()
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll("<", "&lt;")))
    .join("");

function sectionOf({ noun, opening, names }: Declared): string {
  const told = names.map(
    ({ name, sentence, signature }) =>
      `### ${name}\n\n${sentence}\n\n\`\`\`ts\n${signature}\n\`\`\``,
  );
  return [`## ${noun}`, ...(opening === "" ? [] : [opening]), ...told].join("\n\n");
}
