import { isSyntax, lineOf, type Source, type Syntax, walk } from "./source.ts";

/** A rule of the house: where it holds, what it looks for, and what to write instead. */
export interface Rule {
  readonly name: string;
  readonly instead: string;
  readonly holds: (path: string) => boolean;
  /** The places of the breaches in the text, each with what was found. */
  readonly breaches: (source: Source) => readonly Breach[];
}

/** One breach of a rule. */
export interface Breach {
  readonly start: number;
  readonly found: string;
}

const below =
  (folder: string, ...except: readonly string[]) =>
  (path: string): boolean =>
    path.startsWith(`${folder}/`) && !except.some((one) => path.startsWith(`${one}/`));

const inSource = below("src");
const feedsResults = below("src", "src/cli");
const countsExactly = below("src", "src/cli", "src/report");

/** Every node of the tree that the test answers a text for. */
const nodes = (source: Source, look: (node: Syntax, parent: Syntax | null) => string | null) => {
  const found: Breach[] = [];
  walk(source.program, (node, parent) => {
    const text = look(node, parent);
    if (text !== null) found.push({ start: node.start, found: text });
  });
  return found;
};

const named = (value: unknown): string =>
  isSyntax(value) && typeof value.name === "string" ? value.name : "";

/** `Math.sin` of a member expression, or an empty text. */
const member = (node: Syntax): string =>
  node.type === "MemberExpression" ? `${named(node.object)}.${named(node.property)}` : "";

const EXACT_MATHS = new Set(
  "sqrt floor abs min max imul round trunc ceil fround clz32 sign".split(" ").concat("PI", "E"),
);

const CLOCKS = new Set(["Date.now", "performance.now", "process.hrtime", "process.env"]);
const LUCK = new Set(["randomBytes", "randomUUID", "randomInt", "getRandomValues"]);
const TONGUES = new Set(["localeCompare", "toLocaleString", "toLocaleDateString", "Intl"]);
const DRAWERS = /^(utils?|helpers?|common|misc|manager|data|info|process|shared|stuff)$/;
const VAGUE = /^(utils?|helpers?|manager|data|info|process)$|(Utils?|Helpers?|Manager|Info)$/;

const isClock = (node: Syntax): string | null => {
  const name = member(node);
  if (CLOCKS.has(name)) return name;
  const bare = node.type === "NewExpression" && named(node.callee) === "Date";
  return bare && Array.isArray(node.arguments) && node.arguments.length === 0 ? "new Date()" : null;
};

/** What a declaration declares: the names of functions, types, variables and parameters. */
const declared = (node: Syntax): string => {
  if (/^(FunctionDeclaration|ClassDeclaration|TSInterfaceDeclaration)$/.test(node.type))
    return named(node.id);
  if (/^(TSTypeAliasDeclaration|VariableDeclarator)$/.test(node.type)) return named(node.id);
  return "";
};

const isExport = (node: Syntax): boolean =>
  node.type === "ExportNamedDeclaration" && isSyntax(node.declaration);

/** Whether a documentation comment ends right above the place. */
const documented = (source: Source, place: number): boolean =>
  source.comments.some(
    (one) =>
      one.type === "Block" &&
      one.value.startsWith("*") &&
      one.end <= place &&
      source.text.slice(one.end, place).trim() === "",
  );

