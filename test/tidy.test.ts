import { describe, expect, it } from "vitest";
import { faultsOf, faultsOfPath, RULES, twins } from "./house/rules.ts";
import { listed, sourceOf, sourcesBelow, textOf } from "./house/source.ts";
import { COLUMNS, faultsOfText, LINES } from "./house/words.ts";

const files = listed();
const faults = sourcesBelow("src").flatMap(faultsOf);
const isText = (path: string): boolean => !/\.(png|ico|parquet|woff2?)$/.test(path);

describe("the house is tidy", () => {
  it.each(RULES.map((rule) => rule.name))("%s", (name) => {
    expect(faults.filter((fault) => fault.includes(`: ${name}; `))).toEqual([]);
  });

  it("no line is wide, no file is long, no word is out of place", () => {
    const texts = files.filter(isText);
    expect(texts.flatMap((path) => faultsOfText(path, textOf(path)))).toEqual([]);
  });

  it("no file is a drawer, and names are kebab-case", () => {
    expect(files.filter((path) => /^src\//.test(path)).flatMap(faultsOfPath)).toEqual([]);
  });

  it("one noun has one name in every layer", () => {
    expect(twins(files.filter((path) => /^src\/.*\.ts$/.test(path)))).toEqual([]);
  });
});

const world = "src/world/farm.ts";
const PLANTED: readonly (readonly [string, string, string])[] = [
  [world, "const a = Math.random();", "Math.random"],
  [world, 'import { randomUUID } from "node:crypto";', "randomUUID"],
  [world, "const a = Date.now();", "Date.now"],
  [world, "const a = new Date();", "new Date()"],
  [world, "const a = performance.now();", "performance.now"],
  [world, "const a = process.env;", "process.env"],
  [world, "const a = Math.log(2);", "Math.log"],
  [world, "const a = Math.hypot(3, 4);", "Math.hypot"],
  [world, "const a = 2 ** 3;", "**"],
  [world, 'const a = "a".localeCompare("b");', "localeCompare"],
  [world, "const a = (1).toLocaleString();", "toLocaleString"],
  [world, "let total = 0;", "let"],
  [world, "const a = (b: any): void => undefined;", "any"],
  [world, "export default 3;", "default"],
  [world, "enum Colour { Red }", "TSEnumDeclaration"],
  [world, "namespace Grid {}", "TSModuleDeclaration"],
  [world, "class A { constructor(private a: number) {} }", "TSParameterProperty"],
  [world, "function handleEvent(): void {}", "handleEvent"],
  [world, "const data = 1;", "data"],
  [world, "class NodeManager {}", "NodeManager"],
  [world, "export const a = 1;", "an exported name has its sentence"],
];

const ALLOWED: readonly (readonly [string, string])[] = [
  ["src/cli/main.ts", "const a = Date.now();"],
  ["src/cli/main.ts", "const a = process.env;"],
  ["src/report/chart.ts", "const a = Math.sin(1);"],
  [world, "const a = new Date(0);"],
  [world, "const a = Math.sqrt(2);"],
  [world, "/** One. */\nexport const a = 1;"],
  [world, "const a = () => {\n  let b = 0;\n  b += 1;\n  return b;\n};"],
  ["src/world/index.ts", 'export { a } from "./a.ts";'],
];

describe("the guard of tidiness", () => {
  it.each(PLANTED)("finds what is planted in %s: %s", (path, text, expected) => {
    expect(faultsOf(sourceOf(path, text))).toContainEqual(expect.stringContaining(expected));
  });

  it.each(ALLOWED)("lets pass in %s: %s", (path, text) => {
    expect(faultsOf(sourceOf(path, text))).toEqual([]);
  });

  const word = (...parts: readonly string[]): string => parts.join("");
  it.each([
    ["src/run/run.ts", word("// TO", "DO later")],
    ["src/run/run.ts", word("// FIX", "ME")],
    ["test/run/run.test.ts", word("it.sk", "ip('x')")],
    ["test/run/run.test.ts", word("describe.on", "ly('x')")],
    ["docs/a.md", word("see /wo", "rk/main")],
    ["README.md", word("see ..", "/shared/design")],
    ["README.md", word("https://regis", "try.example.org")],
    ["src/kernel/agenda.ts", "// the contract's next bill"],
    ["src/kernel/agenda.ts", "const nodes = 1;"],
  ])("finds a word out of place in %s: %s", (path, text) => {
    expect(faultsOfText(path, text)).toHaveLength(1);
  });

  it("finds a function that is longer than a screen", () => {
    const text = `const a = () => {\n${"  void 0;\n".repeat(60)}};`;
    expect(faultsOf(sourceOf(world, text))).toEqual([expect.stringContaining("62 lines")]);
  });

  it("finds a line that is too wide and a file that is too long", () => {
    expect(faultsOfText("src/run/run.ts", "x".repeat(COLUMNS + 1))).toHaveLength(1);
    expect(faultsOfText("src/run/run.ts", "x\n".repeat(LINES.src + 1))).toHaveLength(1);
  });

  it("lets pass a module of Node in the kernel", () => {
    expect(faultsOfText("src/kernel/a.ts", 'import "node:fs";')).toEqual([]);
  });

  it("finds a drawer, a crooked name and a noun with two names", () => {
    expect(faultsOfPath("src/utils/text.ts")).toHaveLength(1);
    expect(faultsOfPath("src/world/helpers.ts")).toHaveLength(1);
    expect(faultsOfPath("src/world/farmTable.ts")).toHaveLength(1);
    expect(twins(["src/world/contracts.ts", "src/protocol/contract.ts"])).toHaveLength(1);
  });
});
