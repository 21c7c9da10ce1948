import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { circle, faultOf, importsOf, LAYERS, PACKAGES } from "./house/layers.ts";
import { root, sourceOf, sourcesBelow, textOf, walk } from "./house/source.ts";

const sources = sourcesBelow("src").filter((source) => source.path.endsWith(".ts"));

const faultsIn = (path: string, text: string): readonly string[] =>
  importsOf(sourceOf(path, text)).flatMap((one) => faultOf(one) ?? []);

describe("the house", () => {
  it("has only the layers of the table", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true });
    expect(folders.map((entry) => entry.name).filter((name) => !(name in LAYERS))).toEqual([]);
  });

  it("imports downwards only, types included", () => {
    expect(sources.flatMap(importsOf).flatMap((one) => faultOf(one) ?? [])).toEqual([]);
  });

  it("has a kernel of order and time that can be read in one sitting", () => {
    // Laws of chance, the numbers that they are drawn from, and what is computed of them.
    const laws = [
      "angle",
      "course",
      "discrete",
      "distribution",
      "inverse",
      "ln",
      "mixture",
      "normal",
    ];
    const drawn = ["assembler", "batch", "batch-code", "philox", "residual", "splitting"];
    const lines = (except: readonly string[]): number =>
      readdirSync(join(root, "src/kernel"))
        .filter((file) => !except.some((name) => file === `${name}.ts`))
        .reduce((sum, file) => sum + textOf(`src/kernel/${file}`).split("\n").length - 1, 0);
    expect(lines([...laws, ...drawn])).toBeLessThanOrEqual(900);
  });

  it("has no circle of imports", () => {
    expect(circle(sources)).toEqual([]);
  });

  it("lets a model see a narrow view and never the world", () => {
    const seen = sources
      .filter((source) => source.path.startsWith("src/models/"))
      .flatMap((source) => {
        const names: string[] = [];
        walk(source.program, (node) => {
          if (node.type === "Identifier" && /^worlds?$/i.test(String(node.name)))
            names.push(`${source.path}: ${String(node.name)}`);
        });
        return names;
      });
    expect(seen).toEqual([]);
  });

  it("uses every package it depends on, and names the folder that may", () => {
    const told = JSON.parse(textOf("package.json"));
    const placed = new Set(Object.values(PACKAGES).flat());
    expect(Object.keys(told.dependencies).filter((name) => !placed.has(name))).toEqual([]);
  });

  it("has every package it depends on argued for in a decision record", () => {
    const told = JSON.parse(textOf("package.json"));
    const record = textOf("docs/decisions/0007-dependencies.md");
    const names = [...Object.keys(told.dependencies), ...Object.keys(told.devDependencies)];
    expect(names.filter((name) => !record.includes(`\`${name}\``))).toEqual([]);
  });
});

const PLANTED: readonly (readonly [string, string, string])[] = [
  ["src/protocol/cost.ts", 'import { now } from "../world/world.ts";', "may import units"],
  ["src/protocol/cost.ts", 'import type { World } from "../world/world.ts";', "may import units"],
  ["src/protocol/cost.ts", 'type W = import("../world/world.ts").World;', "may import units"],
  ["src/protocol/cost.ts", 'import { readFileSync } from "node:fs";', "no package"],
  ["src/kernel/agenda.ts", 'import { tft } from "../units/index.ts";', "nothing of ours"],
  ["src/kernel/agenda.ts", 'import seedrandom from "seedrandom";', "no package"],
  ["src/models/price.ts", 'export { grid } from "../world/index.ts";', "kernel, stats, units"],
  ["src/models/price.ts", 'const m = await import("../world/index.ts");', "kernel, stats"],
  ["src/report/page.ts", 'import { run } from "../run/index.ts";', "may import stats, units"],
  ["src/run/run.ts", 'import "../report/index.ts";', "may import scenario"],
  ["src/common/text.ts", 'import { a } from "./b.ts";', "no layer common"],
  ["src/world/world.ts", 'import { a } from "../../test/house/source.ts";', "leaves src"],
];

describe("the guard of the house", () => {
  it.each(PLANTED)("finds what is planted in %s: %s", (path, text, expected) => {
    expect(faultsIn(path, text)).toEqual([expect.stringContaining(expected)]);
  });

  it("lets pass what the table allows", () => {
    const text = 'import { a } from "../kernel/index.ts";\nimport { b } from "./farm.ts";';
    expect(faultsIn("src/world/node.ts", text)).toEqual([]);
  });

  it("finds a circle of three files", () => {
    const ring = ["a", "b", "c"].map((name, index) =>
      sourceOf(`src/world/${name}.ts`, `export * from "./${"bca"[index]}.ts";`),
    );
    expect(circle(ring)).toEqual(["a", "b", "c", "a"].map((name) => `src/world/${name}.ts`));
  });
});
