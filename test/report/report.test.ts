import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leaders, type Slice, slices } from "../../src/report/band.ts";
import { readFolder, renderReport, Unreadable } from "../../src/report/index.ts";
import { partsOf } from "../../src/report/render.ts";
import { writeFixture } from "./fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-report-"));
const whole = (name: string): string => readFileSync(join(folder, name, "report.html"), "utf8");
/** The page without its scripts: what is shown where no script runs. */
const page = (name: string): string => whole(name).replaceAll(/<script[\s\S]*?<\/script>/g, "");
const hashOf = (path: string): string =>
  createHash("sha256").update(readFileSync(path)).digest("hex");
/** Holds a part; says which one is missing, not the whole page. */
const has = (text: string, part: string): void => expect(text.includes(part), part).toBe(true);
let paths: readonly string[] = [];

beforeAll(async () => {
  await writeFixture(join(folder, "whole"), { days: 60 });
  paths = await renderReport(join(folder, "whole"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a count by country", () => {
  test("is 0 in a replication that has nobody there", async () => {
    const run = await readFolder(join(folder, "whole"));
    const told = { replication: 0, time: 1, value: 8 };
    const series = new Map([["node.count", new Map([["country=AQ", [told]]])]]);
    const alone = { ...run, series };
    const { replications } = run.manifest;
    expect(replications).toBe(8);
    const means = (["count", "mean"] as const).map(
      (kind) => slices(alone, "node.count", "country", kind)[0]?.estimate.mean,
    );
    expect(means).toEqual([1, 8]);
  });
});

describe("a folder that a run did not write, or not whole", () => {
  test.each([
    ["manifest.json", '{"version": "0', "the JSON that a run writes"],
    ["results.json", '{"metrics": 3}', "at `metrics`"],
    ["series.parquet", "PAR1 and no more", "a Parquet file"],
  ])("is refused by the name of the file: %s", async (name, text, sentence) => {
    const into = join(folder, `broken-${name}`);
    await writeFixture(into, { days: 40 });
    writeFileSync(join(into, name), text);
    const reading = readFolder(into);
    await expect(reading).rejects.toThrow(Unreadable);
    await expect(reading).rejects.toThrow(sentence);
  });
});

describe("the page", () => {
  test("is one file that asks nothing of the network", () => {
    const text = page("whole");
    const scripts = whole("whole");
    const addresses = [...text.matchAll(/\s(?:src|href|srcset|action|data)="([^"]*)"/g)];
    expect(addresses.length).toBeGreaterThan(5);
    for (const [, address = ""] of addresses) expect(address).toMatch(/^#/);
    expect(/@import|url\((?!#)/.test(text)).toBe(false);
    expect(/<script[^>]*\ssrc=|sourceMappingURL/.test(scripts)).toBe(false);
    expect(/<link\s|<iframe/.test(text)).toBe(false);
    has(text, "default-src 'none'");
  });

  test("stays below two and a half million bytes", () => {
    expect(whole("whole").length).toBeLessThan(2_500_000);
  });

  test("begins with a sentence built from the numbers", () => {
    const [first, second] = (/<h1>(.*?)<\/h1>/.exec(page("whole"))?.[1] ?? "")
      .replaceAll(/\s/g, " ")
      .split(/(?<=\.) (?=I)/);
    expect(first).toMatch(
      /^A grid of 2,761 nodes answered 98\.4 % of the time and minted 3\.6\d million TFT a month/,
    );
    expect(first).toMatch(/ for 1,690 farms\.$/);
    expect(second).toMatch(/^Its users paid 44,\d+ TFT a month: 1\.2 % of what was minted\.$/);
  });

  test("shows every metric with its interval, its replications and its sentence", () => {
    const row = /<tr><th scope="row"><code>node\.availability<\/code>[\s\S]*?<\/tr>/.exec(
      page("whole"),
    )?.[0];
    expect(row).toContain("Share of their time in which nodes are up and reachable.");
    expect(row?.replaceAll(/<[^>]+>|\s/g, " ")).toMatch(/98\.420 %.*98\.351–98\.489 %.* 8 /);
  });

  test("marks what is only recalled or judged, and says how to try the ends of its range", () => {
    const text = page("whole");
    // Four in their blocks, and the one that the scenario sets once more among its own.
    expect(text.match(/<tr class="weak">/g)?.length).toBe(5);
    has(text, '--set assumptions.price.start="0.2 USD"');
  });

  test("says how to make it again", () => {
    has(page("whole"), "gridbench run scenarios/baseline.yaml --seed baseline");
    has(page("whole"), "git checkout 0123456789abcdef");
  });

  test("writes a scenario's words as text, never as markup", async () => {
    const into = join(folder, "hostile");
    await writeFixture(into, { days: 40, title: '<img src=x onerror="alert(1)">' });
    await renderReport(into);
    expect(page("hostile").includes("<img")).toBe(false);
    has(page("hostile"), "&lt;img src=x");
  });
});

describe("a group is said to lead", () => {
  const slice = (label: string, mean: number, half: number) => ({
    label,
    estimate: { mean, low: mean - half, high: mean + half },
  });
  const namesOf = (...slices: readonly Slice[]): readonly string[] =>
    leaders(slices).map(({ label }) => label);

  test("only where no other interval reaches its own", () => {
    expect(namesOf(slice("BE", 50, 5), slice("DE", 80, 10))).toEqual(["DE"]);
    expect(namesOf(slice("BE", 65, 5), slice("DE", 80, 10), slice("FR", 40, 1))).toEqual([
      "DE",
      "BE",
    ]);
    expect(namesOf()).toEqual([]);
  });
});

describe("a chart", () => {
  test("has a text for those who cannot see it, a caption, and its numbers as a table", () => {
    const figures = page("whole").match(/<figure[\s\S]*?<\/figure>/g) ?? [];
    expect(figures.length).toBeGreaterThan(24);
    for (const figure of figures) {
      expect(figure).toMatch(/role="img" aria-label="[^"]{30,}"/);
      expect(figure).toMatch(/<figcaption>.{20,}<\/figcaption>/s);
      expect(figure).toMatch(/<svg[\s\S]*<\/svg>/);
      expect((figure.match(/<tr>/g) ?? []).length).toBeGreaterThan(3);
    }
  });

  test("names the unit of each of its quantities on the axis", async () => {
    const run = await readFolder(join(folder, "whole"));
    const plots = partsOf(run)
      .flatMap(({ charts }) => charts)
      .flatMap(({ id, picture }) =>
        picture.kind === "plot" ? [{ id, text: JSON.stringify(picture.spec) }] : [],
      );
    expect(plots.length).toBeGreaterThan(20);
    for (const { id, text } of plots) {
      const axes = [
        ...text.matchAll(
          /"[xy]":\{[^{}]*?"type":"(?:quantitative|temporal|ordinal)"[^{}]*?"title":"([^"]*)"/g,
        ),
      ];
      const titles = axes.map(([, title = ""]) => title);
      expect(titles.length, id).toBeGreaterThan(0);
      for (const title of titles) expect(title, id).toMatch(/\(.+\)$/);
    }
  });

  test("is the same bytes each time it is drawn, in any order", async () => {
    const svgs = paths.filter((path) => path.endsWith(".svg"));
    const before = svgs.map(hashOf);
    await writeFixture(join(folder, "other"), { days: 60, without: ["node.availability"] });
    await renderReport(join(folder, "other"));
    await renderReport(join(folder, "whole"));
    expect(svgs.map(hashOf)).toEqual(before);
    const kept = svgs.filter((path) => basename(path) === "node-online.svg");
    expect(kept.map((path) => path.replace("/whole/", "/other/")).map(hashOf)).toEqual(
      kept.map(hashOf),
    );
  });

  test("uses no identifier twice on the page", () => {
    const ids = [...page("whole").matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("is repainted for the dark in every colour it uses", () => {
    for (const path of paths.filter((name) => name.endsWith(".svg"))) {
      const [, style = "", drawing = ""] =
        /<style>(.*?)<\/style>(.*)/s.exec(readFileSync(path, "utf8")) ?? [];
      const used = new Set(
        [...drawing.matchAll(/(?:fill|stroke)="(#[0-9a-f]+)"/g)].map(([, hex]) => hex),
      );
      for (const hex of used) expect(style, `${basename(path)} ${hex}`).toContain(`"${hex}"`);
    }
  });
});

describe("what is missing", () => {
  test("a series that was not measured leaves its chart out, and the page says so", async () => {
    const into = join(folder, "partial");
    await writeFixture(into, {
      days: 40,
      without: ["mint.tft", "node.age_survival", "farmer.lorenz"],
    });
    await renderReport(into);
    const text = page("partial");
    for (const id of ["mint-tft", "node-age", "farmer-lorenz"])
      expect(text.includes(`figure id="${id}"`)).toBe(false);
    const told = /<b>Not measured:<\/b>(.*?)<\/p>/.exec(text)?.[1] ?? "";
    expect(told).toContain("minted TFT by month");
    expect(told).toContain("uptime ages");
    expect(told).toContain("Lorenz curve");
  });

  test("full blocks are drawn where a run was asked for them, and nowhere else", async () => {
    const into = join(folder, "full-blocks");
    const also = { "block.fill": 0.9, "billing.waiting": 800, "billing.unbilled_tft": 1_000 };
    await writeFixture(into, { days: 40, also });
    await renderReport(into);
    const text = page("full-blocks");
    expect(text).toContain('section id="blocks"');
    expect(text).toMatch(/Blocks are 90\s?% full of bills/);
    for (const name of Object.keys(also))
      expect(text).toContain(`figure id="${name.replaceAll(/[._]/g, "-")}"`);
    expect(text).not.toContain('figure id="billing-missed-share"');
    expect(page("partial")).not.toContain('section id="blocks"');
  });

  test("a run of nothing still makes a page", async () => {
    const into = join(folder, "empty");
    await writeFixture(into, { days: 40, metrics: {}, without: await everyMetric() });
    const [first = ""] = await renderReport(into);
    expect(existsSync(first)).toBe(true);
    has(page("empty"), "This run measured too little for a sentence.");
  });

  test("one replication has no interval and no band, and the page says so", async () => {
    const into = join(folder, "single");
    await writeFixture(into, { days: 40, replications: 1 });
    await renderReport(into);
    has(page("single"), "One replication: this shows one possible course");
    expect(page("single").includes("NaN")).toBe(false);
  });

  test("the drawings of an older run do not stay", async () => {
    const into = join(folder, "partial");
    await writeFixture(into, { days: 40 });
    await renderReport(into);
    expect(existsSync(join(into, "charts", "mint-tft.svg"))).toBe(true);
    await writeFixture(into, { days: 40, without: ["mint.tft"] });
    await renderReport(into);
    expect(existsSync(join(into, "charts", "mint-tft.svg"))).toBe(false);
  });
});

async function everyMetric(): Promise<readonly string[]> {
  return [...(await readFolder(join(folder, "whole"))).series.keys()];
}
