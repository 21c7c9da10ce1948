/**
 * Rules that hold for lines of text, whatever the language. The words are put together here from
 * pieces, because this file is held to the same rules.
 */

/** A word that must not stand in a file. */
export interface Word {
  readonly pattern: RegExp;
  readonly why: string;
  readonly holds: (path: string) => boolean;
}

const pieces = (...parts: readonly string[]): string => parts.join("");
const isCode = (path: string): boolean => /^(src|test)\/.*\.(ts|mjs)$/.test(path);
const everywhere = (path: string): boolean => path !== "package-lock.json";
const inKernel = (path: string): boolean => path.startsWith("src/kernel/");

/** The words that no tracked file may hold, each with its reason. */
export const WORDS: readonly Word[] = [
  {
    pattern: new RegExp(
      `\\b(${pieces("TO", "DO")}|${pieces("FIX", "ME")}|${pieces("XX", "X")})\\b`,
    ),
    why: "finish it, or write down that it is not there",
    holds: isCode,
  },
  {
    pattern: new RegExp(`\\b(it|test|describe)\\.(${pieces("sk", "ip")}|on${"ly"}|to${"do"})\\b`),
    why: "a test runs, or is deleted",
    holds: (path) => path.endsWith(".test.ts"),
  },
  {
    pattern: new RegExp(
      `(^|[\\s"'\`(=:])/(${pieces("wo", "rk")}|${pieces("ro", "ot")}|home|Users)/`,
    ),
    why: "a path of one machine means nothing on another",
    holds: everywhere,
  },
  {
    pattern: new RegExp(`${pieces("\\.\\./", "shared")}|${pieces("farm", "-(studio|bench)")}`),
    why: "name the source by the project's own documentation",
    holds: everywhere,
  },
  {
    pattern: new RegExp(`${pieces("regis", "try\\.")}[a-z]|${pieces("local", "host:\\d")}`),
    why: "where packages come from is each machine's own business",
    holds: (path) => !path.endsWith(".ts"),
  },
  {
    pattern: /\b(farm(er)?s?|contracts?|dao|tft|twins?|mint(s|ed|ing)?)\b|\bnodes?\b(?!:)/i,
    why: "the kernel knows no grid",
    holds: inKernel,
  },
];

/** The columns a line may have. */
export const COLUMNS = 100;

/** The lines a source may have, and a file of tests, whose tables are long. */
export const LINES = { src: 300, test: 400 } as const;

/** The faults of one text, line by line. */
export function faultsOfText(path: string, text: string): readonly string[] {
  const lines = text.split("\n");
  const words = WORDS.filter((word) => word.holds(path)).flatMap((word) =>
    lines.flatMap((line, index) => {
      const found = word.pattern.exec(line);
      return found === null ? [] : [`${path}:${index + 1}: ${found[0].trim()}: ${word.why}`];
    }),
  );
  if (!isCode(path)) return words;
  const wide = lines.flatMap((line, index) =>
    line.length > COLUMNS ? [`${path}:${index + 1}: ${line.length} columns`] : [],
  );
  const most = path.startsWith("src/") ? LINES.src : LINES.test;
  const long = lines.length - 1 > most ? [`${path}: ${lines.length - 1} lines`] : [];
  return [...words, ...wide, ...long];
}
