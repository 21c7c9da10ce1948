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

const NOUNS = "src/protocol/README.md";

/** What a page tells below each of its headings of the second level. */
const chapters = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((chapter) => {
        const end = chapter.indexOf("\n");
        return [chapter.slice(0, end), chapter.slice(end)];
      }),
  );

/** The nouns of the reference of which a page has no example that uses one of their names. */
function nounsWithout(page: string): readonly string[] {
  const examples = chapters(page);
  const called = new Set(
    Object.entries(protocol).flatMap(([name, value]) =>
      Object.prototype.toString.call(value) === "[object Module]"
        ? Object.keys(value).map((inner) => `${name}.${inner}`)
        : [name],
    ),
  );
  return [...chapters(protocolPage(root).text)].flatMap(([noun, text]) => {
    const names = [...text.matchAll(/^### (.*)$/gm)].map((match) => match[1] ?? "");
    const code = /^```js\n([\s\S]*)^```$/m.exec(examples.get(noun) ?? "")?.[1] ?? "";
    const used = code.replace(/^import .*$/gm, "");
    const own = names.filter((name) => called.has(name));
    // A noun of types alone has nothing to call.
    const shown =
      own.length === 0
        ? used.includes("console.log")
        : own.some((name) => new RegExp(`\\b${name.replace(".", "\\.")}\\b`).test(used));
    return shown ? [] : [noun];
  });
}

describe("the page of every noun", () => {
  it("runs, and each example prints what it says", { timeout: 60_000 }, () => {
    const { status, stdout, stderr } = tried(join(root, NOUNS));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const nouns = chapters(protocolPage(root).text).size;
    expect(stdout).toBe(`${nouns} examples print what they say with the build\n`);
    expect(nouns).toBeGreaterThan(100);
  });

  it("has an example for every noun of the export, which uses a name of the noun", () => {
    expect(nounsWithout(textOf(NOUNS))).toEqual([]);
  });

  it("would be told to lack a noun without an example, or with another's", () => {
    const page = textOf(NOUNS);
    const without = page.replace(/^## kv\n[\s\S]*?(?=^## )/m, "");
    expect(nounsWithout(without)).toEqual(["kv"]);
    expect(nounsWithout(page.replaceAll("bridge.quorum", "Math.sqrt"))).toEqual(["bridge/state"]);
    expect(nounsWithout(page.replace("## zos\n", "## ZOS\n"))).toEqual(["zos"]);
  });

  it("comes along in the package, and the front page leads to it", () => {
    const { files }: { files: readonly string[] } = JSON.parse(textOf("package.json"));
    expect(files).toContain(NOUNS);
    expect(textOf("README.md")).toContain(`](${NOUNS})`);
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
