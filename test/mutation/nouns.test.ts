/** The table of mutation runs is whole: no file of the protocol is left out, and no score. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, sourcesBelow, textOf } from "../house/source.ts";

interface Noun {
  readonly name: string;
  readonly files: readonly string[];
  readonly tests: readonly string[];
}

const table = new URL("nouns.mjs", import.meta.url).href;
const { NOUNS, DECLARATIONS } = (await import(table)) as {
  readonly NOUNS: readonly Noun[];
  readonly DECLARATIONS: readonly string[];
};

/** Files that stand in no noun and not on the list, or in several, and those that are gone. */
function faultsOf(paths: readonly string[]): readonly string[] {
  const placed = [...NOUNS.flatMap(({ files }) => files), ...DECLARATIONS];
  const faults = paths.flatMap((path) => {
    const times = placed.filter((one) => one === path).length;
    return times === 1 ? [] : [`${path} stands in ${times} places`];
  });
  const gone = placed.filter((path) => !paths.includes(path));
  return [...faults, ...gone.map((path) => `${path} is not there`)];
}

const paths = sourcesBelow("src/protocol").map(({ path }) => path);

describe("the nouns of mutation runs", () => {
  it("hold each file of the protocol once, but for those that only declare", () => {
    expect(paths.length).toBeGreaterThan(100);
    expect(faultsOf(paths)).toEqual([]);
  });

  it("would miss a file that is new, and one that is gone", () => {
    expect(faultsOf([...paths, "src/protocol/new.ts"])).toEqual([
      "src/protocol/new.ts stands in 0 places",
    ]);
    expect(faultsOf(paths.filter((path) => !path.endsWith("/dao.ts")))).toEqual([
      "src/protocol/dao.ts is not there",
    ]);
  });

  it("have tests that are there", () => {
    const tests = NOUNS.flatMap((noun) => noun.tests);
    expect(tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

/** The rows of the page's table of scores, each in its columns. */
const scores = textOf("docs/mutation.md")
  .split("\n")
  .filter((line) => /^\| [a-z]/.test(line) && !line.startsWith("| noun"))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, name, mutants, killed, score]) => ({
    name,
    mutants: Number(mutants),
    killed: Number(killed),
    score,
  }));

describe("the scores of mutation runs", () => {
  it("are told of each noun, and of no other", () => {
    expect(scores.map(({ name }) => name).sort()).toEqual(NOUNS.map(({ name }) => name).sort());
  });

  it("are what is killed of a noun's mutants, in percent, and reach 90", () => {
    for (const { name, mutants, killed, score } of scores) {
      const percent = killed === mutants ? "100" : ((100 * killed) / mutants).toFixed(1);
      expect([name, score]).toEqual([name, `${percent} %`]);
      expect([name, killed / mutants >= 0.9]).toEqual([name, true]);
      expect(killed).toBeLessThanOrEqual(mutants);
    }
  });
});
