/** The page of quirks: its rules and tests exist, and where a test is named, it has that name. */
import { existsSync } from "node:fs";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { protocolPage } from "../src/cli/protocol-page.ts";
import { declarations } from "../src/scenario/index.ts";
import { root, textOf } from "./house/source.ts";

const reference = protocolPage(root).text;

/** The rows of tables whose first column is headed so, cell by cell. */
function rowsOf(page: string, head: string): readonly (readonly string[])[] {
  const rows: (readonly string[])[] = [];
  let isTable = false;
  for (const line of page.split("\n")) {
    const cells = line.startsWith("| ") ? line.slice(2, -2).split(" | ") : [];
    if (cells.length === 0 && !line.startsWith("|-")) isTable = false;
    if (isTable && cells.length > 0) rows.push(cells);
    if (cells[0] === head) isTable = true;
  }
  return rows;
}

/** A test's file by how a row names it: beside the protocol's, or from the root. */
const fileOf = (name: string): string =>
  posix.normalize(name.startsWith("test/") ? name : `test/protocol/${name}`);

const isMissing = (path: string): boolean => !existsSync(`${root}/${path}`);

/** What is wrong with a row that links a rule, names files of tests, and perhaps a switch. */
function faultsOfLinked([what, rule = "", shown = "", other = ""]: readonly string[]) {
  const rules = [...rule.matchAll(/\(\.\.\/([^)]+)\)/g)].map(([, path = ""]) => path);
  const tests = shown.match(/[\w./-]+\.test\.ts/g) ?? [];
  const words = shown.match(/(?<=test\.ts`, )`?\w+/g) ?? [];
  const text = tests
    .map(fileOf)
    .filter((path) => !isMissing(path))
    .map(textOf)
    .join("\n");
  return [
    ...(rules.length === 0 || tests.length === 0 ? ["no rule or no test"] : []),
    ...[...rules, ...tests.map(fileOf)].filter(isMissing),
    ...words.filter((word) => !text.includes(word.replace("`", ""))),
    ...switchesIn(other).filter((name) => !isSwitch(name)),
  ].map((fault) => `${what}: ${fault}`);
}

const switchesIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/`([\w.]+)[^`]*`/g)].map(([, name = ""]) => name);

const isSwitch = (name: string): boolean =>
  declarations.some(({ key, parameter }) => {
    const words: readonly string[] = parameter.kind === "choice" ? parameter.words : [];
    return key === name || words.includes(name);
  }) || new RegExp(`\\b${name.replace(/\./g, "\\.")}\\b`).test(reference);

/** What is wrong with a row that names a rule's file, and a test by its file and its own name. */
function faultsOfNamed([what, rule = "", shown = ""]: readonly string[]): readonly string[] {
  const [, file, name = ""] = /^(\S+): (.+)$/.exec(shown) ?? [];
  if (file === undefined) return [`${what}: no test named`];
  const missing = [rule.replace(/`/g, ""), fileOf(file)].filter(isMissing);
  if (missing.length > 0) return missing.map((path) => `${what}: ${path}`);
  // A long name is broken over lines, and a quote in one is written with a stroke.
  const text = textOf(fileOf(file)).replace(/\s+/g, " ").replace(/\\"/g, '"');
  return text.includes(name) ? [] : [`${what}: no test \`${name}\``];
}

describe("the page of quirks", () => {
  const page = textOf("docs/quirks.md");

  it("links a rule and a test for every quirk of bills and minting, and each switch exists", () => {
    const rows = rowsOf(page, "Quirk");
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.flatMap(faultsOfLinked)).toEqual([]);
  });

  it("names the test of every other quirk by its own name", () => {
    const rows = rowsOf(page, "quirk");
    expect(rows.length).toBeGreaterThan(60);
    expect(rows.flatMap(faultsOfNamed)).toEqual([]);
  });

  it.each([
    ["Quirk | a | b | c\n| x | [a](../src/no.ts) | `uptime.test.ts` | – |", ["x: src/no.ts"]],
    ["Quirk | a | b | c\n| x | – | `uptime.test.ts` | – |", ["x: no rule or no test"]],
    [
      "Quirk | a | b | c\n| x | [a](../src/protocol/dao.ts) | `no.test.ts`, lost | `noSwitch` |",
      ["x: test/protocol/no.test.ts", "x: lost", "x: noSwitch"],
    ],
  ])("is read closely: %j", (table, faults) => {
    expect(rowsOf(`| ${table}`, "Quirk").flatMap(faultsOfLinked)).toEqual(faults);
  });

  it("is read closely in its other chapters, too", () => {
    const row = (test: string) => ["x", "`src/protocol/dao.ts`", test];
    expect(faultsOfNamed(row("dao.test.ts: one farm, however heavy, is one vote"))).toEqual([]);
    expect(faultsOfNamed(row("dao.test.ts: pays a vote"))).toEqual(["x: no test `pays a vote`"]);
    expect(faultsOfNamed(row("no.test.ts: a"))).toEqual(["x: test/protocol/no.test.ts"]);
    expect(faultsOfNamed(row("dao.test.ts"))).toEqual(["x: no test named"]);
  });
});