/** The rules of `src` that need the syntax of a file. */
export const RULES: readonly Rule[] = [
  {
    name: "chance is addressed",
    instead: "draw from kernel/chance",
    holds: inSource,
    breaches: (source) =>
      nodes(source, (node) => {
        if (member(node) === "Math.random") return "Math.random";
        return node.type === "Identifier" && LUCK.has(named(node)) ? named(node) : null;
      }),
  },
  {
    name: "the clock is handed in",
    instead: "take the time as an argument from cli",
    holds: feedsResults,
    breaches: (source) => nodes(source, isClock),
  },
  {
    name: "arithmetic is the same on every machine",
    instead: "use kernel/ln",
    holds: countsExactly,
    breaches: (source) =>
      nodes(source, (node) => {
        const [object, property] = member(node).split(".");
        if (object === "Math" && !EXACT_MATHS.has(property ?? "") && property !== "random")
          return `Math.${property}`;
        return node.type === "BinaryExpression" && node.operator === "**" ? "**" : null;
      }),
  },
  {
    name: "text is the same in every country",
    instead: "compare with < and format by hand",
    holds: inSource,
    breaches: (source) =>
      nodes(source, (node) =>
        node.type === "Identifier" && TONGUES.has(named(node)) ? named(node) : null,
      ),
  },
  {
    name: "a module holds no state",
    instead: "keep it in a table, a class or an argument",
    holds: inSource,
    breaches: (source) =>
      nodes(source, (node, parent) => {
        const top = parent?.type === "Program" || parent?.type === "ExportNamedDeclaration";
        const loose = node.type === "VariableDeclaration" && node.kind !== "const";
        return top && loose ? String(node.kind) : null;
      }),
  },
  {
    name: "a type is known",
    instead: "write the type, or unknown and a check",
    holds: inSource,
    breaches: (source) => nodes(source, (node) => (node.type === "TSAnyKeyword" ? "any" : null)),
  },
  {
    name: "an export has a name",
    instead: "export it by name",
    holds: inSource,
    breaches: (source) =>
      nodes(source, (node) => (node.type === "ExportDefaultDeclaration" ? "default" : null)),
  },
  {
    name: "TypeScript can be erased",
    instead: "use a union of words, a module, a field",
    holds: inSource,
    breaches: (source) =>
      nodes(source, (node) => {
        if (/^TS(Enum|Module)Declaration$/.test(node.type)) return node.type;
        if (node.type === "TSParameterProperty" || node.type === "Decorator") return node.type;
        return null;
      }),
  },
  {
    name: "a name says what it is",
    instead: "name the thing, and what the function does",
    holds: inSource,
    breaches: (source) =>
      nodes(source, (node) => {
        const name = declared(node);
        return VAGUE.test(name) || /^handle([A-Z]|$)/.test(name) ? name : null;
      }),
  },
  {
    name: "an exported name has its sentence",
    instead: "write one sentence above it: what it is, in which unit, what it refuses",
    holds: (path) => inSource(path) && !path.endsWith("/index.ts"),
    breaches: (source) =>
      nodes(source, (node) =>
        isExport(node) && !documented(source, node.start)
          ? named(node.declaration) || firstLine(source, node)
          : null,
      ),
  },
  {
    name: "a function fits a screen",
    instead: "at most 60 lines; name a part of it",
    holds: inSource,
    breaches: (source) =>
      nodes(source, (node) => {
        if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type))
          return null;
        const lines = source.text.slice(node.start, node.end).split("\n").length;
        return lines > 60 ? `${firstLine(source, node)} ... ${lines} lines` : null;
      }),
  },
];

const firstLine = (source: Source, node: Syntax): string =>
  source.text.slice(node.start, node.end).split("\n")[0] ?? "";

/** The faults of one file under all rules that hold there, as `path:line: found: instead`. */
export function faultsOf(source: Source): readonly string[] {
  return RULES.filter((rule) => rule.holds(source.path)).flatMap((rule) =>
    rule
      .breaches(source)
      .map(
        ({ start, found }) =>
          `${source.path}:${lineOf(source.text, start)}: ${found}: ${rule.name}; ${rule.instead}`,
      ),
  );
}

/** The faults of a path: a drawer, or a name that is not kebab-case; a README is called so. */
export function faultsOfPath(path: string): readonly string[] {
  const parts = path
    .replace(/\/README\.md$/, "")
    .split("/")
    .slice(1);
  const stems = parts.map((part) => part.replace(/\.(test\.)?(ts|mjs)$/, ""));
  const drawer = stems.filter((stem) => DRAWERS.test(stem));
  const crooked = stems.filter((stem) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem));
  return [
    ...drawer.map((stem) => `${path}: ${stem} is a drawer; name the thing inside`),
    ...crooked.map((stem) => `${path}: ${stem} is not kebab-case`),
  ];
}

/** Pairs of files that call one noun by two names, `contract.ts` here and `contracts.ts` there. */
export function twins(paths: readonly string[]): readonly string[] {
  const stems = new Map(
    paths.map((path) => [path, path.replace(/^.*\//, "").replace(/\.ts$/, "")]),
  );
  const known = new Set(stems.values());
  return [...stems]
    .filter(([, stem]) => stem.endsWith("s") && known.has(stem.slice(0, -1)))
    .map(([path, stem]) => `${path}: the noun is called ${stem.slice(0, -1)} elsewhere`);
}
