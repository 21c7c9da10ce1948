/** The page of disagreements: its words exist, its defaults are the defaults, none is left out. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { protocolPage } from "../src/cli/protocol-page.ts";
import { declarations, loadScenario, readParameter, writeFault } from "../src/scenario/index.ts";
import { listed, root, textOf } from "./house/source.ts";

const PAGE = "docs/disagreements.md";
const reference = protocolPage(root).text;

/** The pieces of code in a text. */
const codeIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1] ?? "");

/** The rows of three cells: what differs, the default, the other. */
const rowsOf = (page: string): readonly (readonly [string, string, string])[] =>
  page.split("\n").flatMap((line) => {
    const [, what, one, other, end] = line.split(/ ?\| ?/);
    if (!line.startsWith("| ") || what === undefined || one === undefined) return [];
    return other === undefined || end !== "" || what === "What differs"
      ? []
      : [[what, one, other] as const];
  });

const WORD = /^(policy\.[\w.]+): (.+)$/;

/** What a word of a scenario is worth, and what its parameter is by default; or what is wrong. */
function worthOf(code: string) {
  const [, key = "", text = ""] = WORD.exec(code) ?? [];
  const parameter = declarations.find((each) => each.key === key)?.parameter;
  if (parameter === undefined) return `${code}: no such parameter`;
  const raw: unknown = parameter.kind === "choice" ? text : parse(text);
  const [said, own] = [raw, parameter.default].map((each) => readParameter(parameter, each));
  if (!said?.ok || !own?.ok) return `${code}: no such word`;
  return { isDefault: said.value === own.value };
}

/** The names and quoted words of an option that the reference does not have. */
const strangersIn = (code: string): readonly string[] => {
  const quoted = [...code.matchAll(/"([^"]+)"/g)].map((match) => match[0]);
  const names = code.replace(/"[^"]*"/g, "").match(/[A-Za-z]\w+/g) ?? [];
  return [
    ...quoted.filter((word) => !reference.includes(word)),
    ...names.filter((name) => !new RegExp(`\\b${name}\\b`).test(reference)),
  ];
};

/** All that is wrong with the tables of a page. */
function faultsOf(page: string): readonly string[] {
  return rowsOf(page).flatMap(([what, one, other]) =>
    [...codeIn(one).map((code) => [code, true]), ...codeIn(other).map((code) => [code, false])]
      // A parameter that is only named, such as `rules`, is told in words.
      .flatMap(([code, mustBe]) => {
        if (typeof code !== "string") return [];
        if (!WORD.test(code)) return strangersIn(code).map((name) => `${what}: ${code}: ${name}?`);
        const worth = worthOf(code);
        if (typeof worth === "string") return [`${what}: ${worth}`];
        return worth.isDefault === mustBe ? [] : [`${what}: ${code}: default ${worth.isDefault}`];
      }),
  );
}

/** The words of the policy's rules that a page does not offer. */
const missingIn = (page: string): readonly string[] =>
  declarations.flatMap(({ key, parameter }) =>
    parameter.kind !== "choice" || !key.startsWith("policy.") || key === "policy.economics"
      ? []
      : parameter.words
          .filter((word) => word !== parameter.default)
          .map((word) => `${key}: ${word}`)
          .filter((word) => !page.includes(`\`${word}\``)),
  );

describe("where sources disagree", () => {
  const page = textOf(PAGE);

  it("every word and option exists, and the defaults are the defaults", () => {
    expect(rowsOf(page).length).toBeGreaterThan(35);
    expect(faultsOf(page)).toEqual([]);
  });

  it("no word that chooses a rule of the policy is left out", () => {
    expect(missingIn(page)).toEqual([]);
  });

  it("no type of the protocol that chooses a rule is left out", () => {
    const types = [...reference.matchAll(/^type (\w+(?:Rule|Reading|Begin)) = /gm)].map(
      (match) => match[1] ?? "",
    );
    // Whose words stand in the page without the type.
    const worded = ["HourRule", "PayRule", "StrangerRule", "AccelerationBegin"];
    expect(types.filter((name) => !worded.includes(name) && !page.includes(name))).toEqual([]);
    expect(worded.filter((name) => !types.includes(name))).toEqual([]);
  });

  it("every file of the protocol that tells of a disagreement is linked", () => {
    const telling = listed().filter(
      (path) => /^src\/protocol\/.*\.ts$/.test(path) && /^ \* Disagreement/m.test(textOf(path)),
    );
    expect(telling.length).toBeGreaterThan(12);
    expect(telling.filter((path) => !page.includes(`(../${path})`))).toEqual([]);
  });
});

it("the page's scenario is one", () => {
  const folder = mkdtempSync(join(tmpdir(), "gridbench-disagreements-"));
  const lines = /^```yaml\n([\s\S]*?)^```$/m.exec(textOf(PAGE))?.[1] ?? "";
  const base = join(root, "scenarios", "one-node.yaml");
  writeFileSync(join(folder, "a.yaml"), `format: 1\nextends: ${base}\n${lines}`);
  const loaded = loadScenario(join(folder, "a.yaml"));
  rmSync(folder, { recursive: true });
  if (!loaded.ok) throw new Error(loaded.faults.map(writeFault).join("\n"));
  const { policy, timeline } = loaded.value.setup;
  expect(policy.minting).toMatchObject({ units: "v3.0", payment: "v3.0", newNodes: "ownPart" });
  expect(timeline).toMatchObject([{ kind: "policy", at: 61 * 86_400 }]);
});

describe("the guard of disagreements", () => {
  const row = (one: string, other: string) => faultsOf(`| a | ${one} | ${other} |\n`);

  it("finds a word that is none, a default that is none, and an option that is none", () => {
    const units = "policy.minting.units";
    expect(row(`\`${units}: current\``, `\`${units}: v3.0\`, \`hear(…, "least")\``)).toEqual([]);
    expect(row("", `\`${units}: v9\``)).toEqual([`a: ${units}: v9: no such word`]);
    expect(row("", "`policy.minting.unit: v3.0`")[0]).toContain("no such parameter");
    expect(row(`\`${units}: v3.0\``, "")).toEqual([`a: ${units}: v3.0: default false`]);
    expect(row("", `\`${units}: current\``)).toEqual([`a: ${units}: current: default true`]);
    expect(row("", '`hear(…, "fewest")`')).toEqual(['a: hear(…, "fewest"): "fewest"?']);
    expect(row("", "`overhear`")).toEqual(["a: overhear: overhear?"]);
  });

  it("finds a word that is left out", () => {
    expect(missingIn(textOf(PAGE).replaceAll("newNodes: ownPart`", "`"))).toEqual([
      "policy.minting.newNodes: ownPart",
    ]);
  });
});
