import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { root } from "../house/source.ts";
import { gridbench } from "./gridbench.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-compare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const small = file(
  "small.yaml",
  `format: 1
extends: ${join(root, "scenarios", "baseline.yaml")}
question: Small?
assumptions: { fleet: { nodes: 24 }, demand: { users: 0.5, live: 1 } }
run: { days: 2, replications: 2 }
`,
);
const study = (rest: string, name = "study.yaml"): string =>
  file(name, `format: 1\nquestion: Small?\nbase: small\n${rest}`);
const few = ["--workers", "0", "--no-report", "--no-farms"];
const CHEAPER = ["--set", "pricing.cu=0.005 USD/h"];

describe("what is wrong with a comparison ends with 2, before anything is run", () => {
  it.each([
    [["compare"], "compare: expected a base to compare with"],
    [["compare", small], "expected a variant or --set KEY=VALUE behind the base, found none"],
    [["compare", small, "basline"], "found no such file (did you mean `baseline`?)"],
    [["compare", small, small, "--guard", "mint.tft > 0"], "--guard: expected `METRIC >= -0.5 %`"],
    [["compare", small, small, "--guard", "mint.tff >= 0 %"], "(did you mean `mint.tft`?)"],
    [["compare", small, small, "--guard", "mint.tft >= 0 pp"], "since mint.tft is no share"],
    [["compare", small, small, "--gard", "x"], "did you mean `--guard`?"],
    [["compare", small, "--set", "run.days=3"], "as the base has them, found a start at"],
    [["study"], "study: expected the file of a study"],
    [["study", join(folder, "absent.yaml")], "expected a file that can be read, found no such"],
    [
      ["study", study("variants: [small]\nprimry: [mint.tft]\n", "misspelt.yaml")],
      "found `primry` (did you mean `primary`?)",
    ],
    [
      ["study", study("variants: [small]\nprimary: [mint.tff]\n", "unknown.yaml")],
      "primary.0: expected a metric, found `mint.tff` (did you mean `mint.tft`?)",
    ],
    [
      [
        "study",
        study("variants: [small]\nprimary: mint.tft\nsmallest: { mint.tft: 1 pp }\n", "unfit.yaml"),
      ],
      "smallest.mint.tft: expected a size in %, pp or TFT, found `1 pp`",
    ],
    [
      ["study", study("variants: [small]\nprimary: mint.tft\nguards: [high]\n", "guard.yaml")],
      "guards[0]: expected `METRIC >= -0.5 %`",
    ],
    [
      [
        "study",
        study(
          "variants: [small]\nprimary: mint.tft\nvary: { response.elasticity: [-1] }\n",
          "frozen.yaml",
        ),
      ],
      "vary.response.elasticity: expected something of the outside",
    ],
  ])("%j", async (words, sentence) => {
    const { code, out, err } = await gridbench(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe("a comparison", () => {
  const out = join(folder, "out");
  const guard = (...guards: readonly string[]) => guards.flatMap((text) => ["--guard", text]);

  it("prints comparison.json alone, and ends with 1 where a guard failed", async () => {
    const guards = guard("node.availability >= -0.5 pp", "billing.charged_tft >= 1 %");
    const words = ["compare", small, ...CHEAPER, ...few, ...guards, "--out", out, "--json"];
    const answer = await gridbench(words);
    expect(answer.code).toBe(1);
    expect(answer.out).toBe(readFileSync(join(out, "comparison.json"), "utf8"));
    const { variants } = JSON.parse(answer.out);
    expect(variants[0].name).toBe("set");
    expect(variants[0].guards).toEqual([
      { guard: "node.availability >= -0.5 pp", result: "pass" },
      { guard: "billing.charged_tft >= 1 %", result: "fail" },
    ]);
  });

  it("ends with 4 where a guard is undecided, as one pair leaves it", async () => {
    const alone = ["--replication", "1", ...guard("billing.charged_tft >= -99 %")];
    const words = ["compare", small, ...CHEAPER, ...few, ...alone, "--out", join(folder, "one")];
    const { code, out: told } = await gridbench(words);
    expect(code).toBe(4);
    expect(told).toContain("guard billing.charged_tft >= -99 %: undecided");
    expect(told).toContain("One pair of runs tells nothing of chance.");
  });

  it("tells effects, who pays, that nobody responds, and writes a page and a text", async () => {
    const page = join(folder, "page");
    const words = ["compare", small, ...CHEAPER, "--workers", "0", "--out", page, "--farm", "3"];
    const { code, out: told } = await gridbench(words);
    expect(code).toBe(0);
    expect(told).toContain("identity: the price list and shares, times a demand that is frozen");
    expect(told).toContain("sum, exact");
    expect(told).toContain("not measured: no response model");
    expect(told).toContain("farm 3 in set: there is none");
    const html = readFileSync(join(page, "report.html"), "utf8");
    const markdown = readFileSync(join(page, "proposal.md"), "utf8");
    for (const text of [
      "0.01 USD/h",
      "0.005 USD/h",
      "npx gridbench compare",
      "no response model",
    ]) {
      expect(html).toContain(text);
      expect(markdown).toContain(text);
    }
    // Nothing is fetched, and nothing runs.
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  });
});

describe("a comparison with draws of what is not known", () => {
  const drawn = ["--uncertainty", "8", "--inner", "2"];
  const read = (out: string, name: string) => readFileSync(join(folder, out, name), "utf8");

  it("tells chance and assumptions apart in every file, and what reverses the sign", async () => {
    const four = ["--replications", "4", "--no-farms", "--workers", "0"];
    const words = ["compare", small, ...CHEAPER, ...four, ...drawn];
    const { code, out: told } = await gridbench([...words, "--out", join(folder, "drawn")]);
    expect(code).toBe(0);
    expect(told).toMatch(/around them 8 draws of \d\d+ inputs that no arm knows/);
    expect(told).toContain("95 % by assumptions");
    // Eight draws of some hundred inputs, of which some go with any metric by chance.
    expect(told).toContain("fewer draws than inputs: what is owed to whom is rough");
    const { uncertainty, variants } = JSON.parse(read("drawn", "comparison.json"));
    expect(uncertainty).toMatchObject({ draws: 8, replications: 2 });
    const keys: string[] = uncertainty.inputs.map(({ key }: { key: string }) => key);
    expect(keys).toContain("assumptions.outage.homeVisitMedian");
    const spend = variants[0].metrics["user.spend_usd"].uncertainty;
    expect(spend.draws).toBe(8);
    // What a TFT is worth is not known, and decides how many are charged.
    const charged = variants[0].metrics["billing.charged_tft"].uncertainty;
    expect(charged.inputs95[0]).toBeLessThan(charged.inputs95[1]);
    expect(charged.sign).toBeNull();
    // A price cut never makes anybody pay more, whatever the outside is.
    expect(spend.sign).toMatchObject({ sign: -1, positive: 0, negative: 8, reading: "none found" });
    expect(variants[0].metrics["node.availability"].uncertainty).toBeUndefined();
    for (const name of ["report.html", "proposal.md"]) {
      const text = read("drawn", name);
      for (const part of ["95 % by assumptions", "none found at", "is rough", "alike for base"]) {
        expect(text).toContain(part);
      }
      expect(text).toContain("--uncertainty 8 --inner 2");
    }
    // All that is not drawn is what it would be without.
    await gridbench([...words.slice(0, -4), "--out", join(folder, "undrawn")]);
    const plain = JSON.parse(read("undrawn", "comparison.json"));
    const { uncertainty: _, ...metric } = variants[0].metrics["user.spend_usd"];
    expect(plain.variants[0].metrics["user.spend_usd"]).toEqual(metric);
    expect(plain.uncertainty).toBeUndefined();
    expect(read("undrawn", "report.html")).not.toContain("by assumptions");
  });

  it("is a word of a study, from which a flag departs", async () => {
    const said = `variants: [{ name: cheaper, set: { pricing.cu: 0.005 USD/h } }]
primary: [billing.charged_tft]
run: { days: 1, replications: 2 }
uncertainty: 9
`;
    const path = study(said, "drawn.yaml");
    const words = ["study", path, ...few, "--out"];
    expect((await gridbench([...words, join(folder, "nine")])).code).toBe(0);
    const told = JSON.parse(read("nine", "proposal.json"));
    expect(told.uncertainty).toMatchObject({ draws: 9, replications: 4 });
    expect(told.study.departures).toEqual([]);
    await gridbench([...words, join(folder, "eight"), ...drawn]);
    expect(JSON.parse(read("eight", "proposal.json")).study.departures).toEqual([
      "--uncertainty 8: the study says 9.",
    ]);
  });

  it.each([
    [["--uncertainty", "7"], "--uncertainty: expected at least 8 draws, found 7"],
    [["--inner", "2"], "--inner: expected --uncertainty N beside it"],
    [["--uncertainty", "8", "--replication", "0"], "uncertainty"],
  ])("is refused with %j", async (flags, sentence) => {
    const { code, err } = await gridbench(["compare", small, ...CHEAPER, ...flags]);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
  });
});

describe("a study", () => {
  const path = study(`variants:
  - { name: cheaper, set: { pricing.cu: 0.005 USD/h } }
vary: { assumptions.price.start: [0.05 USD] }
primary: [billing.charged_tft]
smallest: { default: 1 % }
guards: [node.availability >= -0.5 pp]
run: { replications: 3 }
`);
  const words = (out: string, ...more: readonly string[]) => [
    ...["study", path, ...few, "--out", join(folder, out)],
    ...more,
  ];
  const read = (out: string) =>
    JSON.parse(readFileSync(join(folder, out, "proposal.json"), "utf8"));

  it("takes its seed from what it says and proposes, and tells no departure", async () => {
    const { code } = await gridbench(words("whole"));
    expect(code).toBe(0);
    const told = read("whole");
    expect(told.seed).toMatch(/^study-[0-9a-f]{16}$/);
    expect(told.study.departures).toEqual([]);
    expect(told.replications).toBe(3);
    expect(told.variants[0].stresses).toMatchObject([
      { key: "assumptions.price.start", value: "0.05 USD", effects: [{ n: 3 }] },
    ]);
    expect(existsSync(join(folder, "whole", "stress", "1", "cheaper", "results.json"))).toBe(true);
  });

  it("marks each departure by a flag, and has another seed where it says other words", async () => {
    const flags = ["--seed", "mine", "--replications", "2", "--guard", "mint.tft >= -1 %"];
    const { err } = await gridbench(words("departed", ...flags));
    const { study: note, seed } = read("departed");
    expect(seed).toBe("mine");
    expect(note.departures).toHaveLength(3);
    for (const departure of note.departures) expect(err).toContain(departure);
    const other = readFileSync(path, "utf8").replace("Small?", "Other?");
    const renamed = file("other.yaml", other);
    await gridbench(["study", renamed, ...few, "--out", join(folder, "other")]);
    expect(read("other").seed).not.toBe(read("whole").seed);
  });
});
