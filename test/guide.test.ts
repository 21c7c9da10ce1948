import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { protocolPage } from "../src/cli/protocol-page.ts";
import * as protocol from "../src/protocol/index.ts";
import { importsOf } from "./house/layers.ts";
import { root, sourceOf, textOf } from "./house/source.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-guide-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the examples of a page against the build, as `npm run package` does with the package. */
const tried = (page: string) =>
  spawnSync(process.execPath, [join(root, "test/package/main.mjs"), "--guide", page], {
    encoding: "utf8",
  });

const GUIDE = "docs/guides/auditor.md";

describe("the guide for auditors", () => {
  it("has an example for every noun, and each prints what it says", { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = tried(join(root, GUIDE));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe("13 examples print what they say with the build\n");
    const titles = [...textOf(GUIDE).matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    for (const noun of [
      ...["Policy", "Cost", "Price", "Discount", "Split", "Contract and bill", "Capacity"],
      ...["Period", "Uptime", "Farming policy", "Mint", "Receipt"],
    ]) {
      expect(titles).toContain(noun);
    }
  });

  it.each([
    ["prints another number", "console.log(1 + 1); // 3", "expected 3, printed 2"],
    ["prints more than it says", "console.log(1); // 1\nconsole.log(\n  2,\n);", "2 lines, not 1"],
    ["prints nothing", "const a = 1;", "it prints nothing"],
    ["does not run", "console.log(nothing); // 1", "nothing is not defined"],
  ])("an example that %s is found", (_, code, sentence) => {
    const page = join(folder, "page.md");
    writeFileSync(page, `## Sum\n\n\`\`\`js\n${code}\n\`\`\`\n`);
    const { status, stderr } = tried(page);
    expect(status).toBe(1);
    expect(stderr).toContain(`Sum: `);
    expect(stderr).toContain(sentence);
  });
});

/** Every file that a file imports, itself included, and the packages on the way. */
function reached(start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    if (!path.startsWith("src/")) return;
    for (const { target } of importsOf(sourceOf(path, textOf(path)))) {
      const isOurs = target.startsWith(".");
      follow(isOurs ? posix.join(posix.dirname(path), target) : `package ${target}`);
    }
  };
  follow(start);
  return found;
}

describe("gridbench/protocol", () => {
  it("reaches no other layer than units, and no package", () => {
    const files = [...reached("src/protocol/index.ts")];
    expect(files.filter((path) => !/^src\/(protocol|units)\//.test(path))).toEqual([]);
    expect(files.length).toBeGreaterThan(40);
    // The same walk finds packages and layers elsewhere.
    expect([...reached("src/scenario/load.ts")]).toContain("package yaml");
  });

  it("every name that can be called stands in its reference", () => {
    const { text } = protocolPage(root);
    const names = Object.keys(protocol);
    expect(names).toContain("contractCost");
    // A namespace such as `dao` is told by what is in it.
    const told = (name: string) =>
      text.includes(`\n### ${name}\n`) || text.includes(`\n### ${name}.`);
    expect(names.filter((name) => !told(name))).toEqual([]);
    expect(text).toContain("### Resources\n\nCapacity as the chain stores it.\n\n```ts\ninterface");
  });
});
