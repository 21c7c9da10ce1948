/**
 * `npm run docs`: writes what is made from the declarations; with `--check`, says what is stale.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { madePages } from "./made-pages.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const check = process.argv.includes("--check");
const stale = (await madePages(root)).filter(({ path, text }) => {
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
