/** The examples of a guide, and whether they print what stands behind their lines. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a line of an example prints, behind it. */
const PRINTS = /^console\.log\(.*\); \/\/ (.*)$/gm;

/**
 * The examples of a page.
 * @param {string} page
 * @returns {{title: string, code: string, prints: string[]}[]}
 */
export function examplesOf(page) {
  const examples = [];
  let title = "";
  for (const part of page.matchAll(/^## (.*)$|^```js\n([\s\S]*?)^```$/gm)) {
    if (part[1] !== undefined) title = part[1];
    else {
      const prints = [...part[2].matchAll(PRINTS)].map((match) => match[1]);
      examples.push({ title, code: part[2], prints });
    }
  }
  return examples;
}

/**
 * Runs an example as a file of a folder; answers what is wrong with it, or null.
 * @param {{title: string, code: string, prints: string[]}} example
 * @param {string} folder
 */
export function faultOf({ title, code, prints }, folder) {
  if (prints.length === 0) return `${title}: it prints nothing`;
  const file = join(folder, "example.mjs");
  writeFileSync(file, code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: "utf8" });
  if (status !== 0) return `${title}: ${stderr}`;
  const told = stdout.trimEnd().split("\n");
  const wrong = prints.map((line, k) => [line, told[k]]).filter(([line, real]) => line !== real);
  if (told.length !== prints.length) return `${title}: ${told.length} lines, not ${prints.length}`;
  return wrong.length === 0
    ? null
    : wrong.map(([line, real]) => `${title}: expected ${line}, printed ${real}`).join("\n");
}
