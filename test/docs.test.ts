import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { enter } from "../src/cli/command-line.ts";
import { madePages } from "../src/cli/made-pages.ts";
import { listParameters } from "../src/scenario/index.ts";
import { anchorsOf, examplesOf, faultOfLink, linksOf, pages, wordsOf } from "./house/pages.ts";
import { root, textOf } from "./house/source.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-docs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Does what the words say in this very process; answers the exit code and what went to stderr. */
async function answered(words: readonly string[]): Promise<string> {
  const faults: string[] = [];
  const silent = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const logged = vi.spyOn(console, "log").mockReturnValue();
  const told = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    faults.push(String(text));
    return true;
  });
  try {
    const code = await enter(words);
    return code === 0 ? "0" : `${code} ${faults.join("")}`;
  } finally {
    for (const spy of [silent, logged, told]) spy.mockRestore();
  }
}

describe("the documents", () => {
  it("every link leads somewhere", () => {
    const faults = pages().flatMap((page) =>
      linksOf(textOf(page)).flatMap((target) => faultOfLink(page, target) ?? []),
    );
    expect(faults).toEqual([]);
  });

  it("what is made from the declarations is current (npm run docs)", async () => {
    const stale = (await madePages(root)).filter(({ path, text }) => textOf(path) !== text);
    expect(stale.map(({ path }) => path)).toEqual([]);
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
  const [command = ""] = words;
  const paired = ["compare", "study"].includes(command);
  if (!paired && !["run", "sweep", "sensitivity"].includes(command)) return words;
  if (!paired && command !== "run") return fewPoints(words);
  const replaced = new Set(
    ["periods", "days", "replications", "workers", "out", "precision", "uncertainty"].map(
      (flag) => `--${flag}`,
    ),
  );
  const kept = words.filter(
    (word, at) => !replaced.has(word) && !replaced.has(words[at - 1] ?? ""),
  );
  const draws = words.includes("--uncertainty") || words.includes("march-2024");
  const drawn = draws ? ["--uncertainty", "8", "--inner", "2"] : [];
  const single = kept.includes("--replication") ? [] : ["--replications", "1"];
  const lone = paired ? ["--no-farms"] : [];
  const out = ["--out", join(folder, "run"), "--no-report", ...lone];
  return [...kept, "--days", "1", "--workers", "0", ...single, ...drawn, ...out];
}

/** The same for a command with many points. */
function fewPoints(words: readonly string[]): readonly string[] {
  const given = ["--points", "--trajectories", "--replications", "--out"];
  const kept = words.filter((word, at) => !given.includes(word) && !given.includes(words[at - 1]));
  const few = words.includes("--design") ? ["--points", "2"] : [];
  const least = words[0] === "sensitivity" ? ["--points", "2", "--trajectories", "2"] : few;
  const small = ["--set", "fleet.nodes=30", "--days", "1", "--replications", "1"];
  const out = ["--workers", "0", "--out", join(folder, "points"), "--no-report"];
  return [...kept, ...least, ...small, ...out];
}

describe("the examples", () => {
  const all = pages().flatMap((page) => examplesOf(textOf(page)));
  const runnable = all.filter(
    (words) => !["report", "gather"].includes(words[0] ?? "") || existsSync(words[1] ?? ""),
  );
  const distinct = [...new Set(runnable.map((words) => JSON.stringify(shortened(words))))];

  it.each(distinct)("%s runs", { timeout: 120_000 }, async (words) => {
    const answer = await answered(JSON.parse(words));
    // One short pair of runs leaves every guard undecided, and the command says so.
    expect(answer.replace(/^4 [\s\S]*/, "0")).toBe("0");
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
    const block = "```sh\nnpm start -- run a # why\nls\n```\n";
    expect(examplesOf(block)).toEqual([["run", "a"]]);
    expect(examplesOf(`\`\`\`yaml\na: 1\n\`\`\`\n\n${block}`)).toEqual([["run", "a"]]);
  });
});
