/**
 * `npm run docs`: writes the reference pages; with `--check`, only says which are stale.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { assumptionPage, type CommandHelp, commandsIn, referencePages } from "./reference.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const main = join(root, "dist", "cli", "main.js");

function helpOf(...words: readonly string[]): CommandHelp {
  const answer = spawnSync(process.execPath, [main, ...words, "--help"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, LC_ALL: "C", NO_COLOR: "1" },
  });
  return { words, help: answer.stdout };
}

const all = helpOf();
const helps = [all, ...commandsIn(all.help).map((word) => helpOf(word))];
const check = process.argv.includes("--check");
const assumptions = readFileSync(join(root, "docs", "assumptions.md"), "utf8");
const stale = [...referencePages(helps), assumptionPage(assumptions)].filter(({ path, text }) => {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
});
for (const { path, text } of stale) {
  if (!check) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  process.stdout.write(`${path}: ${check ? "stale; run `npm run docs`" : "written"}\n`);
}
if (stale.length === 0) process.stdout.write("The reference pages are current.\n");
process.exitCode = check && stale.length > 0 ? 1 : 0;
