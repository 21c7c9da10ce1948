/** The examples of a page, and whether they print what stands behind their lines. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a line of an example prints, behind it. */
const PRINTS = /^console\.log\(.*\); \/\/ (.*)$/gm;

/** Runs files one after the other in one process, and tells what each of them printed. */
const RUNNER = `
import { format } from "node:util";
const told = [];
for (const file of process.argv.slice(2)) {
  const lines = [];
  console.log = (...words) => lines.push(...format(...words).split("\\n"));
  const failed = (cause) => String(cause?.stack ?? cause);
  const error = await import("./" + file).then(() => null, failed);
  told.push({ lines, error });
}
process.stdout.write(JSON.stringify(told));
`;

/**
 * The examples of a page. One that begins with a comment such as `// start.mjs` is the file of that
 * name, which others import.
 * @param {string} page
 * @returns {{title: string, code: string, file: string | null, prints: string[]}[]}
 */
export function examplesOf(page) {
  const examples = [];
  let title = "";
  for (const part of page.matchAll(/^## (.*)$|^```js\n([\s\S]*?)^```$/gm)) {
    if (part[1] !== undefined) title = part[1];
    else {
      const prints = [...part[2].matchAll(PRINTS)].map((match) => match[1]);
      const file = /^\/\/ ([\w-]+\.mjs)\n/.exec(part[2])?.[1] ?? null;
      examples.push({ title, code: part[2], file, prints });
    }
  }
  return examples;
}

/** What is wrong with an example that printed some lines; null if nothing is. */
function faultOf({ title, prints }, { lines, error }) {
  if (prints.length === 0) return `${title}: it prints nothing`;
  if (error !== null) return `${title}: ${error}`;
  const wrong = prints
    .map((line, k) => [line, lines[k]])
    .filter(([line, real]) => line !== real)
    .map(([line, real]) => `${title}: expected ${line}, printed ${real}`);
  if (lines.length !== prints.length)
    return `${title}: ${lines.length} lines, not ${prints.length}`;
  return wrong.length === 0 ? null : wrong.join("\n");
}

/**
 * Runs examples as files of a folder; answers how many ran, and what is wrong with them.
 * @param {ReturnType<typeof examplesOf>} examples
 * @param {string} folder
 */
export function tried(examples, folder) {
  for (const { file, code } of examples) if (file !== null) writeFileSync(join(folder, file), code);
  const own = examples.filter(({ file }) => file === null);
  const files = own.map((_, number) => `example-${number}.mjs`);
  own.forEach(({ code }, number) => {
    writeFileSync(join(folder, files[number]), code);
  });
  writeFileSync(join(folder, "runner.mjs"), RUNNER);
  const run = spawnSync(process.execPath, [join(folder, "runner.mjs"), ...files], {
    encoding: "utf8",
  });
  if (run.status !== 0) return { count: own.length, faults: [run.stderr] };
  const told = JSON.parse(run.stdout);
  const faults = own.map((example, k) => faultOf(example, told[k]));
  return { count: own.length, faults: faults.filter((fault) => fault !== null) };
}
