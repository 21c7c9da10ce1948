import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { listParameters } from "../src/scenario/index.ts";
import { anchorsOf, examplesOf, faultOfLink, linksOf, pages, wordsOf } from "./house/pages.ts";
import { root, textOf } from "./house/source.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const node = (file: string, ...words: readonly string[]) =>
  spawnSync(process.execPath, [join(root, "dist", "cli", file), ...words], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });

describe("the documents", () => {
  it("every link leads somewhere", () => {
    const faults = pages().flatMap((page) =>
      linksOf(textOf(page)).flatMap((target) => faultOfLink(page, target) ?? []),
    );
    expect(faults).toEqual([]);
  });

  it("the pages made from the declarations are current", () => {
    const told = node("docs.js", "--check");
    expect(told.stdout + told.stderr).toBe("The reference pages are current.\n");
  });

  const parameters = listParameters();
  const numbers = anchorsOf(textOf("docs/assumptions.md"))
    .filter((anchor) => /^a-\d+$/.test(anchor))
    .map((anchor) => anchor.toUpperCase());

  it("every parameter names its source", () => {
    expect(parameters.filter((each) => each.source.trim() === "")).toEqual([]);
  });

  it("every estimate rests on an assumption that is written down", () => {
    const weak = parameters.filter((each) => each.quality === "estimate");
    expect(weak.filter((each) => !/\bA-\d+\b/.test(each.source)).map((each) => each.key)).toEqual(
      [],
    );
    const named = parameters.flatMap((each) => each.source.match(/\bA-\d+\b/g) ?? []);
    expect([...new Set(named)].filter((number) => !numbers.includes(number))).toEqual([]);
  });

  it("every assumption is used by a parameter, and numbered once", () => {
    const text = parameters.map((each) => each.source).join(" ");
    expect(numbers.filter((number) => !new RegExp(`\\b${number}\\b`).test(text))).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

/** Shortens an example so that it takes a moment, and keeps what it writes out of the checkout. */
function shortened(words: readonly string[]): readonly string[] {
  if (words[0] === "init") return ["init", join(folder, "scenario.yaml")];
  if (words[0] !== "run") return words;
  const lengths = new Set(["--periods", "--days", "--replications", "--workers", "--out"]);
  const kept = words.filter(
    (word, at) =>
      !lengths.has(word) && !lengths.has(words[at - 1] ?? "") && !word.startsWith("--precision"),
  );
  const single = kept.includes("--replication") ? [] : ["--replications", "1"];
  const out = ["--out", join(folder, "run"), "--no-report"];
  return [...kept, "--days", "1", "--workers", "0", ...single, ...out];
}

describe("the examples", () => {
  const all = pages().flatMap((page) => examplesOf(textOf(page)));
  const runnable = all.filter((words) => words[0] !== "report" || existsSync(words[1] ?? ""));
  const distinct = [...new Set(runnable.map((words) => JSON.stringify(shortened(words))))];

  it.each(distinct)("%s runs", (words) => {
    const told = node("main.js", ...JSON.parse(words));
    expect(`${told.status} ${told.status === 0 ? "" : told.stderr}`).toBe("0 ");
  });

  it("there are some", () => {
    expect(distinct.length).toBeGreaterThan(5);
  });
});

describe("the guard of the documents", () => {
  it.each([
    ["README.md", "docs/no-such-page.md"],
    ["docs/glossary.md", "../../outside.md"],
    ["docs/glossary.md", "statistics.md#no-such-heading"],
    ["docs/glossary.md", "#no-such-heading"],
  ])("finds the dead link of %s to %s", (page, target) => {
    expect(faultOfLink(page, target)).toContain(target);
  });

  it("reads links in text and not in code, and leaves the web alone", () => {
    const text = "[a](b.md) `[c](d.md)` ![e](f.png) [g](https://h.example)\n```\n[i](j.md)\n```\n";
    expect(linksOf(text)).toEqual(["b.md", "f.png"]);
  });

  it("makes anchors of headings as GitHub does", () => {
    expect(anchorsOf("# A `b` c\n## 0001 · Who, what?\n")).toEqual(["a-b-c", "0001--who-what"]);
  });

  it("splits a command line as a shell would", () => {
    expect(wordsOf('run a --set b="20 h" --json')).toEqual([
      "run",
      "a",
      "--set",
      "b=20 h",
      "--json",
    ]);
    expect(examplesOf("```sh\nnpm start -- run a # why\nls\n```\n")).toEqual([["run", "a"]]);
  });
});
