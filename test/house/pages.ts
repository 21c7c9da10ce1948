import { existsSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { listed, root, textOf } from "./source.ts";

/** The pages people read: every Markdown file but those that came with the vectors. */
export const pages = (): readonly string[] =>
  listed().filter((path) => path.endsWith(".md") && !path.startsWith("test/vectors/"));

const withoutCode = (text: string): string =>
  text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");

/** The targets of all links and images of a page that stay inside the project. */
export function linksOf(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/\]\(([^()\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map((match) => match[1] ?? match[2] ?? "")
    .filter((target) => !/^(https?|mailto):/.test(target));
}

/** The anchors of a page, as GitHub makes them of its headings. */
export function anchorsOf(text: string): readonly string[] {
  return [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] ?? "")
      .replace(/[`*]|\[([^\]]*)\]\([^)]*\)/g, "$1")
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}

/** What is wrong with a link of a page, or null. */
export function faultOfLink(page: string, target: string): string | null {
  const [file = "", anchor] = target.split("#");
  const path = file === "" ? page : posix.join(posix.dirname(page), file);
  if (path.startsWith("..") || !existsSync(join(root, path))) return `${page}: ${target}: no file`;
  if (anchor === undefined || statSync(join(root, path)).isDirectory()) return null;
  if (!path.endsWith(".md")) return null;
  return anchorsOf(textOf(path)).includes(anchor) ? null : `${page}: ${target}: no such heading`;
}

/** The words of a line as a shell would split them; knows quotes, not variables. */
export const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map((match) =>
    match[0].replace(/["']/g, ""),
  );

/** The command lines of ours that a page shows in its code blocks, without what calls us. */
export function examplesOf(text: string): readonly (readonly string[])[] {
  // Blocks of all languages are read, lest the end of one be taken for the begin of another.
  const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  return blocks
    .filter(([, language = ""]) => ["", "sh", "bash", "console"].includes(language))
    .flatMap((block) => (block[2] ?? "").replace(/\\\n\s*/g, " ").split("\n"))
    .map((line) => /^\s*(?:\$ )?(?:npm start -- |npx gridbench )([^#]*)/.exec(line)?.[1] ?? "")
    .filter((line) => line !== "")
    .map(wordsOf);
}
